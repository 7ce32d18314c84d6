// Package release makes the runbooks by which a new version of the application
// goes live: for each color a Systems Manager Automation document that deploys to
// that color while it is idle, moves the traffic to it, watches it, and moves the
// traffic back when its alarm fires (decision 0008). The program owns both fleets,
// so a release changes nothing that the state knows: the weights of the listeners,
// the sizes of the fleets, their suspended processes and the version of the launch
// template that they have are data.
//
// A second document a color replaces the instances of the fleet that is live by
// ones of the newest launch template. It starts the instance refresh and not the
// program, since the aws provider first gives the group the new template and then
// starts the refresh, so that its rollback is one to the new template
// (terraform-provider-aws#34189).
//
// Children of the component, by name:
//
//	<name>                   Role        what all runbooks may do, and no more
//	<name>                   RolePolicy
//	<name>-<color>           Document    physical name <environment>-release-<color>
//	<name>-refresh-<color>   Document    physical name <environment>-refresh-<color>
//
// Refused: a field of Args that is missing, more than ten approvers, a time out of
// range. Nothing is protected: a runbook holds no data.
//
// One runbook of an environment works at a time: its first step makes the parameter
// /<environment>/release, which fails where it is there, and its last one deletes it.
//
// A document is linear: each step goes on to the next one and jumps only forwards,
// so every execution ends. The ways a release can go:
//
//	another one is at work                  ends as Failed, nothing was changed
//	not idle, not empty, checksum wrong     ends as Failed, nothing was changed
//	deployment failed, or too slow          StopDeployment, ScaleDown; ends as Failed
//	denied, not approved                    ScaleDown: nothing went live; ends as Failed
//	shift failed, alarm                     RestorePublic ... ScaleDown; ends as Failed
//	cancelled                               as where it was, and ends as Cancelled
//	a Restore... step failed                stops there as Failed; both fleets and the lock stay
//	quiet for the whole time                RetireOld; ends as Success
//
// And a refresh:
//
//	not live, or another one is at work     ends as Failed, nothing was changed
//	alarm, launch failed                    EC2 Auto Scaling rolls back; ends as Failed
//	every instance replaced                 ends as Success
//
// Unproven, since no emulator runs Automation: all of what its engine does. One
// thing is contradicted by AWS's own words. "Handling timeouts in runbooks" lets
// onFailure name the step after any action's time-out, and ScaleDown is written so
// in the approval. Earlier versions of the page of aws:approve (and that of the
// China Regions) say that there "the step and the automation stop running". Where
// that is so, a release that nobody approves in time leaves the idle fleet at full
// size, without traffic, and the lock: docs/runbooks/release.md, "Nobody in time".
package release
