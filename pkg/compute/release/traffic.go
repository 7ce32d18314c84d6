package release

import (
	"aws-platform/pkg/automation"
	"aws-platform/pkg/compute/color"
)

const alarmState = "$.CompositeAlarms[0].StateValue"

// shift moves the traffic: both HTTPS listeners to the new color, the test
// listener to the old one, which is the idle one from now on. Scaling follows the
// traffic. A step that fails moves everything back.
func (r runbook) shift() []automation.Step {
	return automation.Otherwise(stepRestore,
		r.forward("ShiftPublic", r.estate.PublicListener, publicTargets, r.to),
		r.forward("ShiftInternal", r.estate.InternalListener, internalTargets, r.to),
		r.test("ShiftTest", r.old()),
		r.processes("FollowLoad", "ResumeProcesses", r.next()),
		// At its size until it is retired, so that it can take the traffic back.
		r.processes("HoldOld", "SuspendProcesses", r.old()),
	)
}

// restore moves the traffic back. It stops where a step cannot be done in three
// attempts: to go on would take down a fleet that may still have traffic. The lock
// stays then, so that nothing starts before somebody has looked.
func (r runbook) restore() []automation.Step {
	last := r.processes("HoldFailed", "SuspendProcesses", r.next())
	last.NextStep = stepDown // the deployment is over
	return automation.Abort(
		r.forward(stepRestore, r.estate.PublicListener, publicTargets, r.to.Other()),
		r.forward("RestoreInternal", r.estate.InternalListener, internalTargets, r.to.Other()),
		r.test("RestoreTest", r.next()),
		r.processes("RestoreScaling", "ResumeProcesses", r.old()),
		last,
	)
}

func publicTargets(f fleet) string   { return f.PublicTargets }
func internalTargets(f fleet) string { return f.InternalTargets }

// forward gives all of a listener's traffic to one color.
func (r runbook) forward(name, listener string, targets func(fleet) string, live color.Color) automation.Step {
	var weights []any
	for _, c := range color.Both() {
		weight := 0
		if c == live {
			weight = 100
		}
		weights = append(weights, map[string]any{"TargetGroupArn": targets(r.estate.Fleets[c]), "Weight": weight})
	}
	return automation.Call(name, "elbv2", "ModifyListener", map[string]any{
		"ListenerArn":    listener,
		"DefaultActions": []any{map[string]any{"Type": "forward", "ForwardConfig": map[string]any{"TargetGroups": weights}}},
	})
}

// test points the test listener to a fleet.
func (r runbook) test(name string, f fleet) automation.Step {
	return automation.Call(name, "elbv2", "ModifyListener", map[string]any{
		"ListenerArn":    r.estate.TestListener,
		"DefaultActions": []any{map[string]any{"Type": "forward", "TargetGroupArn": f.PublicTargets}},
	})
}

// processes resumes or suspends what changes the size of a fleet: its scaling policies
// (Amazon EC2 Auto Scaling User Guide, "Suspend and resume processes"). The schedule
// that stops a fleet at night (pkg/schedule) is kept away by the lock.
func (r runbook) processes(name, api string, f fleet) automation.Step {
	return automation.Call(name, "autoscaling", api, map[string]any{
		"AutoScalingGroupName": f.Group, "ScalingProcesses": []string{"AlarmNotification"},
	})
}

func (r runbook) alarm() map[string]any {
	return map[string]any{"AlarmNames": []string{r.next().Alarm}, "AlarmTypes": []string{"CompositeAlarm"}}
}
