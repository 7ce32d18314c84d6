// Package running gives tests the real application: its binary, built once a test
// program, and processes of it. Tests against a deployed environment get its address from
// BASE_URL.
package running

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Version and Commit are what a built binary says of itself.
const (
	Version = "1.4.2"
	Commit  = "0123456789abcdef0123456789abcdef01234567"
)

// patience is how long anything here may take.
const patience = 20 * time.Second

// Module is the folder of the application's module.
var Module = sync.OnceValues(func() (string, error) {
	found, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	return strings.TrimSpace(string(found)), err
})

// Build builds the application and returns its path.
func Build(t testing.TB, version, commit string) string {
	t.Helper()
	module, err := Module()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	binary := filepath.Join(t.TempDir(), "app")
	command := exec.Command("go", "build", "-trimpath", "-buildvcs=false", //nolint:gosec // texts of the test's own
		"-ldflags", "-s -w -X main.version="+version+" -X main.commit="+commit, "-o", binary, ".")
	command.Dir = module
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, output)
	}
	return binary
}

// Process is a running application.
type Process struct {
	// URL is its address, without a slash at the end.
	URL     string
	command *exec.Cmd
	ended   chan error
	log     *logged
}

// logged is what a process wrote so far.
type logged struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (l *logged) add(line string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.text.WriteString(line + "\n")
}

// Log is what it has written.
func (p *Process) Log() string {
	p.log.mutex.Lock()
	defer p.log.mutex.Unlock()
	return p.log.text.String()
}

// Start starts the application on a free port and waits until it listens. It ends with the test.
func Start(t testing.TB, binary string, args ...string) *Process {
	t.Helper()
	p := &Process{command: exec.Command(binary, append([]string{"-port=0"}, args...)...), ended: make(chan error, 1), log: &logged{}} //nolint:gosec // the binary that was built
	p.command.Env = []string{}
	out, err := p.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.command.Stderr = os.Stderr
	if err := p.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.command.ProcessState == nil {
			_ = p.command.Process.Kill() // it may have ended meanwhile
			_ = p.Wait()                 // killed, which is no news
		}
	})
	listening := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			p.log.add(lines.Text())
			if url := address(lines.Text()); url != "" {
				listening <- url
			}
		}
		p.ended <- p.command.Wait()
	}()
	select {
	case p.URL = <-listening:
	case <-time.After(patience):
		t.Fatalf("the application does not listen: %s", p.Log())
	}
	return p
}

// address is where a line of the log says that it listens.
func address(line string) string {
	var said struct{ Msg, Address, Scheme string }
	if json.Unmarshal([]byte(line), &said) != nil || said.Msg != "listening" {
		return ""
	}
	_, port, err := net.SplitHostPort(said.Address)
	if err != nil {
		return ""
	}
	return said.Scheme + "://localhost:" + port
}

// Signal tells the process something.
func (p *Process) Signal(signal syscall.Signal) error { return p.command.Process.Signal(signal) }

// Wait waits until the process has ended, and says how.
func (p *Process) Wait() error {
	select {
	case err := <-p.ended:
		p.ended <- err
		return err
	case <-time.After(patience):
		return fmt.Errorf("the application has not ended after %s", patience)
	}
}

// BaseURL is the address that the environment names, or else that of an application
// which is started here; deployed tells which.
func BaseURL(t testing.TB, args ...string) (url string, deployed bool) {
	t.Helper()
	if given := os.Getenv("BASE_URL"); given != "" {
		return strings.TrimSuffix(given, "/"), true
	}
	p := Start(t, Build(t, Version, Commit), args...)
	t.Logf("BASE_URL is not set: testing %s, the binary of this folder", p.URL)
	return p.URL, false
}

// Ready waits until the application takes requests.
func Ready(client *http.Client, url string, within time.Duration) error {
	last := errors.New("was not asked")
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		answer, err := client.Get(url + "/readyz")
		if err != nil {
			last = err
			continue
		}
		_ = answer.Body.Close() // nothing was read
		if answer.StatusCode == http.StatusOK {
			return nil
		}
		last = fmt.Errorf("%s/readyz answers %s", url, answer.Status)
	}
	return fmt.Errorf("not ready after %s: %w", within, last)
}
