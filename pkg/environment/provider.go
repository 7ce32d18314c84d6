package environment

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// newProvider makes an AWS provider of the environment: a region, its account and no
// other, its role, and the tags of every resource. There is one for the environment's
// region, and one more where backups are copied to another.
func newProvider(ctx *pulumi.Context, env *config.Environment, name, region string) (*aws.Provider, error) {
	args := &aws.ProviderArgs{
		Region:            pulumi.String(region),
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
	return aws.NewProvider(ctx, name, args)
}
