package kubernetes

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
)

// authenticate serves the authenticator of an environment's cluster on loopback until the
// listener is closed. Tokens come over TLS, and from whom the run's authority knows alone.
func authenticate(a *authority, environment string, handler http.Handler) (net.Listener, error) {
	made, err := a.issue(environment+"-authenticator", "authenticator")
	if err != nil {
		return nil, err
	}
	certificate, err := tls.LoadX509KeyPair(made.cert, made.key)
	if err != nil {
		return nil, err
	}
	clients := x509.NewCertPool()
	clients.AddCert(a.cert)
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{certificate}, ClientCAs: clients, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS13,
	})
	if err != nil {
		return nil, fmt.Errorf("serve the authenticator of %s: %w", environment, err)
	}
	server := &http.Server{Handler: handler} //nolint:gosec // no slow client to fear on the loopback
	go func() { _ = server.Serve(listener) }()
	return listener, nil
}
