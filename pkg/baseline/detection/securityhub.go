package detection

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/securityhub"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// standard is a standard of Security Hub: what a child's name says, and what its ARN ends with.
type standard struct{ name, path string }

// standards are the newest of each that Security Hub CSPM has (AWS Security Hub User Guide,
// "Standards reference").
func standards(pci bool) []standard {
	list := []standard{
		{"fsbp", "aws-foundational-security-best-practices/v/1.0.0"},
		{"cis", "cis-aws-foundations-benchmark/v/5.0.0"},
	}
	if pci {
		list = append(list, standard{"pci", "pci-dss/v/4.0.1"})
	}
	return list
}

// securityHub makes the hub and subscribes it to the standards: those that AWS turns on by
// default have an old CIS. A control that several standards share is found once. New
// controls of a standard are on by themselves.
func (b builder) securityHub() error {
	hub, err := securityhub.NewAccount(b.ctx, b.name+"-security-hub", &securityhub.AccountArgs{
		EnableDefaultStandards:  pulumi.Bool(false),
		ControlFindingGenerator: pulumi.String("SECURITY_CONTROL"),
		AutoEnableControls:      pulumi.Bool(true),
	}, b.child()...)
	if err != nil {
		return err
	}
	for _, of := range standards(b.args.PCI) {
		arn := fmt.Sprintf("arn:%s:securityhub:%s::standards/%s", b.args.Partition, b.args.Region, of.path)
		if _, err := securityhub.NewStandardsSubscription(b.ctx, b.name+"-security-hub-"+of.name, &securityhub.StandardsSubscriptionArgs{
			StandardsArn: pulumi.String(arn),
		}, b.child(pulumi.DependsOn([]pulumi.Resource{hub}))...); err != nil {
			return err
		}
	}
	return nil
}
