// Package githubtest is a small GitHub for tests: a local HTTP server that answers
// the calls of pkg/promotion/collect as GitHub's REST documentation has them, with
// pages, a rate limit and failures on demand. It keeps what is written to it.
package githubtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Repository is the repository that the server has.
const Repository = "example/platform"

// Main is the commit of its branch main.
const Main = "ffffffffffffffffffffffffffffffffffffffff"

// Object is a JSON object.
type Object = map[string]any

// Answer is what a call is answered with instead.
type Answer struct {
	Status int
	Body   string
	Header map[string]string
	// Times is how often; 0 is always.
	Times int
}

// Server is GitHub. Its fields are read at each call, and may be changed between calls.
type Server struct {
	// URL is its address, as GITHUB_API_URL has it.
	URL string
	// Now is the time at GitHub.
	Now time.Time
	// Page is how many things a page has at most; 0 is as many as are asked for.
	Page int
	// Artifacts are what runs kept.
	Artifacts []Artifact
	// Deployments are by the environment's name.
	Deployments []Deployment
	// Runs are the workflow runs, by number, as the API gives them.
	Runs map[int64]Object
	// Approvals are the review history of runs, by number.
	Approvals map[int64][]Object
	// Members are "team/login" with their state, "active" or "pending".
	Members map[string]string
	// Environments are by name, with the branches that may deploy there.
	Environments map[string]Environment
	// Commits are by their SHA; Between are those of a comparison, by "base...head".
	Commits map[string]Object
	Between map[string][]Object
	// OnMain are the commits on the branch main.
	OnMain map[string]bool
	// Policy is the text of .github/promotion.yaml on main.
	Policy string
	// CoAuthors are the logins that the GraphQL API gives for a commit; "" is one without an account.
	CoAuthors map[string][]string
	// PullRequests are, by a commit of main, the author of its pull request and those of its commits.
	PullRequests map[string][]string
	// Instead answers calls whose path contains the key.
	Instead map[string]*Answer

	lock    sync.Mutex
	calls   []string
	written []Object
	tokens  map[string]string
}

// Artifact is what a run kept: one file in an archive.
type Artifact struct {
	ID      int64
	Name    string
	Run     int64
	At      time.Time
	File    string
	Content any
	Expired bool
}

// Deployment is a deployment with its statuses.
type Deployment struct {
	ID          int64
	Environment string
	At          time.Time
	Payload     any
	Statuses    []Status
}

// Status is a state and its time.
type Status struct {
	State string
	At    time.Time
}

// Environment is an environment's rules.
type Environment struct {
	Body     Object
	Branches []string
}

// Start runs a server until the test ends.
func Start(t *testing.T) *Server {
	t.Helper()
	s := &Server{
		Runs: map[int64]Object{}, Approvals: map[int64][]Object{}, Members: map[string]string{}, Environments: map[string]Environment{},
		Commits: map[string]Object{}, Between: map[string][]Object{}, OnMain: map[string]bool{}, CoAuthors: map[string][]string{}, Instead: map[string]*Answer{}, tokens: map[string]string{},
	}
	mux := http.NewServeMux()
	repo := "/repos/" + Repository
	mux.HandleFunc("GET /rate_limit", s.rateLimit)
	mux.HandleFunc("GET "+repo+"/actions/artifacts", s.artifacts)
	mux.HandleFunc("GET "+repo+"/actions/artifacts/{id}/zip", s.redirect)
	mux.HandleFunc("GET /blob/{id}", s.blob)
	mux.HandleFunc("GET "+repo+"/actions/runs/{id}", s.run)
	mux.HandleFunc("GET "+repo+"/actions/runs/{id}/approvals", s.approvals)
	mux.HandleFunc("GET "+repo+"/deployments", s.deployments)
	mux.HandleFunc("POST "+repo+"/deployments", s.deploy)
	mux.HandleFunc("GET "+repo+"/deployments/{id}/statuses", s.statuses)
	mux.HandleFunc("POST "+repo+"/deployments/{id}/statuses", s.status)
	mux.HandleFunc("GET "+repo+"/environments/{name}", s.environment)
	mux.HandleFunc("GET "+repo+"/environments/{name}/deployment-branch-policies", s.branches)
	mux.HandleFunc("GET "+repo+"/branches/main", s.branch)
	mux.HandleFunc("GET "+repo+"/commits/{sha}", s.commit)
	mux.HandleFunc("GET "+repo+"/commits", s.commits)
	mux.HandleFunc("GET "+repo+"/contents/.github/promotion.yaml", s.policy)
	mux.HandleFunc("POST /graphql", s.graphql)
	mux.HandleFunc("GET "+repo+"/compare/{basehead}", s.compare)
	mux.HandleFunc("GET /orgs/example/teams/{team}/memberships/{login}", s.member)
	server := httptest.NewServer(s.before(mux))
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Calls are the paths that were asked for, in order.
func (s *Server) Calls() []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.calls)
}

// Written are the bodies that were posted, in order, with their path as "path".
func (s *Server) Written() []Object {
	s.lock.Lock()
	defer s.lock.Unlock()
	return slices.Clone(s.written)
}

// Token is the Authorization header of the last call whose path begins so.
func (s *Server) Token(prefix string) (string, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	token, called := s.tokens[prefix]
	return token, called
}

// before notes the call, sets the time, and answers otherwise where that is asked for.
func (s *Server) before(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.lock.Lock()
		s.calls = append(s.calls, r.Method+" "+r.URL.Path)
		s.tokens["/"+strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")[0]] = r.Header.Get("Authorization")
		instead := s.instead(r.URL.Path)
		s.lock.Unlock()
		if !s.Now.IsZero() {
			w.Header().Set("Date", s.Now.UTC().Format(http.TimeFormat))
		}
		if instead != nil {
			for name, value := range instead.Header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(instead.Status)
			_, _ = w.Write([]byte(instead.Body)) // #nosec G705 -- the test's own text
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) instead(path string) *Answer {
	for part, answer := range s.Instead {
		if !strings.Contains(path, part) || answer == nil {
			continue
		}
		if answer.Times > 0 {
			answer.Times--
			if answer.Times == 0 {
				s.Instead[part] = nil
			}
		}
		return answer
	}
	return nil
}

func reply(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_ = json.NewEncoder(w).Encode(body)
}

// notFound is GitHub's own answer for what does not exist.
func notFound(w http.ResponseWriter) {
	w.WriteHeader(http.StatusNotFound)
	reply(w, Object{"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"})
}

// paged cuts out the page that is asked for, and links to the next.
func paged[T any](s *Server, w http.ResponseWriter, r *http.Request, all []T) []T {
	number, size := 1, 30
	if asked, err := strconv.Atoi(r.URL.Query().Get("page")); err == nil {
		number = asked
	}
	if asked, err := strconv.Atoi(r.URL.Query().Get("per_page")); err == nil {
		size = asked
	}
	if s.Page > 0 {
		size = min(size, s.Page)
	}
	from := min((number-1)*size, len(all))
	to := min(from+size, len(all))
	if to < len(all) {
		next := *r.URL
		query := next.Query()
		query.Set("page", strconv.Itoa(number+1))
		next.RawQuery = query.Encode()
		w.Header().Set("Link", fmt.Sprintf(`<%s%s>; rel="next"`, s.URL, next.String()))
	}
	if from == to {
		return []T{}
	}
	return all[from:to]
}

func id(r *http.Request) int64 {
	number, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	return number
}
