// Package fleet is the instances of an environment: two auto scaling groups of one
// launch template, blue and green, and what deploys to them.
//
// The program owns both groups, so that no deployment makes or deletes one behind
// its back (decision 0008). Which of them serves is data, as the weights of the
// listeners: sizes, suspended processes and the launch policy (template version,
// instance types, Spot share) belong to the runbooks after the first deployment, and
// the program ignores them from then on. An update that changes them, a new image
// among other things, makes a template version and new runbooks and touches no
// instance; a release or a refresh brings it in. Without a certificate there are no
// runbooks, and the launch policy stays the program's: it holds for what is launched next.
//
// The CodeDeploy agent is AWS's package in a pinned version, from AWS's bucket over
// TLS; AWS does not sign it. Stricter is an image of one's own with the agent in it
// (imageParameter): user data leaves an agent that is there as it is.
//
// Children of the component, by name; <color> is blue and green:
//
//	<name>-fleet                     LaunchTemplate, LogGroup, Role, RolePolicy, InstanceProfile
//	<name>-deployments               bucket.Bucket
//	<name>-<color>                   Group, DeploymentGroup
//	<name>-<color>-<cpu|requests>    Policy
//	<name>-<color>-<alarm>           MetricAlarm: see alarms.go
//	<name>-<color>-release           CompositeAlarm
//	<name>-codedeploy                Application, Role, RolePolicy
//
// Refused before anything is registered: an empty or missing argument, a color
// without target groups, listeners that are missing where there is a certificate,
// sizes out of order, no instance type. Refused at deployment: an image parameter
// that holds no AMI ID.
// Protected: the log group and the deployment bucket.
package fleet
