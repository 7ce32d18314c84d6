package bucket

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// TypeToken is the type of the component.
const TypeToken = "platform:bucket:Bucket"

// Args describe one bucket.
type Args struct {
	// Name is the physical name, unique in the partition; required. Put the account ID in it.
	Name string
	// Partition is where the bucket is, "aws"; required.
	Partition string
	// KMSKeyARN is the key of new objects, used through a bucket key. Nil: keys that S3
	// manages (SSE-S3, AES-256), for writers that know no others.
	KMSKeyARN pulumi.StringInput
	// KeyPerObject asks KMS for every object, and makes no bucket key: for a writer whose
	// key policy looks at the object's encryption context, as CloudTrail's. False by default.
	KeyPerObject bool
	// Lock keeps objects from being deleted or overwritten, by S3 Object Lock; nil, the
	// default: nothing does. A bucket has Object Lock from its creation or never: adding or
	// removing Lock makes the bucket anew, which Pulumi refuses for it is protected.
	Lock *Lock
	// AccessLogs is the bucket that S3 records requests in, below <Name>/; nil, the default:
	// none. Its policy must let S3 do so, by [AccessLogStatement].
	AccessLogs *Bucket
	// RetentionDays is the age in days at which an object expires; 0, the default: never.
	RetentionDays int
	// GlacierAfterDays is the age in days at which an object moves to S3 Glacier Instant
	// Retrieval, less than RetentionDays: for what is hardly ever read, and kept for 90 days
	// more, which is the least that is charged. 0, the default: S3 Intelligent-Tiering
	// chooses from the first day.
	GlacierAfterDays int
	// NoncurrentDays is how many days a version stays after it was overwritten or
	// deleted; 0, the default: as long as RetentionDays, or 90 where that is 0 too.
	NoncurrentDays int
	// KeepVersions keeps every version, overwritten or deleted, until somebody deletes
	// it; NoncurrentDays must be 0 then. False, the default: they expire.
	KeepVersions bool
	// Statements are statements of the bucket's policy, beside the ones that deny
	// plain HTTP and old TLS; nil: none.
	Statements func(bucketARN string) []policy.Statement
}

// Bucket is one bucket. All outputs are always there.
type Bucket struct {
	pulumi.ResourceState

	Bucket *s3.BucketV2
	// Ready are what must exist before somebody writes: whoever does depends on them.
	Ready []pulumi.Resource
	// ARN and Name are the bucket's.
	ARN, Name pulumi.StringOutput
}

// builder carries what the steps of New share.
type builder struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	bucket *Bucket

	closed []pulumi.Resource // public access block and ownership, which come before the policy
}

// New validates args, registers nothing on an error, and otherwise the bucket.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Bucket, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	bucket := &Bucket{}
	if err := ctx.RegisterComponentResource(TypeToken, name, bucket, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, bucket: bucket}
	for _, step := range []func() error{b.create, b.close, b.versioning, b.lock, b.encryption, b.policy, b.accessLogs, b.lifecycle} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return bucket, ctx.RegisterResourceOutputs(bucket, pulumi.Map{"name": bucket.Name, "arn": bucket.ARN})
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.bucket)}, more...)
}

func (b *builder) create() error {
	args := &s3.BucketV2Args{
		Bucket:       pulumi.String(b.args.Name),
		ForceDestroy: pulumi.Bool(false),
		Tags:         pulumi.StringMap{"Name": pulumi.String(b.args.Name)},
	}
	if b.args.Lock != nil {
		args.ObjectLockEnabled = pulumi.Bool(true)
	}
	created, err := s3.NewBucketV2(b.ctx, b.name, args, b.parent(pulumi.Protect(true))...)
	if err != nil {
		return err
	}
	b.bucket.Bucket, b.bucket.Name, b.bucket.ARN = created, created.Bucket, created.Arn
	return nil
}

// close shuts out the public, and access control lists altogether.
func (b *builder) close() error {
	block, err := s3.NewBucketPublicAccessBlock(b.ctx, b.name, &s3.BucketPublicAccessBlockArgs{
		Bucket:                b.bucket.Name,
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.parent()...)
	if err != nil {
		return err
	}
	ownership, err := s3.NewBucketOwnershipControls(b.ctx, b.name, &s3.BucketOwnershipControlsArgs{
		Bucket: b.bucket.Name,
		Rule:   s3.BucketOwnershipControlsRuleArgs{ObjectOwnership: pulumi.String("BucketOwnerEnforced")},
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{block}))...) // S3 refuses the two at the same time: OperationAborted
	b.closed = []pulumi.Resource{block, ownership}
	b.bucket.Ready = append(b.bucket.Ready, block, ownership)
	return err
}

func (b *builder) versioning() error {
	versioning, err := s3.NewBucketVersioningV2(b.ctx, b.name, &s3.BucketVersioningV2Args{
		Bucket: b.bucket.Name,
		VersioningConfiguration: s3.BucketVersioningV2VersioningConfigurationArgs{
			Status: pulumi.String("Enabled"),
		},
	}, b.parent()...)
	b.bucket.Ready = append(b.bucket.Ready, versioning)
	return err
}

func (b *builder) encryption() error {
	byDefault := s3.BucketServerSideEncryptionConfigurationV2RuleApplyServerSideEncryptionByDefaultArgs{
		SseAlgorithm: pulumi.String("AES256"),
	}
	rule := s3.BucketServerSideEncryptionConfigurationV2RuleArgs{}
	if b.args.KMSKeyARN != nil {
		byDefault.SseAlgorithm = pulumi.String("aws:kms")
		byDefault.KmsMasterKeyId = b.args.KMSKeyARN.ToStringOutput().ToStringPtrOutput()
		rule.BucketKeyEnabled = pulumi.Bool(!b.args.KeyPerObject) // one call of KMS a bucket key, not one an object
	}
	rule.ApplyServerSideEncryptionByDefault = byDefault
	encryption, err := s3.NewBucketServerSideEncryptionConfigurationV2(b.ctx, b.name,
		&s3.BucketServerSideEncryptionConfigurationV2Args{
			Bucket: b.bucket.Name,
			Rules:  s3.BucketServerSideEncryptionConfigurationV2RuleArray{rule},
		}, b.parent()...)
	b.bucket.Ready = append(b.bucket.Ready, encryption)
	return err
}
