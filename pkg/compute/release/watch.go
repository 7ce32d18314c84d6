package release

import (
	"fmt"

	"aws-platform/pkg/automation"
)

// mostRounds bounds the watch: a document has at most 100 steps (AWS General
// Reference, Systems Manager quotas), and a round is two.
const mostRounds = 30

// watch asks for the alarm until the old fleet has been kept for as long as it
// must. Time passes by sleeping alone: a wait for the alarm would end too early
// where it fails, and that would look like its time-out. Whatever fails moves the
// traffic back, so the old fleet goes after the whole time and never before.
func (r runbook) watch() []automation.Step {
	var rounds []automation.Step
	for i, minutes := range intervals(r.args.Config.KeepMinutes) {
		quiet := automation.Assert(fmt.Sprintf("Quiet%d", i+1), "cloudwatch", "DescribeAlarms", r.alarm(), alarmState, "OK", "INSUFFICIENT_DATA")
		quiet.MaxAttempts = automation.Attempts // DescribeAlarms may be throttled
		rounds = append(rounds, sleep(fmt.Sprintf("Keep%d", i+1), minutes), quiet)
	}
	retired := automation.Unlock(r.args.Environment, "UnlockLive")
	retired.IsEnd = true
	return append(append(automation.Otherwise(stepRestore, rounds...),
		automation.Otherwise(retired.Name, r.resize("RetireOld", r.old(), 0, 0))...), retired)
}

// intervals divides minutes among at most mostRounds rounds: one minute each up to
// half an hour, more beyond that. The last one is what remains.
func intervals(minutes int) []int {
	each := (minutes + mostRounds - 1) / mostRounds
	var found []int
	for ; minutes > 0; minutes -= each {
		found = append(found, min(each, minutes))
	}
	return found
}

// sleep returns a step that does nothing for some minutes.
func sleep(name string, minutes int) automation.Step {
	return automation.Step{Name: name, Action: automation.ActionSleep, IsCritical: true, Inputs: map[string]any{"Duration": fmt.Sprintf("PT%dM", minutes)}}
}
