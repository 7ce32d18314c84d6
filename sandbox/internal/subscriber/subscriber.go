package subscriber

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// maxMessage bounds what is read of one post, in bytes: SNS sends 256 KiB of text, in an envelope.
const maxMessage = 1 << 20

// Message is a line of the log: what of SNS' envelope an endpoint reads (Amazon SNS
// Developer Guide, "HTTP/HTTPS notification JSON format").
type Message struct {
	Received time.Time `json:"received"`
	Type     string    `json:"type"` // Notification or SubscriptionConfirmation
	TopicARN string    `json:"topic"`
	Subject  string    `json:"subject,omitempty"`
	Message  string    `json:"message"`
}

// Options are what a subscriber needs.
type Options struct {
	Log io.Writer // a line of JSON a message
	// Confirm is the host and port of the SNS whose subscriptions are confirmed; nobody
	// can have this process visit another one.
	Confirm    string
	Complaints *log.Logger // what goes wrong
}

// Subscriber answers at a secret path.
type Subscriber struct {
	options Options
	path    string
	turn    sync.Mutex // of the log
}

// New makes a subscriber with a key of its own.
func New(options Options) *Subscriber {
	return &Subscriber{options: options, path: "/integration/" + rand.Text() + "/enqueue"}
}

// Serve answers on a free loopback port with the certificate until the process ends, and
// returns its URL, which is a secret.
func (s *Subscriber) Serve(certificate tls.Certificate) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	server := &http.Server{Handler: s, ErrorLog: s.options.Complaints, ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(tls.NewListener(listener, config)) }()
	return "https://" + listener.Addr().String() + s.path, nil
}

// ServeHTTP takes a message, or the question whether it wants any.
func (s *Subscriber) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != s.path || r.Method != http.MethodPost {
		http.NotFound(w, r)
		return
	}
	var envelope struct{ Type, TopicArn, Subject, Message, SubscribeURL string }
	if err := json.NewDecoder(io.LimitReader(r.Body, maxMessage)).Decode(&envelope); err != nil {
		http.Error(w, "want a message of Amazon SNS: "+err.Error(), http.StatusBadRequest)
		return
	}
	if err := s.write(Message{time.Now().UTC(), envelope.Type, envelope.TopicArn, envelope.Subject, envelope.Message}); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if envelope.Type == "SubscriptionConfirmation" {
		// SNS waits for the answer to its post before it takes another request.
		go func() {
			if err := s.confirm(envelope.SubscribeURL); err != nil {
				s.options.Complaints.Print(err)
			}
		}()
	}
	w.WriteHeader(http.StatusAccepted)
}

func (s *Subscriber) write(m Message) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return json.NewEncoder(s.options.Log).Encode(m)
}

// confirm visits the link of a confirmation, as an endpoint does that wants the messages.
func (s *Subscriber) confirm(link string) error {
	parsed, err := url.Parse(link)
	if err != nil || parsed.Host != s.options.Confirm {
		return fmt.Errorf("confirm a subscription: the link leads elsewhere than to %s: not visited", s.options.Confirm)
	}
	client := http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{Proxy: nil}}
	response, err := client.Get(link)
	if err != nil {
		return errors.New("confirm a subscription: no answer") // the error quotes the link
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		return fmt.Errorf("confirm a subscription: found %s, wanted 200 OK", response.Status)
	}
	return nil
}
