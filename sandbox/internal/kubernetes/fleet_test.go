package kubernetes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/process"
)

// The test's executable plays the programs too: fakeVariable says which, brokenVariable
// in which environment the API server ends at once.
const (
	fakeVariable   = "SANDBOX_TEST_FAKE"
	brokenVariable = "SANDBOX_TEST_BROKEN"
)

func TestMain(m *testing.M) {
	switch os.Getenv(fakeVariable) {
	case "":
		os.Exit(m.Run())
	case APIServer:
		fmt.Fprintln(os.Stderr, fakeServer())
		os.Exit(1)
	default:
		time.Sleep(time.Minute)
	}
}

// fakeServer is ready at once and takes every binding.
func fakeServer() error {
	flags := map[string]string{}
	for _, arg := range os.Args[1:] {
		name, value, _ := strings.Cut(arg, "=")
		flags[name] = value
	}
	if flags["--etcd-prefix"] == "/"+os.Getenv(brokenVariable) {
		return fmt.Errorf("%s is broken", flags["--etcd-prefix"])
	}
	ca, err := os.ReadFile(flags["--client-ca-file"])
	if err != nil {
		return err
	}
	clients := x509.NewCertPool()
	clients.AppendCertsFromPEM(ca)
	server := &http.Server{
		Addr:      "127.0.0.1:" + flags["--secure-port"],
		TLSConfig: &tls.Config{ClientCAs: clients, ClientAuth: tls.RequireAndVerifyClientCert, MinVersion: tls.VersionTLS13},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				w.WriteHeader(http.StatusCreated)
			}
		}),
	}
	return server.ListenAndServeTLS(flags["--tls-cert-file"], flags["--tls-private-key-file"])
}

func nobody(string) (http.Handler, error) { return http.NotFoundHandler(), nil }

// fakes is a fleet whose programs are played.
func fakes(t *testing.T) *Fleet {
	t.Helper()
	bin, dir := t.TempDir(), t.TempDir()
	for _, name := range []string{Etcd, APIServer, ControllerManager} {
		script := fmt.Sprintf("#!/bin/sh\n%s=%s exec '%s' \"$@\"\n", fakeVariable, name, os.Args[0])
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700))
	}
	f := New(Options{Bin: bin, Dir: dir, Logs: dir, Authenticator: nobody})
	t.Cleanup(f.Stop)
	return f
}

// announced are the addresses that others are told.
func announced(t *testing.T, f *Fleet) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(ClustersFile(f.options.Dir))
	require.NoError(t, err)
	var endpoints map[string]Endpoint
	require.NoError(t, json.Unmarshal(raw, &endpoints))
	addresses := map[string]string{}
	for name, endpoint := range endpoints {
		addresses[name] = endpoint.Endpoint
	}
	return addresses
}

func ended(t *testing.T, c *child) {
	t.Helper()
	process.Stop(c.identity, time.Second)
	select {
	case <-c.ended:
	case <-time.After(10 * time.Second):
		t.Fatalf("%s still runs", c.name)
	}
}

func TestOneThatBreaksLeavesItsNeighboursWhole(t *testing.T) {
	f := fakes(t)
	t.Setenv(brokenVariable, "dev")
	err := f.Start(context.Background(), "dev", "staging")
	require.ErrorContains(t, err, "/dev is broken")
	staging := f.clusters["staging"]
	require.NotNil(t, staging)
	assert.True(t, staging.running(), "the neighbour has its controllers")
	assert.Equal(t, map[string]string{"staging-eks": staging.endpoint()}, announced(t, f), "nobody is sent to the other")

	t.Setenv(brokenVariable, "none")
	require.NoError(t, f.Start(context.Background(), "dev", "staging"))
	assert.Same(t, staging, f.clusters["staging"], "what runs is left alone")
	assert.True(t, f.clusters["dev"].running())
	assert.Len(t, announced(t, f), 2)
	programs, err := Programs(f.options.Dir)
	require.NoError(t, err)
	assert.Len(t, programs, 5)
}

func TestWhatEndedComesBackWhereItWas(t *testing.T) {
	f := fakes(t)
	require.NoError(t, f.Start(context.Background(), "dev"))
	before := announced(t, f)
	for _, of := range []func(*cluster) *child{func(c *cluster) *child { return c.server }, func(c *cluster) *child { return c.manager }} {
		ended(t, of(f.clusters["dev"]))
		assert.False(t, f.clusters["dev"].running())
		require.NoError(t, f.Start(context.Background(), "dev"))
		assert.True(t, f.clusters["dev"].running())
		assert.Equal(t, before, announced(t, f), "stacks know the address")
	}
}

func TestAnEtcdThatEndedTookTheClustersWithIt(t *testing.T) {
	f := fakes(t)
	require.NoError(t, f.Start(context.Background(), "dev"))
	ended(t, f.etcd)
	assert.ErrorContains(t, f.Start(context.Background(), "dev"), "`make down`, then `make up`")
}

func TestTokensGoToWhomTheAuthorityKnows(t *testing.T) {
	a, err := newAuthority(filepath.Join(t.TempDir(), "certificates"))
	require.NoError(t, err)
	listener, err := authenticate(a, "dev", http.NotFoundHandler())
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()
	known, err := a.issue("dev-server", "kube-apiserver")
	require.NoError(t, err)
	certificate, err := tls.LoadX509KeyPair(known.cert, known.key)
	require.NoError(t, err)
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	get := func(scheme string, certificates ...tls.Certificate) error {
		client := http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: certificates, MinVersion: tls.VersionTLS13}}}
		response, err := client.Get(scheme + "://" + listener.Addr().String())
		if err != nil {
			return err
		}
		if response.StatusCode == http.StatusBadRequest { // HTTP to an HTTPS server
			err = fmt.Errorf("%s", response.Status)
		}
		return errors.Join(err, response.Body.Close())
	}
	assert.NoError(t, get("https", certificate))
	assert.ErrorContains(t, get("https"), "certificate required")
	assert.Error(t, get("http"))
}
