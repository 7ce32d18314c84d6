package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"slices"
	"time"

	"aws-platform/sandbox/internal/kubernetes"
)

// Options say whose tokens are judged; all are required.
type Options struct {
	// STS is the URL of the emulator; StateDir the file backend that holds the stack.
	STS, StateDir string
	// Cluster is the cluster's name, Environment its stack.
	Cluster, Environment string
	// CreatorARNs are the roles as which the cluster is made; whoever made it is its administrator.
	CreatorARNs []string
}

// authenticator judges the tokens of one cluster.
type authenticator struct {
	options Options
	host    string
	sts     asker
	entries *entries
	now     func() time.Time
}

// New returns the token webhook of a cluster (authentication.k8s.io/v1 TokenReview).
func New(options Options) (http.Handler, error) {
	at, err := url.Parse(options.STS)
	if err != nil {
		return nil, fmt.Errorf("address of STS: %w", err)
	}
	return &authenticator{
		options: options, host: at.Host, sts: newAsker(options.STS), now: time.Now,
		entries: newEntries(options.StateDir, options.Environment, options.Cluster),
	}, nil
}

// review is a TokenReview.
type review struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Spec       struct {
		Token string `json:"token"`
	} `json:"spec"`
	Status status `json:"status"`
}

type status struct {
	Authenticated bool   `json:"authenticated"`
	User          *user  `json:"user,omitempty"`
	Error         string `json:"error,omitempty"`
}

type user struct {
	Username string              `json:"username"`
	Groups   []string            `json:"groups,omitempty"`
	Extra    map[string][]string `json:"extra,omitempty"`
}

// ServeHTTP answers a TokenReview. Why somebody is refused goes to the log too:
// kubectl shows no more than "Unauthorized".
func (a *authenticator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked review
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer := review{APIVersion: "authentication.k8s.io/v1", Kind: "TokenReview"}
	who, err := a.authenticate(r.Context(), asked.Spec.Token)
	if err != nil {
		log.Printf("%s refuses: %q", a.options.Cluster, err.Error()) //nolint:gosec // quoted
		answer.Status.Error = err.Error()
	} else {
		answer.Status = status{Authenticated: true, User: who}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

// authenticate says who comes with a token.
func (a *authenticator) authenticate(ctx context.Context, token string) (*user, error) {
	request, err := parse(token, a.host, a.now())
	if err != nil {
		return nil, err
	}
	arn, err := a.sts.caller(ctx, request, a.options.Cluster)
	if err != nil {
		return nil, err
	}
	who, err := principalOf(arn)
	if err != nil {
		return nil, err
	}
	made := &user{Username: who.username(), Extra: map[string][]string{
		"arn": {who.arn}, "canonicalArn": {who.canonical}, "sessionName": {who.session}, "accessKeyId": {request.accessKey},
	}}
	if slices.Contains(a.options.CreatorARNs, who.canonical) {
		made.Groups = []string{kubernetes.AdministratorsGroup}
		return made, nil
	}
	found, err := a.entries.find(who.canonical)
	if err != nil {
		return nil, err
	}
	if found == nil {
		return nil, fmt.Errorf("%s has no access entry in %s", who.canonical, a.options.Cluster)
	}
	if found.user != "" {
		made.Username = who.named(found.user)
	}
	made.Groups, err = found.allGroups()
	return made, err
}
