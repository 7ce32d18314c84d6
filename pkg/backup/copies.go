package backup

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/keys/keypolicy"
)

// deletionWindowDays is the longest that KMS offers: a deleted key is deleted data.
const deletionWindowDays = 30

// copies makes the vault of the copy region and its key, a replica of the backup key. The
// replica has no alias: the vault names it, and nobody else uses it.
func (b *builder) copies() error {
	if b.args.CopyProvider == nil {
		return nil
	}
	name, there := b.name+"-copy", pulumi.Provider(b.args.CopyProvider)
	key, err := kms.NewReplicaKey(b.ctx, name, &kms.ReplicaKeyArgs{
		PrimaryKeyArn:        b.args.KeyARN,
		Description:          pulumi.String(b.args.Environment + ": backup, replica"),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		// A replica's policy is its own: it is not replicated.
		Policy: pulumi.String(keypolicy.Document(keypolicy.Place{
			Environment: b.args.Environment, AccountID: b.args.AccountID,
			Region: b.args.Config.CopyRegion, Partition: b.args.Partition,
		}, keypolicy.Backup)),
		Tags: tags(b.args.Environment + "-backup"),
	}, b.parent(there, pulumi.Protect(true))...)
	if err != nil {
		return err
	}
	b.backup.CopyKey = key
	b.backup.CopyVault, err = b.lockedVault(name, key.Arn, there)
	return err
}
