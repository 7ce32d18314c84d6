// Package service is what the application answers:
//
//	/healthz   200 as long as the process can answer at all
//	/readyz    200 when it wants requests: not while it starts, not once it leaves
//	/version   what runs, as JSON
//	/          a line of text
//
// All of them answer below the base path too, where there is one.
package service

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// About is what runs.
type About struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Color   string `json:"color,omitempty"`
}

// The service's life, in its order.
const (
	starting int32 = iota
	ready
	draining
)

// Service answers.
type Service struct {
	about About
	log   *slog.Logger
	state atomic.Int32
}

// New is a service that is not ready yet.
func New(about About, log *slog.Logger) *Service { return &Service{about: about, log: log} }

// Ready lets requests come. A service that leaves already does not become ready again.
func (s *Service) Ready() { s.state.CompareAndSwap(starting, ready) }

// Drain asks for no more requests; those that come are answered all the same.
func (s *Service) Drain() { s.state.Store(draining) }

// Handler answers, with and without the base path.
func (s *Service) Handler(basePath string) http.Handler {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "alive") })
	routes.HandleFunc("GET /readyz", s.readiness)
	routes.HandleFunc("GET /version", s.version)
	routes.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		text(w, http.StatusOK, "app "+s.about.Version)
	})
	if basePath == "" {
		return s.observed(routes)
	}
	both := http.NewServeMux()
	both.Handle("/", routes)
	both.Handle(basePath+"/", http.StripPrefix(basePath, routes))
	// Without the slash, which is what people type; a redirect would lose the way
	// through a load balancer of another port.
	both.HandleFunc(basePath, func(w http.ResponseWriter, r *http.Request) {
		front := r.Clone(r.Context())
		front.URL.Path = "/"
		routes.ServeHTTP(w, front)
	})
	return s.observed(both)
}

func (s *Service) readiness(w http.ResponseWriter, _ *http.Request) {
	switch s.state.Load() {
	case ready:
		text(w, http.StatusOK, "ready")
	case draining:
		text(w, http.StatusServiceUnavailable, "leaving")
	default:
		text(w, http.StatusServiceUnavailable, "starting")
	}
}

func (s *Service) version(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(s.about); err != nil {
		s.log.Warn("an answer was not written", "error", err.Error())
	}
}

func text(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, line) // a caller that has gone needs no answer
}

// observed adds what every answer has, and writes requests down, but not those of
// health checks: three load balancer nodes ask every five seconds.
func (s *Service) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if s.state.Load() == draining {
			// The load balancer's idle connections end with an answer, not in the middle of a request.
			w.Header().Set("Connection", "close")
		}
		recorder, begun := &statusRecorder{ResponseWriter: w, status: http.StatusOK}, time.Now()
		next.ServeHTTP(recorder, r)
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			return
		}
		s.log.Info("request", "method", r.Method, "path", r.URL.Path, "status", recorder.status,
			"milliseconds", time.Since(begun).Milliseconds(), "trace", r.Header.Get("X-Amzn-Trace-Id"))
	})
}

// statusRecorder remembers an answer's status.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader remembers the status and writes it.
func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find the connection.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
