package supervise

import (
	"bufio"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGatePassesOneRequestAtATime(t *testing.T) {
	var inside, most atomic.Int32
	emulator := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		now := inside.Add(1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
			continue
		}
		time.Sleep(5 * time.Millisecond)
		body, _ := io.ReadAll(r.Body)
		inside.Add(-1)
		_, _ = io.WriteString(w, r.Host+r.URL.Path+string(body))
	}))
	defer emulator.Close()
	way, err := newGate(emulator.URL, log.New(io.Discard, "", 0))
	require.NoError(t, err)
	listener, err := serve(way)
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()

	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			request, err := http.NewRequest(http.MethodPost, address(listener)+"/path", strings.NewReader("?body"))
			if !assert.NoError(t, err) {
				return
			}
			request.Host = "bucket.example"
			response, err := http.DefaultClient.Do(request)
			if assert.NoError(t, err) {
				answer, _ := io.ReadAll(response.Body)
				_ = response.Body.Close()
				assert.Equal(t, "bucket.example/path?body", string(answer))
			}
		})
	}
	group.Wait()
	assert.EqualValues(t, 1, most.Load())
}

// pipes is a listener of connections inside the process, for a test of its own time.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	conn, open := <-p
	if !open {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (p pipes) Close() error { close(p); return nil }

func (pipes) Addr() net.Addr { return &net.TCPAddr{} }

// A client's pool dials ahead. What it dialed must still be good when it is needed.
func TestAConnectionMayWaitForItsFirstRequestAndForItsNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		listener := make(pipes)
		server := newServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		go func() { _ = server.Serve(listener) }()
		defer func() { _ = server.Close() }()
		client, other := net.Pipe()
		defer func() { _ = client.Close() }()
		listener <- other

		answers := bufio.NewReader(client)
		for range 2 {
			time.Sleep(time.Hour)
			_, err := io.WriteString(client, "GET / HTTP/1.1\r\nHost: aws\r\n\r\n")
			require.NoError(t, err)
			response, err := http.ReadResponse(answers, nil)
			require.NoError(t, err)
			require.NoError(t, response.Body.Close())
			assert.Equal(t, http.StatusOK, response.StatusCode)
		}
	})
}
