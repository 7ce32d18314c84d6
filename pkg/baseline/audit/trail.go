package audit

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms/metricalarm"
	"aws-platform/pkg/baseline/audit/events"
	"aws-platform/pkg/bucket"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/policy"
)

// trail makes the trail, with where it writes to, and the alarms on what it tells.
func (b *builder) trail() error {
	key, err := b.key(keypolicy.Trail)
	if err != nil {
		return err
	}
	files, err := b.trailBucket(key)
	if err != nil {
		return err
	}
	group, err := b.logGroup(keypolicy.Trail, keypolicy.TrailLogGroup, b.args.Config.CloudTrail.LogRetentionDays, key)
	if err != nil {
		return err
	}
	role, written, err := b.trailRole()
	if err != nil {
		return err
	}
	b.audit.Trail, err = cloudtrail.NewTrail(b.ctx, b.child(keypolicy.Trail), &cloudtrail.TrailArgs{
		Name:                       pulumi.String(keypolicy.TrailName),
		S3BucketName:               files.Name,
		KmsKeyId:                   key.Arn,
		CloudWatchLogsGroupArn:     pulumi.Sprintf("%s:*", group.Arn), // the group's streams, as CloudTrail wants it
		CloudWatchLogsRoleArn:      role.Arn,
		IsMultiRegionTrail:         pulumi.Bool(true),
		IncludeGlobalServiceEvents: pulumi.Bool(true),
		EnableLogFileValidation:    pulumi.Bool(true),
		EnableLogging:              pulumi.Bool(true),
		AdvancedEventSelectors:     b.selectors(),
		Tags:                       tags(keypolicy.Trail),
	}, b.parent(pulumi.Protect(true), pulumi.DependsOn(append(files.Ready, written)))...)
	if err != nil {
		return err
	}
	return b.watch(group)
}

// trailBucket makes the locked bucket. CloudTrail writes below AWSLogs/ for the one trail
// (AWS CloudTrail User Guide, "Amazon S3 bucket policy for CloudTrail"). There is no bucket
// key: with one, CloudTrail would have to be let decrypt, and the encryption context by
// which the key's policy knows a trail's file would be the bucket's.
func (b *builder) trailBucket(key *kms.Key) (*bucket.Bucket, error) {
	lock := b.args.Config.CloudTrail.ObjectLock
	return bucket.New(b.ctx, b.child(keypolicy.Trail), bucket.Args{
		Name: b.bucketName(keypolicy.Trail), Partition: b.args.Partition,
		KMSKeyARN: key.Arn, KeyPerObject: true,
		Lock:       &bucket.Lock{Days: lock.RetentionDays, Compliance: lock.Compliance},
		AccessLogs: b.accessLogs,
		// A file goes when its lock ends, and can be had back for a while.
		RetentionDays: lock.RetentionDays, NoncurrentDays: deletedDays,
		Statements: func(arn string) []policy.Statement {
			byTrail := func(sid, action, resource string) policy.Statement {
				return policy.Statement{
					Sid: sid, Effect: policy.Allow, Principal: map[string]any{"Service": "cloudtrail.amazonaws.com"},
					Action: []string{action}, Resource: []string{resource},
					Condition: policy.Condition{"StringEquals": {"aws:SourceArn": b.place().TrailARN()}},
				}
			}
			writes := byTrail("CloudTrailWritesFiles", "s3:PutObject", arn+"/AWSLogs/"+b.args.AccountID+"/*")
			writes.Condition["StringEquals"]["s3:x-amz-acl"] = "bucket-owner-full-control"
			return []policy.Statement{byTrail("CloudTrailLooksWhoseItIs", "s3:GetBucketAcl", arn), writes}
		},
	}, b.parent()...)
}

// trailRole makes the role by which CloudTrail writes its streams, which begin with the
// account and the region (AWS CloudTrail User Guide, "Role policy document for CloudTrail to
// use CloudWatch Logs for monitoring"). The guide has no condition for its trust: CloudTrail
// is not said to send one here. The account's own administrators alone can pass the role.
func (b *builder) trailRole() (*iam.Role, pulumi.Resource, error) {
	role, err := iam.NewRole(b.ctx, b.child(keypolicy.Trail), &iam.RoleArgs{
		Name:        pulumi.String(physical(keypolicy.Trail)),
		Description: pulumi.String("CloudTrail writes to its log group"),
		AssumeRolePolicy: pulumi.String(policy.Document(policy.Statement{
			Effect: policy.Allow, Principal: map[string]any{"Service": "cloudtrail.amazonaws.com"}, Action: []string{"sts:AssumeRole"},
		})),
		Tags: tags(keypolicy.Trail),
	}, b.parent()...)
	if err != nil {
		return nil, nil, err
	}
	at := b.args
	streams := "arn:" + at.Partition + ":logs:" + at.Region + ":" + at.AccountID + ":log-group:" + keypolicy.TrailLogGroup +
		":log-stream:" + at.AccountID + "_CloudTrail_" + at.Region + "*" // the end of a stream's name is CloudTrail's
	written, err := iam.NewRolePolicy(b.ctx, b.child(keypolicy.Trail), &iam.RolePolicyArgs{
		Role: role.ID(),
		Policy: pulumi.String(policy.Document(policy.Statement{
			Sid: "WritesTheTrail", Effect: policy.Allow, Action: []string{"logs:CreateLogStream", "logs:PutLogEvents"}, Resource: []string{streams},
		})),
	}, b.parent()...)
	return role, written, err
}

// watch makes the alarms on the trail's events.
func (b *builder) watch(group *cloudwatch.LogGroup) error {
	for _, event := range events.Table(b.args.AdministratorARNs) {
		if _, err := metricalarm.New(b.ctx, b.child(event.Name), event.Alarm(), metricalarm.Args{
			Name: physical(event.Name), RunbookURL: b.args.Config.RunbookURL, LogGroup: group.Name, Actions: pulumi.Array{b.args.TopicARN},
		}, b.parent()...); err != nil {
			return err
		}
	}
	return nil
}
