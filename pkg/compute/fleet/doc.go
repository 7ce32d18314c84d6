// Package fleet is the instances of an environment: two auto scaling groups of one
// launch template, blue and green, and what deploys to them.
//
// The program owns both groups, so that no deployment makes or deletes one behind
// its back (decision 0008). Which of them serves is data: sizes and suspended
// processes of the groups, as the weights of the listeners, belong to the release
// runbook after the first deployment, and the program ignores them from then on.
//
// Children of the component, by name; <color> is blue and green:
//
//	<name>-fleet                     LaunchTemplate, LogGroup, Role, RolePolicy, InstanceProfile
//	<name>-deployments               bucket.Bucket
//	<name>-<color>                   Group, DeploymentGroup
//	<name>-<color>-<cpu|requests>    Policy
//	<name>-<color>-<stop|start>      Schedule, where the fleet has one
//	<name>-<color>-<alarm>           MetricAlarm: see alarms.go
//	<name>-<color>-release           CompositeAlarm
//	<name>-codedeploy                Application, Role, RolePolicy
//
// Refused before anything is registered: an empty or missing argument, a color
// without target groups, listeners that are missing where there is a certificate,
// sizes out of order, no instance type. Refused at deployment: an image parameter
// that holds no AMI ID.
// Protected: the log group.
package fleet
