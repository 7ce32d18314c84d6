package routing

import (
	"cmp"
	"fmt"

	"aws-platform/pkg/graph"
)

// destinations are the properties that say where packets go: those of a route
// resource, and those of a table's inline routes.
var destinations = []string{
	"destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "cidrBlock", "ipv6CidrBlock",
}

// targets are the properties that say by what (Terraform AWS provider 5.100,
// aws_route and aws_route_table), with the type and the kind of those in use.
var targets = []struct {
	property, typ string
	kind          Kind
}{
	{"gatewayId", "aws:ec2/internetGateway:InternetGateway", InternetGateway},
	{"natGatewayId", "aws:ec2/natGateway:NatGateway", NATGateway},
	{"vpcPeeringConnectionId", "aws:ec2/vpcPeeringConnection:VpcPeeringConnection", Peering},
	{property: "vpcEndpointId"}, {property: "transitGatewayId"}, {property: "egressOnlyGatewayId"}, {property: "networkInterfaceId"},
	{property: "carrierGatewayId"}, {property: "localGatewayId"}, {property: "coreNetworkArn"},
}

// route reads one route.
func (x *index) route(r graph.Resource) (Route, error) {
	var route Route
	for _, property := range destinations {
		route.Destination = cmp.Or(route.Destination, r.String(property))
	}
	for _, target := range targets {
		if id := r.String(target.property); id != "" && route.Target == "" {
			route.Kind = cmp.Or(target.kind, Kind(target.property))
			route.Target = cmp.Or(x.names[target.typ+id], id)
		}
	}
	if route.Destination == "" || route.Target == "" {
		return Route{}, fmt.Errorf("%s: a route to %q by %q: no destination or no target that pkg/routing knows: %v",
			r.URN, route.Destination, route.Target, r.Inputs)
	}
	return route, nil
}
