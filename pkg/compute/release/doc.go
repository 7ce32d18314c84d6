// Package release makes the runbooks by which a new version of the application
// goes live: for each color a Systems Manager Automation document that deploys to
// that color while it is idle, moves the traffic to it, watches it, and moves the
// traffic back when its alarm fires (decision 0008). The program owns both fleets,
// so a release changes nothing that the state knows: the weights of the listeners,
// the sizes of the fleets and their suspended processes are data.
//
// Children of the component, by name:
//
//	<name>           Role        what both runbooks may do, and no more
//	<name>           RolePolicy
//	<name>-<color>   Document    physical name <environment>-release-<color>
//
// Refused: a field of Args that is missing, more than ten approvers, a time out of
// range. Nothing is protected: a runbook holds no data.
//
// A document is linear: each step goes on to the next one and jumps only forwards,
// so every execution ends. The ways it can go:
//
//	not idle, not empty, checksum wrong     ends as failed, nothing was changed
//	deployment failed, denied, not approved ScaleDown: nothing went live; ends as failed
//	shift failed, alarm, cancelled          RestorePublic ... ScaleDown; ends as failed
//	quiet until the end of the watch        RetireOld; ends as succeeded
package release
