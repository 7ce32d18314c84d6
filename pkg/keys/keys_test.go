package keys_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/keys"
)

// plan registers the keys of an environment and nothing else.
func plan(t *testing.T, preview bool) *graph.Graph {
	t.Helper()
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
	}, record.Options{Project: "platform", Stack: "dev", Preview: preview})
	require.NoError(t, err)
	return g
}

// documents are the key policies, by service, without the account's own statement.
var documents = map[string]string{
	"logs": `{"Sid": "CloudWatchLogsEncryptsLogGroups", "Effect": "Allow", "Resource": ["*"],
		"Principal": {"Service": "logs.eu-west-1.amazonaws.com"},
		"Action": ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
		"Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:333333333333:log-group:*"}}}`,
	"ebs": `{"Sid": "AccountEncryptsVolumes", "Effect": "Allow", "Resource": ["*"], "Principal": {"AWS": "*"},
		"Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
		"Condition": {"StringEquals": {"kms:CallerAccount": "333333333333", "kms:ViaService": "ec2.eu-west-1.amazonaws.com"}}},
		{"Sid": "AccountGrantsVolumesTheKey", "Effect": "Allow", "Resource": ["*"], "Principal": {"AWS": "*"}, "Action": ["kms:CreateGrant"],
		"Condition": {"Bool": {"kms:GrantIsForAWSResource": "true"},
		"StringEquals": {"kms:CallerAccount": "333333333333", "kms:ViaService": "ec2.eu-west-1.amazonaws.com"}}}`,
	"s3": `{"Sid": "AccountEncryptsObjects", "Effect": "Allow", "Resource": ["*"], "Principal": {"AWS": "*"},
		"Action": ["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"],
		"Condition": {"StringEquals": {"kms:CallerAccount": "333333333333", "kms:ViaService": "s3.eu-west-1.amazonaws.com"}}}`,
}

func TestEveryKeyIsProtectedAndOpenToItsServiceAlone(t *testing.T) {
	g := plan(t, false)
	assert.Len(t, g.OfType("aws:kms/key:Key"), len(documents))
	for service, use := range documents {
		t.Run(service, func(t *testing.T) {
			key, err := g.One("aws:kms/key:Key", "dev-"+service)
			require.NoError(t, err)
			assert.True(t, key.Protect, "a deleted key is deleted data")
			assert.True(t, key.Bool("enableKeyRotation"))
			assert.Equal(t, 30, key.Int("deletionWindowInDays"))
			assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
				{"Sid": "AccountAdministersTheKey", "Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"],
				 "Principal": {"AWS": "arn:aws:iam::333333333333:root"}},`+use+`]}`, key.String("policy"))

			alias, err := g.One("aws:kms/alias:Alias", "dev-"+service)
			require.NoError(t, err)
			assert.Equal(t, "alias/dev/"+service, alias.String("name"))
			assert.Equal(t, key.ID, alias.String("targetKeyId"))
		})
	}
}

func TestAPreviewShowsTheKeyPolicies(t *testing.T) {
	for _, key := range plan(t, true).OfType("aws:kms/key:Key") {
		assert.Contains(t, key.String("policy"), "AccountAdministersTheKey", key.Name)
	}
}
