package workflows_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSlack(t *testing.T) {
	env := map[string]string{"SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T/B/x", "TITLE": `web "to" <!channel> & more`, "STATE": "requested", "LINK": "https://github.com/x"}
	curl := `cat > config; while [[ $# -gt 0 ]]; do [[ $1 == --data ]] && printf '%s' "$2" > sent; shift; done`
	got := runScript(t, "slack.sh", env, commands{"curl": curl})
	assert.Zero(t, got.status, got.out)
	var sent struct{ Text string }
	require.NoError(t, json.Unmarshal([]byte(read(t, filepath.Join(got.dir, "sent"))), &sent))
	assert.Equal(t, "web \"to\" &lt;!channel&gt; &amp; more: *requested*\n<https://github.com/x|the run>", sent.Text)
	assert.False(t, got.called("hooks.slack.com"), "the address of the webhook is a secret: it is in no process's arguments")
	assert.Contains(t, read(t, filepath.Join(got.dir, "config")), "hooks.slack.com")
	assert.NotZero(t, runScript(t, "slack.sh", env, commands{"curl": "exit 22"}).status, "the action goes on; TestSlackHoldsNothingUp")
	assert.Equal(t, []string{""}, runScript(t, "slack.sh", with(env, "SLACK_WEBHOOK_URL", ""), nil).calls)
}

// issues stands in for gh: the open issues, and what is sent about them.
func issues(open string) string {
	return `case "$*" in *--paginate*) echo '` + open + `' ;; *) cat >> sent ;; esac`
}

func TestIssue(t *testing.T) {
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "BODY": "body.md", "LINK": "https://x", "CLEAN": "false"}
	const one = `[{"number": 12, "user": {"login": "github-actions[bot]"}}]`
	for _, test := range []struct {
		reason, open, clean string
		calls, not          []string
	}{
		{"drift, the first time", "[]", "false", []string{"--method POST repos/example/platform/issues --input"}, []string{"PATCH"}},
		{"drift, once more", one, "false", []string{"--method PATCH repos/example/platform/issues/12"}, []string{"--method POST repos/example/platform/issues --input"}},
		{"two of them: the older", `[{"number": 20, "user": {"login": "github-actions[bot]"}}, {"number": 12, "user": {"login": "github-actions[bot]"}}]`, "false", []string{"issues/12 --input"}, []string{"issues/20"}},
		{"somebody's own is left alone", `[{"number": 3, "user": {"login": "ada"}}]`, "false", []string{"--method POST repos/example/platform/issues --input"}, []string{"issues/3"}},
		{"a pull request is none", `[{"number": 4, "user": {"login": "github-actions[bot]"}, "pull_request": {}}]`, "true", nil, []string{"POST", "PATCH"}},
		{"gone", one, "true", []string{"--method POST repos/example/platform/issues/12/comments", "--method PATCH repos/example/platform/issues/12"}, nil},
		{"never any", "[]", "true", nil, []string{"POST", "PATCH"}},
	} {
		t.Run(test.reason, func(t *testing.T) {
			dir := checkout(t, map[string]string{"body.md": "### `dev`\n"})
			got := runScriptIn(t, dir, "issue.sh", with(env, "CLEAN", test.clean), commands{"gh": issues(test.open)})
			assert.Zero(t, got.status, got.out)
			for _, call := range test.calls {
				assert.True(t, got.called(call), "%s in %v", call, got.calls)
			}
			for _, call := range test.not {
				assert.False(t, got.called(call), call)
			}
		})
	}
	dir := checkout(t, map[string]string{"body.md": ""})
	assert.NotZero(t, runScriptIn(t, dir, "issue.sh", env, commands{"gh": "exit 1"}).status)
	assert.Contains(t, runScriptIn(t, dir, "issue.sh", with(env, "CLEAN", "maybe"), commands{"gh": issues("[]")}).out, "true or false")
}

func TestDriftReport(t *testing.T) {
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "LINK": "https://x", "RESULT": "success"}
	const clean, changed = "### `dev`\n\nNo changes\n", "### `staging`\n\n1 update\n"
	for _, test := range []struct {
		reason, result string
		files          map[string]string
		opens          bool
		says           string
	}{
		{"nothing", "success", map[string]string{"drifts/dev.preview.md": clean}, false, ""},
		{"one stack", "success", map[string]string{"drifts/dev.preview.md": clean, "drifts/staging.refresh.md": changed, "drifts/staging.changed": ""}, true, "1 update"},
		{"a job that failed", "failure", map[string]string{"drifts/dev.preview.md": clean}, true, "the jobs ended as failure"},
		{"of two whose names begin alike", "success", map[string]string{"drifts/production.preview.md": clean, "drifts/production-pci.preview.md": changed, "drifts/production-pci.changed": ""}, true, "1 update"},
		{"no stack was looked at", "success", nil, true, ""},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScriptIn(t, checkout(t, test.files), "drift-report.sh", with(env, "RESULT", test.result), commands{"gh": issues("[]")})
			assert.Zero(t, got.status, got.out)
			assert.Equal(t, test.opens, got.called("--method POST repos/example/platform/issues --input"))
			sent := read(t, filepath.Join(got.dir, "sent"))
			assert.Contains(t, sent, test.says)
			assert.NotContains(t, sent, "No changes", "only what differs")
		})
	}
}

// goBuild stands in for the compiler: the command that it makes says whose it is.
const goBuild = `while [[ $# -gt 0 ]]; do [[ $1 == -o ]] && out=$2; shift; done
cat > "$out" <<'EOF'
#!/usr/bin/env bash
case "$1" in
  graph) [[ -f broken ]] && exit 1; echo "{\"of\": \"$2\"}" ;;
  diff) printf '%s|%s\n' "$(cat "$2")" "$(cat "$3")" ;;
esac
EOF
chmod +x "$out"`

func TestGraphDifference(t *testing.T) {
	env := map[string]string{"BASE": "base", "HEAD": "head", "OUTPUT": "difference.md"}
	files := map[string]string{
		"base/Pulumi.dev.yaml": "", "base/Pulumi.yaml": "", "base/stacks/peering/Pulumi.peering.yaml": "",
		"head/Pulumi.dev.yaml": "", "head/stacks/github/Pulumi.github.yaml": "",
	}
	got := runScriptIn(t, checkout(t, files), "graph-difference.sh", env, commands{"go": goBuild})
	assert.Zero(t, got.status, got.out)
	want := `{"of": "dev"}|{"of": "dev"}` + "\n" + `|{"of": "github"}` + "\n" + `{"of": "peering"}|` + "\n"
	assert.Equal(t, want, read(t, filepath.Join(got.dir, "difference.md")))
	assert.Equal(t, want, got.summary)
	files["head/broken"] = ""
	assert.NotZero(t, runScriptIn(t, checkout(t, files), "graph-difference.sh", env, commands{"go": goBuild}).status)
	assert.NotZero(t, runScriptIn(t, checkout(t, files), "graph-difference.sh", env, commands{"go": "exit 1"}).status)
	empty := checkout(t, map[string]string{"base/x": "", "head/x": ""})
	assert.Contains(t, runScriptIn(t, empty, "graph-difference.sh", env, commands{"go": goBuild}).out, "no stack was found")
}
