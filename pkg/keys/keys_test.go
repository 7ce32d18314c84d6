package keys_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/keys"
)

func TestTheLogsKey(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = keys.New(ctx, "dev", keys.Args{
			Environment: "dev", AccountID: "333333333333", Region: "eu-west-1", Partition: "aws",
		}, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "dev"})
	require.NoError(t, err)

	key, err := g.One("aws:kms/key:Key", "dev-logs")
	require.NoError(t, err)
	assert.True(t, key.Protect, "a deleted key is deleted data")
	assert.True(t, key.Bool("enableKeyRotation"))
	assert.Equal(t, 30, key.Int("deletionWindowInDays"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
		{"Sid": "AccountAdministersTheKey", "Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"],
		 "Principal": {"AWS": "arn:aws:iam::333333333333:root"}},
		{"Sid": "CloudWatchLogsEncryptsLogGroups", "Effect": "Allow", "Resource": ["*"],
		 "Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
		 "Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
		 "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:333333333333:log-group:*"}}}
	]}`, key.String("policy"))

	alias, err := g.One("aws:kms/alias:Alias", "dev-logs")
	require.NoError(t, err)
	assert.Equal(t, "alias/dev/logs", alias.String("name"))
	assert.Equal(t, key.ID, alias.String("targetKeyId"))
}
