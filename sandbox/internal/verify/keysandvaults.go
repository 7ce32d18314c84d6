package verify

import (
	"fmt"
	"slices"
)

// services have a key each.
var services = []string{
	"backup", "ebs", "eks", "elasticache", "logs", "msk", "opensearch", "parameters", "rds", "s3", "sns",
}

// keysRotate: every service has a key of its own, and it rotates.
func keysRotate(n Network) (int, []Finding) {
	var findings []Finding
	owners := map[string]string{}
	for _, service := range services {
		key, found := n.Stores.Keys[service]
		alias := "alias/" + n.Environment + "/" + service
		switch {
		case !found:
			findings = append(findings, Finding{alias, nothing, "a key"})
		case !key.KeyRotationEnabled:
			findings = append(findings, Finding{alias, "no rotation", "rotation"})
		case owners[key.ID] != "":
			findings = append(findings, Finding{alias, "the key of " + owners[key.ID], "one of its own"})
		}
		owners[key.ID] = service
	}
	return len(services), findings
}

// lockDays are the bounds of retention in a locked vault.
const lockDays = "7 to 366 days"

// vaultsLocked: the vault is encrypted with its own key and, in production, locked, and
// so is its copy.
func vaultsLocked(n Network) (int, []Finding) {
	want := plans[n.Environment]
	regions := []string{homeRegion}
	if want.copied {
		regions = append(regions, copyRegion)
	}
	var findings []Finding
	for _, region := range regions {
		name := "vault " + n.Environment + " in " + region
		vault, found := n.Stores.Vaults[region]
		if !found {
			findings = append(findings, Finding{name, nothing, "a vault"})
			continue
		}
		locked := "unlocked"
		if vault.Locked {
			locked = fmt.Sprintf("%d to %d days", vault.MinRetentionDays, vault.MaxRetentionDays)
		}
		if vault.LockDate != nil {
			locked += fmt.Sprintf(", for ever from %v", vault.LockDate)
		}
		wanted := "unlocked"
		if want.copied {
			wanted = lockDays
		}
		// A replica has the ID of its primary key, in every region.
		findings = append(findings, differences(name, [][3]string{
			{"key", n.keyOf("backup", vault.EncryptionKeyArn), "backup"}, {"lock", locked, wanted},
		})...)
	}
	return len(regions), findings
}

// planKeeps: daily for 35 days, monthly for a year, of which most in cold storage, and
// continuous for as long as the database's own backups.
func planKeeps(n Network) (int, []Finding) {
	want := plans[n.Environment]
	copies := 0
	if want.copied {
		copies = 1
	}
	var findings []Finding
	for _, rule := range []struct {
		name             string
		keep, cold, copy int
		continuous       bool
	}{
		{"daily", 35, 0, copies, false}, {"monthly", 365, 30, copies, false}, {"continuous", want.backupDays, 0, 0, true},
	} {
		at := slices.IndexFunc(n.Stores.BackupRules, func(r BackupRule) bool { return r.RuleName == rule.name })
		if at < 0 {
			findings = append(findings, Finding{"backup rule " + rule.name, nothing, "a rule"})
			continue
		}
		found := n.Stores.BackupRules[at]
		findings = append(findings, differences("backup rule "+rule.name, [][3]string{
			{"vault", found.TargetBackupVaultName, n.Environment},
			{"days", fmt.Sprint(found.Lifecycle.DeleteAfterDays), fmt.Sprint(rule.keep)},
			{"days until cold storage", fmt.Sprint(found.Lifecycle.MoveToColdStorageAfterDays), fmt.Sprint(rule.cold)},
			{"copies", fmt.Sprint(len(found.CopyActions)), fmt.Sprint(rule.copy)},
			{"continuous", fmt.Sprint(found.EnableContinuousBackup), fmt.Sprint(rule.continuous)},
		})...)
	}
	return len(n.Stores.BackupRules), findings
}
