package peering

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// AWS's quotas that a mesh of peerings meets (Amazon VPC User Guide, "Amazon VPC
// quotas"); both are the most that AWS grants on request.
const (
	MaxPeeringsPerVPC = 125
	MaxRoutesPerTable = 1000
	// ownRoutes are in every app table besides: local, default, and the two gateway endpoints.
	ownRoutes = 4
)

// Pair is one requester and accepter, by environment name.
type Pair struct{ Requester, Accepter string }

// Check returns every reason why the pairs cannot be peered: overlapping VPCs
// anywhere in the matrix, a peer that the other's network ACLs do not deny, and
// AWS's quotas. sides is by environment name and has every name in pairs.
func Check(sides map[string]Side, denied map[string]map[string]string, pairs []Pair) error {
	problems := slices.Concat(overlaps(sides), undenied(sides, denied, pairs), quotas(sides, pairs))
	return errors.Join(problems...)
}

// overlaps compares all sides, not the pairs alone: a VPC that two others of the
// same addresses peer with could tell them apart no more.
func overlaps(sides map[string]Side) []error {
	var problems []error
	names := slices.Sorted(maps.Keys(sides))
	for i, a := range names {
		for _, b := range names[i+1:] {
			if sides[a].CIDR.Overlaps(sides[b].CIDR) {
				problems = append(problems, fmt.Errorf("matrix: %s (%s) overlaps %s (%s): give each environment a VPC range of its own",
					a, sides[a].CIDR, b, sides[b].CIDR))
			}
		}
	}
	return problems
}

// undenied finds peers whose VPC the other side's network ACLs do not deny.
func undenied(sides map[string]Side, denied map[string]map[string]string, pairs []Pair) []error {
	var problems []error
	for _, pair := range pairs {
		for _, way := range []Pair{pair, {pair.Accepter, pair.Requester}} {
			wanted := sides[way.Accepter].CIDR.String()
			if found := denied[way.Requester][way.Accepter]; found != wanted {
				problems = append(problems, fmt.Errorf(
					"stack %s: network.peers[%s].cidr: %q, wanted %s: name the peer there, so that the network ACLs deny its VPC, and run `pulumi up -s %s`",
					way.Requester, way.Accepter, found, wanted, way.Requester))
			}
		}
	}
	return problems
}

// quotas counts peerings a VPC and routes a table.
func quotas(sides map[string]Side, pairs []Pair) []error {
	peerings, appRoutes, loadBalancerRoutes := map[string]int{}, map[string]int{}, map[string]int{}
	for _, pair := range pairs {
		for _, way := range []Pair{pair, {pair.Accepter, pair.Requester}} {
			peerings[way.Requester]++
			if sides[way.Requester].AppRoutes {
				appRoutes[way.Requester] += len(sides[way.Accepter].LoadBalancerCIDRs)
				loadBalancerRoutes[way.Accepter] += len(sides[way.Requester].AppCIDRs)
			}
		}
	}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(peerings)) {
		if peerings[name] > MaxPeeringsPerVPC {
			problems = append(problems, fmt.Errorf(
				"matrix: %s: %d peerings: AWS grants %d a VPC (quota \"Active VPC peering connections per VPC\"): use a Transit Gateway",
				name, peerings[name], MaxPeeringsPerVPC))
		}
		if routes := ownRoutes + max(appRoutes[name], loadBalancerRoutes[name]); routes > MaxRoutesPerTable {
			problems = append(problems, fmt.Errorf(
				"matrix: %s: %d routes in one route table: AWS grants %d (quota \"Routes per route table\"): use a Transit Gateway",
				name, routes, MaxRoutesPerTable))
		}
	}
	return problems
}
