package config

// Backup is the configuration of AWS Backup, which keeps what the stores' own
// backups do not: longer, in a vault of its own, and in another region.
type Backup struct {
	// Schedule is when the daily backup is made, an AWS cron expression in UTC;
	// "cron(0 1 * * ? *)" by default. The monthly one is made on the first of a month, at the
	// same time.
	Schedule string `mapstructure:"schedule"`
	// DailyRetentionDays is how long daily backups are kept: 35 by default.
	DailyRetentionDays int `mapstructure:"dailyRetentionDays"`
	// MonthlyRetentionDays is how long monthly backups are kept: 365 by default. After
	// ColdStorageAfterDays they move to cold storage, 30 by default, where they must stay 90 days.
	MonthlyRetentionDays int `mapstructure:"monthlyRetentionDays"`
	ColdStorageAfterDays int `mapstructure:"coldStorageAfterDays"`
	// CopyRegion is another region of the partition, to which each daily and monthly
	// backup is copied; none by default. A key cannot become multi-region later: setting
	// it where the environment exists replaces the vault's key.
	CopyRegion string `mapstructure:"copyRegion"`
	// Lock is the lock of the vault.
	Lock BackupLock `mapstructure:"lock"`
	// RestoreTesting restores a backup on a schedule, to see that it can be.
	RestoreTesting RestoreTesting `mapstructure:"restoreTesting"`
}

// BackupLock is AWS Backup Vault Lock: backups cannot be deleted before, nor kept
// beyond, the retention that it allows.
type BackupLock struct {
	// Enabled locks the vault in governance mode, which an administrator with the
	// permission can lift; true by default in production and production-pci.
	Enabled bool `mapstructure:"enabled"`
	// Compliance locks it for everybody, AWS included, and for ever, once GraceDays are
	// over; false by default.
	Compliance bool `mapstructure:"compliance"`
	// GraceDays are the days, 3 or more, in which a lock in compliance mode can still be
	// removed; required with Compliance, and nothing without it.
	GraceDays int `mapstructure:"graceDays"`
	// MinRetentionDays and MaxRetentionDays are the bounds of a backup's retention: 7 and
	// 366 by default.
	MinRetentionDays int `mapstructure:"minRetentionDays"`
	MaxRetentionDays int `mapstructure:"maxRetentionDays"`
}

// RestoreTesting is an AWS Backup restore testing plan.
type RestoreTesting struct {
	// Enabled makes the plan; true by default in production and production-pci.
	Enabled bool `mapstructure:"enabled"`
	// Schedule is an AWS cron expression in UTC; Mondays at 6, "cron(0 6 ? * MON *)", by default.
	Schedule string `mapstructure:"schedule"`
}
