package schedule_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/schedule"
)

type step struct {
	Name, Action, NextStep, OnFailure string
	IsEnd                             bool
	IsCritical                        *bool
	Inputs                            map[string]any
}

func steps(t *testing.T, args schedule.Args, action string) []step {
	t.Helper()
	var read struct {
		AssumeRole string
		MainSteps  []step
	}
	g := plan(t, args)
	require.NoError(t, json.Unmarshal([]byte(one(t, g, documentType, "staging-"+action+"-fleet").String("content")), &read))
	assert.Equal(t, one(t, g, "aws:iam/role:Role", "staging-hours-fleet").Outputs["arn"], read.AssumeRole)
	require.NotEmpty(t, read.MainSteps)
	return read.MainSteps
}

// cloud answers as AWS does, to what the documents ask: the test listener forwards to the
// target group of one color, and another runbook may be at work.
type cloud struct {
	idle   string
	locked bool
	fails  string
	sizes  map[string]string
}

// answer is what a step's call comes to.
func (a *cloud) answer(s step) bool {
	if s.Name == a.fails {
		return false
	}
	switch api := s.Inputs["Api"]; api {
	case "PutParameter":
		taken := !a.locked
		a.locked = true
		return taken
	case "DeleteParameter":
		a.locked = false
	case "UpdateAutoScalingGroup":
		a.sizes[fmt.Sprint(s.Inputs["AutoScalingGroupName"])] = fmt.Sprint(s.Inputs["MinSize"], " ", s.Inputs["DesiredCapacity"])
	case "DescribeListeners":
		if s.Action == "aws:assertAwsResourceProperty" {
			return fmt.Sprint(s.Inputs["DesiredValues"]) == "["+a.idle+"]"
		}
	default:
		panic(fmt.Sprint("an API that nobody thought of: ", api))
	}
	return true
}

// perform runs a document as Automation does, and tells whether it ends as a success.
func perform(t *testing.T, all []step, a *cloud) bool {
	t.Helper()
	index := map[string]int{}
	for i, s := range all {
		index[s.Name] = i
	}
	success := true
	for at := 0; ; {
		s := all[at]
		next := s.NextStep
		if s.Action == "aws:branch" {
			choice := s.Inputs["Choices"].([]any)[0].(map[string]any)
			require.Equal(t, "{{ Idle.Targets }}", choice["Variable"])
			next = s.Inputs["Default"].(string)
			if choice["StringEquals"] == a.idle {
				next = choice["NextStep"].(string)
			}
		} else if !a.answer(s) {
			success = success && !*s.IsCritical
			if s.OnFailure == "Abort" {
				return false
			}
			if s.OnFailure != "Continue" {
				next = strings.TrimPrefix(s.OnFailure, "step:")
			}
		}
		if s.IsEnd {
			return success
		}
		require.Contains(t, index, next, s.Name)
		require.Greater(t, index[next], at, "Automation jumps forwards")
		at = index[next]
	}
}

const (
	blueTargets  = elbARN + "targetgroup/public-blue"
	greenTargets = elbARN + "targetgroup/public-green"
)

func TestWhatANightAndAMorningDo(t *testing.T) {
	for name, tc := range map[string]struct {
		args    schedule.Args
		action  string
		aws     cloud
		success bool
		sizes   map[string]string
		locked  bool
	}{
		"a night takes both to zero":          {whole(), "stop", cloud{idle: greenTargets}, true, map[string]string{"staging-blue": "0 0", "staging-green": "0 0"}, false},
		"a morning brings blue back":          {whole(), "start", cloud{idle: greenTargets}, true, map[string]string{"staging-blue": "2 3"}, false},
		"a morning brings green back":         {whole(), "start", cloud{idle: blueTargets}, true, map[string]string{"staging-green": "2 3"}, false},
		"a night leaves a release alone":      {whole(), "stop", cloud{idle: greenTargets, locked: true}, false, map[string]string{}, true},
		"a morning leaves a release alone":    {whole(), "start", cloud{idle: greenTargets, locked: true}, false, map[string]string{}, true},
		"nobody knows which one is live":      {whole(), "start", cloud{idle: "another"}, false, map[string]string{}, false},
		"the listener cannot be read":         {whole(), "start", cloud{idle: greenTargets, fails: "Idle"}, false, map[string]string{}, false},
		"the fleet cannot be sized":           {whole(), "start", cloud{idle: greenTargets, fails: "StartBlue"}, false, map[string]string{}, false},
		"one that cannot be stopped":          {whole(), "stop", cloud{idle: greenTargets, fails: "StopBlue"}, false, map[string]string{}, false},
		"a lock that stays is no failure":     {whole(), "start", cloud{idle: blueTargets, fails: "Unlock"}, true, map[string]string{"staging-green": "2 3"}, true},
		"without releases blue is stopped":    {plain(), "stop", cloud{}, true, map[string]string{"staging-blue": "0 0"}, false},
		"without releases blue is started":    {plain(), "start", cloud{}, true, map[string]string{"staging-blue": "2 3"}, false},
		"without releases a failure is known": {plain(), "start", cloud{fails: "StartBlue"}, false, map[string]string{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			tc.aws.sizes = map[string]string{}
			assert.Equal(t, tc.success, perform(t, steps(t, tc.args, tc.action), &tc.aws))
			assert.Equal(t, tc.sizes, tc.aws.sizes)
			assert.Equal(t, tc.locked, tc.aws.locked)
		})
	}
}

// The parameter is that of the releases, or neither would keep the other away.
func TestTheLockIsTheReleases(t *testing.T) {
	for _, action := range []string{"stop", "start"} {
		first := steps(t, whole(), action)[0]
		assert.Equal(t, "/staging/release", first.Inputs["Name"])
		assert.Equal(t, false, first.Inputs["Overwrite"])
	}
}
