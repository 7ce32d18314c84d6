package controlplane

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// serviceRole makes the role that EKS assumes, for this cluster and no other (Amazon
// EKS User Guide, "Cross-service confused deputy prevention in Amazon EKS").
func (p *ControlPlane) serviceRole(ctx *pulumi.Context, name string, args Args) (err error) {
	cluster := "arn:" + args.Partition + ":eks:" + args.Region + ":" + args.AccountID + ":cluster/" + ClusterName(args.Environment)
	p.role, err = iam.NewRole(ctx, name+"-eks-service", &iam.RoleArgs{
		Description: pulumi.String("EKS, for the control plane of " + args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect: policy.Allow, Principal: map[string]string{"Service": "eks.amazonaws.com"}, Action: []string{"sts:AssumeRole"},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": args.AccountID},
				"ArnEquals":    {"aws:SourceArn": cluster},
			},
		})),
		Tags: pulumi.StringMap{"Name": pulumi.String(args.Environment + "-eks-service")},
	}, pulumi.Parent(p))
	if err != nil {
		return err
	}
	p.granted, err = iam.NewRolePolicyAttachment(ctx, name+"-eks-service-policy", &iam.RolePolicyAttachmentArgs{
		Role: p.role.Name, PolicyArn: pulumi.String("arn:" + args.Partition + ":iam::aws:policy/AmazonEKSClusterPolicy"),
	}, pulumi.Parent(p))
	return err
}
