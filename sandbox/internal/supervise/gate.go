package supervise

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
)

// gate passes requests on to the emulator, one at a time.
//
// moto serves each request in a thread of its own and its models are not made
// for that: two deletions of network ACL entries at once, and one of them finds
// its list shifted under it and answers 500. Python runs one thread at a time
// anyway, so this costs nothing.
type gate struct {
	turn  sync.Mutex
	proxy *httputil.ReverseProxy
}

// newGate makes a gate to the emulator at endpoint. What the proxy complains
// about goes to complaints.
func newGate(endpoint string, complaints *log.Logger) (*gate, error) {
	target, err := url.Parse(endpoint)
	if err != nil {
		return nil, fmt.Errorf("address of the AWS emulator: %w", err)
	}
	return &gate{proxy: &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // the emulator reads bucket names and accounts from it
		},
		// Its development server drops idle connections at any moment.
		Transport: &http.Transport{Proxy: nil, DisableKeepAlives: true},
		ErrorLog:  complaints,
	}}, nil
}

// ServeHTTP waits for the request's turn and passes it on.
func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.turn.Lock()
	defer g.turn.Unlock()
	g.proxy.ServeHTTP(w, r)
}

// serve answers with handler on a free loopback port until the listener is
// closed.
func serve(handler http.Handler) (net.Listener, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	server := newServer(handler)
	go func() { _ = server.Serve(listener) }()
	return listener, nil
}

// newServer has no time limit. Clients dial ahead, and a limit on a request's header
// also closes such a connection before its first request: whoever takes it up at
// that moment fails. Only this machine can connect.
func newServer(handler http.Handler) *http.Server {
	return &http.Server{Handler: handler} //nolint:gosec // no slow client to fear on the loopback
}

// address is the URL of a listener.
func address(l net.Listener) string { return "http://" + l.Addr().String() }
