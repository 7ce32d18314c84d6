package verify

import "slices"

// breakages lists at least one mistake for every check.
func breakages() []breakage {
	return slices.Concat(routeBreakages(), wallBreakages(), peeringBreakages(), groupBreakages(),
		balancerBreakages(), listenerBreakages(), releaseBreakages(), fleetBreakages(), storageBreakages(),
		storeBreakages(), keepBreakages(), guardBreakages(), clusterBreakages())
}

func routeBreakages() []breakage {
	return []breakage{
		{"a VPC of another size", func(n *Network) { n.VPC.CidrBlock = "10.20.0.0/17" }, []string{addressCheck}, "10.20.0.0/17"},
		{"a subnet that is not in the plan", func(n *Network) {
			n.Subnets = append(n.Subnets, Subnet{SubnetId: "subnet-x", AvailabilityZone: "us-east-1a", CidrBlock: "10.20.50.0/24", Tags: tags("Tier", public)})
			n.table("rtb-public-us-east-1a").associate("subnet-x", false)
		}, []string{addressCheck, placeCheck}, "10.20.50.0/24"},
		{"a data subnet without its table", func(n *Network) {
			n.table("rtb-data").Associations = n.table("rtb-data").Associations[1:]
		}, []string{tableCheck}, "the main table"},
		{"an app subnet on the table of another zone", func(n *Network) {
			n.table("rtb-app-us-east-1a").Associations[0].SubnetId = "subnet-app-us-east-1b"
			n.table("rtb-app-us-east-1b").Associations[0].SubnetId = "subnet-app-us-east-1a"
		}, []string{tableCheck}, "rtb-app-us-east-1b"},
		{"a default route in the data table", func(n *Network) {
			n.table("rtb-data").Routes = append(n.table("rtb-data").Routes, Route{DestinationCidrBlock: anywhere, NatGatewayId: "nat-us-east-1a"})
		}, []string{defaultCheck}, "0.0.0.0/0 by nat-us-east-1a"},
		{"an IPv6 default route in the loadbalancer table", func(n *Network) {
			n.table("rtb-loadbalancer").Routes = append(n.table("rtb-loadbalancer").Routes, Route{DestinationIpv6CidrBlock: "::/0", GatewayId: "igw-1"})
		}, []string{defaultCheck}, "::/0 by igw-1"},
		{"two zones that share a NAT gateway", func(n *Network) {
			n.table("rtb-app-us-east-1c").Routes[1].NatGatewayId = "nat-us-east-1a"
		}, []string{natCheck}, "available in us-east-1a"},
		{"a failed NAT gateway", func(n *Network) { n.NATGateways[0].State = "failed" }, []string{natCheck}, "failed in us-east-1a"},
		{"an app table that leaves by the internet gateway", func(n *Network) {
			n.table("rtb-app-us-east-1b").Routes[1] = Route{DestinationCidrBlock: anywhere, GatewayId: "igw-1"}
		}, []string{natCheck}, "by igw-1"},
		{"a route in the main table", func(n *Network) {
			n.table("rtb-main").Routes = append(n.table("rtb-main").Routes, Route{DestinationCidrBlock: anywhere, GatewayId: "igw-1"})
		}, []string{mainCheck}, "rtb-main"},
	}
}

func wallBreakages() []breakage {
	return []breakage{
		{"a rule in the default security group", func(n *Network) {
			n.securityGroup("default").IpPermissionsEgress = []Permission{{IpProtocol: "-1", IpRanges: []IPv4Peer{{anywhere, ""}}}}
		}, []string{groupCheck, matrixCheck}, "sg-production-default"},
		{"an entry in the default network ACL", func(n *Network) {
			n.ACLs[0].Entries = append(n.ACLs[0].Entries, entry(100, "allow", 443, 443))
		}, []string{aclCheck}, "entry 100"},
		{"a subnet behind the default network ACL", func(n *Network) {
			n.ACLs[0].Associations = []struct{ SubnetId string }{{"subnet-x"}}
		}, []string{aclCheck}, "subnet-x"},
		{"no flow log", func(n *Network) { n.FlowLogs = nil }, []string{logCheck}, "no flow log"},
		{"a flow log of rejected traffic only", func(n *Network) { n.FlowLogs[0].TrafficType = "REJECT" }, []string{logCheck}, "REJECT"},
		{"an allow before the deny", func(n *Network) {
			n.ACLs[1].Entries[0].RuleNumber = 200
		}, []string{aclPorts}, "entry 100 admits 22 from 10.0.0.0/8"},
		{"an ACL range that covers 3389", func(n *Network) {
			n.ACLs = append(n.ACLs, ACL{NetworkAclId: "acl-public", Entries: []ACLEntry{entry(100, "allow", 1024, 65535)}})
		}, []string{aclPorts}, "acl-public: found entry 100 admits 3389 from 0.0.0.0/0"},
	}
}

func peeringBreakages() []breakage {
	return []breakage{
		{"a peering that waits for acceptance", func(n *Network) { n.Peerings[0].Status.Code = "pending-acceptance" }, []string{activeCheck}, "pending-acceptance"},
		{"DNS off at the accepter", func(n *Network) {
			n.Peerings[0].AccepterVpcInfo.PeeringOptions.AllowDnsResolutionFromRemoteVpc = false
		}, []string{dnsCheck}, "off at the accepter"},
		{"no peering at all", func(n *Network) { n.Peerings = nil }, []string{activeCheck, appCheck, backCheck}, "one, active"},
		{"an app table without one of the routes", func(n *Network) {
			table := n.table("rtb-app-us-east-1a")
			table.Routes = table.Routes[:len(table.Routes)-1]
		}, []string{appCheck}, "rtb-app-us-east-1a"},
		{"an app table that reaches the peer's databases", func(n *Network) {
			n.table("rtb-app-us-east-1a").Routes = append(n.table("rtb-app-us-east-1a").Routes, peerRoutes([]string{"10.21.21.0/24"})...)
		}, []string{appCheck}, "10.21.21.0/24"},
		{"a loadbalancer table that routes to the whole peer", func(n *Network) {
			n.table("rtb-loadbalancer").Routes = append(n.table("rtb-loadbalancer").Routes, peerRoutes([]string{"10.21.0.0/16"})...)
		}, []string{backCheck}, "10.21.0.0/16"},
		{"a peering route in the data table", func(n *Network) {
			n.table("rtb-data").Routes = append(n.table("rtb-data").Routes, peerRoutes([]string{"10.21.64.0/19"})...)
		}, []string{closedCheck}, "production rtb-data: found 10.21.64.0/19 by pcx-1"},
		{"a peering route in a table nobody tagged", func(n *Network) {
			n.RouteTables = append(n.RouteTables, RouteTable{RouteTableId: "rtb-x", Routes: peerRoutes([]string{"10.21.0.0/16"})})
		}, []string{closedCheck}, "rtb-x"},
		{"an app route by another peering", func(n *Network) {
			n.table("rtb-app-us-east-1a").Routes[2].VpcPeeringConnectionId = "pcx-9"
		}, []string{appCheck}, "by pcx-9"},
	}
}
