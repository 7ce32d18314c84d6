package backup_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

// places are the vaults by name, and the provider and the region of each.
var places = map[string]struct{ provider, region string }{
	"production-pci-backup":      {"aws", "us-east-1"},
	"production-pci-backup-copy": {"copy", "us-west-2"},
}

func provides(t *testing.T, g *graph.Graph, r graph.Resource) string {
	t.Helper()
	found, known := g.ByURN(r.Provider)
	require.True(t, known, r.URN)
	return found.Name
}

func TestNobodyDeletesFromEitherVault(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		for name, at := range places {
			vault := one(t, g, vaultType, name)
			assert.True(t, vault.Protect)
			assert.False(t, vault.Bool("forceDestroy"))
			assert.Equal(t, "production-pci", vault.String("name"))
			policy := one(t, g, "aws:backup/vaultPolicy:VaultPolicy", name)
			assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Sid": "NobodyDeletesBackups", "Effect": "Deny",
				"Principal": {"AWS": "*"}, "Resource": ["*"], "Action": ["backup:DeleteRecoveryPoint",
				"backup:UpdateRecoveryPointLifecycle", "backup:DisassociateRecoveryPoint", "backup:DeleteBackupVault"]}]}`,
				policy.String("policy"))
			for _, r := range []graph.Resource{vault, policy, one(t, g, lockType, name)} {
				assert.Equal(t, at.provider, provides(t, g, r), r.URN)
			}
		}
	}
}

func TestTheLock(t *testing.T) {
	g := planned(t, whole())
	for name := range places {
		governance := one(t, g, lockType, name)
		assert.NotContains(t, governance.Inputs, "changeableForDays", "with it, the lock is for ever")
		assert.Equal(t, 7, governance.Int("minRetentionDays"))
		assert.Equal(t, 366, governance.Int("maxRetentionDays"))
		assert.True(t, governance.DeleteBeforeReplace, "the old one deleted last would leave the vault unlocked")
	}
	args := whole()
	args.Config.Lock.Compliance, args.Config.Lock.GraceDays = true, 14
	g = planned(t, args)
	for name := range places {
		assert.Equal(t, 14, one(t, g, lockType, name).Int("changeableForDays"))
	}
	args.Config.Lock.Compliance = false
	assert.NotContains(t, one(t, planned(t, args), lockType, "production-pci-backup").Inputs, "changeableForDays", "days of grace alone lock nothing")
}

func TestTheVaultsHaveTheKeyOfTheirRegion(t *testing.T) {
	g := planned(t, whole())
	assert.Equal(t, key, one(t, g, vaultType, "production-pci-backup").String("kmsKeyArn"))
	replica := one(t, g, "aws:kms/replicaKey:ReplicaKey", "production-pci-backup-copy")
	assert.Equal(t, key, replica.String("primaryKeyArn"))
	assert.True(t, replica.Protect)
	assert.Equal(t, 30, replica.Int("deletionWindowInDays"))
	assert.Equal(t, "copy", provides(t, g, replica))
	assert.Equal(t, replica.Outputs["arn"], one(t, g, vaultType, "production-pci-backup-copy").String("kmsKeyArn"))
	assert.Contains(t, replica.String("policy"), `"kms:ViaService":["backup.us-west-2.amazonaws.com","rds.us-west-2.amazonaws.com"]`)
	assert.NotContains(t, replica.String("policy"), "us-east-1")
	assert.Equal(t, "arn:aws:backup:us-west-2:111111111111:backup-vault:production-pci",
		rules(t, g)["daily"].String("copyActions[0].destinationVaultArn"))
}

func TestTheTopicHearsOfFailures(t *testing.T) {
	notifications := one(t, planned(t, whole()), "aws:backup/vaultNotifications:VaultNotifications", "production-pci-backup")
	assert.Equal(t, topic, notifications.String("snsTopicArn"))
	assert.True(t, notifications.DeleteBeforeReplace)
	// The others of the API are deprecated: AWS Backup takes them and never sends them.
	assert.Subset(t, []string{
		"BACKUP_JOB_STARTED", "BACKUP_JOB_COMPLETED", "COPY_JOB_STARTED", "COPY_JOB_SUCCESSFUL", "COPY_JOB_FAILED",
		"RESTORE_JOB_STARTED", "RESTORE_JOB_COMPLETED", "RECOVERY_POINT_MODIFIED",
	}, notifications.Strings("backupVaultEvents"))
	for _, event := range []string{"BACKUP_JOB_COMPLETED", "COPY_JOB_FAILED", "RESTORE_JOB_COMPLETED"} {
		assert.Contains(t, notifications.Strings("backupVaultEvents"), event)
	}
}
