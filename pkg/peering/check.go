package peering

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"
)

// MaxRoutesPerTable is the most routes that AWS grants a route table (Amazon VPC
// User Guide, "Amazon VPC quotas").
const MaxRoutesPerTable = 1000

// ownRoutes are in every app table besides: local, default, and the two gateway endpoints.
const ownRoutes = 4

// Pair is one requester and accepter, by environment name.
type Pair struct{ Requester, Accepter string }

// Check returns every reason why the pairs cannot be peered: overlapping VPCs
// anywhere in the matrix, a side whose network ACLs know other addresses of its
// peer than the peer has, and too many routes. sides is by environment name and
// has every name in pairs. How many peerings a VPC may have is a matter of the
// matrix alone; config.DecodePeering refuses more.
func Check(sides map[string]Side, pairs []Pair) error {
	return errors.Join(slices.Concat(overlaps(sides), unknown(sides, pairs), quotas(sides, pairs))...)
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

// unknown finds what the network ACLs of one side say of the other that is not
// so: what they do not admit never arrives, and what they do not deny may.
func unknown(sides map[string]Side, pairs []Pair) []error {
	var problems []error
	for _, pair := range pairs {
		for _, way := range []Pair{pair, {pair.Accepter, pair.Requester}} {
			side, peer := sides[way.Requester], sides[way.Accepter]
			said := side.Peers[way.Accepter]
			for _, part := range []struct{ key, found, wanted string }{
				{"cidr", said.CIDR.String(), peer.CIDR.String()},
				{"zones[].app", inZones(said.AppCIDRs), inZones(peer.AppCIDRs)},
				{"zones[].loadbalancer", inZones(said.LoadBalancerCIDRs), inZones(peer.LoadBalancerCIDRs)},
			} {
				if part.found != part.wanted {
					problems = append(problems, fmt.Errorf(
						"stack %s: network.peers[%s].%s: %s: %s published %s: write that, because the network ACLs go by it, and run `pulumi up -s %s`",
						way.Requester, way.Accepter, part.key, part.found, way.Accepter, part.wanted, way.Requester))
				}
			}
		}
	}
	return problems
}

// inZones writes out CIDRs by zone, sorted.
func inZones(cidrs map[string]netip.Prefix) string {
	texts := []string{}
	for _, zone := range slices.Sorted(maps.Keys(cidrs)) {
		texts = append(texts, zone+" "+cidrs[zone].String())
	}
	return "[" + strings.Join(texts, ", ") + "]"
}

// quotas counts the routes that the tables would have.
func quotas(sides map[string]Side, pairs []Pair) []error {
	app, loadBalancer := map[string]int{}, map[string]int{}
	for _, pair := range pairs {
		for _, way := range []Pair{pair, {pair.Accepter, pair.Requester}} {
			if sides[way.Requester].AppRoutes {
				app[way.Requester] += len(sides[way.Accepter].LoadBalancerCIDRs)
				loadBalancer[way.Accepter] += len(sides[way.Requester].AppCIDRs)
			}
		}
	}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(sides)) {
		if routes := ownRoutes + max(app[name], loadBalancer[name]); routes > MaxRoutesPerTable {
			problems = append(problems, fmt.Errorf(
				"matrix: %s: %d routes in one route table: AWS grants %d (quota \"Routes per route table\"): use a Transit Gateway",
				name, routes, MaxRoutesPerTable))
		}
	}
	return problems
}
