package addons

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/podidentity"
	"aws-platform/pkg/policy"
)

// loadBalancer is the AWS Load Balancer Controller: its service account, and the end of
// its role's name.
const loadBalancer = "aws-load-balancer-controller"

// loadBalancerController makes the identity of the controller, which Helm installs.
func (b *builder) loadBalancerController() (err error) {
	args := b.identityArgs(loadBalancer, kubeSystem, loadBalancer)
	args.Policy = targetGroupBindings(b.args)
	b.addOns.LoadBalancerController, err = podidentity.New(b.ctx, b.child(loadBalancer), args, b.parent()...)
	return err
}

// targetGroupBindings is what the controller needs to keep pods in the program's target
// groups. Its published policy (docs/install/iam_policy.json) has besides what makes and
// changes load balancers, listeners, rules, target groups, security groups, web ACLs,
// Shield protections and service-linked roles, and reads certificates and user pools:
// all that belongs to the program, or to nobody.
func targetGroupBindings(args Args) pulumi.StringInput {
	arn := "arn:" + args.Partition + ":elasticloadbalancing:" + args.Region + ":" + args.AccountID + ":targetgroup/" + args.Environment + "-*/*"
	return pulumi.String(policy.Document(
		policy.Statement{
			Sid: "Looks", Effect: policy.Allow,
			Action: []string{
				"ec2:DescribeAvailabilityZones", "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces",
				"ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
				"elasticloadbalancing:DescribeTags", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
			},
			Resource:  []string{"*"}, // these actions know no resources
			Condition: policy.Condition{"StringEquals": {"aws:RequestedRegion": args.Region}},
		},
		policy.Statement{
			Sid: "RegistersPods", Effect: policy.Allow,
			Action: []string{"elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets"},
			// Applications come and go, and AWS ends the ARN with an ID of its own. "production-*"
			// is "production-pci-*" too, which the tag (a default one of the provider) tells apart.
			Resource:  []string{arn},
			Condition: policy.Condition{"StringEquals": {"aws:ResourceTag/Environment": args.Environment}},
		},
	))
}
