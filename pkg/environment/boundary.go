package environment

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/delivery/permissions"
)

// boundRoles gives every role of the environment, whoever makes it, the permissions
// boundary of its account: the role that deploys the environment can make none without it.
// The boundary is made by the account's stack, which comes first.
func boundRoles(ctx *pulumi.Context, env *config.Environment) error {
	boundary := pulumi.String(permissions.WorkloadBoundaryARN(env.AWS.Partition(), env.AWS.AccountID()))
	return ctx.RegisterStackTransformation(func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
		role, isRole := args.Props.(*iam.RoleArgs)
		if !isRole {
			return nil
		}
		bounded := *role
		bounded.PermissionsBoundary = boundary
		return &pulumi.ResourceTransformationResult{Props: &bounded, Opts: args.Opts}
	})
}
