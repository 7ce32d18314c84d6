package release_test

import (
	"slices"
	"strings"
	"testing"
	"time"

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
	lock bool // somebody has it
	slow bool // a deployment is under way and does not end
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
	case "PutParameter":
		c.lock = true
	case "DeleteParameter":
		c.lock = false
	case "CreateDeployment":
		c.slow = true
	case "StopDeployment":
		c.slow = false
	case "GetDeployment":
		c.slow = c.slow && s.Action != "aws:assertAwsResourceProperty"
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
		failed := slices.Contains(failing, name) || s.Inputs["Api"] == "PutParameter" && c.lock
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
			name = s.afterFailure()
		case s.Action == "aws:branch":
			name = s.choices()[0]
		default:
			c.call(s)
			name = s.NextStep
		}
	}
	return visited, success
}

// afterFailure is where a step that failed goes on, "" where the execution ends.
func (s step) afterFailure() string {
	switch s.OnFailure {
	case "Abort":
		return ""
	case "Continue":
		return s.NextStep
	default:
		return strings.TrimPrefix(s.OnFailure, "step:")
	}
}

func TestOutcomes(t *testing.T) {
	cases := map[string]struct {
		failing []string
		live    bool // the new color, and the execution a success
		changed bool // something was changed on the way
	}{
		"quiet watch":                  {nil, true, true},
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
		"scaling of the new fleet":     {[]string{"FollowLoad"}, false, true},
		"scaling of the old fleet":     {[]string{"HoldOld"}, false, true},
		"alarm at once":                {[]string{"Quiet1"}, false, true},
		"alarm in the middle":          {[]string{"Quiet17"}, false, true},
		"alarm at the very end":        {[]string{"Quiet30"}, false, true},
		"time does not pass":           {[]string{"Keep12"}, false, true},
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
		assert.Equal(t, []string{"Lock", "IsIdle", "Unlock", "ReleaseStands"}, visited)
		assert.Equal(t, before(c.Other()), world)
	}
}

// A fleet may still have traffic where a listener could not be moved back.
func TestARollbackThatBreaksLeavesBothFleetsUp(t *testing.T) {
	for _, broken := range []string{"RestorePublic", "RestoreInternal"} {
		world := before(color.Green)
		visited, success := world.run(t, runbook(t, args(), color.Green), "Quiet3", broken)
		assert.False(t, success)
		assert.Equal(t, broken, visited[len(visited)-1])
		assert.Equal(t, "{{ LiveSize.DesiredCapacity }}", world.size["production-green"])
		assert.Equal(t, "as it was", world.size["production-blue"])
		assert.True(t, world.lock, "nothing starts before somebody has looked")
	}
}

// Cancelling is the way to roll back by hand while the release is watched.
func TestACancelledReleaseUndoesWhatItDid(t *testing.T) {
	found := runbook(t, args(), color.Green)
	for _, name := range []string{"ScaleUp", "WaitInService", "Deploy", "Deployed", "AlarmIsQuiet", "Approve"} {
		assert.Equal(t, "step:ScaleDown", found.at(t, name).OnCancel, name)
	}
	for _, name := range []string{"ShiftPublic", "ShiftInternal", "ShiftTest", "FollowLoad", "HoldOld", "Keep1", "Quiet1", "Keep30", "Quiet30"} {
		assert.Equal(t, "step:RestorePublic", found.at(t, name).OnCancel, name)
	}
	for _, name := range []string{"IsIdle", "VerifyRevision"} {
		assert.Equal(t, "step:Unlock", found.at(t, name).OnCancel, "%s: nothing is changed yet", name)
	}
	assert.Equal(t, "step:StopDeployment", found.at(t, "WaitDeployed").OnCancel)
	assert.Equal(t, "step:UnlockLive", found.at(t, "RetireOld").OnCancel)
	assert.Empty(t, found.at(t, "Lock").OnCancel, "the lock may be another's")
}

func TestASecondStartIsRefusedAndChangesNothing(t *testing.T) {
	for _, c := range color.Both() {
		for _, found := range []document{runbook(t, args(), c), refresh(t, args(), c.Other())} {
			world, want := before(c), before(c)
			world.lock, want.lock = true, true
			visited, success := world.run(t, found)
			assert.False(t, success)
			assert.Equal(t, []string{"Lock"}, visited)
			assert.Equal(t, want, world)
			assert.Zero(t, found.at(t, "Lock").MaxAttempts, "a second attempt would meet the first one's parameter")
		}
	}
}

// The old fleet is kept for as long as it must, whatever fails on the way.
func TestTheOldFleetGoesAfterTheWholeTime(t *testing.T) {
	for minutes, want := range map[int]struct {
		rounds      int
		first, last string
	}{
		1: {1, "PT1M", "PT1M"}, 5: {5, "PT1M", "PT1M"}, 30: {30, "PT1M", "PT1M"}, 31: {16, "PT2M", "PT1M"},
		60: {30, "PT2M", "PT2M"}, 100: {25, "PT4M", "PT4M"}, 1440: {30, "PT48M", "PT48M"},
	} {
		kept := args()
		kept.Config.KeepMinutes = minutes
		found := runbook(t, kept, color.Green)
		var slept []string
		for _, s := range found.MainSteps {
			if s.Action == "aws:sleep" {
				slept = append(slept, s.Inputs["Duration"].(string))
			}
			if s.Action == "aws:sleep" || strings.HasPrefix(s.Name, "Quiet") {
				assert.Equal(t, "step:RestorePublic", s.OnFailure, s.Name)
				assert.False(t, found.without(t, found.MainSteps[0].Name, s.Name)["RetireOld"], "%s cannot be passed by", s.Name)
			}
		}
		require.Len(t, slept, want.rounds, "%d minutes", minutes)
		assert.Equal(t, want.first, slept[0])
		assert.Equal(t, want.last, slept[len(slept)-1])
		total := time.Duration(0)
		for _, text := range slept {
			one, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(text, "PT")))
			require.NoError(t, err)
			total += one
		}
		assert.Equal(t, time.Duration(minutes)*time.Minute, total)
		assert.LessOrEqual(t, len(found.MainSteps), 100, "a document has at most 100 steps")
	}
}

func TestARefreshThatIsNotASuccessFails(t *testing.T) {
	for _, failing := range []string{"IsLive", "Refresh", "WaitRefreshed", "AssertRefreshed", ""} {
		for _, c := range color.Both() {
			world := before(c.Other()) // c is live
			if failing == "IsLive" {
				world = before(c)
			}
			visited, success := world.run(t, refresh(t, args(), c), failing)
			assert.Equal(t, failing == "", success, "through %v", visited)
			assert.Equal(t, "Unlock", visited[len(visited)-1])
			assert.False(t, world.lock)
			assert.Equal(t, failing == "IsLive", !slices.Contains(visited, "Refresh"), "an idle fleet is not refreshed")
		}
	}
}
