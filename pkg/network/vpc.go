package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func (b *builder) vpc() (err error) {
	b.net.VPC, err = ec2.NewVpc(b.ctx, b.name, &ec2.VpcArgs{
		CidrBlock:          pulumi.String(b.args.Config.CIDR.String()),
		EnableDnsSupport:   pulumi.Bool(true),
		EnableDnsHostnames: pulumi.Bool(true), // private DNS of the endpoints needs both
		Tags:               b.tags(""),
	}, b.parent()...)
	return err
}

// adoptDefaults takes over what AWS creates with every VPC and leaves it without
// a route, a rule or an entry (CIS AWS Foundations Benchmark 5.4: the default
// security group restricts all traffic). The lists are empty and not left out:
// what is left out, the provider takes as it finds it, rules made by hand included.
func (b *builder) adoptDefaults() error {
	if _, err := ec2.NewDefaultRouteTable(b.ctx, b.child("main"), &ec2.DefaultRouteTableArgs{
		DefaultRouteTableId: b.net.VPC.MainRouteTableId,
		Routes:              ec2.DefaultRouteTableRouteArray{},
		Tags:                b.tags("main", "Tier", "main"),
	}, b.parent()...); err != nil {
		return err
	}
	_, err := ec2.NewDefaultSecurityGroup(b.ctx, b.child("default"), &ec2.DefaultSecurityGroupArgs{
		VpcId:   b.net.VPC.ID(),
		Ingress: ec2.DefaultSecurityGroupIngressArray{},
		Egress:  ec2.DefaultSecurityGroupEgressArray{},
		Tags:    b.tags("default"),
	}, b.parent()...)
	return err
}

// adoptDefaultACL comes when every subnet has its own ACL: each belongs to the
// default one for the moment before, and would be recorded there.
func (b *builder) adoptDefaultACL() error {
	_, err := ec2.NewDefaultNetworkAcl(b.ctx, b.child("default"), &ec2.DefaultNetworkAclArgs{
		DefaultNetworkAclId: b.net.VPC.DefaultNetworkAclId,
		Ingress:             ec2.DefaultNetworkAclIngressArray{},
		Egress:              ec2.DefaultNetworkAclEgressArray{},
		Tags:                b.tags("default"),
	}, b.parent(pulumi.DependsOn(b.associations), pulumi.IgnoreChanges([]string{"subnetIds"}))...)
	return err
}

func (b *builder) internetGateway() error {
	gateway, err := ec2.NewInternetGateway(b.ctx, b.name, &ec2.InternetGatewayArgs{
		VpcId: b.net.VPC.ID(),
		Tags:  b.tags(""),
	}, b.parent()...)
	b.net.InternetGateway = gateway
	return err
}
