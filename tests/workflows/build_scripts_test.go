package workflows_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// login reads the password that is handed over by standard input, as docker and cosign do.
const login = "[[ $1 == login ]] && cat > /dev/null; "

const commit = "0123456789abcdef0123456789abcdef01234567"

func TestBuildImage(t *testing.T) {
	env := map[string]string{"REGISTRY": "333333333333.dkr.ecr.us-east-1.amazonaws.com", "APP": "web", "COMMIT": commit, "CONTEXT": "examples/app"}
	aws := func(first string) string {
		return `case "$*" in "ecr get-login-password") echo secret ;; *describe-images*) if [[ -f asked ]]; then echo sha256:` + hex + `; else touch asked; ` + first + `; fi ;; *) exit 97 ;; esac`
	}
	fresh := runScript(t, "build-image.sh", env, commands{"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "exit 0"})
	assert.Zero(t, fresh.status, fresh.out)
	assert.Equal(t, image, fresh.outputs["image"])
	assert.Equal(t, hex, fresh.outputs["hex"])
	assert.True(t, fresh.called("docker build --pull --build-arg COMMIT="+commit) && fresh.called("docker push "+env["REGISTRY"]+"/web:"+commit))
	assert.False(t, fresh.called("secret"), "the registry's password is in no process's arguments")

	again := runScript(t, "build-image.sh", env, commands{"aws": aws("echo sha256:" + hex), "docker": login + "exit 0"})
	assert.Zero(t, again.status, again.out)
	assert.False(t, again.called("docker build"), "a commit is built once")
	assert.Equal(t, image, again.outputs["image"])

	for reason, with := range map[string]commands{
		"nobody may ask":             {"aws": aws("echo AccessDenied >&2; exit 254"), "docker": login + "exit 0"},
		"it does not compile":        {"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "[[ $1 != build ]]"},
		"the registry refuses":       {"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "[[ $1 != push ]]"},
		"the registry knows nothing": {"aws": aws("echo None"), "docker": login + "exit 0"},
	} {
		got := runScript(t, "build-image.sh", env, with)
		assert.NotZero(t, got.status, reason)
		assert.NotContains(t, got.outputs, "digest", reason)
	}
	assert.Contains(t, runScript(t, "build-image.sh", with(env, "COMMIT", "main"), nil).out, "not a commit")
}

func TestScanImage(t *testing.T) {
	env := map[string]string{"APP": "web", "DIGEST": "sha256:" + hex, "FILE": "findings.json", "SECONDS_MOST": "60"}
	scan := func(status string) string {
		return `[[ "$*" == *"--repository-name web --image-id imageDigest=sha256:` + hex + `"* ]] && echo '{"imageScanStatus": {"status": "` + status + `", "description": "why"}}'`
	}
	const later = `if [[ -f asked ]]; then echo '{"imageScanStatus": {"status": "COMPLETE"}}'; else touch asked; echo ScanNotFoundException >&2; exit 254; fi`
	for _, test := range []struct {
		reason, aws, platform string
		status                int
		says                  string
	}{
		{"nothing bad", scan("COMPLETE"), "exit 0", 0, ""},
		{"it goes on being scanned", scan("ACTIVE"), "exit 0", 0, ""},
		{"it had not begun", later, "exit 0", 0, ""},
		{"something bad", scan("COMPLETE"), "exit 1", 1, ""},
		{"it cannot be scanned", scan("UNSUPPORTED_IMAGE"), "exit 0", 1, "scan: UNSUPPORTED_IMAGE: why: nothing unscanned is deployed"},
		{"it failed", scan("FAILED"), "exit 0", 1, "nothing unscanned"},
		{"nobody may ask", "echo AccessDenied >&2; exit 254", "exit 0", 1, "AccessDenied"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScript(t, "scan-image.sh", env, commands{"aws": test.aws, "platform": test.platform})
			assert.Equal(t, test.status, got.status, got.out)
			assert.Contains(t, got.out, test.says)
		})
	}
	slow := runScript(t, "scan-image.sh", with(env, "SECONDS_MOST", "1"), commands{"aws": scan("IN_PROGRESS"), "platform": "exit 0"})
	assert.Contains(t, slow.out, "nothing unscanned is deployed")
	assert.False(t, slow.called("platform"))
}

func TestBuildArchive(t *testing.T) {
	dir := checkout(t, map[string]string{"app/go.mod": ""})
	env := map[string]string{"CONTEXT": "app", "OUTPUT": "build/app.zip"}
	got := runScriptIn(t, dir, "build-archive.sh", env, commands{"go": `[[ "$1 $2 $3" == "run ./cmd/revision -output" ]] && printf '%s' 'an archive' > "$4"`})
	digits, _ := archiveSum()
	assert.Zero(t, got.status, got.out)
	assert.Equal(t, "sha256:"+digits, got.outputs["digest"])
	assert.NotZero(t, runScriptIn(t, dir, "build-archive.sh", env, commands{"go": "exit 1"}).status)
}

func TestVerifySignature(t *testing.T) {
	env := map[string]string{"WORKFLOW": "app-deploy-eks.yml", "GITHUB_REPOSITORY": "example/platform", "IMAGE": image}
	const identity = "--certificate-oidc-issuer https://token.actions.githubusercontent.com --certificate-identity https://github.com/example/platform/.github/workflows/app-deploy-eks.yml@refs/heads/main "
	got := runScript(t, "verify-signature.sh", env, commands{"aws": "echo x", "cosign": login + "exit 0"})
	assert.Zero(t, got.status, got.out)
	assert.True(t, got.called("cosign verify "+identity+image))
	assert.NotZero(t, runScript(t, "verify-signature.sh", env, commands{"aws": "echo x", "cosign": login + "[[ $1 == login ]]"}).status)
	blob := runScript(t, "verify-signature.sh", with(env, "IMAGE", "", "ARCHIVE", "app.zip", "BUNDLE", "b"), commands{"cosign": "exit 0"})
	assert.True(t, blob.called("cosign verify-blob "+identity+"--bundle b app.zip"))
	assert.Equal(t, 9, runScript(t, "verify-signature.sh", with(env, "IMAGE", "", "ARCHIVE", "app.zip", "BUNDLE", "b"), commands{"cosign": "exit 9"}).status)
}

func TestFetchBuild(t *testing.T) {
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "APP": "api", "DIGEST": "sha256:" + hex, "OUTPUT": "build"}
	kept := func(branch, repository, expired, path string) string {
		return `case "$*" in
  *"artifacts?name=build.api.` + hex + `"*) echo '{"artifacts": [{"expired": ` + expired + `, "created_at": "x", "workflow_run": {"id": 8, "head_branch": "` + branch + `", "head_repository_id": ` + repository + `, "repository_id": 1}}]}' ;;
  *"actions/runs/8") echo '{"path": "` + path + `"}' ;;
  "run download 8 --repo example/platform --name build.api.` + hex + ` --dir build") ;;
  *) exit 97 ;;
esac`
	}
	const workflow = ".github/workflows/app-deploy-ec2.yml"
	got := runScript(t, "fetch-build.sh", env, commands{"gh": kept("main", "1", "false", workflow)})
	assert.Zero(t, got.status, got.out)
	assert.True(t, got.called("run download 8"))
	for reason, gh := range map[string]string{
		"another branch": kept("evil", "1", "false", workflow), "a fork's main": kept("main", "2", "false", workflow),
		"too old": kept("main", "1", "true", workflow), "another workflow": kept("main", "1", "false", ".github/workflows/ci.yml"),
	} {
		got := runScript(t, "fetch-build.sh", env, commands{"gh": gh})
		assert.Contains(t, got.out, "no run of main has kept it", reason)
		assert.False(t, got.called("download"), reason)
	}
}

// zipOf writes an archive with a program, which is a script.
func zipOf(t *testing.T, program string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "app.zip")
	file, err := os.Create(path)
	require.NoError(t, err)
	writer := zip.NewWriter(file)
	header := &zip.FileHeader{Name: "bin/app"}
	header.SetMode(0o755)
	entry, err := writer.CreateHeader(header)
	require.NoError(t, err)
	_, err = entry.Write([]byte(program))
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	require.NoError(t, file.Close())
	return path
}

func TestScanArchive(t *testing.T) {
	env := map[string]string{"ARCHIVE": zipOf(t, "#!/usr/bin/env bash\n")}
	assert.Zero(t, runScript(t, "scan-archive.sh", env, commands{"go": `[[ "$*" == *govulncheck@v*"-mode binary "*/bin/app ]]`}).status)
	assert.Equal(t, 3, runScript(t, "scan-archive.sh", env, commands{"go": "exit 3"}).status)
}

func TestRunTest(t *testing.T) {
	env := map[string]string{"TEST": "smoke", "BASE_URL": "https://app.example.com"}
	seen := `echo "at $BASE_URL" >> "$CALLS"`
	for test, call := range map[string]string{"smoke": "go test -count=1 ./smoke/...", "integration": "go test -count=1 ./integration/...", "load": "k6 run "} {
		got := runScript(t, "run-test.sh", with(env, "TEST", test), commands{"go": seen, "k6": seen})
		assert.Zero(t, got.status, got.out)
		assert.True(t, got.called(call) && got.called("at https://app.example.com"), test)
		assert.NotZero(t, runScript(t, "run-test.sh", with(env, "TEST", test), commands{"go": "exit 1", "k6": "exit 99"}).status, test)
	}
	assert.Contains(t, runScript(t, "run-test.sh", with(env, "TEST", "x"), nil).out, "TEST: 'x'")
	assert.Contains(t, runScript(t, "run-test.sh", with(env, "BASE_URL", ""), nil).out, "BASE_URL: empty")

	inContainer := runScript(t, "run-test.sh", with(env, "BASE_URL", "", "IMAGE", image),
		commands{"go": seen, "aws": "echo x", "docker": login + "[[ $1 == run ]] && echo container-1; exit 0", "curl": "exit 0"})
	assert.Zero(t, inContainer.status, inContainer.out)
	assert.True(t, inContainer.called("docker run --detach --read-only --cap-drop ALL --publish 127.0.0.1:18080:8080 "+image))
	assert.True(t, inContainer.called("docker rm --force container-1") && inContainer.called("at http://127.0.0.1:18080"))

	program := "#!/usr/bin/env bash\necho \"program on $PORT\" >> \"$CALLS\"\nexec sleep 60\n"
	onMachine := runScript(t, "run-test.sh", with(env, "BASE_URL", "", "ARCHIVE", zipOf(t, program)),
		commands{"go": seen + "\nsleep 0.3", "curl": "exit 0"})
	assert.Zero(t, onMachine.status, onMachine.out)
	assert.True(t, onMachine.called("program on 18080") && onMachine.called("at http://127.0.0.1:18080"))
}

func TestPCICompliance(t *testing.T) {
	env := map[string]string{"BASE_URL": "https://app.example.com"}
	site := func(main, old, plain, extra, server string) string {
		return `case "$*" in
  *--head*) echo "server: ` + server + `" ;;
  *--tls-max*) printf '` + old + `' ;;
  *http://*) printf '` + plain + `' ;;
  *pprof*|*metrics*|*.git*|*.env*) printf '` + extra + `' ;;
  *) printf '` + main + `' ;;
esac`
	}
	for _, test := range []struct{ reason, curl, says string }{
		{"all is well", site("200", "000", "301", "404", "awselb"), ""},
		{"nothing listens on port 80", site("200", "000", "000", "403", ""), ""},
		{"no trusted certificate", site("000", "000", "301", "404", ""), "4.2.1: https://app.example.com: does not answer with a certificate that is trusted"},
		{"old TLS", site("200", "200", "301", "404", ""), "takes TLS 1.0"},
		{"plain HTTP", site("200", "000", "200", "404", ""), "it may only redirect"},
		{"a debugger", site("200", "000", "301", "200", ""), "/debug/pprof/: answers"},
		{"a version", site("200", "000", "301", "404", "nginx/1.25"), "tells its version"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScript(t, "pci-compliance.sh", env, commands{"curl": test.curl})
			assert.Equal(t, test.says != "", got.status != 0, got.out)
			assert.Contains(t, got.out, test.says)
		})
	}
	assert.Contains(t, runScript(t, "pci-compliance.sh", with(env, "BASE_URL", "http://x"), nil).out, "not HTTPS")
}
