package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// natGateways makes a NAT gateway in each zone, or the single one in its pinned
// zone, and the default routes of the app tables. With one a zone, a zone that
// fails takes no other's way out with it.
func (b *builder) natGateways() error {
	gateways := map[string]*ec2.NatGateway{}
	b.net.NATGateways = gateways
	for _, zone := range b.natZones() {
		gateway, err := b.natGateway(zone)
		if err != nil {
			return err
		}
		gateways[zone] = gateway
	}
	for _, zone := range b.args.Config.ZoneNames() {
		gateway, own := gateways[zone]
		if !own {
			gateway = gateways[b.args.Config.NATGatewayZone]
		}
		route, err := ec2.NewRoute(b.ctx, b.child("app-"+zone+"-default"), &ec2.RouteArgs{
			RouteTableId:         b.net.AppRouteTables[zone].ID(),
			DestinationCidrBlock: pulumi.String(anywhere),
			NatGatewayId:         gateway.ID(),
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.net.Ready = append(b.net.Ready, route)
	}
	return nil
}

func (b *builder) natZones() []string {
	if b.args.Config.NATGateways == config.NATSingle {
		return []string{b.args.Config.NATGatewayZone}
	}
	return b.args.Config.ZoneNames()
}

func (b *builder) natGateway(zone string) (*ec2.NatGateway, error) {
	suffix := "nat-" + zone
	address, err := ec2.NewEip(b.ctx, b.child(suffix), &ec2.EipArgs{
		Domain: pulumi.String("vpc"),
		Tags:   b.tags(suffix, "Zone", zone),
	}, b.parent()...)
	if err != nil {
		return nil, err
	}
	return ec2.NewNatGateway(b.ctx, b.child(suffix), &ec2.NatGatewayArgs{
		SubnetId:     b.net.Subnets[Public][zone].ID(),
		AllocationId: address.AllocationId,
		Tags:         b.tags(suffix, "Zone", zone),
		// A new gateway cannot have the address while the old one holds it.
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{b.net.InternetGateway}), pulumi.DeleteBeforeReplace(true))...)
}
