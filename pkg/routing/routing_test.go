package routing_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/routing"
)

func resource(typ, name, id string, inputs map[string]any) graph.Resource {
	return graph.Resource{URN: "urn:pulumi:s::p::" + typ + "::" + name, Type: typ, Name: name, ID: id, Inputs: inputs}
}

const (
	vpc   = "aws:ec2/vpc:Vpc"
	table = "aws:ec2/routeTable:RouteTable"
	route = "aws:ec2/route:Route"
)

// estate is a VPC with one table and the resources given.
func estate(t *testing.T, inline []any, more ...graph.Resource) *graph.Graph {
	t.Helper()
	g, err := graph.New("p", "s", nil, append(more,
		resource(vpc, "v", "vpc-1", map[string]any{"cidrBlock": "10.0.0.0/16"}),
		resource(table, "data", "rtb-1", map[string]any{"vpcId": "vpc-1", "tags": map[string]any{"Tier": "data"}, "routes": inline}),
	))
	require.NoError(t, err)
	return g
}

func TestEveryKindOfRouteIsSeen(t *testing.T) {
	of := func(properties map[string]any) map[string]any {
		properties["routeTableId"] = "rtb-1"
		return properties
	}
	tables, err := routing.Tables(estate(t,
		[]any{map[string]any{"cidrBlock": "0.0.0.0/0", "vpcPeeringConnectionId": "pcx-1"}},
		resource("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peer", "pcx-1", nil),
		resource(route, "six", "r-1", of(map[string]any{"destinationIpv6CidrBlock": "::/0", "egressOnlyGatewayId": "eigw-1"})),
		resource(route, "list", "r-2", of(map[string]any{"destinationPrefixListId": "pl-1", "transitGatewayId": "tgw-1"})),
		resource(route, "elsewhere", "r-3", map[string]any{"routeTableId": "rtb-2", "destinationCidrBlock": "10.9.0.0/16", "natGatewayId": "nat-1"}),
	))
	require.NoError(t, err)
	require.Len(t, tables, 1)
	assert.Equal(t, []routing.Route{
		{Destination: "0.0.0.0/0", Kind: routing.Peering, Target: "peer"},
		{Destination: "10.0.0.0/16", Kind: routing.Local, Target: "local"},
		{Destination: "::/0", Kind: "egressOnlyGatewayId", Target: "eigw-1"},
		{Destination: "pl-1", Kind: "transitGatewayId", Target: "tgw-1"},
	}, tables[0].Routes)
	assert.True(t, tables[0].Routes[0].Default())
	assert.False(t, tables[0].Routes[1].Default())
	assert.True(t, tables[0].Routes[2].Default())
}

func TestARouteThatCannotBeReadIsAnError(t *testing.T) {
	for name, properties := range map[string]map[string]any{
		"no destination": {"routeTableId": "rtb-1", "natGatewayId": "nat-1"},
		"no target":      {"routeTableId": "rtb-1", "destinationCidrBlock": "0.0.0.0/0", "somethingNewId": "x-1"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := routing.Tables(estate(t, nil, resource(route, "odd", "r-1", properties)))
			assert.ErrorContains(t, err, "urn:pulumi:s::p::aws:ec2/route:Route::odd")
		})
	}
	_, err := routing.Tables(estate(t, []any{map[string]any{"cidrBlock": "0.0.0.0/0"}}))
	assert.ErrorContains(t, err, "::data", "inline routes are read as strictly")
}
