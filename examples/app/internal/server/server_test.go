package server_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/app/internal/server"
	"example.com/app/internal/service"
)

func quiet() *slog.Logger { return slog.New(slog.NewJSONHandler(io.Discard, nil)) }

// run runs a service until stop is called; ended has its end.
func run(t *testing.T, options server.Options) (url string, stop context.CancelFunc, ended chan error) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	options.Log = quiet()
	ended = make(chan error, 1)
	go func() {
		ended <- server.Run(ctx, listener, service.New(service.About{Version: "1"}, quiet()), options)
	}()
	return "http://" + listener.Addr().String(), cancel, ended
}

func status(t *testing.T, url string) int {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer func() { _ = answer.Body.Close() }() // it was read
	return answer.StatusCode
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("%s: not after 10 s", what)
}

func TestItIsReadyOnceItIsPreparedAndNotOnceItLeaves(t *testing.T) {
	prepared := make(chan struct{})
	url, stop, ended := run(t, server.Options{Drain: 500 * time.Millisecond, Shutdown: time.Second, Prepare: func(context.Context) error {
		<-prepared
		return nil
	}})
	eventually(t, "it listens", func() bool { return status(t, url+"/healthz") == 200 })
	if got := status(t, url+"/readyz"); got != 503 {
		t.Errorf("while it is prepared: got %d", got)
	}
	close(prepared)
	eventually(t, "it is ready", func() bool { return status(t, url+"/readyz") == 200 })
	begun := time.Now()
	stop()
	eventually(t, "it leaves", func() bool { return status(t, url+"/readyz") == 503 })
	if got := status(t, url+"/version"); got != 200 {
		t.Errorf("while it drains: got %d", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if took := time.Since(begun); took < 500*time.Millisecond {
		t.Errorf("it left after %s, before the load balancer", took)
	}
	if got := status(t, url+"/healthz"); got != 0 {
		t.Errorf("after its end: got %d", got)
	}
}

func TestAServiceThatCannotBePreparedEnds(t *testing.T) {
	reason := errors.New("no database")
	_, _, ended := run(t, server.Options{Shutdown: time.Second, Prepare: func(context.Context) error { return reason }})
	if err := <-ended; !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}

// A request whose body does not end keeps its connection busy.
func half(t *testing.T, url string) net.Conn {
	t.Helper()
	connection, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = connection.Close() })
	if _, err := connection.Write([]byte("GET /version HTTP/1.1\r\nHost: app\r\n")); err != nil {
		t.Fatal(err)
	}
	return connection
}

func TestWhatHasBegunIsFinished(t *testing.T) {
	url, stop, ended := run(t, server.Options{Drain: 200 * time.Millisecond, Shutdown: 5 * time.Second, Prepare: func(context.Context) error { return nil }})
	eventually(t, "it is ready", func() bool { return status(t, url+"/readyz") == 200 })
	connection := half(t, url)
	stop()
	time.Sleep(100 * time.Millisecond)
	if _, err := connection.Write([]byte("\r\n")); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(connection)
	if err != nil || !bytes.HasPrefix(answer, []byte("HTTP/1.1 200 OK")) || !bytes.Contains(answer, []byte("Connection: close")) {
		t.Errorf("got %q, %v", answer, err)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

func TestWhatDoesNotEndInTimeIsCutOffAndSaid(t *testing.T) {
	url, stop, ended := run(t, server.Options{Shutdown: 300 * time.Millisecond, Prepare: func(context.Context) error { return nil }})
	eventually(t, "it is ready", func() bool { return status(t, url+"/readyz") == 200 })
	connection := half(t, url)
	time.Sleep(100 * time.Millisecond)
	stop()
	err := <-ended
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := io.ReadAll(connection); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("got %v", err)
	}
}

func TestAListenerThatFailsEndsTheService(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	err = server.Run(context.Background(), listener, service.New(service.About{}, quiet()), server.Options{
		Log: quiet(), Shutdown: time.Second, Prepare: func(context.Context) error { return nil },
	})
	if !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v", err)
	}
}
