package simulated

import (
	"strings"

	"aws-platform/sandbox/aws/internal/invent"
)

// backups are the parts of AWS Backup, and of KMS for its copies, that the emulator lacks.
func backups() []Type {
	vault := map[string]invent.Shape{
		"id": invent.Named("backup_vault_name"), "backup_vault_arn": invent.ARN("backup", "backup-vault:", "backup_vault_name"),
	}
	return []Type{
		{"aws_backup_selection", "moto 5.2.1: CreateBackupSelection is not implemented", map[string]invent.Shape{"id": invent.UUID}},
		{"aws_backup_vault_policy", "moto 5.2.1: PutBackupVaultAccessPolicy answers 404", vault},
		{"aws_backup_vault_notifications", "moto 5.2.1: PutBackupVaultNotifications answers 404", vault},
		{
			"aws_backup_restore_testing_plan",
			"moto 5.2.1: CreateRestoreTestingPlan answers 404",
			map[string]invent.Shape{"arn": func(r invent.Resource) string {
				return invent.ARN("backup", "restore-testing-plan:", "name")(r) + "-" + invent.UUID(r)
			}},
		},
		{"aws_backup_restore_testing_selection", "moto 5.2.1: CreateRestoreTestingSelection answers 404", nil},
		{
			"aws_kms_replica_key",
			"moto 5.2.1: ReplicateKey makes one key of the two, and the provider then finds no multi-region key",
			map[string]invent.Shape{
				"id": replicated, "key_id": replicated,
				"arn": func(r invent.Resource) string {
					return "arn:aws:kms:" + r.Place.Region + ":" + r.Place.Account + ":key/" + replicated(r)
				},
				"key_spec": invent.Constant("SYMMETRIC_DEFAULT"), "key_usage": invent.Constant("ENCRYPT_DECRYPT"),
			},
		},
	}
}

// replicated is the ID of a replica, which is that of its primary key.
func replicated(r invent.Resource) string {
	_, id, _ := strings.Cut(invent.Named("primary_key_arn")(r), ":key/")
	return id
}
