package backup

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// events are what the topic hears of. A backup job that failed or expired comes as
// BACKUP_JOB_COMPLETED, as one that succeeded does: BACKUP_JOB_FAILED and its like are
// deprecated and never sent (AWS Backup Developer Guide, "PutBackupVaultNotifications").
// Subscribers filter by the message attribute State.
var events = []string{"BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"}

// vault makes the vault, closes it, and tells the topic of it.
func (b *builder) vault() error {
	vault, err := b.lockedVault(b.name, b.args.KeyARN)
	if err != nil {
		return err
	}
	b.backup.Vault = vault
	notified := pulumi.StringArray{}
	for _, event := range events {
		notified = append(notified, pulumi.String(event))
	}
	_, err = backup.NewVaultNotifications(b.ctx, b.name, &backup.VaultNotificationsArgs{
		BackupVaultName:   vault.Name,
		SnsTopicArn:       b.args.TopicARN,
		BackupVaultEvents: notified,
		// A vault has one configuration: to delete the old one last would delete the new one.
	}, b.parent(pulumi.DeleteBeforeReplace(true))...)
	return err
}

// lockedVault makes a vault, its policy and, where it is wanted, its lock. more says
// where, if not in the component's region.
func (b *builder) lockedVault(name string, key pulumi.StringInput, more ...pulumi.ResourceOption) (*backup.Vault, error) {
	options := func(own ...pulumi.ResourceOption) []pulumi.ResourceOption { return append(b.parent(more...), own...) }
	vault, err := backup.NewVault(b.ctx, name, &backup.VaultArgs{
		Name:         pulumi.String(b.args.Environment),
		KmsKeyArn:    key.ToStringOutput().ToStringPtrOutput(),
		ForceDestroy: pulumi.Bool(false),
		Tags:         tags(b.args.Environment),
	}, options(pulumi.Protect(true))...)
	if err != nil {
		return nil, err
	}
	_, err = backup.NewVaultPolicy(b.ctx, name, &backup.VaultPolicyArgs{
		BackupVaultName: vault.Name,
		Policy:          pulumi.String(vaultPolicy()),
	}, options()...)
	if err != nil || !b.args.Config.Lock.Enabled {
		return vault, err
	}
	// A vault has one lock: to delete the old one last would leave it unlocked.
	_, err = backup.NewVaultLockConfiguration(b.ctx, name, lock(vault, b.args.Config.Lock),
		options(pulumi.DeleteBeforeReplace(true))...)
	return vault, err
}

// vaultPolicy denies everybody to delete a backup, to let it expire earlier, to take it
// out of the vault, and to delete the vault.
//
// It does not deny to change the policy itself (backup:PutBackupVaultAccessPolicy):
// that would lock out everybody for ever, this program included. Whoever may do that can
// lift the policy, in a call of its own that CloudTrail shows; the lock then still stands.
func vaultPolicy() string {
	return policy.Document(policy.Statement{
		Sid:       "NobodyDeletesBackups",
		Effect:    policy.Deny,
		Principal: map[string]any{"AWS": "*"},
		Action: []string{
			"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle",
			"backup:DisassociateRecoveryPoint", "backup:DeleteBackupVault",
		},
		Resource: []string{"*"}, // in a vault's policy: the vault and its recovery points, whose ARNs are RDS' own
	})
}

// lock is in compliance mode if it has days of grace, and in governance mode without.
func lock(vault *backup.Vault, lock config.BackupLock) *backup.VaultLockConfigurationArgs {
	made := &backup.VaultLockConfigurationArgs{
		BackupVaultName:  vault.Name,
		MinRetentionDays: pulumi.Int(lock.MinRetentionDays),
		MaxRetentionDays: pulumi.Int(lock.MaxRetentionDays),
	}
	if lock.Compliance {
		made.ChangeableForDays = pulumi.Int(lock.GraceDays)
	}
	return made
}
