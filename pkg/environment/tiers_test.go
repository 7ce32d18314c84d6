package environment

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
)

// tiers are what New makes before the cluster.
func tiers(ctx *pulumi.Context, env *config.Environment) (of parts, in pulumi.ResourceOption, err error) {
	if of.aws, err = newProvider(ctx, env, env.Name, env.AWS.Region); err != nil {
		return of, nil, err
	}
	in = pulumi.Provider(of.aws)
	if of.keys, err = keys.New(ctx, env.Name, keys.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
	}, in); err != nil {
		return of, nil, err
	}
	args := networkArgs(env)
	args.LogKeyARN = of.keys.Logs.Arn
	if of.net, err = network.New(ctx, env.Name, args, in); err != nil {
		return of, nil, err
	}
	access := firewallArgs(env)
	access.VPCID = of.net.VPC.ID()
	if of.groups, err = firewall.New(ctx, env.Name, access, in); err != nil {
		return of, nil, err
	}
	if of.traffic, err = compute.New(ctx, env.Name, computeArgs(env, of.net, of.groups, of.keys), in); err != nil {
		return of, nil, err
	}
	if of.stores, err = data.New(ctx, env.Name, dataArgs(env, of.net, of.groups, of.keys), in); err != nil {
		return of, nil, err
	}
	of.topics, err = alarmTopics(ctx, env, of.keys, of.aws)
	return of, in, err
}
