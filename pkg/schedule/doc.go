// Package schedule stops an environment at night and at weekends, and starts it again: its
// database, its fleet and the nodes of its cluster. Brokers, caches, search, the control
// plane, load balancers and NAT gateways go on: AWS cannot stop them.
//
// EventBridge Scheduler calls AWS by itself, as a role that may do this and nothing else:
// StopDBInstance and StartDBInstance, UpdateNodegroupConfig to zero and back. It cannot size
// the fleet, since nobody but the listeners knows which of its two colors is live (decision
// 0008), and a start must bring back that one alone. So it starts a Systems Manager
// Automation document, which asks the test listener, as the documents of a release do, and
// takes their lock. A stop that meets a release ends as Failed and the fleet runs that
// night; a start that meets one has nothing to do, since a release needs a fleet that runs.
// Without a certificate there are no releases, and blue is the fleet for good.
//
// The sizes that come back are those of the configuration: a new minimum reaches the fleet
// and the nodes with the next morning. A call that fails, as StopDBInstance does while a
// backup is made, is tried again for an hour and then dropped; the alarm is on AWS/Scheduler's
// InvocationDroppedCount and TargetErrorCount of the group. There is no dead-letter queue:
// what would lie there is known, and too old to be done.
//
// Children of the component, by name (names are API: they are part of the URN); <action> is
// stop and start:
//
//	<name>-hours                     ScheduleGroup, Role, RolePolicy    what the Scheduler may do
//	<name>-hours-fleet               Role, RolePolicy                   what the documents may do
//	<name>-<action>-fleet            Document, Schedule                 document <environment>-<action>-fleet
//	<name>-<action>-database         Schedule                           where there is one
//	<name>-<action>-nodes-<group>    Schedule                           one a node group
//
// Refused before anything is registered: a missing argument, an environment that must
// always run, a time that is no cron expression of five fields. Nothing is protected: a
// schedule holds no data.
package schedule
