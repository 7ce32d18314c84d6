package record

const backupARN = "arn:$partition:backup:$region:$account:"

// backupRules are the rules of backup and replicas of keys. A replica
// has an ID of its own here; AWS gives it that of its primary key.
var backupRules = map[string]rule{
	"aws:kms/replicaKey:ReplicaKey":                              {"mrk-$urn16$urn16", map[string]string{"arn": "arn:$partition:kms:$region:$account:key/$id", "keyId": "$id"}},
	"aws:backup/vault:Vault":                                     {"$in.name", map[string]string{"arn": backupARN + "backup-vault:$in.name"}},
	"aws:backup/vaultPolicy:VaultPolicy":                         {"$in.backupVaultName", map[string]string{"backupVaultArn": backupARN + "backup-vault:$id"}},
	"aws:backup/vaultLockConfiguration:VaultLockConfiguration":   {"$in.backupVaultName", map[string]string{"backupVaultArn": backupARN + "backup-vault:$id"}},
	"aws:backup/vaultNotifications:VaultNotifications":           {"$in.backupVaultName", map[string]string{"backupVaultArn": backupARN + "backup-vault:$id"}},
	"aws:backup/plan:Plan":                                       {"$uuid", map[string]string{"arn": backupARN + "backup-plan:$id", "version": "$urn17"}},
	"aws:backup/selection:Selection":                             {"$uuid", nil},
	"aws:backup/restoreTestingPlan:RestoreTestingPlan":           {"$in.name", map[string]string{"arn": backupARN + "restore-testing-plan:$in.name-$uuid"}},
	"aws:backup/restoreTestingSelection:RestoreTestingSelection": {"$in.name:$in.restoreTestingPlanName", nil},
}
