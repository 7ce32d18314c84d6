package workflows_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/changes"
	"aws-platform/pkg/offline"
)

// checkout is a folder with files.
func checkout(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	return dir
}

const stackText = `config:
  aws:assumeRole:
    roleArn: arn:aws:iam::333333333333:role/platform-deploy
  platform:cluster:
    access:
      deployer:
        - arn:aws:iam::333333333333:role/platform-deploy-more
        - arn:aws:iam::333333333333:role/platform-pipeline
        - arn:aws:iam::333333333333:role/platform-deploy
`

// names are the files of a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var found []string
	for _, entry := range entries {
		found = append(found, entry.Name())
	}
	return found
}

func TestPreviewStack(t *testing.T) {
	env := map[string]string{"STACK": "dev", "DIRECTORY": ".", "KIND": "preview", "OUTPUT": "preview"}
	for _, test := range []struct {
		reason, kind, platform, changed, call string
	}{
		{"changes", "preview", "echo '1 create; 3 stay as they are.'", "true", "pulumi -C . preview --json --stack dev --non-interactive"},
		{"none", "preview", "echo 'No changes; 3 resources stay as they are.'", "false", "pulumi -C . preview"},
		{"a refresh", "refresh", "echo 'No changes; 3 resources stay as they are.'", "false", "refresh --preview-only --run-program --json --exclude **::kubernetes:** --exclude **$kubernetes:** --exclude **aws:ssm/parameter:Parameter::*-secretArn --stack dev"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			dir := checkout(t, map[string]string{"Pulumi.dev.yaml": stackText})
			got := runScriptIn(t, dir, "preview-stack.sh", with(env, "KIND", test.kind), commands{"pulumi": `cp Pulumi.dev.yaml seen; ls -A preview > then; echo '{}'`, "platform": test.platform})
			assert.Zero(t, got.status, got.out)
			assert.Equal(t, test.changed, got.outputs["changed"])
			assert.True(t, got.called(test.call), "%v", got.calls)
			assert.Contains(t, got.summary, "stay as they are")
			seen := read(t, filepath.Join(dir, "seen"))
			assert.Contains(t, seen, "roleArn: arn:aws:iam::333333333333:role/platform-preview\n")
			assert.Contains(t, seen, "role/platform-deploy-more\n", "only whole names of the stack's roles")
			assert.Contains(t, seen, "role/platform-pipeline\n        - arn:aws:iam::333333333333:role/platform-deploy\n", "only what the provider assumes")
			assert.Empty(t, read(t, filepath.Join(dir, "then")), "what pulumi prints holds values: it is never in the folder that is kept")
			assert.Equal(t, []string{"dev." + test.kind + ".md"}, names(t, filepath.Join(dir, "preview")))
			assert.Empty(t, names(t, filepath.Join(dir, "temporary")), "nor left over elsewhere")
		})
	}
}

func TestPreviewStackFails(t *testing.T) {
	env := map[string]string{"STACK": "dev", "DIRECTORY": ".", "KIND": "preview", "OUTPUT": "preview"}
	dir := checkout(t, map[string]string{"Pulumi.dev.yaml": stackText})
	got := runScriptIn(t, dir, "preview-stack.sh", env, commands{"pulumi": `echo '{"diagnostics": [{"severity": "error", "message": "no access"}]}'; exit 255`})
	assert.Equal(t, 1, got.status)
	assert.Equal(t, "failed", got.outputs["changed"])
	assert.Contains(t, got.out, "no access")
	assert.Contains(t, read(t, filepath.Join(dir, "preview", "dev.preview.md")), "**preview failed.**")
	assert.Equal(t, []string{"dev.preview.md"}, names(t, filepath.Join(dir, "preview")))
	assert.Empty(t, names(t, filepath.Join(dir, "temporary")))
	unread := runScriptIn(t, dir, "preview-stack.sh", env, commands{"pulumi": "echo x", "platform": "exit 1"})
	assert.Equal(t, 1, unread.status)
	assert.NotContains(t, unread.outputs, "changed")
	assert.Contains(t, runScriptIn(t, dir, "preview-stack.sh", with(env, "STACK", "qa"), nil).out, "./Pulumi.qa.yaml: not there")
	assert.Contains(t, runScriptIn(t, dir, "preview-stack.sh", with(env, "KIND", "destroy"), nil).out, "preview or refresh")
}

// Every stack file of the repository names its role so that a preview finds it.
func TestPreviewFindsTheRoleOfEveryStack(t *testing.T) {
	scanned := 0
	for _, stack := range slices.Concat(changes.Order(), changes.ByHand()) {
		scanned++
		text := read(t, filepath.Join(root, offline.StackFile(stack)))
		dir := checkout(t, map[string]string{"Pulumi." + stack + ".yaml": text})
		got := runScriptIn(t, dir, "preview-stack.sh", map[string]string{"STACK": stack, "DIRECTORY": ".", "KIND": "preview", "OUTPUT": "o"},
			commands{"pulumi": "echo {}", "platform": "echo No changes"})
		assert.Zero(t, got.status, got.out)
		changed := read(t, filepath.Join(dir, "Pulumi."+stack+".yaml"))
		assert.Contains(t, changed, ":role/platform-preview\n", stack)
		assert.NotRegexp(t, `(?m):role/platform-(deploy|peering|bootstrap)$`, changed, stack)
	}
	assert.Equal(t, 9, scanned)
}

func TestUpStack(t *testing.T) {
	env := map[string]string{"STACK": "dev", "DIRECTORY": "."}
	got := runScript(t, "up-stack.sh", env, commands{"pulumi": "exit 0", "platform": "exit 0"})
	assert.Zero(t, got.status, got.out)
	assert.Equal(t, []string{"platform charts ", "pulumi -C . up --stack dev --yes --non-interactive --suppress-outputs "}, got.calls[:2])
	assert.True(t, got.called("pulumi -C . stack export --stack dev") && got.called("platform credentials -"))
	assert.False(t, runScript(t, "up-stack.sh", env, commands{"platform": "exit 1"}).called("pulumi"), "a chart that is not what it should be")
	assert.NotZero(t, runScript(t, "up-stack.sh", env, commands{"platform": "exit 0", "pulumi": "exit 255"}).status)
	assert.NotZero(t, runScript(t, "up-stack.sh", env, commands{"pulumi": "exit 0", "platform": "[[ $1 != credentials ]]"}).status)
	assert.False(t, runScript(t, "up-stack.sh", with(env, "STACK", "peering"), commands{"pulumi": "exit 0", "platform": "exit 0"}).called("charts"))
}

func TestAccount(t *testing.T) {
	env := map[string]string{"DEV": "333333333333", "STAGING": "444444444444", "PRODUCTION": "111111111111", "PRODUCTION_PCI": "222222222222"}
	for stack, want := range map[string][2]string{
		"dev": {"333333333333", "."}, "staging": {"444444444444", "."}, "production": {"111111111111", "."}, "production-pci": {"222222222222", "."},
		"peering": {"111111111111", "stacks/peering"}, "account-dev": {"333333333333", "stacks/account"}, "account-production-pci": {"222222222222", "stacks/account"},
	} {
		got := runScript(t, "account.sh", with(env, "STACK", stack), nil)
		assert.Zero(t, got.status, got.out)
		assert.Equal(t, want, [2]string{got.outputs["account"], got.outputs["directory"]}, stack)
	}
	assert.Contains(t, runScript(t, "account.sh", with(env, "STACK", "qa"), nil).out, "not one that the pipeline knows")
	assert.Contains(t, runScript(t, "account.sh", with(env, "STACK", "account-peers"), nil).out, "of no environment")
	assert.Contains(t, runScript(t, "account.sh", with(env, "STACK", "dev", "DEV", "1234"), nil).out, "not 12 digits")
}

func TestStacks(t *testing.T) {
	const zeros = "0000000000000000000000000000000000000000"
	list := func(env map[string]string, with commands) []string {
		got := runScript(t, "stacks.sh", env, with)
		require.Zero(t, got.status, got.out)
		var stacks []string
		require.NoError(t, json.Unmarshal([]byte(got.outputs["list"]), &stacks))
		return stacks
	}
	platform := `[[ "$*" == "stacks --changed -"* ]] && grep -q Pulumi.dev.yaml && echo dev; exit 0`
	pull := map[string]string{"MODE": "concerned", "BASE": "aaa", "HEAD": "bbb"}
	assert.Equal(t, []string{"dev"}, list(pull, commands{"git": `[[ "$*" == "-c core.quotePath=false diff --no-renames --name-only aaa...bbb" ]] && echo Pulumi.dev.yaml`, "platform": platform}))
	assert.Empty(t, list(pull, commands{"git": "echo README.md", "platform": platform}))
	push := with(pull, "MODE", "through")
	got := runScript(t, "stacks.sh", push, commands{"git": `[[ "$*" == "-c core.quotePath=false diff --no-renames --name-only aaa bbb" ]] && echo Pulumi.dev.yaml`, "platform": platform})
	assert.True(t, got.called("platform stacks --changed - --through"))
	assert.True(t, runScript(t, "stacks.sh", with(push, "BASE", zeros), commands{"git": "echo main.go", "platform": "exit 0"}).called("git -c core.quotePath=false ls-files"))
	assert.Equal(t, changes.Order()[:3], list(map[string]string{"MODE": "through", "LAST": "production"}, nil))
	assert.Equal(t, changes.Order(), list(map[string]string{"MODE": "through", "LAST": "peering"}, nil))
	assert.Contains(t, runScript(t, "stacks.sh", map[string]string{"MODE": "through", "LAST": "qa"}, nil).out, "'qa': no stack")
	assert.NotZero(t, runScript(t, "stacks.sh", pull, commands{"git": "exit 128"}).status)
	assert.NotZero(t, runScript(t, "stacks.sh", pull, commands{"git": "echo x", "platform": "exit 1"}).status)
}

func TestComment(t *testing.T) {
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "PULL_REQUEST": "7", "BODY": "body.md", "MARKER": "infra-preview"}
	gh := func(comments string) string {
		return `case "$*" in *--paginate*) echo '` + comments + `' ;; *) cat > sent ;; esac`
	}
	comment := func(id, login, body string) string {
		return `{"id": ` + id + `, "user": {"login": "` + login + `"}, "body": "` + body + `"}`
	}
	for _, test := range []struct {
		reason, comments, call string
	}{
		{"the first", "[]", "--method POST repos/example/platform/issues/7/comments"},
		{"over it", "[" + comment("5", "github-actions[bot]", "<!-- infra-preview --> old") + "]", "--method PATCH repos/example/platform/issues/comments/5"},
		{"not over somebody's", "[" + comment("5", "mallory", "<!-- infra-preview --> old") + "]", "--method POST"},
		{"not over another one", "[" + comment("5", "github-actions[bot]", "other <!-- infra-preview -->") + "]", "--method POST"},
		{"on the second page", "[] [" + comment("9", "github-actions[bot]", "<!-- infra-preview -->") + "]", "--method PATCH repos/example/platform/issues/comments/9"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			dir := checkout(t, map[string]string{"body.md": "hello \"`$(id)`\"\n"})
			got := runScriptIn(t, dir, "comment.sh", env, commands{"gh": gh(test.comments)})
			assert.Zero(t, got.status, got.out)
			assert.True(t, got.called(test.call), "%v", got.calls)
			var sent struct{ Body string }
			require.NoError(t, json.Unmarshal([]byte(read(t, filepath.Join(dir, "sent"))), &sent))
			assert.Equal(t, "<!-- infra-preview -->\nhello \"`$(id)`\"", sent.Body)
		})
	}
	for comments, patched := range map[string]bool{"[]": false, "[" + comment("5", "github-actions[bot]", "<!-- infra-preview --> old") + "]": true} {
		got := runScriptIn(t, checkout(t, map[string]string{"body.md": "x"}), "comment.sh", with(env, "OVER", "true"), commands{"gh": gh(comments)})
		assert.Zero(t, got.status, got.out)
		assert.Equal(t, patched, got.called("PATCH"))
		assert.False(t, got.called("POST"), "only over one that is there")
	}
	long := checkout(t, map[string]string{"body.md": strings.Repeat("x", 200_000)})
	runScriptIn(t, long, "comment.sh", env, commands{"gh": gh("[]")})
	assert.Less(t, len(read(t, filepath.Join(long, "sent"))), 65_536)
	assert.Contains(t, read(t, filepath.Join(long, "sent")), "shortened")
	assert.Contains(t, runScript(t, "comment.sh", with(env, "PULL_REQUEST", "7/../8"), nil).out, "no number")
	assert.Contains(t, runScript(t, "comment.sh", with(env, "MARKER", "--> x"), nil).out, "letters and dashes")
	assert.NotZero(t, runScriptIn(t, long, "comment.sh", env, commands{"gh": "exit 1"}).status)
}

func TestPreviewComment(t *testing.T) {
	env := map[string]string{"GITHUB_REPOSITORY": "example/platform", "PULL_REQUEST": "7", "BODY": "body.md", "MARKER": "infra-preview", "LIST": `["dev", "production-pci"]`}
	const none, one = "[]", `[{"id": 5, "user": {"login": "github-actions[bot]"}, "body": "<!-- infra-preview -->"}]`
	gh := func(comments string) commands {
		return commands{"gh": `case "$*" in *--paginate*) echo '` + comments + `' ;; *) cat > sent ;; esac`}
	}
	files := map[string]string{"previews/dev.preview.md": "### dev\n", "previews/production-pci.preview.md": "### pci\n", "previews/other.preview.md": "### other\n"}
	both := runScriptIn(t, checkout(t, files), "preview-comment.sh", env, gh(none))
	assert.Zero(t, both.status, both.out)
	assert.True(t, both.called("--method POST"))
	assert.Contains(t, read(t, filepath.Join(both.dir, "sent")), `## Preview\n\n### dev\n### pci`)

	delete(files, "previews/dev.preview.md")
	half := runScriptIn(t, checkout(t, files), "preview-comment.sh", env, gh(one))
	assert.Contains(t, read(t, filepath.Join(half.dir, "sent")), "### `dev`\\n\\n**It could not be previewed.**")
	lost := runScript(t, "preview-comment.sh", env, gh(one))
	assert.Zero(t, lost.status, lost.out)

	stale := runScript(t, "preview-comment.sh", with(env, "LIST", "[]"), gh(one))
	assert.Zero(t, stale.status, stale.out)
	assert.True(t, stale.called("--method PATCH"))
	assert.Contains(t, read(t, filepath.Join(stale.dir, "sent")), "No stack is concerned any more.")
	assert.False(t, runScript(t, "preview-comment.sh", with(env, "LIST", "[]"), gh(none)).called("--method"), "a change of a page needs no comment")
	assert.Contains(t, runScript(t, "preview-comment.sh", with(env, "LIST", `["../x"]`), gh(none)).out, "'../x': no stack")
}
