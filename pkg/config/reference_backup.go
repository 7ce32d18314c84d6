package config

func backupKeys() []Key {
	const path = "platform:backup."
	return []Key{
		{path + "schedule", word, "`cron(0 1 * * ? *)`", "When the daily backup is made, in UTC; the monthly one on the first of a month at the same time.", "what is not an AWS cron expression of one time of every day"},
		{path + "dailyRetentionDays", number, "`35`", "How long daily backups are kept.", "what is not from 1 to 36500; what lock does not allow"},
		{path + "monthlyRetentionDays", number, "`365`", "How long monthly backups are kept.", "what is not from 1 to 36500; what lock does not allow"},
		{path + "coldStorageAfterDays", number, "`30`", "When monthly backups move to cold storage, of resources that have it; 0: never.", "what leaves less than 90 days there"},
		{path + "copyRegion", word, "none", "Another region, to which daily and monthly backups are copied. Set it before the first `up`: a key cannot become multi-region later.",
			"what is not a region; the environment's own; one of another partition"},
		{path + "lock.enabled", truth, "`true` in production and production-pci, `false` elsewhere", "Locks the vault, in governance mode: an administrator with the permission can lift it.", ""},
		{path + "lock.compliance", truth, notFalse, "Locks the vault for everybody and for ever, once graceDays are over. Preview says so.", "`true` without lock.enabled or without lock.graceDays"},
		{path + "lock.graceDays", number, "none", "The days in which a lock in compliance mode can still be removed.", "less than 3; any without lock.compliance"},
		{path + "lock.minRetentionDays", number, "`7`", "The shortest retention that the lock allows.", "less than 1; more than maxRetentionDays"},
		{path + "lock.maxRetentionDays", number, "`366`", "The longest retention that the lock allows.", "less than minRetentionDays; more than 36500"},
		{path + "restoreTesting.enabled", truth, "`true` in production and production-pci, `false` elsewhere", "Restores a backup on a schedule, to see that it can be.", ""},
		{path + "restoreTesting.schedule", word, "`cron(0 6 ? * MON *)`", "When, in UTC.", "what is not a cron expression of AWS"},
	}
}
