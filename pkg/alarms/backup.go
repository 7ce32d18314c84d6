package alarms

const backupNamespace = "AWS/Backup"

// backupRows are of the vaults (AWS Backup Developer Guide, "AWS Backup metrics with Amazon
// CloudWatch"): nothing is reported where nothing is counted, and the vault of a copy job is
// the one it goes to. A job that could not start in its window has expired.
func backupRows() []Row {
	const runbook = "backup-jobs.md"
	return []Row{
		{
			Kind: Backup, Alarm: Alarm{
				Name: "failed", Says: "A backup job failed, or could not start in its window.",
				Metrics: []Metric{
					{"failed", backupNamespace, "NumberOfBackupJobsFailed", Sum},
					{"expired", backupNamespace, "NumberOfBackupJobsExpired", Sum},
				},
				Expression: "FILL(failed, 0) + FILL(expired, 0)",
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: hourSeconds, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			Kind: Backup, Alarm: Alarm{
				Name: "restore-failed", Says: "A restore failed: one that somebody asked for, or the test of the backups.",
				Metrics:    one(backupNamespace, "NumberOfRestoreJobsFailed", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: hourSeconds, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			Kind: BackupCopy, Alarm: Alarm{
				Name: "failed", Says: "A copy of a backup into the other region failed.",
				Metrics:    one(backupNamespace, "NumberOfCopyJobsFailed", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: hourSeconds, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}
