package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy"
)

const (
	// deletionWindowDays is the longest that KMS offers: a deleted key is deleted data.
	deletionWindowDays = 30
	// keptDays is how long access logs and the history of configuration are kept (PCI DSS
	// v4.0.1, requirement 10.5.1); a version that was deleted can be had back for deletedDays.
	keptDays, deletedDays = 365, 30
)

// physical is the name of a part in AWS.
func physical(part string) string { return "platform-" + part }

func tags(part string) pulumi.StringMap {
	return pulumi.StringMap{"Name": pulumi.String(physical(part))}
}

// bucketName is unique in the partition. It begins as those of no environment, whose
// pipelines administer theirs.
func (b *builder) bucketName(part string) string { return physical(part) + "-" + b.args.AccountID }

// key makes the key of a service and its alias.
func (b *builder) key(service string) (*kms.Key, error) {
	key, err := kms.NewKey(b.ctx, b.child(service), &kms.KeyArgs{
		Description:          pulumi.String("platform: " + service),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		EnableKeyRotation:    pulumi.Bool(true),
		Policy:               pulumi.String(keypolicy.Document(b.place(), service)),
		Tags:                 tags(service),
	}, b.parent(pulumi.Protect(true))...)
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(b.ctx, b.child(service), &kms.AliasArgs{
		Name: pulumi.String("alias/platform/" + service), TargetKeyId: key.KeyId,
	}, b.parent()...)
	return key, err
}

// logGroup makes a log group that its key encrypts.
func (b *builder) logGroup(part, name string, days int, key *kms.Key) (*cloudwatch.LogGroup, error) {
	return cloudwatch.NewLogGroup(b.ctx, b.child(part), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(name),
		RetentionInDays: pulumi.Int(days),
		KmsKeyId:        key.Arn,
		Tags:            tags(part),
	}, b.parent(pulumi.Protect(true))...)
}

// accessLogBucket makes the bucket in which the requests for the other two are recorded
// (PCI DSS v4.0.1, requirement 10.2.1.3). S3 encrypts it with its own keys, and it has no
// lock, for it could not be written to otherwise.
func (b *builder) accessLogBucket() (err error) {
	b.accessLogs, err = bucket.New(b.ctx, b.child("access-logs"), bucket.Args{
		Name: b.bucketName("access-logs"), Partition: b.args.Partition,
		RetentionDays: keptDays, NoncurrentDays: deletedDays,
		Statements: func(arn string) []policy.Statement {
			return []policy.Statement{bucket.AccessLogStatement(arn, b.args.Partition, b.args.AccountID,
				b.bucketName(keypolicy.Trail), b.bucketName(keypolicy.Config))}
		},
	}, b.parent()...)
	return err
}
