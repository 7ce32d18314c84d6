package environment

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// newProvider makes the one AWS provider of the environment: its region, its
// account and no other, its role, and the tags of every resource.
func newProvider(ctx *pulumi.Context, env *config.Environment) (*aws.Provider, error) {
	args := &aws.ProviderArgs{
		Region:            pulumi.String(env.AWS.Region),
		AllowedAccountIds: pulumi.ToStringArray(env.AWS.AllowedAccountIDs),
		DefaultTags:       aws.ProviderDefaultTagsArgs{Tags: pulumi.ToStringMap(env.ProviderTags())},
	}
	if role := env.AWS.AssumeRole; role != nil {
		assume := aws.ProviderAssumeRoleArgs{
			RoleArn:     pulumi.String(role.RoleARN),
			SessionName: pulumi.String(role.SessionName),
		}
		if role.ExternalID != "" {
			assume.ExternalId = pulumi.String(role.ExternalID)
		}
		args.AssumeRole = assume
	}
	return aws.NewProvider(ctx, env.Name, args)
}
