package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// amazonTime is the address of the Amazon Time Sync Service inside every VPC.
const amazonTime = "169.254.169.123"

// dns makes the private zone <environment>.<domain> and makes it the search
// domain of every instance.
func (b *builder) dns() error {
	domain := b.args.Environment + "." + b.args.Config.Domain
	options, err := ec2.NewVpcDhcpOptions(b.ctx, b.name, &ec2.VpcDhcpOptionsArgs{
		DomainName:        pulumi.String(domain),
		DomainNameServers: pulumi.ToStringArray([]string{"AmazonProvidedDNS"}),
		NtpServers:        pulumi.ToStringArray([]string{amazonTime}),
		Tags:              b.tags(""),
	}, b.parent()...)
	if err != nil {
		return err
	}
	if _, err := ec2.NewVpcDhcpOptionsAssociation(b.ctx, b.name, &ec2.VpcDhcpOptionsAssociationArgs{
		VpcId:         b.net.VPC.ID(),
		DhcpOptionsId: options.ID(),
	}, b.parent()...); err != nil {
		return err
	}
	b.net.PrivateZone, err = route53.NewZone(b.ctx, b.name, &route53.ZoneArgs{
		Name:    pulumi.String(domain),
		Comment: pulumi.String("Private zone of " + b.args.Environment),
		Vpcs: route53.ZoneVpcArray{route53.ZoneVpcArgs{
			VpcId:     b.net.VPC.ID(),
			VpcRegion: pulumi.String(b.args.Region),
		}},
		Tags: b.tags(""),
		// The peering stack associates the peers' VPCs with the zone.
	}, b.parent(pulumi.IgnoreChanges([]string{"vpcs"}))...)
	return err
}
