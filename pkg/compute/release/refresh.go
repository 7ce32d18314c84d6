package release

import (
	"fmt"
	"slices"

	"aws-platform/pkg/automation"
)

const (
	// minHealthyPercent and maxHealthyPercent of the desired capacity: a new instance
	// is launched before an old one goes, one in ten at a time.
	minHealthyPercent = 100
	maxHealthyPercent = 110
	refreshSeconds    = 4 * 3600
)

// refreshText is the document that replaces the instances of the live fleet.
func (r runbook) refreshText() (string, error) {
	unlock := automation.Unlock(r.args.Environment, stepUnlock)
	unlock.IsEnd = true
	return automation.Document{
		Description: fmt.Sprintf("Replaces the instances of the %s fleet of %s, while it is live, by ones of the newest launch template, "+
			"and puts the old ones back when an alarm fires. See docs/runbooks/release.md.", r.to, r.args.Environment),
		SchemaVersion: "0.3",
		AssumeRole:    r.role,
		Parameters:    map[string]automation.Parameter{},
		MainSteps: automation.Chain(slices.Concat(
			automation.Lock(r.args.Environment), automation.Otherwise(stepUnlock, r.refresh()...), []automation.Step{unlock})),
	}.Text()
}

// refresh starts an instance refresh to a desired configuration, without which
// nothing could be rolled back: the group still has the old one until the refresh
// has succeeded (Amazon EC2 Auto Scaling API Reference, StartInstanceRefresh).
func (r runbook) refresh() []automation.Step {
	start := automation.Call("Refresh", "autoscaling", "StartInstanceRefresh", map[string]any{
		"AutoScalingGroupName": r.next().Group,
		"Strategy":             "Rolling",
		"DesiredConfiguration": map[string]any{"MixedInstancesPolicy": r.launch()},
		"Preferences": map[string]any{
			"AutoRollback":         true,
			"AlarmSpecification":   map[string]any{"Alarms": r.next().Alarms},
			"MinHealthyPercentage": minHealthyPercent,
			"MaxHealthyPercentage": maxHealthyPercent,
			"SkipMatching":         true,
		},
	})
	start.MaxAttempts = 0 // a second attempt would meet the first one's refresh
	start.Outputs = []automation.Output{{Name: "InstanceRefreshId", Selector: "$.InstanceRefreshId", Type: "String"}}
	refresh := map[string]any{
		"AutoScalingGroupName": r.next().Group, "InstanceRefreshIds": []string{"{{ Refresh.InstanceRefreshId }}"},
	}
	const status = "$.InstanceRefreshes[0].Status"
	ended := automation.Wait("WaitRefreshed", "autoscaling", "DescribeInstanceRefreshes", refresh, status,
		"Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed")
	ended.TimeoutSeconds = refreshSeconds
	return []automation.Step{
		automation.Assert("IsLive", "elbv2", "DescribeListeners", listeners(r.estate.TestListener), idleListener, r.old().PublicTargets),
		start,
		ended,
		automation.Assert("AssertRefreshed", "autoscaling", "DescribeInstanceRefreshes", refresh, status, "Successful"),
	}
}
