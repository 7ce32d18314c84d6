package kubernetes

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/sandbox/internal/layout"
)

func TestCertificatesServeLoopbackAndNameTheirUser(t *testing.T) {
	a, err := newAuthority(filepath.Join(t.TempDir(), "certificates"))
	require.NoError(t, err)
	made, err := a.issue("someone", "sandbox", "system:masters")
	require.NoError(t, err)
	loaded, err := tls.LoadX509KeyPair(made.cert, made.key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(loaded.Certificate[0])
	require.NoError(t, err)
	assert.Equal(t, "sandbox", parsed.Subject.CommonName)
	assert.Equal(t, []string{"system:masters"}, parsed.Subject.Organization)
	roots := x509.NewCertPool()
	roots.AddCert(a.cert)
	for _, usage := range []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth} {
		_, err = parsed.Verify(x509.VerifyOptions{DNSName: "127.0.0.1", Roots: roots, KeyUsages: []x509.ExtKeyUsage{usage}})
		assert.NoError(t, err)
	}
	info, err := os.Stat(made.key)
	require.NoError(t, err)
	assert.EqualValues(t, 0o600, info.Mode().Perm(), "a key is nobody else's")
	other, err := newAuthority(filepath.Join(t.TempDir(), "other"))
	require.NoError(t, err)
	strangers := x509.NewCertPool()
	strangers.AddCert(other.cert)
	_, err = parsed.Verify(x509.VerifyOptions{Roots: strangers})
	assert.Error(t, err, "every run has an authority of its own")
}

func TestAPIServersListenOnLoopbackAndTakeNobodyUnasked(t *testing.T) {
	c := &cluster{environment: "dev", port: 6443}
	flags := serverFlags(c, "https://127.0.0.1:2379", pair{"c", "k"})
	for _, flag := range []string{
		"--bind-address=127.0.0.1", "--anonymous-auth=false", "--authorization-mode=Node,RBAC", "--etcd-prefix=/dev",
	} {
		assert.Contains(t, flags, flag)
	}
	assert.False(t, slices.ContainsFunc(flags, func(f string) bool { return strings.HasPrefix(f, "--disable-admission-plugins") }), "Pod Security stays on")
	for _, flag := range etcdFlags("dir", [2]int{1, 2}, "ca", pair{"c", "k"}) {
		assert.NotContains(t, flag, "http://")
		assert.NotContains(t, flag, "0.0.0.0")
	}
}

func TestPeopleGetACommandForATokenAndNoSecret(t *testing.T) {
	dir := t.TempDir()
	f := New(Options{Dir: dir})
	var err error
	f.authority, err = newAuthority(filepath.Join(dir, "certificates"))
	require.NoError(t, err)
	f.etcd = &child{name: Etcd}
	f.clusters["production"] = &cluster{environment: "production", port: 1, settled: true, server: &child{name: "s"}, manager: &child{name: "m"}}
	require.NoError(t, f.publish())
	raw, err := os.ReadFile(ConfigFile(dir))
	require.NoError(t, err)
	assert.NotContains(t, string(raw), "client-key")
	var config struct {
		Contexts []struct{ Name string }
		Users    []struct {
			User struct{ Exec struct{ Args []string } }
		}
	}
	require.NoError(t, json.Unmarshal(raw, &config))
	require.Len(t, config.Contexts, len(Roles))
	assert.Equal(t, "production-devops", config.Contexts[0].Name)
	assert.Contains(t, config.Users[0].User.Exec.Args, "arn:aws:iam::111111111111:role/production-eks-devops")
	assert.Contains(t, config.Users[4].User.Exec.Args, "arn:aws:iam::111111111111:role/platform-deploy")

	var endpoints map[string]Endpoint
	raw, err = os.ReadFile(ClustersFile(dir))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &endpoints))
	assert.Equal(t, "https://127.0.0.1:1", endpoints["production-eks"].Endpoint)
	assert.Equal(t, "111111111111", endpoints["production-eks"].Account)
	programs, err := Programs(dir)
	require.NoError(t, err)
	assert.Len(t, programs, 3)
}

func TestProgramsOfASandboxThatStartedNone(t *testing.T) {
	programs, err := Programs(t.TempDir())
	require.NoError(t, err)
	assert.Empty(t, programs)
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(programsFile(dir), []byte("{"), 0o600))
	_, err = Programs(dir)
	assert.ErrorContains(t, err, "programs.json")
}

func TestWhatDoesNotStartSaysWhy(t *testing.T) {
	bin, dir := t.TempDir(), t.TempDir()
	script := "#!/bin/sh\necho no such flag >&2\nexit 2\n"
	for _, name := range []string{Etcd, APIServer, ControllerManager} {
		require.NoError(t, os.WriteFile(filepath.Join(bin, name), []byte(script), 0o700))
	}
	f := New(Options{Bin: bin, Dir: dir, Logs: dir, Authenticator: nobody})
	defer f.Stop()
	err := f.Start(context.Background(), layout.Accounts[0].Environment)
	assert.ErrorContains(t, err, "ended")
	assert.ErrorContains(t, f.Start(context.Background(), "qa"), `"qa" is no environment`)
}
