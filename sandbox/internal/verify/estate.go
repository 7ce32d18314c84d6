package verify

import (
	"net/netip"
	"slices"
)

// Estate is what was found: one network an environment, in the order asked for.
type Estate []Network

// Network is the VPC of one environment with all that decides its traffic,
// and what serves in it.
type Network struct {
	Environment    string // the VPC's Name tag
	Account        string // twelve digits
	VPC            VPC
	Subnets        []Subnet
	RouteTables    []RouteTable
	NATGateways    []NATGateway
	SecurityGroups []SecurityGroup
	ACLs           []ACL
	FlowLogs       []FlowLog
	Peerings       []Peering
	// AccountGroups are the security groups of the whole account, those of other VPCs too.
	AccountGroups []SecurityGroup
	// Compute is what serves in the VPC.
	Compute Compute
	// Stores is what keeps data.
	Stores Stores
	// Operations is what watches.
	Operations Operations
	// Cluster is the Kubernetes cluster; nil when nobody asked.
	Cluster *Cluster
}

// The types below hold the parts of the AWS CLI's JSON output that are judged.
type (
	// Tag is a resource tag.
	Tag struct{ Key, Value string }

	// VPC is an entry of describe-vpcs.
	VPC struct {
		VpcId, CidrBlock string
		Tags             []Tag
	}

	// Subnet is an entry of describe-subnets.
	Subnet struct {
		SubnetId, VpcId, AvailabilityZone, CidrBlock string
		Tags                                         []Tag
	}

	// RouteTable is an entry of describe-route-tables.
	RouteTable struct {
		RouteTableId, VpcId string
		Routes              []Route
		Associations        []struct {
			Main     bool
			SubnetId string
		}
		Tags []Tag
	}

	// Route is one route of a table; one of the destinations and one of the
	// targets is set.
	Route struct {
		DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId string
		GatewayId, NatGatewayId, VpcPeeringConnectionId, TransitGatewayId       string
		NetworkInterfaceId                                                      string
	}

	// NATGateway is an entry of describe-nat-gateways.
	NATGateway struct{ NatGatewayId, VpcId, SubnetId, State string }

	// SecurityGroup is an entry of describe-security-groups.
	SecurityGroup struct {
		GroupId, GroupName, VpcId          string
		IpPermissions, IpPermissionsEgress []Permission
		Tags                               []Tag
	}

	// Permission is a rule of a security group.
	Permission struct {
		IpProtocol       string
		FromPort, ToPort *int
		IpRanges         []IPv4Peer
		Ipv6Ranges       []IPv6Peer
		PrefixListIds    []struct{ PrefixListId string }
		UserIdGroupPairs []GroupPeer
	}

	// IPv4Peer is a range as the other end of a rule.
	IPv4Peer struct{ CidrIp, Description string }

	// IPv6Peer is the same of IPv6.
	IPv6Peer struct{ CidrIpv6, Description string }

	// GroupPeer is a security group as the other end of a rule.
	GroupPeer struct{ GroupId, Description string }

	// ACL is an entry of describe-network-acls.
	ACL struct {
		NetworkAclId, VpcId string
		IsDefault           bool
		Entries             []ACLEntry
		Associations        []struct{ SubnetId string }
		Tags                []Tag
	}

	// ACLEntry is one rule of a network ACL.
	ACLEntry struct {
		RuleNumber               int
		Egress                   bool
		RuleAction, Protocol     string
		CidrBlock, Ipv6CidrBlock string
		PortRange                *struct{ From, To int }
	}

	// FlowLog is an entry of describe-flow-logs.
	FlowLog struct {
		FlowLogId, ResourceId, TrafficType, FlowLogStatus string
		MaxAggregationInterval                            int
	}

	// Peering is an entry of describe-vpc-peering-connections.
	Peering struct {
		VpcPeeringConnectionId            string
		Status                            struct{ Code string }
		RequesterVpcInfo, AccepterVpcInfo PeeringSide
	}

	// PeeringSide is one end of a peering.
	PeeringSide struct {
		VpcId, OwnerId string
		PeeringOptions struct{ AllowDnsResolutionFromRemoteVpc bool }
	}
)

// The tiers of subnets, as their Tier tag says.
const (
	public       = "public"
	loadBalancer = "loadbalancer"
	app          = "app"
	data         = "data"
	mainTable    = "main" // not a tier: the VPC's main route table
)

// nameTag is the tag that names a resource.
const nameTag = "Name"

// tag returns the value of a tag, "" when it is missing.
func tag(tags []Tag, key string) string {
	for _, t := range tags {
		if t.Key == key {
			return t.Value
		}
	}
	return ""
}

// find returns the network of an environment.
func (e Estate) find(environment string) (Network, bool) {
	at := slices.IndexFunc(e, func(n Network) bool { return n.Environment == environment })
	if at < 0 {
		return Network{}, false
	}
	return e[at], true
}

// cidrs returns the sorted CIDRs of a tier's subnets.
func (n Network) cidrs(tier string) []string {
	var found []string
	for _, subnet := range n.Subnets {
		if tag(subnet.Tags, "Tier") == tier {
			found = append(found, subnet.CidrBlock)
		}
	}
	return sortCIDRs(found)
}

// tables returns the route tables of a tier.
func (n Network) tables(tier string) []RouteTable {
	var found []RouteTable
	for _, table := range n.RouteTables {
		if table.tier() == tier {
			found = append(found, table)
		}
	}
	return found
}

// tier is the table's Tier tag, whatever it says, or "main" for the table that
// AWS uses for subnets without one.
func (t RouteTable) tier() string {
	for _, association := range t.Associations {
		if association.Main {
			return mainTable
		}
	}
	return tag(t.Tags, "Tier")
}

// label names a resource for a person: its ID and what its Name tag says.
func label(id string, tags []Tag) string {
	if name := tag(tags, "Name"); name != "" {
		return id + " (" + name + ")"
	}
	return id
}

// sortCIDRs orders addresses by number, not by letter.
func sortCIDRs(cidrs []string) []string {
	slices.SortFunc(cidrs, func(a, b string) int {
		x, errX := netip.ParsePrefix(a)
		y, errY := netip.ParsePrefix(b)
		if errX != nil || errY != nil {
			return 0
		}
		return x.Addr().Compare(y.Addr())
	})
	return cidrs
}
