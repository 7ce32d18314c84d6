package detection

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ebs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// defaults are what holds in the account for whatever says nothing else: what an
// environment makes says it itself.
func (b builder) defaults() error {
	return errors.Join(b.volumes(), b.instances(), b.buckets(), b.passwords())
}

// volumes are encrypted whoever makes them, and shared with nobody. Their default key is
// AWS' aws/ebs: the environment's volumes name its own key, which does not exist yet when the
// account is made, and a snapshot under aws/ebs cannot be shared with another account at all.
func (b builder) volumes() error {
	_, encryption := ebs.NewEncryptionByDefault(b.ctx, b.name+"-ebs-encryption", &ebs.EncryptionByDefaultArgs{Enabled: pulumi.Bool(true)}, b.child()...)
	_, snapshots := ebs.NewSnapshotBlockPublicAccess(b.ctx, b.name+"-ebs-snapshots", &ebs.SnapshotBlockPublicAccessArgs{
		State: pulumi.String("block-all-sharing"),
	}, b.child()...)
	_, images := ec2.NewImageBlockPublicAccess(b.ctx, b.name+"-images", &ec2.ImageBlockPublicAccessArgs{
		State: pulumi.String("block-new-sharing"),
	}, b.child()...)
	return errors.Join(encryption, snapshots, images)
}

// hopLimit is as that of the nodes: what a pod or a container asks the metadata service does
// not come back. Whoever needs two says so in a launch template.
const hopLimit = 1

// instances that are launched without a word about it have version 2 of the metadata
// service, and none has a serial console, which goes past security groups and the logs of
// Session Manager.
func (b builder) instances() error {
	_, metadata := ec2.NewInstanceMetadataDefaults(b.ctx, b.name+"-instance-metadata", &ec2.InstanceMetadataDefaultsArgs{
		HttpTokens:              pulumi.String("required"),
		HttpPutResponseHopLimit: pulumi.Int(hopLimit),
	}, b.child()...)
	_, console := ec2.NewSerialConsoleAccess(b.ctx, b.name+"-serial-console", &ec2.SerialConsoleAccessArgs{Enabled: pulumi.Bool(false)}, b.child()...)
	return errors.Join(metadata, console)
}

// buckets are closed to the world, whatever their own settings say. Another account that a
// policy names is not the world.
func (b builder) buckets() error {
	_, err := s3.NewAccountPublicAccessBlock(b.ctx, b.name+"-s3", &s3.AccountPublicAccessBlockArgs{
		AccountId:             pulumi.String(b.args.AccountID),
		BlockPublicAcls:       pulumi.Bool(true),
		BlockPublicPolicy:     pulumi.Bool(true),
		IgnorePublicAcls:      pulumi.Bool(true),
		RestrictPublicBuckets: pulumi.Bool(true),
	}, b.child()...)
	return err
}
