package config

// The defaults of platform:backup that are the same in every environment.
const (
	defaultBackupSchedule  = "cron(0 1 * * ? *)"
	defaultRestoreSchedule = "cron(0 6 ? * MON *)"
	defaultDailyDays       = 35
	defaultMonthlyDays     = 365
	defaultColdDays        = 30
	defaultLockMinDays     = 7
	defaultLockMaxDays     = 366
)

// defaultBackup are the defaults of an environment.
func defaultBackup(env Environment) Backup {
	return Backup{
		Schedule: defaultBackupSchedule, DailyRetentionDays: defaultDailyDays,
		MonthlyRetentionDays: defaultMonthlyDays, ColdStorageAfterDays: defaultColdDays,
		Lock: BackupLock{
			Enabled: env.Production(), MinRetentionDays: defaultLockMinDays, MaxRetentionDays: defaultLockMaxDays,
		},
		RestoreTesting: RestoreTesting{Enabled: env.Production(), Schedule: defaultRestoreSchedule},
	}
}
