package checklist

import (
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

// Why dev and staging can do with less.
const (
	madeAnew  = "its data are made anew, not restored: backups stay in the region and no restore is tried"
	oneOfThem = "one node without a standby: an outage of dev waits"
	leastDays = 7 // of the backups of RDS (AWS Security Hub, "RDS.11")
)

// recovery are the items on what brings data back.
func recovery() []Item {
	untested := map[string]string{config.Dev: madeAnew, config.Staging: madeAnew}
	return []Item{
		{
			Key: "backups", Name: "RDS backups verified", Scope: Environments, look: backups, Exempt: untested,
			Meaning:  "PostgreSQL is backed up by itself and into a locked vault, and a restore from it is tried by itself every week.",
			Tests:    []Test{{"pkg/backup", "TestThePlan"}, {"pkg/backup", "TestARestoreIsTriedFromThisVault"}, {"pkg/backup", "TestTheLock"}},
			Runbooks: []string{"backup-jobs.md", "restore-from-vault.md"},
		},
		{
			Key: "point-in-time", Name: "Point-in-time recovery tested", Scope: Environments, look: pointInTime, Exempt: untested,
			Meaning:  "PostgreSQL keeps a week of transaction logs or more, the vault too, and what is restored as a test is chosen from both kinds.",
			Tests:    []Test{{"pkg/backup", "TestThePlan"}, {"pkg/backup", "TestARestoreIsTriedFromThisVault"}},
			Runbooks: []string{"postgresql-point-in-time-recovery.md"},
		},
		{
			Key: "dr-runbooks", Name: "DR runbooks", Scope: Nowhere,
			Meaning:  "What to do when a store, a zone, the region or the account is lost is written with its commands.",
			Tests:    []Test{{"tests", "TestRunbooksHaveTheirForm"}, {"tests", "TestRunbooksNameCommandsOfTheAWSCLI"}},
			Runbooks: []string{"disaster-recovery.md", "region-loss.md", "restore-from-vault.md", "opensearch-snapshots.md"},
		},
		{
			Key: "failover-rds", Name: "Failover of RDS", Scope: Environments, look: failoverDatabase,
			Meaning:  "PostgreSQL has a standby in another zone.",
			Exempt:   map[string]string{config.Dev: oneOfThem},
			Tests:    []Test{{"tests", "TestProductionKeepsTheSizesOfItsEstimate"}, {"tests", "TestThePageOfCostsSaysWhatThereIs"}},
			Runbooks: []string{"postgresql-failover.md"},
		},
		{
			Key: "failover-cache", Name: "Failover of the cache", Scope: Environments, look: failoverCache,
			Meaning:  "Valkey has a replica in another zone that takes over by itself.",
			Exempt:   map[string]string{config.Dev: oneOfThem},
			Tests:    []Test{{"pkg/data", "TestOneNodeHasNobodyToFailOverTo"}, {"tests", "TestProductionKeepsTheSizesOfItsEstimate"}},
			Runbooks: []string{"valkey-failover.md"},
		},
		{
			Key: "cross-region-copy", Name: "Cross-region copy", Scope: Environments, look: crossRegion, Exempt: untested,
			Meaning:  "Every snapshot of the vault is copied to a locked vault of another region, with a key there.",
			Tests:    []Test{{"pkg/environment", "TestBackupsAreCopiedByAProviderOfTheOtherRegion"}, {"pkg/backup", "TestTheVaultsHaveTheKeyOfTheirRegion"}},
			Runbooks: []string{"region-loss.md", "backup-jobs.md"},
		},
	}
}

// chosen tells whether a selection of the plans takes the resource by its tags.
func chosen(g *graph.Graph, r graph.Resource) bool {
	return slices.ContainsFunc(g.OfType("aws:backup/selection:Selection"), func(selection graph.Resource) bool {
		tag := "tags." + selection.String("selectionTags[0].key")
		_, planned := g.ByID(planType, selection.String("planId"))
		return planned && r.String(tag) != "" && r.String(tag) == selection.String("selectionTags[0].value")
	})
}

func locked(g *graph.Graph, vault graph.Resource) bool {
	return slices.ContainsFunc(g.OfType("aws:backup/vaultLockConfiguration:VaultLockConfiguration"), func(lock graph.Resource) bool {
		return lock.String("backupVaultName") == vault.String("name") && lock.Provider == vault.Provider
	})
}

func backups(_ Estate, g *graph.Graph, seen *Finding) {
	databases := g.OfType(databaseType)
	seen.need(len(databases) > 0, "no database")
	for _, database := range databases {
		days := database.Int("backupRetentionPeriod")
		seen.need(days >= leastDays, "%s keeps its own backups for %d days", nameOf(database), days)
		seen.need(chosen(g, database), "%s is in no backup plan", nameOf(database))
		seen.say("own backups for %d days", days)
	}
	for _, vault := range g.OfType(vaultType) {
		seen.need(locked(g, vault), "%s is not locked", nameOf(vault))
	}
	tried := slices.ContainsFunc(g.OfType("aws:backup/restoreTestingSelection:RestoreTestingSelection"), func(r graph.Resource) bool {
		return r.String("protectedResourceType") == "RDS"
	})
	seen.need(tried, "no restore of RDS is tried")
	for _, plan := range g.OfType("aws:backup/restoreTestingPlan:RestoreTestingPlan") {
		seen.say("restored as a test by %s", plan.String("scheduleExpression"))
	}
	seen.need(slices.ContainsFunc(g.OfType(metricAlarmType), func(r graph.Resource) bool {
		return strings.HasSuffix(r.Name, "-restore-failed")
	}), "no alarm on a restore that fails")
}

func pointInTime(_ Estate, g *graph.Graph, seen *Finding) {
	for _, database := range g.OfType(databaseType) {
		days := database.Int("backupRetentionPeriod")
		seen.need(days >= leastDays, "%s can be brought back to %d days ago alone", nameOf(database), days)
		seen.say("any second of %d days", days)
	}
	continuous := 0
	for _, plan := range g.OfType(planType) {
		for _, rule := range listOf(plan, "rules") {
			if rule.Bool("enableContinuousBackup") {
				continuous++
				seen.say("continuous in the vault for %d days", rule.Int("lifecycle.deleteAfter"))
			}
		}
	}
	seen.need(continuous > 0, "no continuous backup in the vault")
	seen.need(slices.ContainsFunc(g.OfType("aws:backup/restoreTestingPlan:RestoreTestingPlan"), func(r graph.Resource) bool {
		return slices.Contains(r.Strings("recoveryPointSelection.recoveryPointTypes"), "CONTINUOUS")
	}), "no restore to a point in time is tried")
}

func failoverDatabase(_ Estate, g *graph.Graph, seen *Finding) {
	databases := g.OfType(databaseType)
	seen.need(len(databases) > 0, "no database")
	for _, database := range databases {
		seen.need(database.Bool("multiAz"), "%s has no standby", nameOf(database))
		if database.Bool("multiAz") {
			seen.say("%s has a standby", nameOf(database))
		}
	}
}

func failoverCache(_ Estate, g *graph.Graph, seen *Finding) {
	caches := g.OfType(cacheType)
	seen.need(len(caches) > 0, "no cache")
	for _, cache := range caches {
		nodes := cache.Int("numCacheClusters")
		seen.need(nodes > 1 && cache.Bool("multiAzEnabled") && cache.Bool("automaticFailoverEnabled"), "%s does not fail over", nameOf(cache))
		seen.say("%s", count(nodes, "node"))
	}
}

// regionOf is where the provider of a resource works.
func regionOf(g *graph.Graph, r graph.Resource) string {
	provider, _ := g.ByURN(r.Provider)
	return provider.String("region")
}

func crossRegion(_ Estate, g *graph.Graph, seen *Finding) {
	plans := g.OfType(planType)
	seen.need(len(plans) > 0, "no backup plan")
	for _, plan := range plans {
		for _, rule := range listOf(plan, "rules") {
			if rule.Bool("enableContinuousBackup") {
				continue // AWS Backup copies continuous backups as snapshots, which the other rules make
			}
			copied := ""
			for _, vault := range g.OfType(vaultType) {
				if region := regionOf(g, vault); rule.String("copyActions[0].destinationVaultArn") == vault.Outputs["arn"] && region != regionOf(g, plan) {
					copied = region
					seen.need(locked(g, vault), "%s is not locked", nameOf(vault))
				}
			}
			seen.need(copied != "", "rule %s is copied nowhere", rule.String("ruleName"))
			if copied != "" {
				seen.say("%s to %s", rule.String("ruleName"), copied)
			}
		}
	}
}
