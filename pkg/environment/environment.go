// Package environment composes the tiers into one environment. The whole of an
// environment can be read on this page: what there is, and what each tier is
// handed from the others.
package environment

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
)

// applicationPort is the port on which the app tier serves the load balancers (design, section 4).
const applicationPort = 8080

// storePorts are the TLS ports of the data stores: RDS for PostgreSQL, ElastiCache
// for Valkey, MSK with IAM authentication, OpenSearch Service.
var storePorts = []network.StorePort{
	{Store: "postgresql", Port: 5432},
	{Store: "valkey", Port: 6379},
	{Store: "kafka", Port: 9098},
	{Store: "opensearch", Port: 443},
}

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
	outputs, err := New(ctx, env)
	if err != nil {
		return nil, err
	}
	return outputs.Map(), nil
}

// Check returns what is wrong with a configuration that is valid in itself:
// what AWS would not take of the tiers made of it.
func Check(env *config.Environment) config.Problems {
	return network.CheckQuotas(networkArgs(env))
}

// New registers an environment. Check has nothing against env.
func New(ctx *pulumi.Context, env *config.Environment) (*contract.Outputs, error) {
	provider, err := newProvider(ctx, env)
	if err != nil {
		return nil, err
	}
	keys, err := keys.New(ctx, env.Name, keys.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
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
	return outputs(env, net), nil
}

// networkArgs is what the network is made of, but for the key of its logs.
func networkArgs(env *config.Environment) network.Args {
	return network.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config:          env.Network,
		ApplicationPort: applicationPort,
		StorePorts:      storePorts,
	}
}

// newProvider makes the one AWS provider of the environment: its region, its
// account and no other, its role, and the tags of every resource.
func newProvider(ctx *pulumi.Context, env *config.Environment) (*aws.Provider, error) {
	args := &aws.ProviderArgs{
		Region:            pulumi.String(env.AWS.Region),
		AllowedAccountIds: pulumi.ToStringArray(env.AWS.AllowedAccountIDs),
		DefaultTags:       aws.ProviderDefaultTagsArgs{Tags: pulumi.ToStringMap(env.ProviderTags())},
	}
	if role := env.AWS.AssumeRole; role != nil {
		assume := aws.ProviderAssumeRoleArgs{
			RoleArn:     pulumi.String(role.RoleARN),
			SessionName: pulumi.String(role.SessionName),
		}
		if role.ExternalID != "" {
			assume.ExternalId = pulumi.String(role.ExternalID)
		}
		args.AssumeRole = assume
	}
	return aws.NewProvider(ctx, env.Name, args)
}

// outputs fills the stack contract.
func outputs(env *config.Environment, net *network.Network) *contract.Outputs {
	subnets := func(tier network.Tier) pulumi.StringMap {
		ids := pulumi.StringMap{}
		for zone, subnet := range net.Subnets[tier] {
			ids[zone] = subnet.ID()
		}
		return ids
	}
	tables := pulumi.StringMap{}
	for zone, table := range net.AppRouteTables {
		tables[zone] = table.ID()
	}
	return &contract.Outputs{
		Environment:              pulumi.String(env.Name),
		AccountID:                pulumi.String(env.AWS.AccountID()),
		Region:                   pulumi.String(env.AWS.Region),
		VPCID:                    net.VPC.ID(),
		VPCCIDR:                  pulumi.String(env.Network.CIDR.String()),
		PublicSubnetIDs:          subnets(network.Public),
		LoadBalancerSubnetIDs:    subnets(network.LoadBalancer),
		AppSubnetIDs:             subnets(network.App),
		DataSubnetIDs:            subnets(network.Data),
		AppCIDRs:                 cidrs(env, func(zone config.Zone) netip.Prefix { return zone.App }),
		LoadBalancerCIDRs:        cidrs(env, func(zone config.Zone) netip.Prefix { return zone.LoadBalancer }),
		AppRouteTableIDs:         tables,
		LoadBalancerRouteTableID: net.LoadBalancerRouteTable.ID(),
		PrivateZoneID:            net.PrivateZone.ZoneId,
		PrivateZoneName:          net.PrivateZone.Name,
		Peers:                    peers(env),
		// Empty until an internal load balancer exists: the contract is total.
		InternalLoadBalancerSecurityGroupID: pulumi.String(""),
	}
}

func cidrs(env *config.Environment, of func(config.Zone) netip.Prefix) pulumi.StringMap {
	byZone := pulumi.StringMap{}
	for _, zone := range env.Network.ZoneNames() {
		byZone[zone] = pulumi.String(of(env.Network.Zones[zone]).String())
	}
	return byZone
}

// peers tells what the network ACLs know of each peer.
func peers(env *config.Environment) pulumi.Map {
	byPeer := pulumi.Map{}
	for _, name := range slices.Sorted(maps.Keys(env.Network.Peers)) {
		peer := env.Network.Peers[name]
		app, loadBalancer := pulumi.StringMap{}, pulumi.StringMap{}
		for zone, subnets := range peer.Zones {
			app[zone], loadBalancer[zone] = pulumi.String(subnets.App.String()), pulumi.String(subnets.LoadBalancer.String())
		}
		byPeer[name] = contract.PeerOutputs(pulumi.String(peer.CIDR.String()), app, loadBalancer)
	}
	return byPeer
}
