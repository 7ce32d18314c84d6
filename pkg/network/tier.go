package network

import (
	"net/netip"

	"aws-platform/pkg/config"
)

// Tier is one of the four tiers of subnets.
type Tier string

// The tiers, with who lives there.
const (
	Public       Tier = "public"       // internet-facing load balancer, NAT gateways
	LoadBalancer Tier = "loadbalancer" // internal load balancers, nothing else
	App          Tier = "app"          // instances, EKS nodes and pods
	Data         Tier = "data"         // databases, caches, brokers, search
)

// Tiers are all tiers.
var Tiers = []Tier{Public, LoadBalancer, App, Data}

// cidr returns the tier's subnet of a zone.
func (t Tier) cidr(zone config.Zone) netip.Prefix {
	switch t {
	case Public:
		return zone.Public
	case LoadBalancer:
		return zone.LoadBalancer
	case App:
		return zone.App
	case Data:
		return zone.Data
	}
	panic("no such tier: " + t) // Tiers are all there are
}
