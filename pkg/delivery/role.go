package delivery

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
)

// role makes a role, its boundary and its policies.
func (b builder) role(role permissions.Role) (*iam.Role, error) {
	boundary, err := b.policy(permissions.BoundaryName(role.Name), "What "+role.Name+" may do at most", role.Boundary)
	if err != nil {
		return nil, err
	}
	made, err := iam.NewRole(b.ctx, b.logical(role.Name), &iam.RoleArgs{
		Name:                pulumi.String(role.Name),
		Description:         pulumi.String("GitHub: " + role.Purpose),
		AssumeRolePolicy:    pulumi.String(trust.Document(b.args.Place, b.args.Repository, role.Name)),
		PermissionsBoundary: boundary.Arn,
		MaxSessionDuration:  pulumi.Int(sessionSeconds),
		Tags:                pulumi.StringMap{"Name": pulumi.String(role.Name)},
	}, pulumi.Parent(b.delivery), pulumi.DependsOn([]pulumi.Resource{b.delivery.Provider}))
	if err != nil {
		return nil, err
	}
	for _, document := range role.Policies {
		name := document.FullName(role.Name)
		allowed, err := b.policy(name, "What "+role.Name+" may do", document.Statements)
		if err != nil {
			return nil, err
		}
		if _, err := iam.NewRolePolicyAttachment(b.ctx, b.logical(name), &iam.RolePolicyAttachmentArgs{
			Role: made.Name, PolicyArn: allowed.Arn,
		}, pulumi.Parent(b.delivery)); err != nil {
			return nil, err
		}
	}
	return made, nil
}
