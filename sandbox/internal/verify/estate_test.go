package verify

import (
	"fmt"
	"slices"
)

// sound returns an estate in which nothing is wrong: production and
// production-pci as the design has them, peered. Every call returns a fresh
// one, so that a test can break its own.
func sound() Estate {
	peering := Peering{VpcPeeringConnectionId: "pcx-1"}
	peering.Status.Code = "active"
	peering.RequesterVpcInfo.VpcId, peering.AccepterVpcInfo.VpcId = "vpc-production", "vpc-production-pci"
	peering.RequesterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc = true
	peering.AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc = true
	return Estate{
		soundNetwork("production", "production-pci", peering),
		soundNetwork("production-pci", "production", peering),
	}
}

func soundNetwork(environment, peer string, peering Peering) Network {
	n := Network{
		Environment: environment,
		VPC:         VPC{VpcId: "vpc-" + environment, CidrBlock: plans[environment].vpc, Tags: tags("Name", environment)},
		ACLs: []ACL{
			{NetworkAclId: "acl-default", IsDefault: true, Entries: []ACLEntry{entry(implicitDeny, "deny", 0, 65535)}},
			{NetworkAclId: "acl-app", Entries: []ACLEntry{
				entry(10, "deny", 22, 22), entry(11, "deny", 3389, 3389),
				{RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CidrBlock: "10.0.0.0/8"},
			}},
		},
		FlowLogs: []FlowLog{{FlowLogId: "fl-1", TrafficType: "ALL", FlowLogStatus: "ACTIVE", MaxAggregationInterval: 60}},
		Peerings: []Peering{peering},
	}
	n.addSubnets()
	n.addTables(peer)
	n.addGroups(peer)
	n.addCompute()
	n.addStores()
	n.addCluster()
	return n
}

func (n *Network) addSubnets() {
	for _, tier := range []string{public, loadBalancer, app, data} {
		for i, zone := range zones {
			n.Subnets = append(n.Subnets, Subnet{
				SubnetId: "subnet-" + tier + "-" + zone, VpcId: n.VPC.VpcId, AvailabilityZone: zone,
				CidrBlock: plans[n.Environment].tiers[tier][i], Tags: tags("Tier", tier, "Zone", zone),
			})
		}
	}
	for _, zone := range zones {
		n.NATGateways = append(n.NATGateways,
			NATGateway{NatGatewayId: "nat-" + zone, SubnetId: "subnet-public-" + zone, State: "available"})
	}
}

func (n *Network) addTables(peer string) {
	local := Route{DestinationCidrBlock: n.VPC.CidrBlock, GatewayId: "local"}
	main := RouteTable{RouteTableId: "rtb-main", Routes: []Route{local}}
	main.associate("", true)
	n.RouteTables = append(n.RouteTables, main)
	for _, tier := range []string{loadBalancer, data} {
		table := RouteTable{RouteTableId: "rtb-" + tier, Tags: tags("Tier", tier), Routes: []Route{local}}
		for _, zone := range zones {
			table.associate("subnet-"+tier+"-"+zone, false)
		}
		if tier == loadBalancer {
			table.Routes = append(table.Routes, peerRoutes(plans[peer].tiers[app])...)
		}
		n.RouteTables = append(n.RouteTables, table)
	}
	for _, zone := range zones {
		way := map[string]Route{
			public: {DestinationCidrBlock: anywhere, GatewayId: "igw-1"},
			app:    {DestinationCidrBlock: anywhere, NatGatewayId: "nat-" + zone},
		}
		for _, tier := range []string{public, app} {
			table := RouteTable{RouteTableId: "rtb-" + tier + "-" + zone, Tags: tags("Tier", tier, "Zone", zone)}
			table.Routes = []Route{local, way[tier]}
			table.associate("subnet-"+tier+"-"+zone, false)
			if tier == app {
				table.Routes = append(table.Routes, peerRoutes(plans[peer].tiers[loadBalancer])...)
			}
			n.RouteTables = append(n.RouteTables, table)
		}
	}
}

func (t *RouteTable) associate(subnet string, main bool) {
	t.Associations = append(t.Associations, struct {
		Main     bool
		SubnetId string
	}{main, subnet})
}

func peerRoutes(cidrs []string) []Route {
	var routes []Route
	for _, cidr := range cidrs {
		routes = append(routes, Route{DestinationCidrBlock: cidr, VpcPeeringConnectionId: "pcx-1"})
	}
	return routes
}

// table returns a table of the network to break.
func (n *Network) table(id string) *RouteTable {
	at := slices.IndexFunc(n.RouteTables, func(t RouteTable) bool { return t.RouteTableId == id })
	if at < 0 {
		panic(fmt.Sprintf("no table %s", id))
	}
	return &n.RouteTables[at]
}

func tags(pairs ...string) []Tag {
	var list []Tag
	for i := 0; i+1 < len(pairs); i += 2 {
		list = append(list, Tag{pairs[i], pairs[i+1]})
	}
	return list
}

// entry is one about TCP from or to anywhere.
func entry(number int, action string, from, to int) ACLEntry {
	return ACLEntry{
		RuleNumber: number, RuleAction: action, Protocol: "6", CidrBlock: anywhere,
		PortRange: &struct{ From, To int }{from, to},
	}
}
