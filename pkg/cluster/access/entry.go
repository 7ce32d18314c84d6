package access

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
)

// entry lets EKS know a role. Without a user name of its own the audit log has the
// session's name, and so who it was.
func (a *Access) entry(ctx *pulumi.Context, name string, args Args, mapping table.Mapping, role pulumi.StringInput) error {
	entry, err := eks.NewAccessEntry(ctx, name+"-entry", &eks.AccessEntryArgs{
		ClusterName:      args.ClusterName,
		PrincipalArn:     role,
		Type:             pulumi.String("STANDARD"),
		KubernetesGroups: pulumi.ToStringArray(mapping.Groups),
		Tags:             pulumi.StringMap{"Name": pulumi.String(args.Environment + "-eks-" + mapping.Name)},
	}, pulumi.Parent(a))
	if err != nil || mapping.Policy == "" {
		return err
	}
	_, err = eks.NewAccessPolicyAssociation(ctx, name+"-admin", &eks.AccessPolicyAssociationArgs{
		ClusterName:  args.ClusterName,
		PrincipalArn: entry.PrincipalArn,
		PolicyArn:    pulumi.String("arn:" + args.Partition + ":eks::aws:cluster-access-policy/" + mapping.Policy),
		AccessScope:  eks.AccessPolicyAssociationAccessScopeArgs{Type: pulumi.String("cluster")},
	}, pulumi.Parent(a))
	return err
}
