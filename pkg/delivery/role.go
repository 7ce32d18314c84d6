package delivery

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
)

// The longest session that a role gives, in seconds.
const (
	// shortSession is the least that IAM takes as the longest one.
	shortSession = 3600
	// longSession is as long as the workflows let a deployment of a stack take.
	longSession = 3 * 3600
)

// sessionSeconds is the longest session of a role of a kind. Those that deploy stacks get the long
// one: Pulumi keeps its state, and the lock on it, by the credentials that it was started
// with, and renews none. If they expire in the middle, the lock stays, and what was made
// since the last checkpoint is not in the state.
//
// This is the pipeline's own session. With it the provider assumes the role once more, for
// an hour at most, whatever the role says (IAM User Guide, "Role chaining"), and again
// when that is over, for as long as the pipeline's session lasts.
func sessionSeconds(kind string) int {
	switch kind {
	case permissions.Deploy, permissions.Peering:
		return longSession
	default:
		return shortSession
	}
}

// role makes a role, its boundary and its policies.
func (b builder) role(role permissions.Role) (*iam.Role, error) {
	boundary, err := b.policy(permissions.BoundaryName(role.Name), "What "+role.Name+" may do at most", role.Boundary)
	if err != nil {
		return nil, err
	}
	made, err := iam.NewRole(b.ctx, b.logical(role.Name), &iam.RoleArgs{
		Name:                pulumi.String(role.Name),
		Description:         pulumi.String("GitHub: " + role.Purpose),
		AssumeRolePolicy:    pulumi.String(trust.Document(b.args.Place, b.args.Repository, role)),
		PermissionsBoundary: boundary.Arn,
		MaxSessionDuration:  pulumi.Int(sessionSeconds(role.Kind)),
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
