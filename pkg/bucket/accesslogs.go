package bucket

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// AccessLogStatement lets S3 write the access logs of an account's buckets into one, each
// below its own name. That one has no Lock, no KMSKeyARN and no AccessLogs (Amazon S3 User
// Guide, "Enabling Amazon S3 server access logging").
func AccessLogStatement(bucketARN, partition, accountID string, sources ...string) policy.Statement {
	var arns, places []string
	for _, name := range sources {
		arns, places = append(arns, "arn:"+partition+":s3:::"+name), append(places, bucketARN+"/"+accessLogPrefix(name)+"*")
	}
	return policy.Statement{
		Sid:       "S3WritesAccessLogs",
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "logging.s3.amazonaws.com"},
		Action:    []string{"s3:PutObject"},
		Resource:  places,
		Condition: policy.Condition{
			"ArnLike":      {"aws:SourceArn": arns},
			"StringEquals": {"aws:SourceAccount": accountID}, // a bucket's ARN names no account
		},
	}
}

func accessLogPrefix(name string) string { return name + "/" }

// accessLogs records who asked for what.
func (b *builder) accessLogs() error {
	if b.args.AccessLogs == nil {
		return nil
	}
	_, err := s3.NewBucketLoggingV2(b.ctx, b.name, &s3.BucketLoggingV2Args{
		Bucket:       b.bucket.Name,
		TargetBucket: b.args.AccessLogs.Name,
		TargetPrefix: pulumi.String(accessLogPrefix(b.args.Name)),
	}, b.parent(pulumi.DependsOn(b.args.AccessLogs.Ready))...)
	return err
}
