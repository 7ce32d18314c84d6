package bucket

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Lock is how long objects are kept from deletion (Amazon S3 User Guide, "Locking objects
// with Object Lock"). It holds for each new version by itself; a delete marker can still be
// put before it.
type Lock struct {
	// Days is how long, from when an object is written; required, 1 or more.
	Days int
	// Compliance locks objects for everybody, the root user included, and nobody can shorten
	// it. False, the default, is governance mode: s3:BypassGovernanceRetention lifts it.
	Compliance bool
}

// mode is what S3 calls it.
func (l Lock) mode() string {
	if l.Compliance {
		return "COMPLIANCE"
	}
	return "GOVERNANCE"
}

// lock sets the default retention. Writers wait for it: what is written before is not locked.
func (b *builder) lock() error {
	if b.args.Lock == nil {
		return nil
	}
	lock, err := s3.NewBucketObjectLockConfigurationV2(b.ctx, b.name, &s3.BucketObjectLockConfigurationV2Args{
		Bucket: b.bucket.Name,
		Rule: s3.BucketObjectLockConfigurationV2RuleArgs{
			DefaultRetention: s3.BucketObjectLockConfigurationV2RuleDefaultRetentionArgs{
				Mode: pulumi.String(b.args.Lock.mode()), Days: pulumi.Int(b.args.Lock.Days),
			},
		},
	}, b.parent(pulumi.DependsOn(b.bucket.Ready))...) // S3 wants versioning first
	b.bucket.Ready = append(b.bucket.Ready, lock)
	return err
}
