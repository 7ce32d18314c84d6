package nodes

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// node is the suffix of what all nodes share.
const node = "node"

// managed are what a node may do: join its cluster, hand pods their identities
// (eks-auth:AssumeRoleForPodIdentity), and pull images. To join, nodeadm and Bottlerocket ask
// EC2 for the instance's own name (ec2:DescribeInstances), which the smaller
// AmazonEKSWorkerNodeMinimalPolicy, of EKS Auto Mode, does not allow. What the CNI does to
// network interfaces is its own role's (package addons), and pods cannot reach this one: see hopLimit.
var managed = []string{"AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"}

// role makes the role of all nodes. EKS makes the instance profile itself.
func (b *builder) role() (err error) {
	b.nodes.Role, err = iam.NewRole(b.ctx, b.child(node), &iam.RoleArgs{
		Name:        pulumi.String(b.physical("eks-node")),
		Description: pulumi.String("Nodes of the cluster of " + b.args.Environment),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			// EC2 sends no aws:SourceAccount here: the role's own account launches the instance.
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": "ec2.amazonaws.com"},
			Action:    []string{"sts:AssumeRole"},
		})),
		Tags: pulumi.StringMap{"Name": pulumi.String(b.physical("eks-node"))},
	}, b.parent()...)
	if err != nil {
		return err
	}
	for _, name := range managed {
		attached, err := iam.NewRolePolicyAttachment(b.ctx, b.child(node+"-"+name), &iam.RolePolicyAttachmentArgs{
			Role:      b.nodes.Role.Name,
			PolicyArn: pulumi.String("arn:" + b.args.Partition + ":iam::aws:policy/" + name),
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.nodes.policies = append(b.nodes.policies, attached)
	}
	at := b.args
	sessions := append(policy.SessionManager(), policy.RecordedSessions(at.Partition, at.Region, at.AccountID)...)
	administered, err := iam.NewRolePolicy(b.ctx, b.child(node+"-session-manager"), &iam.RolePolicyArgs{
		Role: b.nodes.Role.Name, Policy: pulumi.String(policy.Document(sessions...)),
	}, b.parent()...)
	b.nodes.policies = append(b.nodes.policies, administered)
	return err
}
