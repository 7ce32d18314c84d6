package environment

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/network"
)

// outputs fills the stack contract.
func outputs(env *config.Environment, net *network.Network, groups *firewall.Firewall, traffic *compute.Compute, stores *data.Data, kubernetes *cluster.Cluster) *contract.Outputs {
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

		InternalLoadBalancerSecurityGroupID: groups.InternalLoadBalancer.ID(),
		InternalLoadBalancerName:            pulumi.String(config.InternalName(env.PrivateZoneName())),
		ApplicationName:                     pulumi.String(env.Compute.PublicName()),
		PublicZoneNameServers:               nameServers(traffic),
		DeploymentBucket:                    traffic.Fleet.DeploymentBucket.Name,
		ReleaseDocuments:                    releaseDocuments(traffic),
		DataPolicyARNs:                      policyARNs(stores),
		ClusterName:                         kubernetes.ControlPlane.Name,
		ClusterRoleARNs:                     clusterRoleARNs(kubernetes),
	}
}

// nameServers are of the public zone, where the environment makes one.
func nameServers(traffic *compute.Compute) pulumi.StringArrayInput {
	if zone := traffic.Balancer.PublicZone; zone != nil {
		return zone.NameServers
	}
	return pulumi.StringArray{}
}

// releaseDocuments are by color; none without a certificate.
func releaseDocuments(traffic *compute.Compute) pulumi.StringMap {
	names := pulumi.StringMap{}
	if traffic.Release != nil {
		for side, document := range traffic.Release.Documents {
			names[string(side)] = document.Name
		}
	}
	return names
}

// policyARNs are of the policies that an application's role needs, by what they open.
func policyARNs(stores *data.Data) pulumi.StringMap {
	arns := pulumi.StringMap{}
	for use, policy := range stores.Policies {
		arns[use] = policy.Arn
	}
	return arns
}

// clusterRoleARNs are of the roles by which people and pipelines come to the cluster.
func clusterRoleARNs(kubernetes *cluster.Cluster) pulumi.StringMap {
	arns := pulumi.StringMap{}
	for name, role := range kubernetes.Access.Roles {
		arns[name] = role.Arn
	}
	return arns
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
