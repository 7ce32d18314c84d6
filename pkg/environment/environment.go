// Package environment composes the tiers into one environment. The whole of an
// environment can be read on this page: what there is, and what each tier is
// handed from the others.
package environment

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
)

// Program is the program of the stacks dev, staging, production and
// production-pci. It returns the outputs of the stack contract. Errors of the
// configuration come all at once, before anything is registered.
func Program(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
	env, err := config.Decode(ctx.Stack(), values)
	if err != nil {
		return nil, err
	}
	if problems := Check(env); len(problems) > 0 {
		return nil, problems
	}
	for _, warning := range env.Warnings() {
		if err := ctx.Log.Warn(warning.String(), nil); err != nil {
			return nil, err
		}
	}
	outputs, err := New(ctx, env)
	if err != nil {
		return nil, err
	}
	return outputs.Map(), nil
}

// Check returns what is wrong with a configuration that is valid in itself:
// what AWS would not take of the tiers made of it.
func Check(env *config.Environment) config.Problems {
	return slices.Concat(network.CheckQuotas(networkArgs(env)), firewall.CheckQuotas(firewallArgs(env)))
}

// New registers an environment. Check has nothing against env.
func New(ctx *pulumi.Context, env *config.Environment) (*contract.Outputs, error) {
	if err := boundRoles(ctx, env); err != nil {
		return nil, err
	}
	provider, err := newProvider(ctx, env, env.Name, env.AWS.Region)
	if err != nil {
		return nil, err
	}
	keys, err := keys.New(ctx, env.Name, keys.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		BackupMultiRegion: env.Backup.CopyRegion != "",
	}, pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	args := networkArgs(env)
	args.LogKeyARN = keys.Logs.Arn
	net, err := network.New(ctx, env.Name, args, pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	access := firewallArgs(env)
	access.VPCID = net.VPC.ID()
	groups, err := firewall.New(ctx, env.Name, access, pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	endpoints, err := network.NewEndpoints(ctx, env.Name, network.EndpointsArgs{
		Environment: env.Name, Region: env.AWS.Region, Services: env.Endpoints(),
		Network: net, SecurityGroupID: groups.Endpoints.ID(),
	}, pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	traffic, err := compute.New(ctx, env.Name, computeArgs(env, net, groups, keys), pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	stores, err := data.New(ctx, env.Name, dataArgs(env, net, groups, keys), pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	if err := grant(ctx, env, traffic, stores); err != nil {
		return nil, err
	}
	topics, err := alarmTopics(ctx, env, keys, provider)
	if err != nil {
		return nil, err
	}
	made := parts{net, endpoints, groups, keys, traffic, stores, topics, provider}
	kubernetes, err := cluster.New(ctx, env.Name, clusterArgs(env, made), pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	if err := operate(ctx, env, made, kubernetes); err != nil {
		return nil, err
	}
	return outputs(env, net, groups, traffic, stores, kubernetes), nil
}
