// Package smoke asks a deployed application, in seconds, whether it is there and is the
// one that was meant. Where BASE_URL is not set it asks the binary of this repository.
//
//	BASE_URL=https://app.example.com EXPECT_COMMIT=<40 hex digits> go test -count=1 -v ./smoke
package smoke_test

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"example.com/app/internal/running"
)

var client = &http.Client{Timeout: 10 * time.Second}

// where is the application.
var where struct {
	url      string
	deployed bool
}

func TestSmoke(t *testing.T) {
	where.url, where.deployed = running.BaseURL(t)
	if err := running.Ready(client, where.url, 60*time.Second); err != nil {
		t.Fatal(err)
	}
	t.Run("it is alive", func(t *testing.T) { expect(t, "/healthz", "text/plain; charset=utf-8") })
	t.Run("it is ready", func(t *testing.T) { expect(t, "/readyz", "text/plain; charset=utf-8") })
	t.Run("it answers", func(t *testing.T) { expect(t, "/", "text/plain; charset=utf-8") })
	t.Run("it is the version that was meant", version)
}

func expect(t *testing.T, path, contentType string) []byte {
	t.Helper()
	answer, err := client.Get(where.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != contentType || len(body) == 0 {
		t.Fatalf("%s: %s, %s: %s", path, answer.Status, answer.Header.Get("Content-Type"), body)
	}
	return body
}

func version(t *testing.T) {
	var said struct{ Version, Commit string }
	if err := json.Unmarshal(expect(t, "/version", "application/json"), &said); err != nil {
		t.Fatal(err)
	}
	if said.Version == "" || said.Commit == "" {
		t.Errorf("it does not say what it is: %+v", said)
	}
	wantVersion, wantCommit := os.Getenv("EXPECT_VERSION"), os.Getenv("EXPECT_COMMIT")
	if !where.deployed {
		wantVersion, wantCommit = running.Version, running.Commit
	}
	if wantCommit == "" {
		t.Fatal("EXPECT_COMMIT: is empty: give the commit that was deployed, or nobody knows what was tested")
	}
	if wantVersion != "" && said.Version != wantVersion || said.Commit != wantCommit {
		t.Errorf("it is %+v; want version %q, commit %q", said, wantVersion, wantCommit)
	}
}
