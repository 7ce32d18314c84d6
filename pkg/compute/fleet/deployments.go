package fleet

import (
	"aws-platform/pkg/bucket"
	"aws-platform/pkg/policy"
)

// deploymentBucket makes the bucket that revisions are deployed from. Its versions
// are what a release names: an object that is written over does not change a release,
// and its old version stays, because the live color's instances that are launched
// next year still get it. Whoever pays for too many deletes versions by hand.
func (b *builder) deploymentBucket() (err error) {
	b.fleet.DeploymentBucket, err = bucket.New(b.ctx, b.child("deployments"), bucket.Args{
		Name:         b.physical("deployments-" + b.args.AccountID),
		Partition:    b.args.Partition,
		KMSKeyARN:    b.args.S3KeyARN,
		KeepVersions: true,
		Statements:   defaultEncryptionAlone,
	}, b.parent()...)
	return err
}

// defaultEncryptionAlone refuses uploads that choose an encryption of their own,
// so that every revision is under the environment's key. One that chooses none is
// encrypted by the bucket's default, and its request has neither header.
func defaultEncryptionAlone(bucketARN string) []policy.Statement {
	deny := func(sid, header string) policy.Statement {
		return policy.Statement{
			Sid: sid, Effect: policy.Deny, Principal: "*", Action: []string{"s3:PutObject"}, Resource: []string{bucketARN + "/*"},
			Condition: policy.Condition{"Null": {header: "false"}},
		}
	}
	return []policy.Statement{
		deny("DefaultEncryptionAlone", "s3:x-amz-server-side-encryption"),
		deny("NoKeysOfTheCustomer", "s3:x-amz-server-side-encryption-customer-algorithm"),
	}
}
