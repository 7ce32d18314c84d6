package release_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
)

// cloud is what a runbook finds and changes: where listeners lead, how large
// the fleets are, and which of them are held at their size.
type cloud struct {
	live map[string]string // listener -> target group with all traffic
	size map[string]any    // group -> desired capacity
	held map[string]bool
}

// before is the cloud in which the other color of to is live.
func before(to color.Color) cloud {
	live := string(to.Other())
	return cloud{
		live: map[string]string{"public": "public-" + live, "internal": "internal-" + live, "test": "public-" + string(to)},
		size: map[string]any{"production-" + live: "as it was", "production-" + string(to): 0.0},
		held: map[string]bool{"production-" + string(to): true, "production-" + live: false},
	}
}

func last(arn string) string { return arn[strings.LastIndex(arn, "/")+1:] }

// call does what AWS would do.
func (c *cloud) call(s step) {
	group, _ := s.Inputs["AutoScalingGroupName"].(string)
	switch s.Inputs["Api"] {
	case "ModifyListener":
		action := s.Inputs["DefaultActions"].([]any)[0].(map[string]any)
		target, single := action["TargetGroupArn"].(string)
		if !single {
			for _, entry := range action["ForwardConfig"].(map[string]any)["TargetGroups"].([]any) {
				if weighted := entry.(map[string]any); weighted["Weight"] == 100.0 {
					target = weighted["TargetGroupArn"].(string)
				}
			}
		}
		c.live[last(s.Inputs["ListenerArn"].(string))] = last(target)
	case "UpdateAutoScalingGroup":
		c.size[group] = s.Inputs["DesiredCapacity"]
	case "SuspendProcesses", "ResumeProcesses":
		c.held[group] = s.Inputs["Api"] == "SuspendProcesses"
	}
}

// run performs a document in the cloud. Steps in failing fail; what is asserted of
// listeners is looked up. It returns whether Automation would say Success.
func (c *cloud) run(t *testing.T, d document, failing ...string) (visited []string, success bool) {
	success = true
	for name := d.MainSteps[0].Name; name != ""; {
		s := d.at(t, name)
		visited = append(visited, name)
		failed := slices.Contains(failing, name)
		if s.Action == "aws:assertAwsResourceProperty" && s.Inputs["Service"] == "elbv2" {
			failed = c.live["test"] != last(s.Inputs["DesiredValues"].([]any)[0].(string))
		}
		if failed && *s.IsCritical {
			success = false
		}
		switch {
		case failed && s.Action == "aws:branch":
			name = s.Inputs["Default"].(string)
		case failed:
			name = strings.TrimPrefix(strings.Replace(s.OnFailure, "Abort", "", 1), "step:")
		case s.Action == "aws:branch":
			name = s.choices()[0]
		default:
			c.call(s)
			name = s.NextStep
		}
	}
	return visited, success
}

// The watch "fails" where its time runs out: the alarm has not fired.
const quiet = "Watch"

func TestOutcomes(t *testing.T) {
	cases := map[string]struct {
		failing []string
		live    bool // the new color, and the execution a success
		changed bool // something was changed on the way
	}{
		"quiet watch":                  {[]string{quiet}, true, true},
		"another release is under way": {[]string{"IsReady"}, false, false},
		"wrong checksum":               {[]string{"VerifyRevision"}, false, false},
		"no capacity":                  {[]string{"ScaleUp"}, false, true},
		"instances do not come":        {[]string{"WaitInService"}, false, true},
		"CodeDeploy refuses":           {[]string{"Deploy"}, false, true},
		"deployment never ends":        {[]string{"WaitDeployed"}, false, true},
		"deployment failed":            {[]string{"AssertDeployed"}, false, true},
		"deployment left one out":      {[]string{"IsComplete"}, false, true},
		"alarm is missing":             {[]string{"AlarmIsQuiet"}, false, true},
		"denied, or nobody approved":   {[]string{"Approve"}, false, true},
		"public listener":              {[]string{"ShiftPublic"}, false, true},
		"internal listener":            {[]string{"ShiftInternal"}, false, true},
		"test listener":                {[]string{"ShiftTest"}, false, true},
		"schedule of the new fleet":    {[]string{"FollowSchedule"}, false, true},
		"schedule of the old fleet":    {[]string{"HoldOld"}, false, true},
		"alarm":                        {nil, false, true},
		"alarm at the very end":        {[]string{quiet, "ConfirmQuiet"}, false, true},
	}
	for name, tc := range cases {
		for _, c := range color.Both() {
			t.Run(name+" "+string(c), func(t *testing.T) {
				world, found := before(c), runbook(t, args(), c)
				visited, success := world.run(t, found, tc.failing...)
				assert.Equal(t, tc.live, success, "through %v", visited)
				assert.Equal(t, tc.changed, slices.Contains(visited, "HoldSize"))
				if !tc.live {
					assert.Equal(t, before(c), world, "through %v", visited)
					return
				}
				assert.Equal(t, before(c.Other()).live, world.live)
				assert.Equal(t, before(c.Other()).held, world.held)
				assert.Equal(t, 0.0, world.size["production-"+string(c.Other())])
				assert.Equal(t, "{{ LiveSize.DesiredCapacity }}", world.size["production-"+string(c)])
			})
		}
	}
}

func TestALiveColorIsNotDeployedTo(t *testing.T) {
	for _, c := range color.Both() {
		world := before(c.Other())
		visited, success := world.run(t, runbook(t, args(), c))
		assert.False(t, success)
		assert.Equal(t, []string{"IsIdle"}, visited)
	}
}

// A fleet may still have traffic where a listener could not be moved back.
func TestARollbackThatBreaksLeavesBothFleetsUp(t *testing.T) {
	for _, broken := range []string{"RestorePublic", "RestoreInternal"} {
		world := before(color.Green)
		visited, success := world.run(t, runbook(t, args(), color.Green), broken)
		assert.False(t, success)
		assert.Equal(t, broken, visited[len(visited)-1])
		assert.NotEqual(t, 0, world.size["production-green"])
		assert.Equal(t, "as it was", world.size["production-blue"])
	}
}

// Cancelling is the way to roll back by hand while the release is watched.
func TestACancelledReleaseUndoesWhatItDid(t *testing.T) {
	found := runbook(t, args(), color.Green)
	for _, name := range []string{"ScaleUp", "WaitInService", "Deploy", "WaitDeployed", "Approve"} {
		assert.Equal(t, "step:ScaleDown", found.at(t, name).OnCancel, name)
	}
	for _, name := range []string{"ShiftPublic", "ShiftInternal", "ShiftTest", "FollowSchedule", "HoldOld", "Watch", "ConfirmQuiet"} {
		assert.Equal(t, "step:RestorePublic", found.at(t, name).OnCancel, name)
	}
	for _, name := range []string{"IsIdle", "VerifyRevision"} {
		require.Empty(t, found.at(t, name).OnCancel, "%s: nothing is changed yet", name)
	}
}
