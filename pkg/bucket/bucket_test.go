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
)

const key = "arn:aws:kms:eu-west-1:333333333333:key/00000000-0000-0000-0000-000000000000"

var whole = bucket.Args{Name: "dev-things-333333333333", Partition: "aws"}

// run registers one bucket, named dev-things.
func run(args bucket.Args, preview bool) (*graph.Graph, *bucket.Bucket, error) {
	var made *bucket.Bucket
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "dev", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"333333333333"}),
		})
		if err != nil {
			return nil, err
		}
		made, err = bucket.New(ctx, "dev-things", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"arn": made.ARN, "name": made.Name}, nil
	}, record.Options{Project: "platform", Stack: "dev", Preview: preview})
	return g, made, err
}

func plan(t *testing.T, args bucket.Args) *graph.Graph {
	t.Helper()
	g, _, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, "dev-things")
	require.NoError(t, err)
	return found
}

func TestTheBucketIsProtectedAndClosed(t *testing.T) {
	g := plan(t, whole)
	made := one(t, g, "aws:s3/bucketV2:BucketV2")
	assert.True(t, made.Protect, "it holds data")
	assert.False(t, made.Bool("forceDestroy"))
	assert.Equal(t, whole.Name, made.String("bucket"))
	block := one(t, g, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
	for _, wall := range []string{"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"} {
		assert.True(t, block.Bool(wall), wall)
	}
	assert.Equal(t, "BucketOwnerEnforced", one(t, g, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").String("rule.objectOwnership"))
	assert.Equal(t, "Enabled", one(t, g, "aws:s3/bucketVersioningV2:BucketVersioningV2").String("versioningConfiguration.status"))
	assert.Equal(t, "arn:aws:s3:::dev-things-333333333333", g.Outputs["arn"])
}

func TestThePolicyDeniesWhatIsNotTLS(t *testing.T) {
	args := whole
	args.Statements = func(arn string) []policy.Statement {
		return []policy.Statement{{Sid: "Mine", Effect: policy.Allow, Principal: map[string]any{"Service": "x.amazonaws.com"},
			Action: []string{"s3:PutObject"}, Resource: []string{arn + "/x/*"}}}
	}
	for _, preview := range []bool{false, true} { // the policy is known before the bucket is there
		g, _, err := run(args, preview)
		require.NoError(t, err)
		attached := one(t, g, "aws:s3/bucketPolicy:BucketPolicy")
		assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
			{"Sid": "DenyPlainHTTP", "Effect": "Deny", "Principal": "*", "Action": ["s3:*"],
			 "Resource": ["arn:aws:s3:::dev-things-333333333333", "arn:aws:s3:::dev-things-333333333333/*"],
			 "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
			{"Sid": "DenyOldTLS", "Effect": "Deny", "Principal": "*", "Action": ["s3:*"],
			 "Resource": ["arn:aws:s3:::dev-things-333333333333", "arn:aws:s3:::dev-things-333333333333/*"],
			 "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
			{"Sid": "Mine", "Effect": "Allow", "Principal": {"Service": "x.amazonaws.com"}, "Action": ["s3:PutObject"],
			 "Resource": ["arn:aws:s3:::dev-things-333333333333/x/*"]}
		]}`, attached.String("policy"))
	}
}

func TestThePolicyComesAfterThePublicAccessBlockAndWritersAfterBoth(t *testing.T) {
	g, made, err := run(whole, false)
	require.NoError(t, err)
	attached := one(t, g, "aws:s3/bucketPolicy:BucketPolicy")
	assert.Contains(t, attached.DependsOn, one(t, g, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").URN)
	assert.Contains(t, attached.DependsOn, one(t, g, "aws:s3/bucketOwnershipControls:BucketOwnershipControls").URN)
	assert.Len(t, made.Ready, 5, "block, ownership, versioning, encryption, policy")
}

func TestEncryption(t *testing.T) {
	const typ = "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2"
	const byDefault = "rules[0].applyServerSideEncryptionByDefault."
	plain := one(t, plan(t, whole), typ)
	assert.Equal(t, "AES256", plain.String(byDefault+"sseAlgorithm"))
	assert.Empty(t, plain.String(byDefault+"kmsMasterKeyId"))

	args := whole
	args.KMSKeyARN = pulumi.String(key)
	keyed := one(t, plan(t, args), typ)
	assert.Equal(t, "aws:kms", keyed.String(byDefault+"sseAlgorithm"))
	assert.Equal(t, key, keyed.String(byDefault+"kmsMasterKeyId"))
	assert.True(t, keyed.Bool("rules[0].bucketKeyEnabled"))
}

func TestAWriterMayAskKMSForEveryObject(t *testing.T) {
	args := whole
	args.KMSKeyARN, args.KeyPerObject = pulumi.String(key), true
	encryption := one(t, plan(t, args), "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2")
	assert.False(t, encryption.Bool("rules[0].bucketKeyEnabled"))
}

func TestLifecycle(t *testing.T) {
	for name, test := range map[string]struct {
		retention, noncurrent    int
		expires, noncurrentAfter int
	}{
		"logs":                     {retention: 365, expires: 365, noncurrentAfter: 365},
		"logs of one day":          {retention: 1, expires: 1, noncurrentAfter: 1},
		"for ever":                 {noncurrentAfter: 90},
		"for ever, versions short": {noncurrent: 7, noncurrentAfter: 7},
	} {
		t.Run(name, func(t *testing.T) {
			args := whole
			args.RetentionDays, args.NoncurrentDays = test.retention, test.noncurrent
			lifecycle := one(t, plan(t, args), "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2")
			assert.Equal(t, test.expires, lifecycle.Int("rules[0].expiration.days"))
			assert.Equal(t, test.expires == 0, lifecycle.Bool("rules[0].expiration.expiredObjectDeleteMarker"), "S3 takes one of the two")
			assert.Equal(t, test.noncurrentAfter, lifecycle.Int("rules[0].noncurrentVersionExpiration.noncurrentDays"))
			assert.Equal(t, 7, lifecycle.Int("rules[0].abortIncompleteMultipartUpload.daysAfterInitiation"))
			assert.Equal(t, "INTELLIGENT_TIERING", lifecycle.String("rules[0].transitions[0].storageClass"))
			assert.Equal(t, "0", lifecycle.String("rules[0].transitions[0].days"), "before any expiration, which S3 demands")
			assert.Equal(t, "Enabled", lifecycle.String("rules[0].status"))
		})
	}
}

func TestWhatIsHardlyReadMovesToGlacier(t *testing.T) {
	args := whole
	args.RetentionDays, args.GlacierAfterDays = 365, 90
	lifecycle := one(t, plan(t, args), "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2")
	assert.Equal(t, "GLACIER_IR", lifecycle.String("rules[0].transitions[0].storageClass"))
	assert.Equal(t, "90", lifecycle.String("rules[0].transitions[0].days"))
	assert.Equal(t, 365, lifecycle.Int("rules[0].expiration.days"))
	_, second := lifecycle.Lookup("rules[0].transitions[1]")
	assert.False(t, second, "Intelligent-Tiering would charge for watching what nobody reads")
}

func TestVersionsThatAreKeptNeverExpire(t *testing.T) {
	args := whole
	args.KeepVersions = true
	lifecycle := one(t, plan(t, args), "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2")
	_, expires := lifecycle.Lookup("rules[0].noncurrentVersionExpiration")
	assert.False(t, expires)
	assert.Equal(t, "Enabled", lifecycle.String("rules[0].status"), "the rest of the rule stays")
}

func TestWhatIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*bucket.Args)
		want   string
	}{
		"no name":             {func(a *bucket.Args) { a.Name = "" }, `bucket.Args.Name: ""`},
		"capitals":            {func(a *bucket.Args) { a.Name = "Things" }, "no name of a bucket"},
		"a dot":               {func(a *bucket.Args) { a.Name = "things.example" }, "no name of a bucket"},
		"a hyphen at the end": {func(a *bucket.Args) { a.Name = "things-" }, "no name of a bucket"},
		"no partition":        {func(a *bucket.Args) { a.Partition = "" }, `bucket.Args.Partition: ""`},
		"negative retention":  {func(a *bucket.Args) { a.RetentionDays = -1 }, "bucket.Args.RetentionDays: -1"},
		"kept and expiring":   {func(a *bucket.Args) { a.KeepVersions, a.NoncurrentDays = true, 7 }, "bucket.Args.KeepVersions: true"},
		"negative Glacier":    {func(a *bucket.Args) { a.GlacierAfterDays = -1 }, "bucket.Args.GlacierAfterDays: -1"},
		"Glacier too late":    {func(a *bucket.Args) { a.RetentionDays, a.GlacierAfterDays = 90, 90 }, "bucket.Args.GlacierAfterDays: 90"},
		"negative noncurrent": {func(a *bucket.Args) { a.NoncurrentDays = -1 }, "bucket.Args.NoncurrentDays: -1"},
		"no key to ask for":   {func(a *bucket.Args) { a.KeyPerObject = true }, "bucket.Args.KeyPerObject: true"},
		"a lock of no time":   {func(a *bucket.Args) { a.Lock = &bucket.Lock{} }, "bucket.Args.Lock.Days: 0"},
		"an outlasting lock":  {func(a *bucket.Args) { a.Lock, a.RetentionDays = &bucket.Lock{Days: 31}, 30 }, "bucket.Args.RetentionDays: 30"},
	} {
		t.Run(name, func(t *testing.T) {
			args := whole
			test.change(&args)
			g, _, err := run(args, false)
			assert.ErrorContains(t, err, test.want)
			assert.Empty(t, g.OfType(bucket.TypeToken), "nothing of it is registered")
		})
	}
}
