package bucket_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

const lockType = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"

func TestALockIsThereFromTheStartAndBeforeAnybodyWrites(t *testing.T) {
	for mode, compliance := range map[string]bool{"GOVERNANCE": false, "COMPLIANCE": true} {
		args := whole
		args.Lock, args.RetentionDays = &bucket.Lock{Days: 365, Compliance: compliance}, 365
		g, made, err := run(args, false)
		require.NoError(t, err)
		assert.True(t, one(t, g, "aws:s3/bucketV2:BucketV2").Bool("objectLockEnabled"), "at its creation or never")
		lock := one(t, g, lockType)
		assert.Equal(t, mode, lock.String("rule.defaultRetention.mode"))
		assert.Equal(t, 365, lock.Int("rule.defaultRetention.days"))
		assert.Contains(t, lock.DependsOn, one(t, g, "aws:s3/bucketVersioningV2:BucketVersioningV2").URN)
		assert.Len(t, made.Ready, 6, "block, ownership, versioning, lock, encryption, policy")
	}
}

func TestWithoutALockThereIsNone(t *testing.T) {
	g := plan(t, whole)
	assert.False(t, one(t, g, "aws:s3/bucketV2:BucketV2").Bool("objectLockEnabled"))
	assert.Empty(t, g.OfType(lockType))
	assert.Empty(t, g.OfType("aws:s3/bucketLoggingV2:BucketLoggingV2"))
}

// logged registers dev-things, whose requests are recorded in dev-access.
func logged(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		target, err := bucket.New(ctx, "dev-access", bucket.Args{
			Name: "dev-access-333333333333", Partition: "aws",
			Statements: func(arn string) []policy.Statement {
				return []policy.Statement{bucket.AccessLogStatement(arn, "aws", "333333333333", whole.Name)}
			},
		}, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		args := whole
		args.AccessLogs = target
		_, err = bucket.New(ctx, "dev-things", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "dev"})
	require.NoError(t, err)
	return g
}

func TestRequestsAreRecordedInAnotherBucket(t *testing.T) {
	g := logged(t)
	logging := one(t, g, "aws:s3/bucketLoggingV2:BucketLoggingV2")
	assert.Equal(t, "dev-access-333333333333", logging.String("targetBucket"))
	assert.Equal(t, "dev-things-333333333333/", logging.String("targetPrefix"))
	target, err := g.One("aws:s3/bucketPolicy:BucketPolicy", "dev-access")
	require.NoError(t, err)
	assert.Contains(t, logging.DependsOn, target.URN, "S3 asks whether it may write")
}

func TestOnlyS3WritesAccessLogsAndOnlyOfTheSources(t *testing.T) {
	target, err := logged(t).One("aws:s3/bucketPolicy:BucketPolicy", "dev-access")
	require.NoError(t, err)
	const place = "arn:aws:s3:::dev-access-333333333333/dev-things-333333333333/2026-11-26-00-00-00-0123"
	for name, c := range map[string]struct {
		principal, resource, source, account string
		want                                 policytest.Answer
	}{
		"of the source":      {"logging.s3.amazonaws.com", place, "arn:aws:s3:::dev-things-333333333333", "333333333333", policytest.Allowed},
		"of another bucket":  {"logging.s3.amazonaws.com", place, "arn:aws:s3:::dev-other-333333333333", "333333333333", policytest.Silent},
		"of another account": {"logging.s3.amazonaws.com", place, "arn:aws:s3:::dev-things-333333333333", "111111111111", policytest.Silent},
		"elsewhere":          {"logging.s3.amazonaws.com", "arn:aws:s3:::dev-access-333333333333/x", "arn:aws:s3:::dev-things-333333333333", "333333333333", policytest.Silent},
		"another service":    {"logs.amazonaws.com", place, "arn:aws:s3:::dev-things-333333333333", "333333333333", policytest.Silent},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, policytest.Ask(target.String("policy"), policytest.Request{
				Principal: c.principal, Action: "s3:PutObject", Resource: c.resource,
				Context: map[string][]string{"aws:SourceArn": {c.source}, "aws:SourceAccount": {c.account}},
			}))
		})
	}
}
