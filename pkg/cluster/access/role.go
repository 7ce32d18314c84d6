package access

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/policy"
)

// role makes a role that nobody but the mapping's principals may assume.
func (a *Access) role(ctx *pulumi.Context, name string, args Args, mapping table.Mapping) (*iam.Role, error) {
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:               pulumi.String(mapping.RoleName),
		Description:        pulumi.String("Kubernetes of " + args.Environment + ": " + mapping.Purpose),
		AssumeRolePolicy:   pulumi.String(trust(mapping)),
		MaxSessionDuration: pulumi.Int(mapping.SessionSeconds),
		Tags:               pulumi.StringMap{"Name": pulumi.String(mapping.RoleName)},
	}, pulumi.Parent(a))
	if err != nil {
		return nil, err
	}
	_, err = iam.NewRolePolicy(ctx, name+"-describe", &iam.RolePolicyArgs{
		Role: role.Name,
		Policy: pulumi.String(policy.Document(policy.Statement{
			Sid: "FindTheCluster", Effect: policy.Allow, Action: []string{"eks:DescribeCluster"}, Resource: []string{args.ClusterARN},
		})),
	}, pulumi.Parent(a))
	return role, err
}

// trust is the trust policy of a role. People must have shown a second factor: to IAM
// itself, or to IAM Identity Center, whose sessions IAM cannot ask. Pipelines have none.
func trust(mapping table.Mapping) string {
	var federated, others []string
	for _, arn := range mapping.AssumedBy {
		if mapping.People && !table.ByIdentityCenter(arn) {
			others = append(others, arn)
		} else {
			federated = append(federated, arn)
		}
	}
	var statements []policy.Statement
	if len(federated) > 0 {
		statements = append(statements, assume(federated, nil))
	}
	if len(others) > 0 {
		statements = append(statements, assume(others, policy.Condition{"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
	}
	return policy.Document(statements...)
}

func assume(principals []string, condition policy.Condition) policy.Statement {
	return policy.Statement{
		Effect: policy.Allow, Principal: map[string][]string{"AWS": slices.Sorted(slices.Values(principals))},
		Action: []string{"sts:AssumeRole"}, Condition: condition,
	}
}
