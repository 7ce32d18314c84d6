package supervise

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
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
