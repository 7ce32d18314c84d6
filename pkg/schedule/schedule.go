package schedule

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:schedule:Schedule" //nolint:gosec // a type, no credential

// Args describe what is stopped and started; every field is required unless it says otherwise.
type Args struct {
	// Environment begins the names: the group is <environment>-hours.
	Environment string
	// AccountID, Region and Partition are where it is.
	AccountID, Region, Partition string
	// Config says when.
	Config config.Schedule
	// Database is the primary; nil: there is none.
	Database *Database
	// Fleet is the instances.
	Fleet Fleet
	// ClusterName is the cluster of the nodes.
	ClusterName pulumi.StringInput
	// Nodes are the node groups by their names in the configuration; none is fine.
	Nodes map[string]NodeGroup
}

// Database is an RDS instance; every field is required.
type Database struct{ Identifier, ARN pulumi.StringInput }

// Fleet is the two auto scaling groups, of which one is live.
type Fleet struct {
	// Min and Desired are the numbers of instances that a start brings back.
	Min, Desired int
	// Blue and Green are required.
	Blue, Green Group
	// TestListenerARN forwards to the color that is idle; nil: there are no releases, and
	// blue is live.
	TestListenerARN pulumi.StringInput
}

// Group is an auto scaling group. Name and ARN are required.
type Group struct {
	Name, ARN pulumi.StringInput
	// TargetGroupARN is of the public load balancer; required with Fleet.TestListenerARN.
	TargetGroupARN pulumi.StringInput
}

// NodeGroup is an EKS node group. Name and ARN are required.
type NodeGroup struct {
	Name, ARN pulumi.StringInput
	// Min, Desired and Max are the numbers of nodes that a start brings back.
	Min, Desired, Max int
}

// Schedule is what stops and starts an environment.
type Schedule struct {
	pulumi.ResourceState

	// Group holds the schedules.
	Group *scheduler.ScheduleGroup
	// Documents size the fleet, by action.
	Documents map[string]*ssm.Document
	// Role is what EventBridge Scheduler acts as, FleetRole what the documents act as.
	Role, FleetRole *iam.Role
}

// The actions.
const (
	stop  = "stop"
	start = "start"
)

func actions() []string { return []string{stop, start} }

// cron is when an action is due.
func (args Args) cron(action string) string {
	if action == stop {
		return args.Config.Stop
	}
	return args.Config.Start
}

// builder carries what the steps of New share.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     Args
	schedule *Schedule

	policy *iam.RolePolicy // of Role
}

// New validates args, registers nothing on an error, and otherwise the schedule.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Schedule, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	schedule := &Schedule{Documents: map[string]*ssm.Document{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, schedule, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, schedule: schedule}
	for _, step := range []func() error{b.fleetRole, b.documents, b.group, b.role, b.fleet, b.database, b.nodes} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return schedule, ctx.RegisterResourceOutputs(schedule, pulumi.Map{"groupName": schedule.Group.Name})
}

// GroupName is the name of the group, and what its role and its alarms are found by.
func GroupName(environment string) string { return environment + "-hours" }

// fleet starts the documents.
func (b *builder) fleet() error {
	for _, action := range actions() {
		if err := b.call(action, "fleet", "ssm:startAutomationExecution", pulumi.Map{
			"DocumentName": b.schedule.Documents[action].Name,
		}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) database() error {
	database := b.args.Database
	if database == nil {
		return nil
	}
	input := pulumi.Map{"DbInstanceIdentifier": database.Identifier}
	if err := b.call(stop, "database", "rds:stopDBInstance", input); err != nil {
		return err
	}
	return b.call(start, "database", "rds:startDBInstance", input)
}

// nodes sizes the node groups. The greatest number is part of the call, and never zero.
func (b *builder) nodes() error {
	for _, name := range slices.Sorted(maps.Keys(b.args.Nodes)) {
		for _, action := range actions() {
			if err := b.call(action, "nodes-"+name, "eks:updateNodegroupConfig", b.sizes(action, b.args.Nodes[name])); err != nil {
				return err
			}
		}
	}
	return nil
}

// sizes is the call that sizes a node group.
func (b *builder) sizes(action string, group NodeGroup) pulumi.Map {
	least, desired := 0, 0
	if action == start {
		least, desired = group.Min, group.Desired
	}
	return pulumi.Map{
		"ClusterName": b.args.ClusterName, "NodegroupName": group.Name,
		"ScalingConfig": pulumi.Map{
			"MinSize": pulumi.Int(least), "DesiredSize": pulumi.Int(desired), "MaxSize": pulumi.Int(group.Max),
		},
	}
}
