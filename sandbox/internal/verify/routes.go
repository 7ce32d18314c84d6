package verify

import (
	"cmp"
	"fmt"
	"slices"
)

const anywhere = "0.0.0.0/0"

// subnetTables holds every subnet against the table it really uses: the tags
// of a table say nothing about who is associated with it.
func subnetTables(n Network) (int, []Finding) {
	var findings []Finding
	for _, subnet := range n.Subnets {
		tier, zone := tag(subnet.Tags, "Tier"), subnet.AvailabilityZone
		table, found := n.tableOf(subnet)
		fits := found && table.tier() == tier && (perTier(tier) || tag(table.Tags, "Zone") == zone)
		if fits {
			continue
		}
		used := "the main table"
		if found {
			used = label(table.RouteTableId, table.Tags)
		}
		findings = append(findings, Finding{label(subnet.SubnetId, subnet.Tags), used, wantedTable(tier, zone)})
	}
	return len(n.Subnets), findings
}

// perTier reports whether a tier has one table for all its zones.
func perTier(tier string) bool { return tier == loadBalancer || tier == data }

func wantedTable(tier, zone string) string {
	if perTier(tier) {
		return fmt.Sprintf("the %s table", tier)
	}
	return fmt.Sprintf("the %s table of %s", tier, zone)
}

// tableOf returns the table that is associated with the subnet.
func (n Network) tableOf(subnet Subnet) (RouteTable, bool) {
	for _, table := range n.RouteTables {
		for _, association := range table.Associations {
			if association.SubnetId == subnet.SubnetId {
				return table, true
			}
		}
	}
	return RouteTable{}, false
}

// noDefaultRoute: what lives in the data and loadbalancer tiers never starts a
// connection to the outside.
func noDefaultRoute(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for _, tier := range []string{data, loadBalancer} {
		for _, table := range n.tables(tier) {
			looked++
			for _, route := range table.Routes {
				if route.isDefault() {
					findings = append(findings, Finding{label(table.RouteTableId, table.Tags), route.String(), "no default route"})
				}
			}
		}
	}
	return looked, findings
}

// ownNAT: a zone that fails must take no other zone's way out with it.
func ownNAT(n Network) (int, []Finding) {
	var findings []Finding
	tables := n.tables(app)
	for _, table := range tables {
		zone := cmp.Or(plans[n.Environment].singleNAT, tag(table.Tags, "Zone"))
		wanted := "a default route by an available NAT gateway in " + zone
		if found, ok := n.wayOut(table, zone); !ok {
			findings = append(findings, Finding{label(table.RouteTableId, table.Tags), found, wanted})
		}
	}
	return len(tables), findings
}

// wayOut says how a table leaves the VPC, and whether that is by an available
// NAT gateway in the zone.
func (n Network) wayOut(table RouteTable, zone string) (string, bool) {
	at := slices.IndexFunc(table.Routes, func(r Route) bool { return r.DestinationCidrBlock == anywhere })
	if at < 0 {
		return "no default route", false
	}
	route := table.Routes[at]
	for _, gateway := range n.NATGateways {
		if gateway.NatGatewayId != route.NatGatewayId {
			continue
		}
		in := n.zoneOf(gateway.SubnetId)
		return fmt.Sprintf("%s, which is %s in %s", route, gateway.State, orNothing(in)), gateway.State == "available" && in == zone
	}
	return route.String(), false
}

// zoneOf returns the zone of a public subnet: only there a NAT gateway works.
func (n Network) zoneOf(subnetID string) string {
	for _, subnet := range n.Subnets {
		if subnet.SubnetId == subnetID && tag(subnet.Tags, "Tier") == public {
			return subnet.AvailabilityZone
		}
	}
	return ""
}

// emptyMainTable: a subnet that somebody forgot to associate goes nowhere.
func emptyMainTable(n Network) (int, []Finding) {
	var findings []Finding
	tables := n.tables(mainTable)
	for _, table := range tables {
		for _, route := range table.Routes {
			if route.GatewayId != "local" {
				findings = append(findings, Finding{label(table.RouteTableId, table.Tags), route.String(), "the local route only"})
			}
		}
		for _, association := range table.Associations {
			if association.SubnetId != "" {
				findings = append(findings, Finding{label(table.RouteTableId, table.Tags), "subnet " + association.SubnetId, "no subnet"})
			}
		}
	}
	return len(tables), findings
}

func (r Route) isDefault() bool {
	return r.DestinationCidrBlock == anywhere || r.DestinationIpv6CidrBlock == "::/0"
}

// String words the route as destination and target.
func (r Route) String() string {
	return fmt.Sprintf("%s by %s",
		cmp.Or(r.DestinationCidrBlock, r.DestinationIpv6CidrBlock, r.DestinationPrefixListId, "?"),
		cmp.Or(r.NatGatewayId, r.VpcPeeringConnectionId, r.TransitGatewayId, r.GatewayId, r.NetworkInterfaceId, "?"))
}
