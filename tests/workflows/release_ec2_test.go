package workflows_test

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	hexadecimal "encoding/hex"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const archive = "an archive"

// archiveSum is the archive's SHA-256, in hex digits and as Amazon S3 writes it.
func archiveSum() (digits, checksum string) {
	sum := sha256.Sum256([]byte(archive))
	return hexadecimal.EncodeToString(sum[:]), base64.StdEncoding.EncodeToString(sum[:])
}

// fleet stands in for the AWS CLI before a release.
type fleet struct {
	stored   string // the checksum of what the bucket has; "": nothing
	problem  string // what S3 says when it has nothing; "": NoSuchKey
	live     string // the ARN of the target group with all the traffic; "": no HTTPS
	weight   string // its weight; "": 100
	deployed string // key and version of the live fleet's revision
}

func (f fleet) aws() string {
	listeners := `{"Port": 80, "DefaultActions": [{"Type": "redirect"}]}`
	if f.live != "" {
		listeners += `, {"Port": 443, "DefaultActions": [{"ForwardConfig": {"TargetGroups": [
  {"TargetGroupArn": "` + f.live + `", "Weight": ` + cmp.Or(f.weight, "100") + `}, {"TargetGroupArn": "other", "Weight": 0}]}}]},
 {"Port": 8443, "DefaultActions": [{"ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "idle", "Weight": 100}]}}]}`
	}
	return `
case "$*" in
  "s3api get-object-attributes"*) [[ -n "` + f.stored + `" ]] || { echo "` + cmp.Or(f.problem, "An error occurred (NoSuchKey) when calling") + `" >&2; exit 254; }; printf '%s\t%s\n' "` + f.stored + `" stored-version ;;
  "s3api put-object"*) echo new-version ;;
  *describe-load-balancers*) echo arn:balancer ;;
  *describe-listeners*) echo '{"Listeners": [` + listeners + `]}' ;;
  "deploy get-deployment-group"*) printf '%b\n' "` + f.deployed + `" ;;
  "deploy create-deployment"*) echo d-1 ;;
  "ssm start-automation-execution"*) echo execution-1 ;;
  *) echo "unexpected $*" >&2; exit 97 ;;
esac`
}

// releaseCase is a release with what must come of it.
type releaseCase struct {
	reason  string
	fleet   fleet
	digest  string
	missing bool
	status  int
	says    string
	calls   []string
	not     []string
	outputs map[string]string
}

// hold runs the script and looks at what it said, called and handed on.
func (c releaseCase) hold(t *testing.T, digits string) {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app.zip"), []byte(archive), 0o600))
	env := map[string]string{"ENVIRONMENT": "staging", "APP": "api", "ACCOUNT": "444444444444", "DIGEST": "sha256:" + cmp.Or(c.digest, digits), "ARCHIVE": "app.zip"}
	if c.missing {
		env["ARCHIVE"] = ""
	}
	got := runScriptIn(t, dir, "release-ec2.sh", env, commands{"aws": c.fleet.aws()})
	assert.Equal(t, c.status, got.status, got.out)
	assert.Contains(t, got.out, c.says)
	for _, call := range c.calls {
		assert.True(t, got.called(call), "%s in\n%v", call, got.calls)
	}
	for _, call := range c.not {
		assert.False(t, got.called(call), call)
	}
	for key, value := range c.outputs {
		found, there := got.outputs[key]
		assert.True(t, there && found == value, "%s: %q", key, found)
	}
}

// group is the target group of a color.
func group(color string) string {
	return "arn:aws:elasticloadbalancing:us-east-1:444444444444:targetgroup/staging-public-" + color + "/1"
}

func TestReleaseToTheFleet(t *testing.T) {
	digits, checksum := archiveSum()
	for _, test := range []releaseCase{
		{
			reason: "blue serves, green is released", fleet: fleet{live: group("blue"), deployed: `None\tNone`},
			calls: []string{
				"s3api put-object --bucket staging-deployments-444444444444 --key api/" + digits + ".zip", "--checksum-algorithm SHA256 --checksum-sha256 " + checksum,
				"--document-name staging-release-green", `{"RevisionKey":["api/` + digits + `.zip"],"RevisionVersion":["new-version"],"RevisionSha256":["` + checksum + `"]}`,
			},
			outputs: map[string]string{"execution": "execution-1", "deployment": ""},
		},
		{reason: "green serves, blue is released", fleet: fleet{live: group("green"), deployed: `x\ty`}, calls: []string{"--document-name staging-release-blue"}},
		{
			reason: "the bucket has it already", fleet: fleet{stored: checksum, live: group("blue"), deployed: `x\ty`}, missing: true,
			calls: []string{`"RevisionVersion":["stored-version"]`}, not: []string{"put-object"},
		},
		{
			reason: "the bucket has another one under its name", fleet: fleet{stored: "other", live: group("blue"), deployed: `x\ty`},
			calls: []string{"put-object", `"RevisionVersion":["new-version"]`},
		},
		{
			reason: "it serves already", fleet: fleet{stored: checksum, live: group("blue"), deployed: "api/" + digits + `.zip\tstored-version`},
			says: "serves already", not: []string{"start-automation", "create-deployment"}, outputs: map[string]string{"execution": "", "deployment": ""},
		},
		{
			reason: "no HTTPS, no traffic: a deployment of CodeDeploy's", fleet: fleet{deployed: `None\tNone`},
			calls: []string{"--deployment-group-name staging-blue --s3-location bucket=staging-deployments-444444444444,key=api/" + digits + ".zip,version=new-version,bundleType=zip"},
			not:   []string{"start-automation"}, outputs: map[string]string{"execution": "", "deployment": "d-1"},
		},
	} {
		t.Run(test.reason, func(t *testing.T) { test.hold(t, digits) })
	}
}

func TestReleasesToTheFleetThatAreRefused(t *testing.T) {
	digits, checksum := archiveSum()
	for _, test := range []releaseCase{
		{
			reason: "neither here nor there", fleet: fleet{live: group("blue")}, missing: true, status: 1, says: "promote the digest once more",
			not: []string{"start-automation", "put-object"},
		},
		{
			reason: "another archive", fleet: fleet{live: group("blue")}, digest: hex, status: 1, says: "its checksum is " + digits + ": wanted " + hex,
			not: []string{"start-automation", "put-object"},
		},
		{
			reason: "the traffic is with two colors", fleet: fleet{stored: checksum, live: group("blue"), weight: "50"}, status: 1, says: "port 443: no color has all the traffic",
			not: []string{"start-automation", "create-deployment"},
		},
		{
			reason: "nobody may look into the bucket", fleet: fleet{problem: "An error occurred (AccessDenied) when calling", live: group("blue")}, status: 1, says: "cannot be read: An error occurred (AccessDenied)",
			not: []string{"start-automation", "put-object"},
		},
		{
			reason: "traffic that goes nowhere known", fleet: fleet{stored: checksum, live: "arn:x:targetgroup/production-public-blue/1"}, status: 1, says: "no color",
			not: []string{"start-automation"},
		},
	} {
		t.Run(test.reason, func(t *testing.T) { test.hold(t, digits) })
	}
}

// execution stands in for Automation: each time it is asked, the next status and step.
func execution(answers ...string) string {
	body := "answers=("
	for _, answer := range answers {
		body += " $'" + answer + "'"
	}
	return body + `)
case "$*" in
  "ssm get-automation-execution"*) ;;
  "deploy wait deployment-successful --deployment-id d-1" | "ssm stop-automation-execution"*) exit 0 ;;
  "ssm get-parameter"*) echo execution-1; exit ;;
  *) exit 97 ;;
esac
at=$(cat "$DIR/at" 2> /dev/null || echo 0)
echo "${answers[at]:-${answers[-1]}}"
echo $((at + 1)) > "$DIR/at"`
}

func TestWaitForTheFleet(t *testing.T) {
	for _, test := range []struct {
		reason, until string
		answers       []string
		status        int
		says          string
	}{
		{"until the traffic has moved", "moved", []string{`InProgress\tDeploy\tNone`, `InProgress\tShiftPublic\tNone`, `InProgress\tKeep1\tNone`}, 0, "the traffic has moved"},
		{"to the end", "end", []string{`InProgress\tKeep1\tNone`, `InProgress\tRetireOld\tNone`, `Success\tUnlock\tNone`}, 0, "Success"},
		{"it was over before it was seen to move", "moved", []string{`Success\tUnlock\tNone`}, 0, "Success"},
		{"somebody must approve", "moved", []string{`Waiting\tApprove\tNone`, `Waiting\tApprove\tNone`, `InProgress\tQuiet3\tNone`}, 0, "waits for one of compute.release.approverRoleArns"},
		{"an alarm", "end", []string{`InProgress\tQuiet2\tNone`, `Failed\tReleaseStands\tthe alarm fired`}, 1, "Failed at ReleaseStands: the alarm fired"},
		{"cancelled by a rollback", "end", []string{`InProgress\tKeep4\tNone`, `Cancelled\tRestorePublic\tNone`}, 1, "Cancelled at RestorePublic"},
		{"nobody approves", "moved", []string{`TimedOut\tApprove\tNone`}, 1, "TimedOut at Approve"},
		{"too slow", "end", []string{`InProgress\tKeep1\tNone`}, 1, "after 1 seconds: it goes on by itself"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			env := map[string]string{"EXECUTION": "execution-1", "UNTIL": test.until, "SECONDS_MOST": "60"}
			if test.reason == "too slow" {
				env["SECONDS_MOST"] = "1"
			}
			got := runScript(t, "wait-ec2.sh", env, commands{"aws": execution(test.answers...)})
			assert.Equal(t, test.status, got.status, got.out)
			assert.Contains(t, got.out, test.says)
		})
	}
	env := map[string]string{"UNTIL": "end", "SECONDS_MOST": "1"}
	assert.Zero(t, runScript(t, "wait-ec2.sh", env, nil).status, "it served already")
	assert.True(t, runScript(t, "wait-ec2.sh", with(env, "DEPLOYMENT", "d-1"), commands{"aws": execution("x")}).called("deploy wait"))
	assert.Equal(t, 255, runScript(t, "wait-ec2.sh", with(env, "DEPLOYMENT", "d-1"), commands{"aws": "exit 255"}).status)
}

func TestInterruptTheFleet(t *testing.T) {
	for _, test := range []struct {
		reason string
		aws    string
		status int
		says   string
		stops  bool
	}{
		{"a release that is watched", execution(`dev-release-green\tInProgress`, "Cancelling", "Cancelled"), 0, "the traffic is back", true},
		{"none is under way", "echo ParameterNotFound >&2; exit 254", 0, "no release is under way", false},
		{"nobody may ask", "echo AccessDenied >&2; exit 254", 1, "cannot be read: AccessDenied", false},
		{"a refresh", execution(`dev-refresh-green\tInProgress`), 1, "held by dev-refresh-green: wait for it", false},
		{"a lock that was left over", execution(`dev-release-green\tFailed`), 1, "which is Failed", false},
		{"it went through meanwhile", execution(`dev-release-blue\tInProgress`, "Success"), 1, "Success: it ended otherwise", true},
		{"it does not end", execution(`dev-release-blue\tInProgress`, "Cancelling"), 1, "not cancelled yet", true},
	} {
		t.Run(test.reason, func(t *testing.T) {
			env := map[string]string{"ENVIRONMENT": "dev", "SECONDS_MOST": "60"}
			if test.reason == "it does not end" {
				env["SECONDS_MOST"] = "1"
			}
			got := runScript(t, "interrupt-ec2.sh", env, commands{"aws": test.aws})
			assert.Equal(t, test.status, got.status, got.out)
			assert.Contains(t, got.out, test.says)
			assert.Equal(t, test.stops, got.called("stop-automation-execution --automation-execution-id execution-1 --type Cancel"))
		})
	}
}
