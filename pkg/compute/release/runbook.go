package release

import (
	"fmt"
	"slices"

	"aws-platform/pkg/automation"
	"aws-platform/pkg/compute/color"
)

// runbook writes the documents of one color: the one that brings it live, and the
// one that replaces its instances while it is live.
type runbook struct {
	args   Args
	estate estate
	role   string
	to     color.Color
}

// next and old are the fleet that goes live and the one that has been until then.
func (r runbook) next() fleet { return r.estate.Fleets[r.to] }
func (r runbook) old() fleet  { return r.estate.Fleets[r.to.Other()] }

// text is the document.
func (r runbook) text() (string, error) {
	return automation.Document{
		Description: fmt.Sprintf("Deploys a revision to the %s fleet of %s while it is idle, moves the traffic there, watches for %d minutes, "+
			"and moves it back when the alarm fires. See docs/runbooks/release.md.", r.to, r.args.Environment, r.args.Config.KeepMinutes),
		SchemaVersion: "0.3",
		AssumeRole:    r.role,
		Parameters:    parameters(),
		MainSteps: automation.Chain(slices.Concat(
			automation.Lock(r.args.Environment), r.examine(), r.deploy(), r.approve(), r.shift(), r.watch(), r.restore(), r.finish())),
	}.Text()
}

// parameters name one version of one object and its checksum; their patterns keep
// out what could be anything else in the calls that they are put into.
func parameters() map[string]automation.Parameter {
	return map[string]automation.Parameter{
		"RevisionKey": {
			Type: "String", Description: "Key of the revision, a zip file, in the deployment bucket",
			AllowedPattern: `^[A-Za-z0-9._/-]{1,900}$`,
		},
		"RevisionVersion": {
			Type: "String", Description: "Version of that object, as put-object returned it",
			AllowedPattern: `^[A-Za-z0-9._-]{1,1000}$`,
		},
		"RevisionSha256": {
			Type: "String", Description: "SHA-256 checksum of the revision in base64, as S3 shows it",
			AllowedPattern: `^[A-Za-z0-9+/]{43}=$`,
		},
	}
}

// Names of the steps that others jump to.
const (
	stepVerify   = "VerifyRevision"
	stepSettled  = "AlarmIsQuiet"
	stepRestore  = "RestorePublic"
	stepStop     = "StopDeployment"
	stepDown     = "ScaleDown"
	stepUnlock   = "Unlock"
	stepStands   = "ReleaseStands"
	idleListener = "$.Listeners[0].DefaultActions[0].TargetGroupArn"
)

// finish takes the fleet that did not go live down and ends as failed. Who comes
// here has the old fleet live, and the test listener forwards to the new one, so
// the last assertion, that the old one is idle, cannot hold: that, and the
// critical step that failed before, is what makes the execution end as failed.
func (r runbook) finish() []automation.Step {
	down := r.resize(stepDown, r.next(), 0, 0)
	down.OnFailure = "step:" + stepUnlock
	stands := automation.Assert(stepStands, "elbv2", "DescribeListeners", listeners(r.estate.TestListener), idleListener, r.old().PublicTargets)
	stands.IsEnd = true
	return append([]automation.Step{r.stop(), down, automation.Unlock(r.args.Environment, stepUnlock)}, automation.Abort(stands)...)
}

// resize sets the size of a fleet; its maximum is the program's.
func (r runbook) resize(name string, f fleet, least, desired any) automation.Step {
	return automation.Call(name, "autoscaling", "UpdateAutoScalingGroup", map[string]any{
		"AutoScalingGroupName": f.Group, "MinSize": least, "DesiredCapacity": desired,
	})
}

func listeners(arn string) map[string]any { return map[string]any{"ListenerArns": []string{arn}} }

func groups(f fleet) map[string]any {
	return map[string]any{"AutoScalingGroupNames": []string{f.Group}}
}
