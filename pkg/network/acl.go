package network

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// networkACLs puts each tier behind a network ACL of its own: the second wall,
// which holds when a security group is opened by mistake.
func (b *builder) networkACLs() error {
	rules := aclRules(b.args)
	for _, tier := range Tiers {
		acl, err := ec2.NewNetworkAcl(b.ctx, b.child(string(tier)), &ec2.NetworkAclArgs{
			VpcId: b.net.VPC.ID(),
			Tags:  b.tags(string(tier), "Tier", string(tier)),
			// Its entries and subnets are resources of their own, so that a zone stays apart from the others.
		}, b.parent(pulumi.IgnoreChanges([]string{"subnetIds", "ingress", "egress"}))...)
		if err != nil {
			return err
		}
		for _, rule := range rules[tier] {
			if err := b.aclRule(acl, tier, rule); err != nil {
				return err
			}
		}
		for _, zone := range b.args.Config.ZoneNames() {
			association, err := ec2.NewNetworkAclAssociation(b.ctx, b.child(string(tier)+"-"+zone), &ec2.NetworkAclAssociationArgs{
				NetworkAclId: acl.ID(),
				SubnetId:     b.net.Subnets[tier][zone].ID(),
			}, b.parent()...)
			if err != nil {
				return err
			}
			b.associations = append(b.associations, association)
			b.net.Ready = append(b.net.Ready, association)
		}
	}
	return nil
}

func (b *builder) aclRule(acl *ec2.NetworkAcl, tier Tier, rule aclRule) error {
	args := &ec2.NetworkAclRuleArgs{
		NetworkAclId: acl.ID(),
		Egress:       pulumi.Bool(rule.egress),
		RuleNumber:   pulumi.Int(rule.number),
		RuleAction:   pulumi.String(rule.action()),
		Protocol:     pulumi.String(rule.protocol),
		CidrBlock:    pulumi.String(rule.cidr),
	}
	switch rule.protocol {
	case icmp:
		args.IcmpType, args.IcmpCode = pulumi.Int(rule.from), pulumi.Int(rule.to)
	case tcp:
		args.FromPort, args.ToPort = pulumi.Int(rule.from), pulumi.Int(rule.to)
	}
	// A changed entry is a new one with the same number, and AWS takes a number once.
	entry, err := ec2.NewNetworkAclRule(b.ctx, b.child(string(tier)+"-"+rule.direction()+"-"+rule.name), args,
		b.parent(pulumi.DeleteBeforeReplace(true))...)
	b.net.Ready = append(b.net.Ready, entry)
	return err
}
