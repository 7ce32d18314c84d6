package service_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/app/internal/service"
)

func ask(handler http.Handler, method, path string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request(method, path))
	return answer
}

// request is made without httptest.NewRequest's parser, which refuses a quote.
func request(method, path string) *http.Request {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path = path
	return r
}

func newService(log *bytes.Buffer) *service.Service {
	return service.New(service.About{Version: "1.4.2", Commit: "abc", Color: "blue"}, slog.New(slog.NewJSONHandler(log, nil)))
}

func TestAnswers(t *testing.T) {
	app := newService(&bytes.Buffer{})
	app.Ready()
	for _, test := range []struct {
		base, method, path string
		status             int
		says               string
	}{
		{"", "GET", "/", 200, "app 1.4.2\n"},
		{"", "GET", "/healthz", 200, "alive\n"},
		{"", "HEAD", "/healthz", 200, ""},
		{"", "GET", "/readyz", 200, "ready\n"},
		{"", "GET", "/version", 200, `{"version":"1.4.2","commit":"abc","color":"blue"}` + "\n"},
		{"", "POST", "/version", 405, ""},
		{"", "GET", "/nothing", 404, ""},
		{"", "GET", "/web/version", 404, ""},
		{"/web", "GET", "/web", 200, "app 1.4.2\n"},
		{"/web", "GET", "/web/", 200, "app 1.4.2\n"},
		{"/web", "GET", "/web/readyz", 200, "ready\n"},
		{"/web", "GET", "/web/version", 200, `"1.4.2"`},
		{"/web", "GET", "/webs/version", 404, ""},
		{"/web", "GET", "/web/web/version", 404, ""},
		{"/web", "POST", "/web", 405, ""},
		// Probes and health checks ask the process itself, without what the load balancer routes by.
		{"/web", "GET", "/readyz", 200, "ready\n"},
		{"/web", "GET", "/healthz", 200, "alive\n"},
	} {
		answer := ask(app.Handler(test.base), test.method, test.path)
		if answer.Code != test.status || !strings.Contains(answer.Body.String(), test.says) {
			t.Errorf("%s %s below %q: got %d %q; want %d %q", test.method, test.path, test.base, answer.Code, answer.Body, test.status, test.says)
		}
		if answer.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: may be taken for another type", test.path)
		}
	}
}

func TestReadinessFollowsTheServicesLife(t *testing.T) {
	app := newService(&bytes.Buffer{})
	handler := app.Handler("")
	expect := func(status int, says string) {
		t.Helper()
		if answer := ask(handler, "GET", "/readyz"); answer.Code != status || answer.Body.String() != says+"\n" {
			t.Errorf("readyz: got %d %q; want %d %q", answer.Code, answer.Body, status, says)
		}
		if answer := ask(handler, "GET", "/healthz"); answer.Code != 200 {
			t.Errorf("healthz: got %d: nobody should restart it", answer.Code)
		}
		if answer := ask(handler, "GET", "/version"); answer.Code != 200 {
			t.Errorf("version: got %d: who asks all the same is answered", answer.Code)
		}
	}
	expect(503, "starting")
	app.Ready()
	expect(200, "ready")
	if ask(handler, "GET", "/").Header().Get("Connection") != "" {
		t.Error("connections are kept while it is ready")
	}
	app.Drain()
	expect(503, "leaving")
	if ask(handler, "GET", "/").Header().Get("Connection") != "close" {
		t.Error("connections end with their next answer once it leaves")
	}
	app.Ready()
	expect(503, "leaving")
}

func TestRequestsAreWrittenDownAndHealthChecksAreNot(t *testing.T) {
	log := &bytes.Buffer{}
	handler := newService(log).Handler("")
	for _, path := range []string{"/healthz", "/readyz"} {
		ask(handler, "GET", path)
	}
	if log.Len() > 0 {
		t.Errorf("health checks are written down: %s", log)
	}
	ask(handler, "GET", "/no\"where")
	var line struct {
		Msg, Method, Path string
		Status            int
	}
	if err := json.Unmarshal(log.Bytes(), &line); err != nil {
		t.Fatalf("%s: %v", log, err)
	}
	if line.Msg != "request" || line.Method != http.MethodGet || line.Path != "/no\"where" || line.Status != 404 {
		t.Errorf("got %+v", line)
	}
}
