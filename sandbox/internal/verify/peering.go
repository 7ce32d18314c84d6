package verify

import "strings"

// between returns the live peerings of the two networks as seen from n's
// account. Deleted ones stay listed by AWS for hours.
func between(n, peer Network) []Peering {
	var found []Peering
	for _, p := range n.Peerings {
		ends := [2]string{p.RequesterVpcInfo.VpcId, p.AccepterVpcInfo.VpcId}
		ours := ends == [2]string{n.VPC.VpcId, peer.VPC.VpcId} || ends == [2]string{peer.VPC.VpcId, n.VPC.VpcId}
		if ours && !strings.HasPrefix(p.Status.Code, "delet") {
			found = append(found, p)
		}
	}
	return found
}

// peeringActive: exactly one, active, seen from both accounts.
func peeringActive(n, peer Network) (int, []Finding) {
	found := between(n, peer)
	if len(found) != 1 {
		return len(found), []Finding{{"peering with " + peer.Environment, count(found), "one, active"}}
	}
	if code := found[0].Status.Code; code != "active" {
		return 1, []Finding{{found[0].VpcPeeringConnectionId, code, "active"}}
	}
	return 1, nil
}

// peeringDNS: names of either side resolve to private addresses at the other.
func peeringDNS(n, peer Network) (int, []Finding) {
	var findings []Finding
	found := between(n, peer)
	for _, p := range found {
		for side, info := range map[string]PeeringSide{"requester": p.RequesterVpcInfo, "accepter": p.AccepterVpcInfo} {
			if !info.PeeringOptions.AllowDnsResolutionFromRemoteVpc {
				findings = append(findings, Finding{
					p.VpcPeeringConnectionId, "DNS resolution off at the " + side + " (" + info.VpcId + ")", "on",
				})
			}
		}
	}
	return len(found), findings
}

// appRoutes: an app tier reaches the peer's internal load balancers, all of
// them, and nothing else of it.
func appRoutes(n, peer Network) (int, []Finding) {
	return exactRoutes(n, peer, app, peer.cidrs(loadBalancer))
}

// loadBalancerRoutes: answers find their way back to the peer's app tier.
func loadBalancerRoutes(n, peer Network) (int, []Finding) {
	return exactRoutes(n, peer, loadBalancer, peer.cidrs(app))
}

// exactRoutes demands that every table of a tier has peering routes to the
// wanted CIDRs by the peering of the two networks, and no other peering route.
func exactRoutes(n, peer Network, tier string, wanted []string) (int, []Finding) {
	var findings []Finding
	connection := ""
	if found := between(n, peer); len(found) == 1 {
		connection = found[0].VpcPeeringConnectionId
	}
	tables := n.tables(tier)
	for _, table := range tables {
		var found []string
		for _, route := range table.peeringRoutes() {
			if route.VpcPeeringConnectionId == connection {
				found = append(found, route.DestinationCidrBlock)
				continue
			}
			findings = append(findings, Finding{label(table.RouteTableId, table.Tags), route.String(), "routes by " + orNothing(connection) + " only"})
		}
		missing, extra := without(wanted, found), without(found, wanted)
		if len(missing) > 0 || len(extra) > 0 {
			findings = append(findings, Finding{
				label(table.RouteTableId, table.Tags),
				"peering routes to " + orNothing(strings.Join(sortCIDRs(found), ", ")),
				"to " + orNothing(strings.Join(wanted, ", ")),
			})
		}
	}
	if len(wanted) == 0 {
		findings = append(findings, Finding{"peer " + peer.Environment, "no subnets of the wanted tier", "some"})
	}
	return len(tables), findings
}

// closedTables: a packet to a routed CIDR arrives even when no route leads
// back, so tables that must not be reached get no peering route at all. A table
// that is neither app nor loadbalancer counts as closed, whatever its tags say.
func closedTables(n, _ Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, table := range n.RouteTables {
		if table.tier() == app || table.tier() == loadBalancer {
			continue
		}
		looked++
		for _, route := range table.peeringRoutes() {
			findings = append(findings, Finding{label(table.RouteTableId, table.Tags), route.String(), "no peering route"})
		}
	}
	return looked, findings
}

func (t RouteTable) peeringRoutes() []Route {
	var found []Route
	for _, route := range t.Routes {
		if route.VpcPeeringConnectionId != "" {
			found = append(found, route)
		}
	}
	return found
}

// count words how many there are.
func count(found []Peering) string {
	ids := make([]string, len(found))
	for i, p := range found {
		ids[i] = p.VpcPeeringConnectionId + " " + p.Status.Code
	}
	return orNothing(strings.Join(ids, ", "))
}
