package keys_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/keys"
)

// plan registers the keys of an environment and nothing else.
func plan(t *testing.T, preview, multiRegion bool) *graph.Graph {
	t.Helper()
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = keys.New(ctx, "dev", keys.Args{
			Environment: "dev", AccountID: "333333333333", Region: "eu-west-1", Partition: "aws", BackupMultiRegion: multiRegion,
		}, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "dev", Preview: preview})
	require.NoError(t, err)
	return g
}

func TestEveryKeyIsProtectedAndOpenToItsServiceAlone(t *testing.T) {
	g := plan(t, false, false)
	assert.Len(t, g.OfType("aws:kms/key:Key"), len(documents))
	for service, use := range documents {
		t.Run(service, func(t *testing.T) {
			key, err := g.One("aws:kms/key:Key", "dev-"+service)
			require.NoError(t, err)
			assert.True(t, key.Protect, "a deleted key is deleted data")
			assert.True(t, key.Bool("enableKeyRotation"))
			assert.Equal(t, 30, key.Int("deletionWindowInDays"))
			assert.False(t, key.Bool("multiRegion"))
			assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [`+administration+`,`+use+`]}`, key.String("policy"))

			alias, err := g.One("aws:kms/alias:Alias", "dev-"+service)
			require.NoError(t, err)
			assert.Equal(t, "alias/dev/"+service, alias.String("name"))
			assert.Equal(t, key.ID, alias.String("targetKeyId"))
		})
	}
}

func TestAPreviewShowsTheKeyPolicies(t *testing.T) {
	for _, key := range plan(t, true, true).OfType("aws:kms/key:Key") {
		assert.Contains(t, key.String("policy"), "AccountAdministersTheKey", key.Name)
	}
}

func TestOnlyTheBackupKeyIsMultiRegion(t *testing.T) {
	for _, key := range plan(t, false, true).OfType("aws:kms/key:Key") {
		backup := key.Name == "dev-backup"
		assert.Equal(t, backup, key.Bool("multiRegion"), key.Name)
		assert.Equal(t, backup, strings.Contains(key.String("policy"), "kms:ReplicateKey"), key.Name)
	}
}

func TestEveryKeyHasItsField(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		require.NoError(t, err)
		made, err := keys.New(ctx, "dev", keys.Args{
			Environment: "dev", AccountID: "333333333333", Region: "eu-west-1", Partition: "aws",
		}, pulumi.Provider(provider))
		require.NoError(t, err)
		exports := pulumi.Map{}
		for service, key := range map[string]*kms.Key{
			"rds": made.RDS, "elasticache": made.ElastiCache, "msk": made.MSK, "opensearch": made.OpenSearch, "ebs": made.EBS,
			"s3": made.S3, "logs": made.Logs, "parameters": made.Parameters, "eks": made.EKS, "sns": made.SNS, "backup": made.Backup,
		} {
			exports[service] = key.Description
		}
		return exports, nil
	}, record.Options{Project: "platform", Stack: "dev"})
	require.NoError(t, err)
	assert.Len(t, g.Outputs, len(documents))
	for service, description := range g.Outputs {
		assert.Equal(t, "dev: "+service, description)
	}
}
