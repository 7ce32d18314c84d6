package peering

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
)

// Side is one of the two VPCs of a peering. It says all that a peering may
// know of an environment.
type Side struct {
	// Environment is the environment's name, AccountID and Region are where its VPC is.
	Environment, AccountID, Region string
	// VPCID is the VPC, CIDR its range.
	VPCID string
	CIDR  netip.Prefix
	// AppCIDRs and LoadBalancerCIDRs are the subnets of the two tiers by zone.
	AppCIDRs, LoadBalancerCIDRs map[string]netip.Prefix
	// AppRouteTableIDs are by zone; the loadbalancer tier has one table.
	AppRouteTableIDs         map[string]string
	LoadBalancerRouteTableID string
	// InternalLoadBalancerSecurityGroupID is the group of the internal load balancers,
	// which is opened to the peer's app tier.
	InternalLoadBalancerSecurityGroupID string
	// PrivateZoneID is the private zone that the peer's VPC may resolve.
	PrivateZoneID string
	// DNSResolution lets the peer resolve this VPC's public host names to private addresses.
	DNSResolution bool
	// AppRoutes opens the way from this side's app tier to the peer's internal
	// load balancers; without it the two are peered and this side starts nothing.
	AppRoutes bool
	// Peers is what the side's network ACLs know of other environments, by name.
	Peers map[string]Known
	// Provider works in the side's account and region.
	Provider *aws.Provider
}

// Known is what the network ACLs of one environment know of another: they deny
// CIDR, but for AppCIDRs and LoadBalancerCIDRs, the subnets that take part by zone.
type Known struct {
	CIDR                        netip.Prefix
	AppCIDRs, LoadBalancerCIDRs map[string]netip.Prefix
}
