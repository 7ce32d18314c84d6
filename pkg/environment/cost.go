package environment

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/budget"
	"aws-platform/pkg/cluster"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/schedule"
)

// limitCost makes the budget, and the schedule where there is one.
func limitCost(ctx *pulumi.Context, env *config.Environment, of parts, kubernetes *cluster.Cluster) error {
	// GovCloud has no budgets: the configuration warns of it.
	if env.AWS.Partition() == "aws" {
		if _, err := budget.New(ctx, env.Name, budget.Args{
			Environment: env.Name, AccountID: env.AWS.AccountID(), Partition: env.AWS.Partition(),
			Config: env.Cost, CostTopicARN: of.topics.ARNs[config.CostTopic],
		}, pulumi.Provider(of.aws)); err != nil {
			return err
		}
	}
	if env.Cost.Schedule == nil {
		return nil
	}
	_, err := schedule.New(ctx, env.Name, scheduleArgs(env, of, kubernetes), pulumi.Provider(of.aws))
	return err
}

// scheduleArgs hand the schedule what it stops and starts.
func scheduleArgs(env *config.Environment, of parts, kubernetes *cluster.Cluster) schedule.Args {
	args := schedule.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config: *env.Cost.Schedule,
		Fleet:  scheduledFleet(env, of.traffic),
		Nodes:  map[string]schedule.NodeGroup{}, ClusterName: kubernetes.ControlPlane.Name,
	}
	if database := of.stores.PostgreSQL; database != nil {
		args.Database = &schedule.Database{Identifier: pulumi.String(data.PostgreSQLName(env.Name)), ARN: database.Instance.Arn}
	}
	for name, group := range kubernetes.Nodes.Groups {
		size := env.Cluster.NodeGroups[name]
		args.Nodes[name] = schedule.NodeGroup{
			Name: group.NodeGroupName, ARN: group.Arn, Min: size.Min, Desired: size.Desired, Max: size.Max,
		}
	}
	return args
}

// scheduledFleet is the fleet, and by what a morning tells which color is live.
func scheduledFleet(env *config.Environment, traffic *compute.Compute) schedule.Fleet {
	group := func(side color.Color) schedule.Group {
		return schedule.Group{
			Name: traffic.Fleet.Groups[side].Name, ARN: traffic.Fleet.Groups[side].Arn,
			TargetGroupARN: traffic.Balancer.TargetGroups[balancer.Public][side].Arn,
		}
	}
	fleet := schedule.Fleet{
		Min: env.Compute.Fleet.Min, Desired: env.Compute.Fleet.Desired, Blue: group(color.Blue), Green: group(color.Green),
	}
	if traffic.Release != nil {
		fleet.TestListenerARN = traffic.Balancer.Test.Arn
	}
	return fleet
}
