package archive_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/archive"
)

const (
	account   = "111111111111"
	s3Key     = "arn:aws:kms:us-east-1:111111111111:key/s3"
	logKey    = "arn:aws:kms:us-east-1:111111111111:key/logs"
	bucketARN = "arn:aws:s3:::production-log-archive-111111111111"

	streamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
	filterType = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter"
	groupType  = "aws:cloudwatch/logGroup:LogGroup"
	roleType   = "aws:iam/role:Role"
	policyType = "aws:iam/rolePolicy:RolePolicy"
)

// whole is an archive of three log groups, without a SIEM.
func whole() archive.Args {
	return archive.Args{
		Environment: "production", AccountID: account, Region: "us-east-1", Partition: "aws",
		Config: config.Logs{
			RetentionDays: map[string]int{config.ApplicationLogs: 100},
			Archive:       config.LogArchive{Enabled: true, GlacierAfterDays: 90, ExpireAfterDays: 2557},
		},
		S3KeyARN: pulumi.String(s3Key), LogKeyARN: pulumi.String(logKey),
		LogGroups: map[string]archive.LogGroup{
			"flow-logs": {Name: pulumi.String("/production/vpc/flow-logs"), Class: config.NetworkLogs},
			"eks":       {Name: pulumi.String("/aws/eks/production-eks/cluster"), Class: config.AuditLogs},
			"fleet":     {Name: pulumi.String("/production/fleet"), Class: config.ApplicationLogs},
		},
	}
}

// withSIEM sends audit and network logs to an endpoint besides.
func withSIEM() archive.Args {
	args := whole()
	args.Config.SIEM = &config.SIEM{
		URL: "https://siem.example.com/firehose", SecretName: "production/siem", Classes: []string{config.AuditLogs, config.NetworkLogs},
	}
	return args
}

func run(args archive.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "production", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
		})
		if err != nil {
			return nil, err
		}
		_, err = archive.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func plan(t *testing.T, args archive.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	r, err := g.One(typ, name)
	require.NoError(t, err)
	return r
}

// values are those at paths of a resource's inputs.
func values(t *testing.T, r graph.Resource, wanted map[string]any) {
	t.Helper()
	for path, want := range wanted {
		got, _ := r.Lookup(path)
		assert.Equal(t, want, got, path)
	}
}

func TestLogsAreWrittenByTheHourReadableAndEncrypted(t *testing.T) {
	g := plan(t, whole())
	assert.Len(t, g.OfType(streamType), 1)
	stream := one(t, g, streamType, "production-logs")
	const s3, processors = "extendedS3Configuration.", "extendedS3Configuration.processingConfiguration.processors"
	values(t, stream, map[string]any{
		"name": "production-logs", "destination": "extended_s3",
		"serverSideEncryption.enabled": true, "serverSideEncryption.keyType": "CUSTOMER_MANAGED_CMK", "serverSideEncryption.keyArn": logKey,
		s3 + "bucketArn": bucketARN, s3 + "kmsKeyArn": s3Key, s3 + "compressionFormat": "GZIP",
		s3 + "prefix":            "logs/!{timestamp:yyyy/MM/dd/HH}/",
		s3 + "errorOutputPrefix": "errors/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/",
		s3 + "bufferingInterval": 900.0, s3 + "bufferingSize": 128.0,
		// What CloudWatch Logs sends is compressed: unpacked, a line a record, it is compressed once.
		processors + "[0].type": "Decompression", processors + "[0].parameters[0].parameterName": "CompressionFormat",
		processors + "[0].parameters[0].parameterValue": "GZIP", processors + "[1].type": "AppendDelimiterToRecord", processors + "[2]": nil,
		s3 + "cloudwatchLoggingOptions.enabled":       true,
		s3 + "cloudwatchLoggingOptions.logGroupName":  "/production/log-archive",
		s3 + "cloudwatchLoggingOptions.logStreamName": "archive",
	})
	assert.Contains(t, stream.DependsOn, one(t, g, policyType, "production-logs-firehose").URN, "it is tried when it is made")
	assert.Contains(t, stream.DependsOn, one(t, g, "aws:s3/bucketPolicy:BucketPolicy", "production-log-archive").URN)
	assert.Equal(t, "/production/log-archive", one(t, g, "aws:cloudwatch/logStream:LogStream", "production-log-archive-archive").String("logGroupName"))
}

func TestTheBucketKeepsLogsAndNobodyDeletesThem(t *testing.T) {
	g := plan(t, whole())
	assert.True(t, one(t, g, "aws:s3/bucketV2:BucketV2", "production-log-archive").Protect)
	values(t, one(t, g, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "production-log-archive"), map[string]any{
		"rules[0].transitions[0].storageClass": "GLACIER_IR", "rules[0].transitions[0].days": 90.0,
		"rules[0].expiration.days": 2557.0, "rules[0].noncurrentVersionExpiration.noncurrentDays": 90.0,
	})
	document := one(t, g, "aws:s3/bucketPolicy:BucketPolicy", "production-log-archive").String("policy")
	for action, object := range map[string]string{"s3:DeleteObject": "/logs/2026/11/26/00/x", "s3:DeleteObjectVersion": "/siem/x"} {
		assert.Equal(t, denied, ask(document, action, bucketARN+object, nil), action)
	}
	tls := map[string][]string{"aws:SecureTransport": {"true"}, "s3:TlsVersion": {"2"}}
	assert.Equal(t, silent, ask(document, "s3:PutObject", bucketARN+"/logs/x", tls), "writing is for roles to say")
}

func TestTheArchivesOwnLogGroupIsEncryptedKeptAndNotArchived(t *testing.T) {
	g := plan(t, withSIEM())
	own := one(t, g, groupType, "production-log-archive")
	assert.True(t, own.Protect)
	values(t, own, map[string]any{"name": "/production/log-archive", "kmsKeyId": logKey, "retentionInDays": 120.0})
	for _, filter := range g.OfType(filterType) {
		assert.NotEqual(t, "/production/log-archive", filter.String("logGroup"), filter.Name)
	}
}

func TestTheArchiveIsNotFedItself(t *testing.T) {
	args := whole()
	args.LogGroups["mine"] = archive.LogGroup{Name: pulumi.String("/production/log-archive"), Class: config.ApplicationLogs}
	_, err := run(args, false)
	assert.ErrorContains(t, err, "archive.Args.LogGroups: /production/log-archive: is the archive's own log group")
	args.LogGroups["mine"] = archive.LogGroup{Name: pulumi.String("/staging/log-archive"), Class: config.ApplicationLogs}
	_, err = run(args, false)
	assert.NoError(t, err)
}

func TestAPreviewShowsTheWholeArchive(t *testing.T) {
	preview, err := run(withSIEM(), true)
	require.NoError(t, err)
	assert.Len(t, preview.Resources, len(plan(t, withSIEM()).Resources))
}
