package workflows_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
	"aws-platform/pkg/promotion/collect"
)

const record = `{"allowed": true, "kind": "promotion", "app": "web", "platform": "eks", "from": "staging", "to": "production",
 "digest": "sha256:` + hex + `", "commit": "0123456789012345678901234567890123456789", "emergency": "", "approvers": ["ada", "ben"]}`

func TestCheckRecord(t *testing.T) {
	for _, test := range []struct {
		reason string
		edit   [2]string
		env    map[string]string
		says   string
	}{
		{"it allows this", [2]string{}, nil, ""},
		{"it was refused", [2]string{`"allowed": true`, `"allowed": false`}, nil, "allowed is false"},
		{"it does not say", [2]string{`"allowed": true`, `"x": 1`}, nil, "allowed is :"},
		{"a text that looks like it", [2]string{`"allowed": true`, `"allowed": "yes"`}, nil, "allowed is yes"},
		{"another environment", [2]string{`"to": "production"`, `"to": "staging"`}, nil, "it is for 'staging': wanted 'production'"},
		{"another application", [2]string{`"app": "web"`, `"app": "api"`}, nil, "it is of 'api': wanted 'web'"},
		{"another digest", [2]string{}, map[string]string{"EXPECT_DIGEST": "sha256:" + strings.Repeat("0", 64)}, "it is of sha256:" + hex},
		{"a tag", [2]string{`"sha256:` + hex + `"`, `"latest"`}, nil, "never a tag"},
		{"no record", [2]string{record, ""}, nil, "nothing was decided"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			dir := t.TempDir()
			text := strings.Replace(record, test.edit[0], test.edit[1], 1)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "decision.json"), []byte(text), 0o600))
			env := map[string]string{"RECORD": "decision.json", "EXPECT_TO": "production", "EXPECT_APP": "web"}
			for key, value := range test.env {
				env[key] = value
			}
			got := runScriptIn(t, dir, "check-record.sh", env, nil)
			if test.says == "" {
				assert.Zero(t, got.status, got.out)
				assert.Equal(t, "sha256:"+hex, got.outputs["digest"])
				assert.Equal(t, "eks", got.outputs["platform"])
				assert.Empty(t, got.outputs["emergency"])
				return
			}
			assert.Equal(t, 1, got.status)
			assert.Contains(t, got.out, test.says)
		})
	}
}

func TestCheckRecordTellsAnEmergency(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "d"), []byte(strings.Replace(record, `"emergency": ""`, `"emergency": "the site\nis down"`, 1)), 0o600))
	got := runScriptIn(t, dir, "check-record.sh", map[string]string{"RECORD": "d", "EXPECT_TO": "production"}, nil)
	assert.Zero(t, got.status, got.out)
	assert.Equal(t, "true", got.outputs["emergency"])
}

// asks stands in for platform: writes the record that it was asked for, and exits.
func asksPlatform(record string, status string) string {
	return `while [[ $# -gt 0 ]]; do [[ $1 == --record ]] && printf '%s' '` + record + `' > "$2"; shift; done; echo "ALLOWED <b>"; exit ` + status
}

func TestDecide(t *testing.T) {
	base := map[string]string{"TO": "production", "APP": "web", "FROM": "staging", "DIGEST": "sha256:" + hex, "GITHUB_RUN_ID": "7", "OUTPUT": "decision"}
	infrastructure := strings.Replace(record, `"app": "web"`, `"app": "infrastructure"`, 1)
	for _, test := range []struct {
		reason, record string
		env            map[string]string
		call           string
		artifact       string
	}{
		{"a promotion", record, with(base, "KIND", "promotion"), "promote verify --from staging --to production --app web --digest sha256:" + hex + " --run 7 --record decision/decision.json --evidence decision/evidence.json", "deployment.web.production"},
		{"a fresh build", record, with(base, "KIND", "deployment"), "promote verify --to production --app web --digest sha256:" + hex + " --run 7", "deployment.web.production"},
		{"an emergency", record, with(base, "KIND", "promotion", "EMERGENCY", "$(rm -rf /); down"), "--emergency $(rm -rf /); down --run 7", "deployment.web.production"},
		{"a rollback", record, with(base, "KIND", "rollback", "REASON", "errors", "DIGEST", ""), "promote rollback --in production --app web --reason errors --run 7", "deployment.web.production"},
		{"infrastructure", infrastructure, with(base, "KIND", "infrastructure", "COMMIT", "abc", "DIGEST", ""), "promote infrastructure --to production --commit abc --run 7", "deployment.infrastructure.production"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			got := runScript(t, "decide.sh", test.env, commands{"platform": asksPlatform(test.record, "0")})
			assert.Zero(t, got.status, got.out)
			assert.True(t, got.called(test.call), "%v", got.calls)
			assert.Equal(t, test.artifact, got.outputs["artifact"])
			assert.Len(t, got.outputs["commit"], 40, "by which tests know what must answer")
			assert.Contains(t, got.summary, "    ALLOWED <b>")
		})
	}
}

// The record of a refusal is kept under a name that promises no deployment.
func TestDecideRefuses(t *testing.T) {
	env := map[string]string{"KIND": "promotion", "FROM": "staging", "TO": "production", "APP": "web", "DIGEST": "sha256:" + hex, "GITHUB_RUN_ID": "7", "OUTPUT": "decision"}
	refused := runScript(t, "decide.sh", env, commands{"platform": asksPlatform(strings.Replace(record, "true", "false", 1), "1")})
	assert.Equal(t, 1, refused.status)
	assert.Equal(t, "refused.web.production", refused.outputs["artifact"])
	assert.NotContains(t, refused.outputs, "digest")
	assert.NotEmpty(t, refused.summary, "why it was refused is on the run's page")
	// Nor is one believed that says yes and means something else.
	for _, said := range []string{strings.Replace(record, "true", "false", 1), strings.Replace(record, `"to": "production"`, `"to": "dev"`, 1), ""} {
		got := runScript(t, "decide.sh", env, commands{"platform": asksPlatform(said, "0")})
		assert.Equal(t, 1, got.status)
		assert.Equal(t, "refused.web.production", got.outputs["artifact"])
	}
	assert.Contains(t, runScript(t, "decide.sh", with(env, "KIND", "x"), nil).out, "KIND: 'x'")
	assert.Contains(t, runScript(t, "decide.sh", with(env, "FROM", ""), nil).out, "FROM: empty")
	assert.Contains(t, runScript(t, "decide.sh", with(env, "KIND", "rollback"), nil).out, "REASON: empty")
}

func TestCurrentDigest(t *testing.T) {
	env := map[string]string{"FROM": "staging", "TO": "production", "APP": "web"}
	current := func(target string) string {
		return `case "$*" in
  "promote current --in staging --app web") echo sha256:` + hex + ` ;;
  "promote current --in staging --app web --commit") echo ` + commit + ` ;;
  "promote current --in production --app web --commit") ` + target + ` ;;
  *) exit 97 ;;
esac`
	}
	got := runScript(t, "current-digest.sh", env, commands{"platform": current("echo abc")})
	assert.Zero(t, got.status, got.out)
	assert.Equal(t, "sha256:"+hex, got.outputs["digest"])
	assert.Equal(t, "web: sha256:"+hex+"\n\n- staging runs the commit "+commit+"\n- production runs the commit abc\n", got.summary)

	given := runScript(t, "current-digest.sh", with(env, "DIGEST", "sha256:"+hex), commands{"platform": current("echo abc")})
	assert.Zero(t, given.status, given.out)
	assert.NotContains(t, given.calls, "platform promote current --in staging --app web ")
	first := runScript(t, "current-digest.sh", env, commands{"platform": current("echo 'production: web: " + collect.ErrNothing.Error() + "' >&2; exit 1")})
	assert.Zero(t, first.status, first.out)
	assert.Contains(t, first.summary, "production runs the commit none\n")
	unknown := runScript(t, "current-digest.sh", env, commands{"platform": current("echo '502 Bad Gateway' >&2; exit 1")})
	assert.Equal(t, 1, unknown.status, "nothing is shown to those who approve that is not so")
	assert.Contains(t, unknown.out, "502 Bad Gateway")
	refused := runScript(t, "current-digest.sh", env, commands{"platform": "exit 1"})
	assert.Equal(t, 1, refused.status)
	assert.Empty(t, refused.outputs)
}

func TestAlarm(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "decision.json"), []byte(strings.Replace(record, `"emergency": ""`, `"emergency": "the site is down"`, 1)), 0o600))
	env := map[string]string{"RECORD": "decision.json", "ENVIRONMENT": "production", "ACCOUNT": "111111111111", "AWS_REGION": "us-east-1", "LINK": "https://x"}
	got := runScriptIn(t, dir, "alarm.sh", env, commands{"aws": "echo message-1"})
	assert.Zero(t, got.status, got.out)
	assert.True(t, got.called("--topic-arn arn:aws:sns:us-east-1:111111111111:production-security"))
	assert.True(t, got.called("Emergency: the site is down"))
	assert.True(t, got.called("approved by ada, ben"))
	assert.Equal(t, 254, runScriptIn(t, dir, "alarm.sh", env, commands{"aws": "exit 254"}).status)
	assert.Contains(t, runScriptIn(t, dir, "alarm.sh", env, commands{"aws": "echo None"}).out, "nothing is deployed without")
}

// The record that package promotion writes is the one that the scripts read.
func TestTheRecordIsPromotions(t *testing.T) {
	decision := promotion.Decision{
		Allowed: true, Kind: promotion.Promoting, App: "web", Platform: "eks", From: "staging", To: "production",
		Digest: "sha256:" + hex, Commit: commit, Approvers: []string{"ada"}, Starters: []string{"ben"}, Emergency: "down",
	}
	text, err := json.Marshal(decision)
	require.NoError(t, err)
	dir := checkout(t, map[string]string{"decision.json": string(text)})
	got := runScriptIn(t, dir, "check-record.sh", map[string]string{"RECORD": "decision.json", "EXPECT_TO": "production", "EXPECT_APP": "web"}, nil)
	assert.Zero(t, got.status, got.out)
	assert.Equal(t, map[string]string{"digest": "sha256:" + hex, "platform": "eks", "kind": "promotion", "commit": commit, "emergency": "true"}, got.outputs)
	alarm := runScriptIn(t, dir, "alarm.sh", map[string]string{"RECORD": "decision.json", "ENVIRONMENT": "production", "ACCOUNT": "1", "AWS_REGION": "r", "LINK": "l"}, commands{"aws": "echo 1"})
	assert.True(t, alarm.called("asked for by ben, approved by ada"))
}
