package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/robfig/cron/v3"
)

var backupRules = []rule{
	backupSchedule, backupDaily, backupMonthly, backupColdStorage, copyRegionFormat, copyRegionSame, copyRegionPartition,
	restoreSchedule, lockCompliance, lockGrace, lockGraceAlone, lockBounds, lockKeeps,
}

const (
	backupPath = "backup."
	lockPath   = "backup.lock."
)

// dailyCron is an AWS cron expression of one time of every day.
var dailyCron = regexp.MustCompile(`^cron\(([0-9]|[1-5][0-9]) ([0-9]|1[0-9]|2[0-3]) (?:\* \* \?|\? \* \*) \*\)$`)

// DailyTime is the time, in UTC, of an AWS cron expression of one time of every day;
// false for any other.
func DailyTime(schedule string) (hour, minute int, daily bool) {
	found := dailyCron.FindStringSubmatch(schedule)
	if found == nil {
		return 0, 0, false
	}
	minute, _ = strconv.Atoi(found[1]) // the expression lets digits through only
	hour, _ = strconv.Atoi(found[2])
	return hour, minute, true
}

func backupSchedule(env Environment, found *Problems) {
	if _, _, daily := DailyTime(env.Backup.Schedule); !daily {
		found.add(backupPath+"schedule", quoted(env.Backup.Schedule), "is not one time of every day, from which the monthly one follows", `write it in UTC, as in "cron(0 1 * * ? *)"`)
	}
}

// mostBackupDays is the longest retention of AWS Backup: a hundred years.
const mostBackupDays = 36500

func backupDaily(env Environment, found *Problems) {
	between(backupPath+"dailyRetentionDays", env.Backup.DailyRetentionDays, 1, mostBackupDays, "is not a retention of backups", found)
}

func backupMonthly(env Environment, found *Problems) {
	between(backupPath+"monthlyRetentionDays", env.Backup.MonthlyRetentionDays, 1, mostBackupDays, "is not a retention of backups", found)
}

// leastCold is how long a backup stays in cold storage at least (AWS Backup Developer
// Guide, "Lifecycle").
const leastCold = 90

func backupColdStorage(env Environment, found *Problems) {
	cold, monthly := env.Backup.ColdStorageAfterDays, env.Backup.MonthlyRetentionDays
	if cold < 0 || (cold > 0 && cold+leastCold > monthly) {
		found.add(backupPath+"coldStorageAfterDays", strconv.Itoa(cold), fmt.Sprintf("leaves less than the %d days that a backup must stay in cold storage, of %d", leastCold, monthly),
			"set an earlier day, a longer monthlyRetentionDays, or 0 for no cold storage")
	}
}

func copyRegionFormat(env Environment, found *Problems) {
	if region := env.Backup.CopyRegion; region != "" {
		checkRegion(backupPath+"copyRegion", region, found)
	}
}

func copyRegionSame(env Environment, found *Problems) {
	if region := env.Backup.CopyRegion; region != "" && region == env.AWS.Region {
		found.add(backupPath+"copyRegion", region, "is the region of the environment: a copy there is lost with it", "name another, or remove the key")
	}
}

// copyRegionPartition: nothing is copied from one partition to another.
func copyRegionPartition(env Environment, found *Problems) {
	region := env.Backup.CopyRegion
	if region != "" && knownRegion(region) && (AWS{Region: region}).Partition() != env.AWS.Partition() {
		found.add(backupPath+"copyRegion", region, "is in another partition than "+env.AWS.Region, "name a region of the partition "+env.AWS.Partition())
	}
}

func restoreSchedule(env Environment, found *Problems) {
	if testing := env.Backup.RestoreTesting; testing.Enabled && !awsCron(testing.Schedule) {
		found.add(backupPath+"restoreTesting.schedule", quoted(testing.Schedule), "is not a cron expression of AWS", `write six fields in UTC, minute first and year last, one of the days a question mark, as in "cron(0 6 ? * MON *)"`)
	}
}

var awsCronPattern = regexp.MustCompile(`^cron\(([0-9*,/-]+ [0-9*,/-]+ [0-9*,/?-]+ [0-9A-Z*,/-]+ [0-9A-Z*,/?-]+) (?:\*|20[2-9][0-9])\)$`)

// awsCron tells whether a text is a cron expression of six fields, one of the days a
// question mark (Amazon EventBridge Scheduler User Guide, "Cron-based schedules").
func awsCron(expression string) bool {
	part := awsCronPattern.FindStringSubmatch(expression)
	if part == nil || strings.Count(part[1], "?") != 1 {
		return false
	}
	_, err := cron.ParseStandard(part[1])
	return err == nil
}

func lockCompliance(env Environment, found *Problems) {
	if lock := env.Backup.Lock; lock.Compliance && !lock.Enabled {
		found.add(lockPath+"compliance", "true", "has no lock to be the mode of", "set backup.lock.enabled to true, or remove the key")
	}
}

// leastGrace is how many days a lock in compliance mode can be removed at least (AWS
// Backup Developer Guide, "AWS Backup Vault Lock").
const leastGrace = 3

func lockGrace(env Environment, found *Problems) {
	if lock := env.Backup.Lock; lock.Compliance && (lock.GraceDays < leastGrace || lock.GraceDays > mostBackupDays) {
		found.add(lockPath+"graceDays", strconv.Itoa(lock.GraceDays), "is how long the lock can still be undone, and after that nobody can, AWS included",
			fmt.Sprintf("set %d or more", leastGrace))
	}
}

func lockGraceAlone(env Environment, found *Problems) {
	if lock := env.Backup.Lock; !lock.Compliance && lock.GraceDays != 0 {
		found.add(lockPath+"graceDays", strconv.Itoa(lock.GraceDays), "would lock the vault for ever, and backup.lock.compliance does not say so", "set compliance to true, or remove the key")
	}
}

func lockBounds(env Environment, found *Problems) {
	lock := env.Backup.Lock
	if lock.Enabled && (lock.MinRetentionDays < 1 || lock.MaxRetentionDays < lock.MinRetentionDays || lock.MaxRetentionDays > mostBackupDays) {
		found.add("backup.lock", fmt.Sprintf("minRetentionDays %d, maxRetentionDays %d", lock.MinRetentionDays, lock.MaxRetentionDays), "are not bounds of a retention",
			fmt.Sprintf("set min to 1 or more, and max from that to %d", mostBackupDays))
	}
}

// lockKeeps: a backup whose retention the lock does not allow is not made.
func lockKeeps(env Environment, found *Problems) {
	lock := env.Backup.Lock
	if !lock.Enabled || lock.MinRetentionDays < 1 || lock.MaxRetentionDays < lock.MinRetentionDays {
		return
	}
	kept := []struct {
		path string
		days int
	}{
		{backupPath + "dailyRetentionDays", env.Backup.DailyRetentionDays},
		{backupPath + "monthlyRetentionDays", env.Backup.MonthlyRetentionDays},
	}
	if env.Data.PostgreSQL.Enabled {
		kept = append(kept, struct {
			path string
			days int
		}{postgresqlPath + "backupRetentionDays", env.Data.PostgreSQL.BackupRetentionDays})
	}
	for _, k := range kept {
		if k.days < lock.MinRetentionDays || k.days > lock.MaxRetentionDays {
			found.add(k.path, strconv.Itoa(k.days), fmt.Sprintf("is outside what backup.lock allows, %d to %d: AWS Backup would not make the backup", lock.MinRetentionDays, lock.MaxRetentionDays),
				"change one of the two")
		}
	}
}
