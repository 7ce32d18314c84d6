package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"example.com/app/internal/running"
)

var (
	once   sync.Once
	binary string
)

// TestMain keeps the binary that the first test builds until the last one has ended.
func TestMain(m *testing.M) {
	code := m.Run()
	if binary != "" {
		_ = os.RemoveAll(filepath.Dir(binary)) // a folder that is left in /tmp harms nobody
	}
	os.Exit(code)
}

func theBinary(t *testing.T) string {
	t.Helper()
	once.Do(func() {
		made, err := os.ReadFile(running.Build(t, running.Version, running.Commit))
		if err != nil {
			t.Fatal(err)
		}
		folder, err := os.MkdirTemp("", "app")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "app"), made, 0o755); err != nil {
			t.Fatal(err)
		}
		binary = filepath.Join(folder, "app")
	})
	return binary
}

// client verifies nothing, as load balancers and probes.
func client() *http.Client {
	return &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
}

func get(t *testing.T, c *http.Client, url string) (status int, body string) {
	t.Helper()
	answer, err := c.Get(url)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func TestItServesHTTPSWithACertificateOfItsOwn(t *testing.T) {
	p := running.Start(t, theBinary(t), "-tls-self-signed", "-base-path=/web", "-color=green", "-drain=0s")
	if !strings.HasPrefix(p.URL, "https://") {
		t.Fatalf("it listens at %s", p.URL)
	}
	c := client()
	if err := running.Ready(c, p.URL, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	var about struct{ Version, Commit, Color string }
	_, body := get(t, c, p.URL+"/web/version")
	if err := json.Unmarshal([]byte(body), &about); err != nil || about.Version != running.Version || about.Commit != running.Commit || about.Color != "green" {
		t.Errorf("got %+v, %v", about, err)
	}
	if status, _ := get(t, c, "http"+strings.TrimPrefix(p.URL, "https")+"/healthz"); status == 200 {
		t.Error("it answers in the clear too")
	}
}

func TestItServesACertificateOfFiles(t *testing.T) {
	folder := t.TempDir()
	cert, key := filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	writePair(t, cert, key)
	p := running.Start(t, theBinary(t), "-tls-cert-file="+cert, "-tls-key-file="+key)
	if err := running.Ready(client(), p.URL, 10*time.Second); err != nil || !strings.HasPrefix(p.URL, "https://") {
		t.Errorf("%s: %v", p.URL, err)
	}
}

// What a load balancer sees of a process that is told to leave: it is not ready at once,
// every request is answered until the end, and the end is a clean one.
func TestItLeavesWithoutDroppingARequest(t *testing.T) {
	p := running.Start(t, theBinary(t), "-drain=2s", "-shutdown=5s")
	if err := running.Ready(http.DefaultClient, p.URL, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	var asked, failed atomic.Int64
	stop, callers := make(chan struct{}), sync.WaitGroup{}
	for range 4 {
		callers.Go(func() {
			c := client()
			for {
				select {
				case <-stop:
					return
				default:
				}
				asked.Add(1)
				if status, _ := get(t, c, p.URL+"/version"); status != 200 {
					failed.Add(1)
				}
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	if err := p.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	time.Sleep(200 * time.Millisecond)
	if status, body := get(t, client(), p.URL+"/readyz"); status != 503 || body != "leaving\n" {
		t.Errorf("readyz: %d %s", status, body)
	}
	if status, _ := get(t, client(), p.URL+"/healthz"); status != 200 {
		t.Errorf("healthz: %d: it would be restarted", status)
	}
	time.Sleep(200 * time.Millisecond)
	close(stop) // as the load balancer does once it has deregistered its target
	callers.Wait()
	if err := p.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.Log())
	}
	if asked.Load() < 20 || failed.Load() > 0 {
		t.Errorf("%d of %d requests failed", failed.Load(), asked.Load())
	}
}

func TestASecondSignalEndsItAtOnce(t *testing.T) {
	p := running.Start(t, theBinary(t), "-drain=1m")
	if err := running.Ready(http.DefaultClient, p.URL, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	for range 2 {
		if err := p.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	if err := p.Wait(); err == nil || time.Since(begun) > 10*time.Second {
		t.Errorf("it ended with %v after %s", err, time.Since(begun))
	}
}

func TestEveryLineOfTheLogIsJSON(t *testing.T) {
	p := running.Start(t, theBinary(t), "-drain=0s")
	if err := running.Ready(http.DefaultClient, p.URL, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	get(t, http.DefaultClient, p.URL+"/nowhere%0aline")
	if err := p.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
	var said []string
	for _, line := range strings.Split(strings.TrimSpace(p.Log()), "\n") {
		var entry struct{ Time, Level, Msg string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil || entry.Time == "" || entry.Level == "" {
			t.Errorf("%s: %v", line, err)
		}
		said = append(said, entry.Msg)
	}
	if got := strings.Join(said, ", "); got != "listening, ready, request, leaving, ended" {
		t.Errorf("it said %s", got)
	}
}

func TestRun(t *testing.T) {
	taken, err := net.Listen("tcp", ":0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	port := strconv.Itoa(taken.Addr().(*net.TCPAddr).Port)
	for name, test := range map[string]struct {
		args []string
		code int
		says string
	}{
		"version":               {[]string{"-version"}, 0, "development "},
		"help":                  {[]string{"-help"}, 0, "-base-path"},
		"a wrong setting":       {[]string{"-port=99999"}, 2, "is not a TCP port"},
		"a flag that is not":    {[]string{"-shell"}, 2, "flag provided but not defined"},
		"a port that is taken":  {[]string{"-port=" + port}, 1, "cannot be listened on"},
		"no such certificate":   {[]string{"-tls-cert-file=none.pem", "-tls-key-file=none.pem"}, 1, "cannot be used"},
		"told to leave already": {[]string{"-port=0", "-drain=0s"}, 0, `"msg":"ended"`},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			if strings.HasPrefix(name, "told") {
				cancel()
			}
			var out bytes.Buffer
			code := run(ctx, test.args, func(string) string { return "" }, &out, &out)
			if code != test.code || !strings.Contains(out.String(), test.says) {
				t.Errorf("got %d %s; want %d %s", code, &out, test.code, test.says)
			}
		})
	}
}
