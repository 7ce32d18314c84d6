package config

import (
	"maps"
	"net/netip"
	"slices"
)

// NATGateways says how many NAT gateways a VPC has.
type NATGateways string

// The ways out of a VPC.
const (
	// NATPerZone is a NAT gateway in each zone: a zone that fails takes no other's way out with it.
	NATPerZone NATGateways = "perZone"
	// NATSingle is one NAT gateway for all zones: cheaper, and refused in production.
	NATSingle NATGateways = "single"
)

// Network is the configuration of a VPC. Addresses are pinned, never computed:
// computed subnets are replaced, with all in them, when a zone is added.
type Network struct {
	// CIDR is the VPC's range.
	CIDR netip.Prefix `mapstructure:"cidr"`
	// Domain is the private domain; the VPC's zone is <environment>.<domain>.
	Domain string `mapstructure:"domain"`
	// NATGateways is perZone or single.
	NATGateways NATGateways `mapstructure:"natGateways"`
	// NATGatewayZone is the zone of a single NAT gateway: pinned, so that a new zone cannot move it.
	NATGatewayZone string `mapstructure:"natGatewayZone"`
	// Zones are the subnets by the name of their availability zone.
	Zones map[string]Zone `mapstructure:"zones"`
	// InterfaceEndpoints are AWS services by short name (ssm, ecr.api) that are
	// reached by an interface endpoint in the VPC; none by default.
	// What the cluster needs is added by itself (Environment.Endpoints).
	InterfaceEndpoints []string `mapstructure:"interfaceEndpoints"`
	// RulesPerNetworkACL is the account's quota of that name, 20 by default and at
	// most 40 (Amazon VPC User Guide, "Amazon VPC quotas"). It counts the default
	// deny rule, so that one fewer is left for the tiers.
	RulesPerNetworkACL int `mapstructure:"rulesPerNetworkAcl"`
	// Peers are the environments that may be peered, by name; none by default.
	// The network ACLs know their addresses.
	Peers map[string]Peer `mapstructure:"peers"`
}

// Zone holds the subnets of one availability zone, one a tier.
type Zone struct {
	// Public is for internet-facing load balancers and the NAT gateway.
	Public netip.Prefix `mapstructure:"public"`
	// LoadBalancer is for internal load balancers.
	LoadBalancer netip.Prefix `mapstructure:"loadbalancer"`
	// App is for instances, nodes and pods.
	App netip.Prefix `mapstructure:"app"`
	// Data is for databases, caches, brokers and search.
	Data netip.Prefix `mapstructure:"data"`
}

// Peer is what the network ACLs must know of a peer environment: all of it is
// denied but its app subnets at our internal load balancers, and the way back.
type Peer struct {
	// RuleIndex is the peer's place among the rule numbers of the network ACLs,
	// 0 to 39, unique among the peers. It is pinned: a rule that changes its number
	// is replaced while another one still has that number.
	RuleIndex int `mapstructure:"ruleIndex"`
	// CIDR is the range of the peer's VPC.
	CIDR netip.Prefix `mapstructure:"cidr"`
	// Zones are the peer's subnets that take part, by the name of their
	// availability zone; none by default: the peer is denied altogether.
	Zones map[string]PeerZone `mapstructure:"zones"`
}

// PeerZone holds the subnets of a peer that take part, of one availability zone.
type PeerZone struct {
	// App may call our internal load balancers.
	App netip.Prefix `mapstructure:"app"`
	// LoadBalancer may be called by our app tier.
	LoadBalancer netip.Prefix `mapstructure:"loadbalancer"`
}

// ZoneNames are the names of the zones, sorted.
func (n Network) ZoneNames() []string { return slices.Sorted(maps.Keys(n.Zones)) }
