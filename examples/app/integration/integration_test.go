// Package integration asks a deployed application what only shows behind a load balancer:
// methods, headers, many callers at once, one version for all of them. Where BASE_URL is
// not set it asks the binary of this repository, as the load balancer would.
//
//	BASE_URL=https://www.example.com/web EXPECT_COMMIT=<40 hex digits> go test -count=1 -v ./integration
package integration_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/app/internal/running"
)

var client = &http.Client{Timeout: 10 * time.Second}

// site is the application that is asked.
type site struct {
	url      string
	deployed bool
}

func TestIntegration(t *testing.T) {
	url, deployed := running.BaseURL(t, "-base-path=/web")
	if !deployed {
		url += "/web" // as the load balancer's rule leads there
	}
	if err := running.Ready(client, url, 60*time.Second); err != nil {
		t.Fatal(err)
	}
	s := site{url, deployed}
	t.Run("each path answers as it should", s.answers)
	t.Run("answers are not kept by anybody in between", s.notCached)
	t.Run("many callers get one version", s.oneVersion)
	t.Run("a connection serves many requests", s.connectionsAreKept)
	t.Run("headers without end are refused", s.headers)
	t.Run("in the clear it is not served", s.transport)
}

func (s site) ask(t *testing.T, method, path string) (status int, header http.Header, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, s.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(text)
}

func (s site) answers(t *testing.T) {
	for _, test := range []struct {
		method, path string
		status       int
	}{
		{"GET", "", 200}, {"GET", "/", 200}, {"HEAD", "/", 200}, {"GET", "/healthz", 200}, {"GET", "/readyz", 200},
		{"GET", "/version", 200}, {"HEAD", "/version", 200}, {"GET", "/version?x=1", 200},
		{"GET", "/nothing", 404}, {"GET", "/version/more", 404}, {"GET", "/.git/config", 404}, {"GET", "/debug/pprof/", 404}, {"GET", "/metrics", 404},
		{"POST", "/version", 405}, {"DELETE", "/", 405}, {"PUT", "/readyz", 405},
	} {
		status, _, body := s.ask(t, test.method, test.path)
		if status != test.status {
			t.Errorf("%s %s: %d; want %d", test.method, test.path, status, test.status)
		}
		if test.method == "HEAD" && body != "" {
			t.Errorf("HEAD %s has a body", test.path)
		}
	}
}

func (s site) notCached(t *testing.T) {
	for _, path := range []string{"/", "/healthz", "/readyz", "/version"} {
		_, header, _ := s.ask(t, "GET", path)
		if header.Get("Cache-Control") != "no-store" || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, header)
		}
	}
}

// A deployment that is over leaves no older version behind the load balancer.
func (s site) oneVersion(t *testing.T) {
	const callers, requests = 10, 10
	var mutex sync.Mutex
	seen := map[string]int{}
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			for range requests {
				answer, err := client.Get(s.url + "/version")
				if err != nil {
					t.Error(err)
					return
				}
				var said struct{ Version, Commit string }
				err = json.NewDecoder(answer.Body).Decode(&said)
				_ = answer.Body.Close() // it was read
				if err != nil || answer.StatusCode != http.StatusOK {
					t.Errorf("%s: %v", answer.Status, err)
					return
				}
				mutex.Lock()
				seen[said.Version+" of "+said.Commit]++
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	if len(seen) != 1 {
		t.Errorf("callers see %v", seen)
	}
	want := os.Getenv("EXPECT_COMMIT")
	if s.deployed && want == "" {
		t.Error("EXPECT_COMMIT: is empty: give the commit that was deployed, or nobody knows what was tested")
	}
	if want != "" && !strings.HasSuffix(only(seen), " of "+want) {
		t.Errorf("it is %v; want commit %s", seen, want)
	}
}

func only(seen map[string]int) (name string) {
	for name = range seen {
		return name
	}
	return ""
}

func (s site) connectionsAreKept(t *testing.T) {
	own := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 1}}
	for range 5 {
		answer, err := own.Get(s.url + "/version")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close() // it was read
		if answer.Close {
			t.Error("it closes the connection: a caller pays a handshake a request")
		}
	}
}

// The load balancer takes 64 KiB of headers and the application 32.
func (s site) headers(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/version", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Long", strings.Repeat("a", 128<<10))
	answer, err := client.Do(request)
	if err != nil {
		return // the connection was closed, which is an answer too
	}
	defer func() { _ = answer.Body.Close() }() // nothing is read
	if answer.StatusCode < 400 || answer.StatusCode >= 500 {
		t.Errorf("got %s", answer.Status)
	}
}

func (s site) transport(t *testing.T) {
	host, isTLS := strings.CutPrefix(s.url, "https://")
	if !isTLS {
		t.Skip("BASE_URL is of plain HTTP, as in dev and on this machine: there is no HTTPS to be sent to")
	}
	own := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := own.Get("http://" + host + "/version")
	if err != nil {
		return // nobody listens, as at the internal load balancer and at 8443
	}
	defer func() { _ = answer.Body.Close() }() // nothing is read
	if answer.StatusCode == http.StatusOK {
		t.Error("it is served in the clear, where a redirect was to be")
	}
}
