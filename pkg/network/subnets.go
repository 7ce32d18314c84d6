package network

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// subnets makes the subnet of each tier in each zone. None gives its instances
// public addresses: load balancers and NAT gateways bring their own.
func (b *builder) subnets() error {
	b.net.Subnets = map[Tier]map[string]*ec2.Subnet{}
	for _, tier := range Tiers {
		b.net.Subnets[tier] = map[string]*ec2.Subnet{}
		for _, zone := range b.args.Config.ZoneNames() {
			suffix := string(tier) + "-" + zone
			subnet, err := ec2.NewSubnet(b.ctx, b.child(suffix), &ec2.SubnetArgs{
				VpcId:               b.net.VPC.ID(),
				AvailabilityZone:    pulumi.String(zone),
				CidrBlock:           pulumi.String(tier.cidr(b.args.Config.Zones[zone]).String()),
				MapPublicIpOnLaunch: pulumi.Bool(false),
				Tags:                b.tags(suffix, "Tier", string(tier), "Zone", zone),
			}, b.parent()...)
			if err != nil {
				return err
			}
			b.net.Subnets[tier][zone] = subnet
		}
	}
	return nil
}

// SubnetIDs are the subnets of a tier in the order of their zones.
func (n *Network) SubnetIDs(tier Tier) pulumi.StringArray {
	var ids pulumi.StringArray
	for _, zone := range slices.Sorted(maps.Keys(n.Subnets[tier])) {
		ids = append(ids, n.Subnets[tier][zone].ID())
	}
	return ids
}
