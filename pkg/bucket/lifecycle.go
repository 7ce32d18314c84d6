package bucket

import (
	"cmp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	defaultNoncurrentDays = 90
	// abandonedUploadDays is how long the parts of an upload that never ended are paid for.
	abandonedUploadDays = 7
)

// lifecycle moves objects to where they cost less, and lets them expire.
func (b *builder) lifecycle() error {
	_, err := s3.NewBucketLifecycleConfigurationV2(b.ctx, b.name, &s3.BucketLifecycleConfigurationV2Args{
		Bucket: b.bucket.Name,
		Rules: s3.BucketLifecycleConfigurationV2RuleArray{s3.BucketLifecycleConfigurationV2RuleArgs{
			Id:                          pulumi.String("all-objects"),
			Status:                      pulumi.String("Enabled"),
			Filter:                      s3.BucketLifecycleConfigurationV2RuleFilterArgs{Prefix: pulumi.String("")},
			Transitions:                 s3.BucketLifecycleConfigurationV2RuleTransitionArray{b.transition()},
			Expiration:                  b.expiration(),
			NoncurrentVersionExpiration: b.noncurrentExpiration(),
			AbortIncompleteMultipartUpload: s3.BucketLifecycleConfigurationV2RuleAbortIncompleteMultipartUploadArgs{
				DaysAfterInitiation: pulumi.Int(abandonedUploadDays),
			},
		}},
		// Noncurrent versions exist in a versioned bucket alone.
	}, b.parent(pulumi.DependsOn(b.bucket.Ready))...)
	return err
}

// transition is to Intelligent-Tiering, which finds out by itself what is read. Objects
// move there on the day they are made: a later day would have to come before
// RetentionDays, and a day in Standard costs no less. S3 leaves objects under 128 KB where
// they are (Amazon S3 User Guide, "Transitioning objects using Amazon S3 Lifecycle").
func (b *builder) transition() s3.BucketLifecycleConfigurationV2RuleTransitionArgs {
	class := "INTELLIGENT_TIERING"
	if b.args.GlacierAfterDays > 0 {
		class = "GLACIER_IR"
	}
	return s3.BucketLifecycleConfigurationV2RuleTransitionArgs{Days: pulumi.Int(b.args.GlacierAfterDays), StorageClass: pulumi.String(class)}
}

// expiration removes delete markers with no version left behind them. With a
// number of days S3 does so by itself, and takes no flag beside it.
func (b *builder) expiration() s3.BucketLifecycleConfigurationV2RuleExpirationArgs {
	if b.args.RetentionDays == 0 {
		return s3.BucketLifecycleConfigurationV2RuleExpirationArgs{ExpiredObjectDeleteMarker: pulumi.Bool(true)}
	}
	return s3.BucketLifecycleConfigurationV2RuleExpirationArgs{Days: pulumi.Int(b.args.RetentionDays)}
}

// noncurrentExpiration is nil where versions are kept.
func (b *builder) noncurrentExpiration() s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationPtrInput {
	if b.args.KeepVersions {
		return nil
	}
	return s3.BucketLifecycleConfigurationV2RuleNoncurrentVersionExpirationArgs{
		NoncurrentDays: pulumi.Int(cmp.Or(b.args.NoncurrentDays, b.args.RetentionDays, defaultNoncurrentDays)),
	}
}
