package audit

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/baseline/audit/conformance"
	"aws-platform/pkg/bucket"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy"
)

// byDefault is what AWS Config calls its recorder and its delivery channel: a region has
// one of each, and one of that name is taken over.
const byDefault = "default"

// recorder records every resource, the global ones of IAM too, and judges them by the
// account's conformance pack.
func (b *builder) recorder() error {
	key, err := b.key(keypolicy.Config)
	if err != nil {
		return err
	}
	history, err := b.configBucket(key)
	if err != nil {
		return err
	}
	role, err := b.configRole()
	if err != nil {
		return err
	}
	recorder, err := cfg.NewRecorder(b.ctx, b.child(keypolicy.Config), &cfg.RecorderArgs{
		Name:           pulumi.String(byDefault),
		RoleArn:        pulumi.String(b.configRoleARN()),
		RecordingGroup: cfg.RecorderRecordingGroupArgs{AllSupported: pulumi.Bool(true), IncludeGlobalResourceTypes: pulumi.Bool(true)},
	}, b.parent(pulumi.DependsOn(role))...)
	if err != nil {
		return err
	}
	channel, err := cfg.NewDeliveryChannel(b.ctx, b.child(keypolicy.Config), &cfg.DeliveryChannelArgs{
		Name:         pulumi.String(byDefault),
		S3BucketName: history.Name,
		S3KmsKeyArn:  key.Arn,
		SnapshotDeliveryProperties: cfg.DeliveryChannelSnapshotDeliveryPropertiesArgs{
			DeliveryFrequency: pulumi.String("TwentyFour_Hours"),
		},
	}, b.parent(pulumi.DependsOn(append(history.Ready, recorder)))...)
	if err != nil {
		return err
	}
	b.audit.Recorder, err = cfg.NewRecorderStatus(b.ctx, b.child(keypolicy.Config), &cfg.RecorderStatusArgs{
		Name: recorder.Name, IsEnabled: pulumi.Bool(true),
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{channel}))...)
	if err != nil || !b.args.Config.Config.ConformancePack {
		return err
	}
	pack := conformance.For(b.args.PCI)
	_, err = cfg.NewConformancePack(b.ctx, b.child(keypolicy.Config), &cfg.ConformancePackArgs{
		Name: pulumi.String(pack.Name), TemplateBody: pulumi.String(pack.Template),
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{b.audit.Recorder}))...) // rules need a recorder that runs
	return err
}

// configRoleARN is the service-linked role: with any other Security Hub's control Config.1,
// which is critical, fails (AWS Security Hub User Guide, "Security Hub CSPM controls for AWS Config").
func (b *builder) configRoleARN() string {
	return fmt.Sprintf("arn:%s:iam::%s:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig", b.args.Partition, b.args.AccountID)
}

// configRole makes the role, where configuration does not say that it is there. It stays
// when the stack goes: what else records, as Security Hub, uses it too.
func (b *builder) configRole() ([]pulumi.Resource, error) {
	if !b.args.Config.Config.CreateRole {
		return nil, nil
	}
	role, err := iam.NewServiceLinkedRole(b.ctx, b.child(keypolicy.Config), &iam.ServiceLinkedRoleArgs{
		AwsServiceName: pulumi.String("config.amazonaws.com"),
	}, b.parent(pulumi.RetainOnDelete(true))...)
	return []pulumi.Resource{role}, err
}

// configBucket makes the bucket of history and snapshots. AWS Config delivers in its own
// name, for the role may not (AWS Config Developer Guide, "Permissions for the Amazon S3
// Bucket for the AWS Config Delivery Channel"). It has no lock: AWS Config does not deliver
// to a bucket with one (same guide, "Working with the Delivery Channel").
func (b *builder) configBucket(key *kms.Key) (*bucket.Bucket, error) {
	return bucket.New(b.ctx, b.child(keypolicy.Config), bucket.Args{
		Name: b.bucketName(keypolicy.Config), Partition: b.args.Partition, KMSKeyARN: key.Arn, AccessLogs: b.accessLogs,
		RetentionDays: keptDays, NoncurrentDays: deletedDays,
		Statements: func(arn string) []policy.Statement {
			byConfig := func(sid string, actions []string, resource string) policy.Statement {
				return policy.Statement{
					Sid: sid, Effect: policy.Allow, Principal: map[string]any{"Service": "config.amazonaws.com"},
					Action: actions, Resource: []string{resource},
					Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": b.args.AccountID}},
				}
			}
			delivers := byConfig("AWSConfigDelivers", []string{"s3:PutObject"}, arn+"/AWSLogs/"+b.args.AccountID+"/Config/*")
			delivers.Condition["StringEquals"]["s3:x-amz-acl"] = "bucket-owner-full-control"
			return []policy.Statement{byConfig("AWSConfigLooksWhetherItIsThere", []string{"s3:GetBucketAcl", "s3:ListBucket"}, arn), delivers}
		},
	}, b.parent()...)
}
