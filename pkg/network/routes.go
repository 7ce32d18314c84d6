package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const anywhere = "0.0.0.0/0"

// routeTables makes one table a zone for public and app, and one each for
// loadbalancer and data, which get no default route: what lives there never
// starts a connection to the outside.
func (b *builder) routeTables() (err error) {
	if b.net.LoadBalancerRouteTable, err = b.tierTable(LoadBalancer); err != nil {
		return err
	}
	if b.net.dataRouteTable, err = b.tierTable(Data); err != nil {
		return err
	}
	if b.net.AppRouteTables, err = b.zoneTables(App); err != nil {
		return err
	}
	if b.net.publicRouteTables, err = b.zoneTables(Public); err != nil {
		return err
	}
	for _, zone := range b.args.Config.ZoneNames() {
		route, err := ec2.NewRoute(b.ctx, b.child("public-"+zone+"-default"), &ec2.RouteArgs{
			RouteTableId:         b.net.publicRouteTables[zone].ID(),
			DestinationCidrBlock: pulumi.String(anywhere),
			GatewayId:            b.net.InternetGateway.ID(),
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.net.Ready = append(b.net.Ready, route)
	}
	return nil
}

// tierTable makes the one table of a tier.
func (b *builder) tierTable(tier Tier) (*ec2.RouteTable, error) {
	table, err := b.table(string(tier), "Tier", string(tier))
	if err != nil {
		return nil, err
	}
	for _, zone := range b.args.Config.ZoneNames() {
		if err := b.associate(tier, zone, table); err != nil {
			return nil, err
		}
	}
	return table, nil
}

// zoneTables makes a table a zone.
func (b *builder) zoneTables(tier Tier) (map[string]*ec2.RouteTable, error) {
	tables := map[string]*ec2.RouteTable{}
	for _, zone := range b.args.Config.ZoneNames() {
		table, err := b.table(string(tier)+"-"+zone, "Tier", string(tier), "Zone", zone)
		if err != nil {
			return nil, err
		}
		if err := b.associate(tier, zone, table); err != nil {
			return nil, err
		}
		tables[zone] = table
	}
	return tables, nil
}

func (b *builder) table(suffix string, tags ...string) (*ec2.RouteTable, error) {
	return ec2.NewRouteTable(b.ctx, b.child(suffix), &ec2.RouteTableArgs{
		VpcId: b.net.VPC.ID(),
		Tags:  b.tags(suffix, tags...),
	}, b.parent()...)
}

func (b *builder) associate(tier Tier, zone string, table *ec2.RouteTable) error {
	association, err := ec2.NewRouteTableAssociation(b.ctx, b.child(string(tier)+"-"+zone), &ec2.RouteTableAssociationArgs{
		SubnetId:     b.net.Subnets[tier][zone].ID(),
		RouteTableId: table.ID(),
	}, b.parent()...)
	b.net.Ready = append(b.net.Ready, association)
	return err
}
