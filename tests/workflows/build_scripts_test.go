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
		return `case "$*" in "ecr get-login-password") echo secret ;; *describe-images*) if [[ -f asked ]]; then printf 'sha256:` + hex + `\tapplication/vnd.oci.image.manifest.v1+json\n'; else touch asked; ` + first + `; fi ;; *) exit 97 ;; esac`
	}
	pushedAs := func(kind string) string { return aws("printf 'sha256:" + hex + `\t` + kind + `\n'`) }
	fresh := runScript(t, "build-image.sh", env, commands{"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "exit 0"})
	assert.Zero(t, fresh.status, fresh.out)
	assert.Equal(t, image, fresh.outputs["image"])
	assert.Equal(t, hex, fresh.outputs["hex"])
	assert.True(t, fresh.called("docker build --pull --platform linux/amd64 --provenance=false --sbom=false --build-arg COMMIT="+commit) && fresh.called("docker push "+env["REGISTRY"]+"/web:"+commit))
	assert.False(t, fresh.called("secret"), "the registry's password is in no process's arguments")

	again := runScript(t, "build-image.sh", env, commands{"aws": pushedAs("application/vnd.docker.distribution.manifest.v2+json"), "docker": login + "exit 0"})
	assert.Zero(t, again.status, again.out)
	assert.False(t, again.called("docker build"), "a commit is built once")
	assert.Equal(t, image, again.outputs["image"])

	for reason, with := range map[string]commands{
		"nobody may ask":             {"aws": aws("echo AccessDenied >&2; exit 254"), "docker": login + "exit 0"},
		"it does not compile":        {"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "[[ $1 != build ]]"},
		"the registry refuses":       {"aws": aws("echo ImageNotFoundException >&2; exit 254"), "docker": login + "[[ $1 != push ]]"},
		"the registry knows nothing": {"aws": aws("echo None"), "docker": login + "exit 0"},
		"an index":                   {"aws": pushedAs("application/vnd.oci.image.index.v1+json"), "docker": login + "exit 0"},
		"a list":                     {"aws": pushedAs("application/vnd.docker.distribution.manifest.list.v2+json"), "docker": login + "exit 0"},
		"nobody knows what":          {"aws": pushedAs("None"), "docker": login + "exit 0"},
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
	digits, _ := archiveSum()
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "APP": "api", "DIGEST": "sha256:" + digits, "OUTPUT": "build"}
	type kept struct{ branch, repository, expired, event, path, references, content string }
	stand := func(edit func(*kept)) string {
		k := kept{"main", "1", "false", "push", ".github/workflows/app-deploy-ec2.yml", "[]", archive}
		edit(&k)
		return `case "$*" in
  *"artifacts?name=files.api.` + digits + `"*) echo '{"artifacts": [{"expired": ` + k.expired + `, "created_at": "x", "workflow_run": {"id": 8, "head_branch": "` + k.branch + `", "head_repository_id": ` + k.repository + `, "repository_id": 1}}]}' ;;
  *"actions/runs/8") echo '{"event": "` + k.event + `", "path": "` + k.path + `", "referenced_workflows": ` + k.references + `}' ;;
  "run download 8 --repo example/platform --name files.api.` + digits + ` --dir build") mkdir -p build; printf '%s' '` + k.content + `' > build/app.zip ;;
  *) exit 97 ;;
esac`
	}
	references := func(path string) func(*kept) {
		return func(k *kept) {
			k.path, k.references = ".github/workflows/release.yml", `[{"path": "`+path+`"}]`
		}
	}
	for reason, edit := range map[string]func(*kept){
		"of main":       func(*kept) {},
		"by hand":       func(k *kept) { k.event = "workflow_dispatch" },
		"with its ref":  func(k *kept) { k.path += "@refs/heads/main" },
		"no references": func(k *kept) { k.references = "null" },
		"by a caller":   references("example/platform/.github/workflows/app-deploy-ec2.yml@refs/heads/main"),
	} {
		got := runScript(t, "fetch-build.sh", env, commands{"gh": stand(edit)})
		assert.Zero(t, got.status, "%s: %s", reason, got.out)
		assert.True(t, got.called("run download 8"), reason)
	}
	for reason, edit := range map[string]func(*kept){
		"another branch":               func(k *kept) { k.branch = "evil" },
		"a fork's main":                func(k *kept) { k.repository = "2" },
		"too old":                      func(k *kept) { k.expired = "true" },
		"a pull request's":             func(k *kept) { k.event = "pull_request" },
		"another workflow":             func(k *kept) { k.path = ".github/workflows/ci.yml" },
		"one that ends so":             func(k *kept) { k.path = "x/.github/workflows/app-deploy-ec2.yml" },
		"one that begins so":           func(k *kept) { k.path += "aml" },
		"a caller of another":          references("example/platform/.github/workflows/ci.yml@refs/heads/main"),
		"a caller of somebody else's":  references("mallory/platform/.github/workflows/app-deploy-ec2.yml@main"),
		"a caller of a path that ends": references("example/platform/x/.github/workflows/app-deploy-ec2.yml@main"),
	} {
		got := runScript(t, "fetch-build.sh", env, commands{"gh": stand(edit)})
		assert.Contains(t, got.out, "no run of main has kept it", reason)
		assert.False(t, got.called("download"), reason)
	}
	other := runScript(t, "fetch-build.sh", env, commands{"gh": stand(func(k *kept) { k.content = "another" })})
	assert.Equal(t, 1, other.status)
	assert.Contains(t, other.out, "wanted "+digits)
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
