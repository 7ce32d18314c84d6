package workflows_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// says stands in for curl before an application: each time it is asked for its version it
// has the next commit, and the last one from then on.
func says(commits ...string) string {
	return `case "$*" in *https://app.example.com/version | *http://127.0.0.1:18080/version) ;; *) exit 0 ;; esac
commits=(` + strings.Join(commits, " ") + `)
at=$(cat "$DIR/at" 2> /dev/null || echo 0)
echo $((at + 1)) > "$DIR/at"
found=${commits[at]:-${commits[-1]}}
[[ $found == down ]] && exit 22
printf '{"version": "1", "commit": "%s"}' "$found"`
}

// seen writes down where a test was sent.
const seen = `echo "at $BASE_URL for $EXPECT_COMMIT" >> "$CALLS"`

func TestRunTest(t *testing.T) {
	env := map[string]string{"TEST": "smoke", "BASE_URL": "https://app.example.com", "EXPECT_COMMIT": commit, "SECONDS_MOST": "0"}
	for test, call := range map[string]string{"smoke": "go test -count=1 ./smoke/...", "integration": "go test -count=1 ./integration/...", "load": "k6 run "} {
		got := runScript(t, "run-test.sh", with(env, "TEST", test), commands{"go": seen, "k6": seen, "curl": says(commit)})
		assert.Zero(t, got.status, got.out)
		assert.True(t, got.called(call) && got.called("at https://app.example.com for "+commit), test)
		assert.NotZero(t, runScript(t, "run-test.sh", with(env, "TEST", test), commands{"go": "exit 1", "k6": "exit 99", "curl": says(commit)}).status, test)
	}
	assert.Contains(t, runScript(t, "run-test.sh", with(env, "TEST", "x"), commands{"curl": says(commit)}).out, "TEST: 'x'")
	assert.Contains(t, runScript(t, "run-test.sh", with(env, "BASE_URL", ""), nil).out, "BASE_URL: empty")

	inContainer := runScript(t, "run-test.sh", with(env, "BASE_URL", "", "IMAGE", image),
		commands{"go": seen, "aws": "echo x", "docker": login + "[[ $1 == run ]] && echo container-1; exit 0", "curl": says(commit)})
	assert.Zero(t, inContainer.status, inContainer.out)
	assert.True(t, inContainer.called("docker run --detach --read-only --cap-drop ALL --publish 127.0.0.1:18080:8080 "+image))
	assert.True(t, inContainer.called("docker rm --force container-1") && inContainer.called("at http://127.0.0.1:18080"))

	program := "#!/usr/bin/env bash\necho \"program on $PORT\" >> \"$CALLS\"\nexec sleep 60\n"
	onMachine := runScript(t, "run-test.sh", with(env, "BASE_URL", "", "ARCHIVE", zipOf(t, program)),
		commands{"go": seen + "\nsleep 0.3", "curl": says(commit)})
	assert.Zero(t, onMachine.status, onMachine.out)
	assert.True(t, onMachine.called("program on 18080") && onMachine.called("at http://127.0.0.1:18080"))
}

// A result is of the digest that was deployed: its commit answers before the test and after it.
func TestATestIsOfTheCommitThatAnswers(t *testing.T) {
	const other = "fedcba9876543210fedcba9876543210fedcba98"
	five := strings.Repeat(commit+" ", 5)
	for _, test := range []struct {
		reason  string
		answers []string
		seconds string
		ran     bool
		says    string
	}{
		{"the old one still answers", []string{other}, "0", false, "nothing is tested"},
		{"one instance of several is older", []string{commit, commit, other}, "0", false, "nothing is tested"},
		{"nothing answers", []string{"down"}, "0", false, "nothing answers: wanted " + commit},
		{"the load balancer turns at last", []string{other, "down", commit}, "60", true, ""},
		{"somebody deploys meanwhile", []string{five, other}, "60", true, "something else was deployed meanwhile"},
		{"it is gone at the end", []string{five, "down"}, "60", true, "something else was deployed meanwhile"},
	} {
		for _, kind := range []string{"smoke", "integration", "load"} {
			t.Run(kind+": "+test.reason, func(t *testing.T) {
				env := map[string]string{"TEST": kind, "BASE_URL": "https://app.example.com", "EXPECT_COMMIT": commit, "SECONDS_MOST": test.seconds}
				got := runScript(t, "run-test.sh", env, commands{"go": seen, "k6": seen, "curl": says(test.answers...)})
				assert.Equal(t, test.says != "", got.status != 0, got.out)
				assert.Contains(t, got.out, test.says)
				assert.Equal(t, test.ran, got.called("at https://app.example.com"))
			})
		}
	}
	for _, wrong := range []string{"", "main", strings.ToUpper(commit), commit[:12]} {
		got := runScript(t, "run-test.sh", map[string]string{"TEST": "load", "BASE_URL": "https://app.example.com", "EXPECT_COMMIT": wrong}, commands{"k6": seen, "curl": says(commit)})
		assert.Equal(t, 1, got.status, wrong)
		assert.Contains(t, got.out, "EXPECT_COMMIT: ", wrong)
	}
}

// site stands in for curl before a site: the codes of its answers.
func site(main, plain, extra, server string) string {
	return `case "$*" in
  *--head*) echo "server: ` + server + `" ;;
  *http://*) printf '` + plain + `' ;;
  *pprof*|*metrics*|*.git*|*.env*) printf '` + extra + `' ;;
  *) printf '` + main + `' ;;
esac`
}

// client stands in for openssl: what it says of the site, and of the server that it starts itself.
func client(site, control string) string {
	return `case "$*" in
  version | req*) ;;
  s_server*) echo "ACCEPT 127.0.0.1:4433"; exec sleep 60 ;;
  *"-connect 127.0.0.1:4433"*) ` + control + ` ;;
  s_client*"-connect app.example.com:443 -servername app.example.com"*) ` + site + ` ;;
  *) exit 97 ;;
esac`
}

func TestPCICompliance(t *testing.T) {
	env := map[string]string{"BASE_URL": "https://app.example.com/web"}
	const (
		refuses = `echo "CONNECTED(00000003)"; echo "New, (NONE), Cipher is (NONE)"; exit 1`
		speaks  = `echo "CONNECTED(00000003)"; echo "New, TLSv1.0, Cipher is ECDHE"`
		away    = `echo "connect:errno=111"; exit 1`
	)
	well := client(refuses, speaks)
	for _, test := range []struct{ reason, curl, openssl, says string }{
		{"all is well", site("200", "301", "404", "awselb"), well, ""},
		{"nothing listens on port 80", site("200", "000", "403", ""), well, ""},
		{"no trusted certificate", site("000", "301", "404", ""), well, "4.2.1: https://app.example.com/web: does not answer with a certificate that is trusted"},
		{"old TLS", site("200", "301", "404", ""), client(speaks, speaks), "takes TLS 1.0"},
		{"less old TLS", site("200", "301", "404", ""), client(`[[ "$*" == *-tls1_1* ]] || { `+refuses+`; }; `+speaks, speaks), "takes TLS 1.1"},
		{"a client that speaks neither", site("200", "301", "404", ""), client(refuses, refuses), "this machine's openssl cannot speak it"},
		{"a client whose library has lost it", site("200", "301", "404", ""), client(refuses, "echo 'no protocols available'; exit 1"), "no protocols available"},
		{"no connection is no refusal", site("200", "301", "404", ""), client(away, speaks), "no connection, so that nothing was refused: connect:errno=111"},
		{"no openssl", site("200", "301", "404", ""), "exit 127", "openssl: not there"},
		{"plain HTTP", site("200", "200", "404", ""), well, "it may only redirect"},
		{"a debugger", site("200", "301", "200", ""), well, "/debug/pprof/: answers"},
		{"a version", site("200", "301", "404", "nginx/1.25"), well, "tells its version"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScript(t, "pci-compliance.sh", env, commands{"curl": test.curl, "openssl": test.openssl})
			assert.Equal(t, test.says != "", got.status != 0, got.out)
			assert.Contains(t, got.out, test.says)
		})
	}
	assert.Contains(t, runScript(t, "pci-compliance.sh", with(env, "BASE_URL", "http://x"), nil).out, "not HTTPS")
}

// With the real openssl, against real servers.
func TestOldTLSIsFound(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("there is no openssl on this machine: TestPCICompliance has stand-ins")
	}
	for _, test := range []struct {
		least uint16
		says  string
	}{{tls.VersionTLS10, "takes TLS 1.0"}, {tls.VersionTLS11, "takes TLS 1.1"}, {tls.VersionTLS12, ""}, {tls.VersionTLS13, ""}} {
		t.Run(tls.VersionName(test.least), func(t *testing.T) {
			server := httptest.NewUnstartedServer(http.NotFoundHandler())
			server.TLS = &tls.Config{MinVersion: test.least, CipherSuites: everyCipher()}
			server.StartTLS()
			t.Cleanup(server.Close)
			got := runScript(t, "pci-compliance.sh", map[string]string{"BASE_URL": server.URL},
				commands{"curl": site("200", "301", "404", ""), "openssl": "exec " + openssl + ` "$@"`})
			assert.Equal(t, test.says != "", got.status != 0, got.out)
			assert.Contains(t, got.out, test.says)
		})
	}
}

func everyCipher() []uint16 {
	var ciphers []uint16
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		ciphers = append(ciphers, suite.ID)
	}
	return ciphers
}

// What the archive is scanned for needs its symbols.
func TestTheArchiveKeepsItsSymbols(t *testing.T) {
	text := read(t, root+"/examples/app/cmd/revision/main.go")
	require.Contains(t, text, `"-ldflags", "-w -buildid=`)
	assert.NotRegexp(t, `"[^"]*-s [^"]*-X main`, text)
}
