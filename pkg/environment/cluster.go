package environment

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/access"
	"aws-platform/pkg/cluster"
	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
	"aws-platform/pkg/observability/topics"
)

// parts are the tiers that hand the cluster what it needs, and that are watched.
type parts struct {
	net     *network.Network
	ends    *network.Endpoints
	groups  *firewall.Firewall
	keys    *keys.Keys
	traffic *compute.Compute
	stores  *data.Data
	topics  *topics.Topics
	aws     *aws.Provider
}

// clusterArgs hand the cluster its place, its neighbours and its keys. Nodes carry the
// group of the app tier too: for the load balancers and the stores, pods are the app tier.
func clusterArgs(env *config.Environment, of parts) cluster.Args {
	args := cluster.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config: env.Cluster, Mappings: access.Table(*env), Tags: env.ProviderTags(), AWS: of.aws,
		Network: cluster.Network{
			VPCID: of.net.VPC.ID(), AppSubnetIDs: of.net.SubnetIDs(network.App),
			PublicCIDRs:       ranges(env, func(zone config.Zone) netip.Prefix { return zone.Public }),
			LoadBalancerCIDRs: ranges(env, func(zone config.Zone) netip.Prefix { return zone.LoadBalancer }),
			HTTPSCIDRs:        httpsRanges(env), PeerCIDRs: peerRanges(env), Internet: !slices.Contains(env.Network.InterfaceEndpoints, "ssm"),
		},
		SecurityGroups: cluster.SecurityGroups{
			Cluster: of.groups.Cluster, Nodes: pulumi.StringArray{of.groups.Nodes.ID(), of.groups.App.ID()},
		},
		Keys: cluster.Keys{EKS: of.keys.EKS.Arn, EBS: of.keys.EBS.Arn, Logs: of.keys.Logs.Arn},
		LogDays: cluster.LogDays{
			ControlPlane: env.Observability.Logs.Days(config.AuditLogs), Insights: env.Observability.Logs.Days(config.ApplicationLogs),
		},
		TopicARN:        of.topics.ARNs[config.SecurityTopic], // it hears of the break-glass role
		RunbookURL:      env.Observability.RunbookURL,
		ApplicationPort: env.Compute.ApplicationPort,
		Scheduled:       env.Cost.Schedule != nil,
		StorePolicyARNs: map[string]pulumi.StringInput{}, Stores: clusterStores(env),
		// Nodes pull images, and agents report, by the endpoints.
		Boot: slices.Concat(of.net.Ready, of.ends.Ready, of.groups.Ready),
	}
	if env.AWS.AssumeRole != nil {
		args.DeployRoleARN = env.AWS.AssumeRole.RoleARN
	}
	for use, policy := range of.stores.Policies {
		args.StorePolicyARNs[use] = policy.Arn
	}
	if env.Compute.HTTPS() {
		listeners := of.traffic.Balancer
		args.Listeners = cluster.Listeners{
			Public: listeners.HTTPS[balancer.Public].Arn, Internal: listeners.HTTPS[balancer.Internal].Arn, Test: listeners.Test.Arn,
		}
	}
	return args
}

// ranges are a tier's subnets, in the order of the zones' names.
func ranges(env *config.Environment, of func(config.Zone) netip.Prefix) []netip.Prefix {
	var list []netip.Prefix
	for _, zone := range env.Network.ZoneNames() {
		list = append(list, of(env.Network.Zones[zone]))
	}
	return list
}

// httpsRanges are where pods go by HTTPS: the interface endpoints, which are in the app
// tier, the internal load balancers of the environment and those of its peers. The
// peers' app tiers are not among them.
func httpsRanges(env *config.Environment) []netip.Prefix {
	list := slices.Concat(
		ranges(env, func(zone config.Zone) netip.Prefix { return zone.App }),
		ranges(env, func(zone config.Zone) netip.Prefix { return zone.LoadBalancer }),
	)
	for _, peer := range env.Network.Peers {
		for _, zone := range peer.Zones {
			list = append(list, zone.LoadBalancer)
		}
	}
	slices.SortFunc(list, func(a, b netip.Prefix) int { return a.Addr().Compare(b.Addr()) })
	return list
}

// peerRanges are the peers' whole VPCs, in the order of the peers' names.
func peerRanges(env *config.Environment) []netip.Prefix {
	var list []netip.Prefix
	for _, name := range slices.Sorted(maps.Keys(env.Network.Peers)) {
		list = append(list, env.Network.Peers[name].CIDR)
	}
	return list
}

// clusterStores are the stores that there are, as network policies know them.
func clusterStores(env *config.Environment) map[string]tenancy.Store {
	stores := map[string]tenancy.Store{}
	for _, store := range firewallStores(env) {
		stores[store.Name] = tenancy.Store{
			Name: store.Name, Port: store.Port, CIDRs: ranges(env, func(zone config.Zone) netip.Prefix { return zone.Data }),
		}
	}
	return stores
}
