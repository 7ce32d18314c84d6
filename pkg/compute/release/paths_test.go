package release_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
)

// targets are where a step may go on to.
func (s step) targets() []string {
	found := []string{s.NextStep, strings.TrimPrefix(s.OnFailure, "step:"), strings.TrimPrefix(s.OnCancel, "step:")}
	if s.Action == "aws:branch" {
		found = append(append(found, s.choices()...), s.Inputs["Default"].(string))
	}
	return slices.DeleteFunc(found, func(name string) bool { return name == "" || name == "Abort" || name == "Continue" })
}

// choices are where a branch goes on to when conditions hold.
func (s step) choices() []string {
	var found []string
	for _, choice := range s.Inputs["Choices"].([]any) {
		found = append(found, choice.(map[string]any)["NextStep"].(string))
	}
	return found
}

// Automation jumps to "a different subsequent step" alone (Systems Manager User
// Guide, "Error handling"), and what only goes forwards ends.
func TestEveryStepGoesForwardsToAStepThatExists(t *testing.T) {
	for _, found := range documents(t) {
		steps := found.MainSteps
		index := map[string]int{}
		for i, s := range steps {
			assert.NotContains(t, index, s.Name, "a name is one step's")
			assert.Regexp(t, `^[A-Z][A-Za-z]+[0-9]*$`, s.Name)
			index[s.Name] = i
		}
		for i, s := range steps {
			for _, target := range s.targets() {
				require.Contains(t, index, target, "%s goes to %s", s.Name, target)
				assert.Greater(t, index[target], i, "%s goes back to %s", s.Name, target)
			}
			assert.NotEmpty(t, s.OnFailure, "%s says what a failure does", s.Name)
			require.NotNil(t, s.IsCritical, "%s: it is evaluated only where it is written", s.Name)
			ways := s.Action == "aws:branch" || s.NextStep != ""
			assert.NotEqual(t, s.IsEnd, ways, "%s either ends or goes on", s.Name)
			assert.Equal(t, slices.Contains([]string{"Unlock", "UnlockLive", "StopDeployment"}, s.Name), !*s.IsCritical,
				"%s: a failure is the execution's, unless it only tidies up", s.Name)
		}
	}
}

// documents are all that an environment has.
func documents(t *testing.T) []document {
	t.Helper()
	var all []document
	for _, c := range color.Both() {
		all = append(all, runbook(t, args(), c), refresh(t, args(), c))
	}
	return all
}

// without returns the steps that are reached from a step when others are left out.
func (d document) without(t *testing.T, from string, left ...string) map[string]bool {
	reached := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if reached[name] || slices.Contains(left, name) {
			return
		}
		reached[name] = true
		for _, target := range d.at(t, name).targets() {
			visit(target)
		}
	}
	visit(from)
	return reached
}

func TestWhatMustHappenBeforeWhat(t *testing.T) {
	cases := []struct{ reason, from, before, after string }{
		{"traffic moves to the idle color alone", "", "IsIdle", "ShiftPublic"},
		{"one release at a time uses the fleets", "", "IsReady", "ScaleUp"},
		{"what was not built is not deployed", "", "VerifyRevision", "Deploy"},
		{"CodeDeploy must know every instance", "", "WaitInService", "Deploy"},
		{"nothing goes live that is not deployed", "", "AssertDeployed", "ShiftPublic"},
		{"nothing goes live that is not on every instance", "", "IsComplete", "ShiftPublic"},
		{"an alarm that cannot be read guards nothing", "", "AlarmIsQuiet", "ShiftPublic"},
		{"nothing goes live without approval", "", "Approve", "ShiftPublic"},
		{"the old fleet is kept while the new one is watched", "", "Keep30", "RetireOld"},
		{"nothing is retired without a look at the alarm", "", "Quiet30", "RetireOld"},
		{"an alarm at once is an alarm", "", "Quiet1", "RetireOld"},
		{"one runbook at a time", "", "Lock", "IsIdle"},
		{"one runbook at a time, whatever it finds", "", "Lock", "Unlock"},
		{"the lock is freed at the bad end", "", "Unlock", "ReleaseStands"},
		{"no fleet goes down with traffic on it", "ShiftPublic", "RestorePublic", "ScaleDown"},
		{"no fleet goes down with internal traffic on it", "ShiftPublic", "RestoreInternal", "ScaleDown"},
		{"the test listener shows the idle color", "ShiftPublic", "RestoreTest", "ScaleDown"},
		{"the live fleet follows its load", "ShiftPublic", "RestoreScaling", "ScaleDown"},
		{"the idle fleet does not wake", "ShiftPublic", "HoldFailed", "ScaleDown"},
	}
	for _, c := range color.Both() {
		found := runbook(t, args(), c)
		for _, tc := range cases {
			from := tc.from
			if from == "" {
				from = found.MainSteps[0].Name
			}
			assert.True(t, found.without(t, from)[tc.after], "%s is reached at all", tc.after)
			assert.False(t, found.without(t, from, tc.before)[tc.after], "%s: %s without %s", tc.reason, tc.after, tc.before)
		}
	}
}

// CodeDeploy must not work, nor roll back, on instances that are taken away.
func TestADeploymentThatMayBeUnderWayIsStopped(t *testing.T) {
	for _, c := range color.Both() {
		found := runbook(t, args(), c)
		for _, name := range []string{"WaitDeployed", "AssertDeployed"} {
			assert.Equal(t, "step:StopDeployment", found.at(t, name).OnFailure, name)
			assert.Equal(t, "step:StopDeployment", found.at(t, name).OnCancel, name)
		}
		assert.Equal(t, "ScaleDown", found.at(t, "StopDeployment").NextStep)
		assert.Equal(t, "step:ScaleDown", found.at(t, "StopDeployment").OnFailure)
		assert.Equal(t, "ScaleDown", found.at(t, "HoldFailed").NextStep, "the deployment is over")
	}
}

func TestWithoutApproversNobodyIsAsked(t *testing.T) {
	open := args()
	open.Config.ApproverRoleARNs = nil
	for _, c := range color.Both() {
		found := runbook(t, open, c)
		for _, s := range found.MainSteps {
			assert.NotEqual(t, "aws:approve", s.Action)
		}
		assert.Equal(t, "ShiftPublic", found.at(t, "AlarmIsQuiet").NextStep)
		approve := runbook(t, args(), c).at(t, "Approve")
		assert.Equal(t, 15*60, approve.TimeoutSeconds)
		assert.Equal(t, []any{"arn:aws:iam::111111111111:role/release"}, approve.Inputs["Approvers"])
		assert.EqualValues(t, 1, approve.Inputs["MinRequiredApprovals"])
	}
}

// What is only asked may be asked again; what starts something would meet itself.
func TestHowOftenAndHowLongAStepTries(t *testing.T) {
	for _, c := range color.Both() {
		found, refreshed := runbook(t, args(), c), refresh(t, args(), c)
		for _, name := range []string{"ShiftPublic", "RestorePublic", "ScaleDown", "StopDeployment", "Unlock", "Quiet1", "Quiet30"} {
			assert.Equal(t, 3, found.at(t, name).MaxAttempts, name)
		}
		for _, s := range []step{found.at(t, "Lock"), found.at(t, "Deploy"), refreshed.at(t, "Lock"), refreshed.at(t, "Refresh")} {
			assert.Zero(t, s.MaxAttempts, s.Name)
		}
		assert.Equal(t, 3600, found.at(t, "WaitDeployed").TimeoutSeconds)
		assert.Equal(t, 4*3600, refreshed.at(t, "WaitRefreshed").TimeoutSeconds)
	}
}
