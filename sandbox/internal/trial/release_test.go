package trial

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// play performs a document whose calls are answered by what answers says of
// "service:Api", and returns the outcome, what was called and what was said.
func play(t *testing.T, steps string, alarm bool, answers map[string]string) (out outcome, called, said []string) {
	t.Helper()
	document, err := parseRunbook(`{"mainSteps": [` + steps + `]}`)
	require.NoError(t, err)
	p := &performance{
		runbook: document, values: values{"Key": "a.zip"}, alarm: alarm,
		say: func(format string, args ...any) { said = append(said, strings.TrimSpace(fmt.Sprintf(format, args...))) },
		call: func(_ context.Context, out any, service, api string, input any) error {
			text, err := json.Marshal(input)
			require.NoError(t, err)
			called = append(called, service+":"+api+" "+string(text))
			answer, known := answers[service+":"+api]
			if !known {
				return errors.New("refused by AWS")
			}
			if out == nil {
				return nil
			}
			return json.Unmarshal([]byte(answer), out)
		},
	}
	out, err = p.run(context.Background())
	require.NoError(t, err)
	return out, called, said
}

const (
	size = `{"name": "Size", "action": "aws:executeAwsApi", "isCritical": true, "onFailure": "Abort", "nextStep": "Ready",
		"inputs": {"Service": "autoscaling", "Api": "DescribeAutoScalingGroups", "AutoScalingGroupNames": ["blue"]},
		"outputs": [{"Name": "Desired", "Selector": "$.AutoScalingGroups[0].DesiredCapacity", "Type": "Integer"}]}`
	ready = `{"name": "Ready", "action": "aws:branch", "isCritical": true, "onFailure": "Abort", "inputs": {"Default": "Stands",
		"Choices": [{"NextStep": "Up", "And": [{"Variable": "{{ Size.Desired }}", "NumericGreater": 0}]}]}}`
	up = `{"name": "Up", "action": "aws:executeAwsApi", "isCritical": true, "onFailure": "step:Stands", "nextStep": "Keep",
		"inputs": {"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "DesiredCapacity": "{{ Size.Desired }}", "Tag": "of {{ Key }}"}}`
	watch = `{"name": "Keep", "action": "aws:sleep", "isCritical": true, "onFailure": "step:Stands", "nextStep": "Settled", "inputs": {"Duration": "PT1M"}},
		{"name": "Settled", "action": "aws:waitForAwsResourceProperty", "isCritical": true, "onFailure": "step:Stands", "nextStep": "Quiet",
		"inputs": {"Service": "cloudwatch", "Api": "DescribeAlarms", "PropertySelector": "$.X", "DesiredValues": ["OK"]}},
		{"name": "Quiet", "action": "aws:assertAwsResourceProperty", "isCritical": true, "onFailure": "step:Tidy", "nextStep": "Retire",
		"inputs": {"Service": "cloudwatch", "Api": "DescribeAlarms", "PropertySelector": "$.X", "DesiredValues": ["OK"]}}`
	retire = `{"name": "Retire", "action": "aws:approve", "isCritical": true, "onFailure": "Abort", "isEnd": true, "inputs": {}}`
	stands = `{"name": "Stands", "action": "aws:assertAwsResourceProperty", "isCritical": true, "onFailure": "Abort", "isEnd": true,
		"inputs": {"Service": "elbv2", "Api": "DescribeListeners", "ListenerArns": ["l"],
		"PropertySelector": "$.Listeners[0].Port", "DesiredValues": ["443"]}}`
	tidy = `{"name": "Tidy", "action": "aws:executeAwsApi", "isCritical": false, "onFailure": "Continue", "nextStep": "Stands",
		"inputs": {"Service": "ssm", "Api": "DeleteParameter", "Name": "of {{ automation:EXECUTION_ID }}"}}`
	whole = size + "," + ready + "," + up + "," + watch + "," + retire + "," + tidy + "," + stands
)

func TestARunbookIsPerformed(t *testing.T) {
	sizes := func(n int) string { return fmt.Sprintf(`{"AutoScalingGroups": [{"DesiredCapacity": %d}]}`, n) }
	const listeners, describe, update = `{"Listeners": [{"Port": 443}]}`, "autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup"
	cases := map[string]struct {
		answers map[string]string
		alarm   bool
		visited string
		problem string // "": it succeeds
	}{
		"quiet": {map[string]string{describe: sizes(3), update: ""}, false, "Size Ready Up Keep Settled Quiet Retire", ""},
		"alarm": {map[string]string{describe: sizes(3), update: "", "elbv2:DescribeListeners": listeners}, true,
			"Size Ready Up Keep Settled Quiet Tidy Stands", "step Quiet: the alarm is taken as fired"},
		"not the value": {map[string]string{describe: sizes(0), "elbv2:DescribeListeners": `{"Listeners": [{"Port": 80}]}`}, false, "Size Ready Stands", "found 80, wanted one of [443]"},
		"default":       {map[string]string{describe: sizes(0), "elbv2:DescribeListeners": listeners}, false, "Size Ready Stands", ""},
		"aborted":       {nil, false, "Size", "step Size: refused by AWS"},
		"jump after a failure is still a failure": {map[string]string{describe: sizes(3), "elbv2:DescribeListeners": listeners}, false,
			"Size Ready Up Stands", "step Up: refused by AWS"},
		"nothing selected": {map[string]string{describe: `{}`}, false, "Size", "$.AutoScalingGroups[0].DesiredCapacity: selects nothing"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, _, _ := play(t, whole, tc.alarm, tc.answers)
			assert.Equal(t, tc.visited, strings.Join(out.visited, " "))
			if tc.problem == "" {
				assert.NoError(t, out.problem)
			} else {
				assert.ErrorContains(t, out.problem, tc.problem)
			}
		})
	}
}

func TestWhatIsCalledAndWhatIsSaid(t *testing.T) {
	_, called, said := play(t, whole, false, map[string]string{
		"autoscaling:DescribeAutoScalingGroups": `{"AutoScalingGroups": [{"DesiredCapacity": 3}]}`, "autoscaling:UpdateAutoScalingGroup": "",
	})
	assert.Equal(t, []string{
		`autoscaling:DescribeAutoScalingGroups {"AutoScalingGroupNames":["blue"]}`,
		`autoscaling:UpdateAutoScalingGroup {"DesiredCapacity":3,"Tag":"of a.zip"}`,
	}, called, "an integer stays one, and what belongs to the step is not sent")
	text := strings.Join(said, "\n")
	assert.Regexp(t, `(?m)^Up +done$`, text)
	assert.Regexp(t, `(?m)^Keep +skipped: .*does not wait$`, text)
	assert.Regexp(t, `(?m)^Settled +skipped: .*composite alarms`, text)
	assert.Regexp(t, `(?m)^Quiet +skipped: .*composite alarms`, text)
	assert.Regexp(t, `(?m)^Retire +skipped: .*person`, text)
}

func TestABranchOnASkippedStepGoesOn(t *testing.T) {
	count := strings.Replace(strings.Replace(size, "autoscaling", "codedeploy", 1), "Abort", "step:Stands", 1)
	out, called, said := play(t, count+","+ready+","+strings.Replace(up, "{{ Size.Desired }}", "2", 1)+","+watch+","+retire, false,
		map[string]string{"autoscaling:UpdateAutoScalingGroup": ""})
	require.NoError(t, out.problem)
	assert.Equal(t, []string{"Size", "Ready", "Up", "Keep", "Settled", "Quiet", "Retire"}, out.visited)
	assert.Len(t, called, 1)
	assert.Contains(t, strings.Join(said, "\n"), "skipped: Size.Desired is of a step that was skipped")
}

func TestADocumentThatCannotBePerformedIsAnError(t *testing.T) {
	for name, tc := range map[string]struct{ steps, want string }{
		"no such step": {strings.Replace(size, `"Ready"`, `"Nowhere"`, 1), `no step "Nowhere"`},
		"circle":       {strings.Replace(up, `"Keep"`, `"Up"`, 1), "goes in circles"},
	} {
		t.Run(name, func(t *testing.T) {
			document, err := parseRunbook(`{"mainSteps": [` + tc.steps + `]}`)
			require.NoError(t, err)
			p := &performance{runbook: document, values: values{"Key": "k", "Size.Desired": 1.0}, say: func(string, ...any) {},
				call: func(_ context.Context, out any, _, _ string, _ any) error {
					if out == nil {
						return nil
					}
					return json.Unmarshal([]byte(`{"AutoScalingGroups": [{"DesiredCapacity": 3}]}`), out)
				}}
			_, err = p.run(context.Background())
			assert.ErrorContains(t, err, tc.want)
		})
	}
	for _, text := range []string{"", "schemaVersion: '0.3'", `{"mainSteps": []}`} {
		_, err := parseRunbook(text)
		assert.ErrorContains(t, err, "document:", "%q", text)
	}
	out, _, _ := play(t, strings.Replace(retire, "aws:approve", "aws:pause", 1), false, nil)
	assert.ErrorContains(t, out.problem, "action aws:pause: not understood")
}
