// Package routing reads the route tables out of resource graphs: for each table
// where packets go, and by which resource. It is pure: graphs in, tables out.
package routing

import (
	"cmp"
	"slices"
	"strings"

	"aws-platform/pkg/graph"
)

// Table is one route table of a VPC, as AWS would have it.
type Table struct {
	// Environment is the stack that owns the VPC.
	Environment string
	ID, Name    string
	// Tier and Zone are the table's tags; the VPC's main table has the tier "main".
	Tier, Zone string
	// Subnets are the names of the subnets that use the table, sorted.
	Subnets []string
	// Routes are sorted by destination.
	Routes []Route
}

// Kind is what a route leads to.
type Kind string

// The kinds of targets that the estate has. Others have the name of their
// property, such as "transitGatewayId".
const (
	Local           Kind = "local"
	InternetGateway Kind = "internet gateway"
	NATGateway      Kind = "NAT gateway"
	Peering         Kind = "VPC peering"
	Endpoint        Kind = "gateway endpoint"
)

// Route is one line of a table.
type Route struct {
	// Destination is a CIDR, or the name of an AWS service whose prefix list it is.
	Destination string
	Kind        Kind
	// Target is the logical name of what the route leads to, its ID where no graph
	// has it; "local" for Local.
	Target string
}

// Default tells whether the route takes everything that no other takes.
func (r Route) Default() bool { return r.Destination == "0.0.0.0/0" || r.Destination == "::/0" }

// Tables returns the route tables of all VPCs in the graphs, sorted by
// environment and name. Routes may stand in another graph than their table, as
// those of the peering stack do. A route without a destination or a target that
// this package knows is an error: what cannot be read must not pass as absent.
func Tables(graphs ...*graph.Graph) ([]Table, error) {
	index := newIndex(graphs)
	var tables []Table
	for _, g := range graphs {
		for _, r := range slices.Concat(g.OfType(routeTable), g.OfType(defaultRouteTable)) {
			table, err := index.table(g, r)
			if err != nil {
				return nil, err
			}
			tables = append(tables, table)
		}
	}
	slices.SortFunc(tables, func(a, b Table) int {
		return cmp.Or(cmp.Compare(a.Environment, b.Environment), cmp.Compare(a.Name, b.Name))
	})
	return tables, nil
}

const (
	routeTable        = "aws:ec2/routeTable:RouteTable"
	defaultRouteTable = "aws:ec2/defaultRouteTable:DefaultRouteTable"
)

// index finds resources by type and ID over all graphs, and what refers to a table.
type index struct {
	names    map[string]string // type + ID -> name
	cidrs    map[string]string // VPC ID -> CIDR
	services map[string]string // endpoint ID -> service
	routes   map[string][]graph.Resource
	gateways map[string][]graph.Resource // endpoint associations by table
	subnets  map[string][]string
}

func newIndex(graphs []*graph.Graph) *index {
	x := &index{map[string]string{}, map[string]string{}, map[string]string{}, map[string][]graph.Resource{}, map[string][]graph.Resource{}, map[string][]string{}}
	for _, g := range graphs {
		for _, r := range g.Resources {
			x.names[r.Type+r.ID] = r.Name
			table := r.String("routeTableId")
			switch r.Type {
			case "aws:ec2/vpc:Vpc":
				x.cidrs[r.ID] = r.String("cidrBlock")
			case "aws:ec2/vpcEndpoint:VpcEndpoint":
				service := r.String("serviceName")
				x.services[r.ID] = service[strings.LastIndex(service, ".")+1:]
			case "aws:ec2/route:Route":
				x.routes[table] = append(x.routes[table], r)
			case "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation":
				x.gateways[table] = append(x.gateways[table], r)
			}
		}
	}
	for _, g := range graphs {
		for _, r := range g.OfType("aws:ec2/routeTableAssociation:RouteTableAssociation") {
			table := r.String("routeTableId")
			x.subnets[table] = append(x.subnets[table], x.names["aws:ec2/subnet:Subnet"+r.String("subnetId")])
		}
	}
	return x
}

func (x *index) table(g *graph.Graph, r graph.Resource) (Table, error) {
	table := Table{
		Environment: g.Stack, ID: r.ID, Name: r.Name, Tier: r.String("tags.Tier"), Zone: r.String("tags.Zone"),
		Subnets: slices.Sorted(slices.Values(x.subnets[r.ID])),
		Routes:  []Route{{Destination: x.cidrs[x.vpcOf(g, r)], Kind: Local, Target: "local"}},
	}
	lines := slices.Clone(x.routes[r.ID])
	inline, _ := r.Inputs["routes"].([]any)
	for _, line := range inline {
		properties, _ := line.(map[string]any)
		lines = append(lines, graph.Resource{URN: r.URN, Inputs: properties})
	}
	for _, line := range lines {
		route, err := x.route(line)
		if err != nil {
			return Table{}, err
		}
		table.Routes = append(table.Routes, route)
	}
	for _, association := range x.gateways[r.ID] {
		id := association.String("vpcEndpointId")
		table.Routes = append(table.Routes, Route{
			Destination: x.services[id], Kind: Endpoint, Target: x.names["aws:ec2/vpcEndpoint:VpcEndpoint"+id],
		})
	}
	slices.SortFunc(table.Routes, func(a, b Route) int {
		return cmp.Or(cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.Target, b.Target))
	})
	return table, nil
}

// vpcOf finds the VPC of a table; an adopted main table does not say it.
func (x *index) vpcOf(g *graph.Graph, r graph.Resource) string {
	if vpc := r.String("vpcId"); vpc != "" {
		return vpc
	}
	for _, vpc := range g.OfType("aws:ec2/vpc:Vpc") {
		if vpc.Outputs["mainRouteTableId"] == r.ID {
			return vpc.ID
		}
	}
	return ""
}
