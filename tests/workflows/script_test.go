package workflows_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// commands are stand-ins by the name of the command: the text of a bash script that is run
// in its place, with the arguments in $*.
type commands map[string]string

// ran is what came of a script.
type ran struct {
	status       int
	out          string
	calls        []string
	outputs      map[string]string
	summary, dir string
}

// called tells whether a command was called with a text among its arguments.
func (r ran) called(text string) bool {
	for _, call := range r.calls {
		if strings.Contains(call, text) {
			return true
		}
	}
	return false
}

// runScript runs a script of .github/scripts in an empty folder. Of the commands that
// change or fetch something only the stand-ins are there: one that is missing fails.
func runScript(t *testing.T, name string, env map[string]string, with commands) ran {
	t.Helper()
	return runScriptIn(t, t.TempDir(), name, env, with)
}

func runScriptIn(t *testing.T, dir, name string, env map[string]string, with commands) ran {
	t.Helper()
	bin, calls := t.TempDir(), filepath.Join(t.TempDir(), "calls")
	for _, command := range []string{"aws", "kubectl", "pulumi", "docker", "gh", "curl", "cosign", "platform", "go", "git", "k6", "openssl"} {
		body, given := with[command]
		if !given {
			body = "echo unexpected >&2; exit 97"
		}
		text := "#!/usr/bin/env bash\nprintf '%s\\n' \"" + command + " $*\" | tr '\\n' ' ' >> \"$CALLS\"; echo >> \"$CALLS\"\n" + body + "\n"
		require.NoError(t, os.WriteFile(filepath.Join(bin, command), []byte(text), 0o700))
	}
	path, err := filepath.Abs(filepath.Join(root, ".github", "scripts", name))
	require.NoError(t, err)
	temporary := filepath.Join(dir, "temporary")
	require.NoError(t, os.MkdirAll(temporary, 0o700))
	script := exec.Command("bash", path)
	script.Dir = dir
	script.Env = []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + dir, "CALLS=" + calls, "PAUSE=0", "DIR=" + dir,
		"RUNNER_TEMP=" + temporary, "GITHUB_OUTPUT=" + filepath.Join(bin, "outputs"), "GITHUB_STEP_SUMMARY=" + filepath.Join(bin, "summary"),
	}
	for key, value := range env {
		script.Env = append(script.Env, key+"="+value)
	}
	var out bytes.Buffer
	script.Stdout, script.Stderr = &out, &out
	result := ran{outputs: map[string]string{}, dir: dir}
	var exit *exec.ExitError
	if err := script.Run(); errors.As(err, &exit) {
		result.status = exit.ExitCode()
	} else {
		require.NoError(t, err)
	}
	result.out = out.String()
	result.calls = strings.Split(strings.TrimSpace(read(t, calls)), "\n")
	for _, line := range strings.Split(read(t, filepath.Join(bin, "outputs")), "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			result.outputs[key] = value
		}
	}
	result.summary = read(t, filepath.Join(bin, "summary"))
	return result
}

// read is a file's text; empty where there is none.
func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	return string(text)
}

// with is a copy of an environment with other values.
func with(env map[string]string, edits ...string) map[string]string {
	changed := map[string]string{}
	for key, value := range env {
		changed[key] = value
	}
	for i := 0; i < len(edits); i += 2 {
		changed[edits[i]] = edits[i+1]
	}
	return changed
}

const (
	hex   = "4ddc7a6a1e2d3f405162738495a6b7c8d9eafb0c1d2e3f405162738495a6b7c8"
	image = "333333333333.dkr.ecr.us-east-1.amazonaws.com/web@sha256:" + hex
)

// Every script says so when the workflow gave it nothing, and does nothing.
func TestScriptsWantTheirVariables(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(root, ".github", "scripts", "*.sh"))
	require.NoError(t, err)
	tried := 0
	for _, path := range paths {
		name := filepath.Base(path)
		if name == "lib.sh" || name == "slack.sh" { // which without a webhook sends nothing
			continue
		}
		tried++
		got := runScript(t, name, nil, nil)
		assert.Equal(t, 1, got.status, name)
		assert.Regexp(t, `::error::[A-Z_]+: empty: the workflow must set it`, got.out, name)
		assert.Equal(t, []string{""}, got.calls, name)
	}
	assert.Greater(t, tried, 15)
}

// A script stops at what fails, and says how it is used.
func TestScriptsStopAtErrors(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(root, ".github", "scripts", "*.sh"))
	require.NoError(t, err)
	for _, path := range paths {
		text := read(t, path)
		if filepath.Base(path) == "lib.sh" {
			continue
		}
		assert.True(t, strings.HasPrefix(text, "#!/usr/bin/env bash\n# "), path)
		assert.Contains(t, text, "\nset -euo pipefail\n", path)
	}
	assert.NotEmpty(t, paths)
}

// A tag is refused wherever a digest is asked for.
func TestNoScriptTakesATag(t *testing.T) {
	base := map[string]string{
		"ENVIRONMENT": "dev", "FROM": "dev", "TO": "staging", "APP": "web", "ACCOUNT": "333333333333", "AWS_REGION": "us-east-1", "FILE": "f", "OUTPUT": "o",
		"GITHUB_REPOSITORY": "example/platform", "WORKFLOW": "app-deploy-eks.yml", "TEST": "smoke", "EXPECT_COMMIT": commit,
	}
	for _, name := range []string{"release-eks.sh", "release-ec2.sh", "scan-image.sh", "fetch-build.sh", "current-digest.sh", "verify-signature.sh", "run-test.sh"} {
		for _, tag := range []string{"latest", "sha256:abc", "sha256:" + strings.ToUpper(hex), "sha256:" + hex + "0", "sha256:" + hex + "\nx"} {
			got := runScript(t, name, with(base, "DIGEST", tag, "IMAGE", "registry/web@"+tag), nil)
			assert.Equal(t, 1, got.status, "%s: %s", name, tag)
			assert.Contains(t, got.out, "never a tag", "%s: %s", name, tag)
			assert.Equal(t, []string{""}, got.calls, "%s: %s", name, tag)
		}
	}
}
