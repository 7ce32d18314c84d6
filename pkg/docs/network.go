// Package docs writes the pages under docs/ that are generated from resource
// graphs. It is pure: graphs in, Markdown out, the same text for the same graphs.
package docs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/routing"
	"aws-platform/pkg/securitygroups"
)

// Network returns docs/network.md: every route table and every security group
// rule of the environments with the peering in place, and a diagram. Its errors
// are those of routing.Tables and securitygroups.Read.
func Network(peering *graph.Graph, environments ...*graph.Graph) (string, error) {
	all := slices.Concat([]*graph.Graph{peering}, environments)
	tables, err := routing.Tables(all...)
	if err != nil {
		return "", err
	}
	groups, err := securitygroups.Read(all...)
	if err != nil {
		return "", err
	}
	var page strings.Builder
	page.WriteString(`# Network

<!-- Written by ` + "`platform docs`" + ` from the resource graph; do not edit. -->

Route tables, security groups and the way between the environments, as the program
registers them. Where there is no route, there is no way: the data and loadbalancer
tables have no default route, and only app tables lead to a peer, to its internal load
balancers. Where there is a route, a security group must let the packet out and one
must let it in: the arrows inside an environment are what both do. What a group lacks
in a direction is a row that says nothing; answers need no rule.

## Who can reach whom

`)
	page.WriteString(diagram(environments, tables, groups))
	writeRules(&page, groups)
	for _, environment := range environments {
		fmt.Fprintf(&page, "\n## %s: route tables\n", environment.Stack)
		for _, table := range tables {
			if table.Environment == environment.Stack {
				writeTable(&page, table)
			}
		}
	}
	return page.String(), nil
}

func writeTable(page *strings.Builder, table routing.Table) {
	fmt.Fprintf(page, "\n### %s\n\n", table.Name)
	if table.Tier == "main" {
		page.WriteString("The VPC's main table, adopted and emptied; no subnet uses it.\n\n")
	} else {
		fmt.Fprintf(page, "Used by %s.\n\n", strings.Join(quote(table.Subnets), ", "))
	}
	page.WriteString("| destination | target | why |\n|---|---|---|\n")
	for _, route := range table.Routes {
		fmt.Fprintf(page, "| %s | %s | %s |\n", route.Destination, target(route), why(table, route))
	}
}

func target(route routing.Route) string {
	if route.Kind == routing.Local {
		return "local"
	}
	return fmt.Sprintf("%s `%s`", route.Kind, route.Target)
}

// why says in words what a route is there for.
func why(table routing.Table, route routing.Route) string {
	switch route.Kind {
	case routing.Local:
		return "inside the VPC; AWS adds it to every table"
	case routing.InternetGateway:
		return "the internet, both ways"
	case routing.NATGateway:
		return "out to the internet, answers back; nobody comes in"
	case routing.Endpoint:
		if table.Tier == "data" {
			return "none today: the network ACL of the data tier lets nothing out but answers to the app tier"
		}
		return "without the internet, for this account's resources"
	case routing.Peering:
		if table.Tier == "loadbalancer" {
			return "answers of the internal load balancers to the peer's app tier"
		}
		return "the peer's internal load balancers"
	default:
		return "unknown: say it in pkg/docs"
	}
}

func quote(names []string) []string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = "`" + name + "`"
	}
	return quoted
}

// arrow is an edge of the diagram, merged over the zones of a tier.
type arrow struct{ from, to, label string }

// The boxes outside every VPC: everybody, and the ranges that are named.
const (
	internet = "internet"
	named    = "ranges"
)

// diagram draws a Mermaid flowchart: a box a tier, and an arrow where a route
// leads out of a VPC or the security groups leave a way open.
func diagram(environments []*graph.Graph, tables []routing.Table, groups []securitygroups.Group) string {
	ways := slices.Concat(arrows(environments, tables), groupArrows(groups))
	slices.SortFunc(ways, func(a, b arrow) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.label, b.label))
	})
	var text strings.Builder
	text.WriteString("```mermaid\nflowchart LR\n  internet((internet))\n")
	if slices.ContainsFunc(ways, func(a arrow) bool { return a.from == named }) {
		text.WriteString("  ranges((\"named ranges\"))\n")
	}
	for _, environment := range environments {
		fmt.Fprintf(&text, "  subgraph %s[\"%s %s\"]\n", node(environment.Stack), environment.Stack, environment.Outputs["vpcCidr"])
		for _, tier := range tiersOf(tables, environment.Stack) {
			fmt.Fprintf(&text, "    %s[\"%s\"]\n", node(environment.Stack, tier), tier)
		}
		text.WriteString("  end\n")
	}
	for _, a := range slices.Compact(ways) {
		fmt.Fprintf(&text, "  %s -->|%s| %s\n", a.from, a.label, a.to)
	}
	text.WriteString("```\n")
	return text.String()
}

func tiersOf(tables []routing.Table, environment string) []string {
	var tiers []string
	for _, table := range tables {
		if table.Environment == environment && table.Tier != "main" && !slices.Contains(tiers, table.Tier) {
			tiers = append(tiers, table.Tier)
		}
	}
	return tiers
}

// arrows are the routes by which somebody starts something out of a VPC.
func arrows(environments []*graph.Graph, tables []routing.Table) []arrow {
	var all []arrow
	for _, table := range tables {
		for _, route := range table.Routes {
			from := node(table.Environment, table.Tier)
			switch {
			case route.Kind == routing.NATGateway:
				all = append(all, arrow{from, internet, "by NAT gateway"})
			case route.Kind == routing.Peering && table.Tier == "app":
				all = append(all, arrow{from, node(peerOf(environments, table.Environment, route), "loadbalancer"), "443 by peering"})
			}
		}
	}
	return all
}

// peerOf finds the environment that owns the destination of a peering route:
// one of its loadbalancer subnets has it.
func peerOf(environments []*graph.Graph, self string, route routing.Route) string {
	for _, environment := range environments {
		for _, subnet := range environment.OfType("aws:ec2/subnet:Subnet") {
			if environment.Stack != self && subnet.String("cidrBlock") == route.Destination {
				return environment.Stack
			}
		}
	}
	return "unknown"
}

// node is an identifier that Mermaid takes.
func node(parts ...string) string {
	return strings.ReplaceAll(strings.Join(parts, "_"), "-", "_")
}
