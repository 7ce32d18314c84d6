package backup

import (
	"errors"
	"fmt"

	"aws-platform/pkg/required"
)

// What AWS Backup takes (AWS Backup Developer Guide, "Lifecycle", "Changing your retention
// period", "AWS Backup Vault Lock").
const (
	coldStorageMinimumDays = 90
	continuousMaximumDays  = 35
	graceMinimumDays       = 3
)

// validate returns every reason why the backup cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("backup.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "KeyARN", Value: args.KeyARN, Remedy: "pass the KMS key of backups"},
		required.Field{Name: "TopicARN", Value: args.TopicARN, Remedy: "pass the warning topic"},
		required.Field{Name: "Config.DailyRetentionDays", Value: args.Config.DailyRetentionDays, Remedy: "write how many days daily backups are kept"},
		required.Field{Name: "Config.MonthlyRetentionDays", Value: args.Config.MonthlyRetentionDays, Remedy: "write how many days monthly backups are kept"},
	)...)
	if _, daily := parseDaily(args.Config.Schedule); !daily {
		problems = append(problems, fmt.Errorf(
			"backup.Args.Config.Schedule: %q: not one time of every day, from which the monthly one follows: write it as cron(0 1 * * ? *)", args.Config.Schedule))
	}
	for _, more := range []func(Args) []error{validateRetention, validateLock, validateCopy, validateRestoreTesting} {
		problems = append(problems, more(args)...)
	}
	return errors.Join(problems...)
}

// validateRetention checks what is kept, lock or not.
func validateRetention(args Args) (problems []error) {
	if args.ContinuousDays < 0 || args.ContinuousDays > continuousMaximumDays {
		problems = append(problems, fmt.Errorf("backup.Args.ContinuousDays: %d: AWS Backup takes 1 to %d: pass the database's retention, or 0 for none",
			args.ContinuousDays, continuousMaximumDays))
	}
	cold, days := args.Config.ColdStorageAfterDays, args.Config.MonthlyRetentionDays
	if cold < 0 || (cold > 0 && days < cold+coldStorageMinimumDays) {
		problems = append(problems, fmt.Errorf(
			"backup.Args.Config.ColdStorageAfterDays: %d: backups stay %d days in cold storage, and are kept %d: keep them longer, move them earlier, or write 0 for never",
			cold, coldStorageMinimumDays, days))
	}
	return problems
}

// validateLock checks that a lock lets through what the plan makes: a job whose retention
// it does not allow fails.
func validateLock(args Args) (problems []error) {
	lock := args.Config.Lock
	if lock.Compliance && !lock.Enabled {
		problems = append(problems, errors.New("backup.Args.Config.Lock.Compliance: true: there is no lock: set Enabled too"))
	}
	if lock.Compliance && lock.GraceDays < graceMinimumDays {
		problems = append(problems, fmt.Errorf("backup.Args.Config.Lock.GraceDays: %d: AWS Backup takes %d or more: after them nobody can undo the lock",
			lock.GraceDays, graceMinimumDays))
	}
	if !lock.Enabled {
		return problems
	}
	if lock.MinRetentionDays < 1 || lock.MaxRetentionDays < lock.MinRetentionDays {
		problems = append(problems, fmt.Errorf("backup.Args.Config.Lock: %d to %d days: no range of retentions: write 1 or more, and the larger last",
			lock.MinRetentionDays, lock.MaxRetentionDays))
	}
	kept := []struct {
		field string
		days  int
	}{
		{"Config.DailyRetentionDays", args.Config.DailyRetentionDays},
		{"Config.MonthlyRetentionDays", args.Config.MonthlyRetentionDays},
		{"ContinuousDays", args.ContinuousDays},
	}
	for _, k := range kept {
		if k.days != 0 && (k.days < lock.MinRetentionDays || k.days > lock.MaxRetentionDays) {
			problems = append(problems, fmt.Errorf("backup.Args.%s: %d: the lock allows %d to %d, and the jobs would fail: change one of the two",
				k.field, k.days, lock.MinRetentionDays, lock.MaxRetentionDays))
		}
	}
	return problems
}

// validateCopy checks that a copy region comes with its provider, and is another one.
func validateCopy(args Args) []error {
	region := args.Config.CopyRegion
	switch {
	case region == "" && args.CopyProvider != nil:
		return []error{errors.New(`backup.Args.Config.CopyRegion: "": there is a provider for it: name the region, or pass no CopyProvider`)}
	case region != "" && args.CopyProvider == nil:
		return []error{fmt.Errorf("backup.Args.CopyProvider: nil: backups are to be copied to %s: pass a provider that works there", region)}
	case region != "" && region == args.Region:
		return []error{fmt.Errorf("backup.Args.Config.CopyRegion: %q: the backups are there already: name another region", region)}
	}
	return nil
}

// validateRestoreTesting checks what only restore testing needs.
func validateRestoreTesting(args Args) []error {
	if !args.Config.RestoreTesting.Enabled {
		return nil
	}
	return required.Missing("backup.Args",
		required.Field{Name: "Config.RestoreTesting.Schedule", Value: args.Config.RestoreTesting.Schedule, Remedy: "write when to restore, as cron(0 6 ? * MON *)"},
		required.Field{Name: "RestoreSubnetGroup", Value: args.RestoreSubnetGroup, Remedy: "pass the name of the databases' subnet group"})
}
