package config

func auditKeys() []Key {
	const (
		path      = "platform-account:baseline."
		elsewhere = " `false` where the organization does: a preview says what must exist then."
		year      = "less than 365; what CloudWatch Logs does not offer"
	)
	return []Key{
		{path + "runbookUrl", word, "`docs/runbooks`, the folder in the repository", "Where runbooks are read: every alarm's description has it, followed by the name of a runbook.",
			"what is neither `docs/runbooks` nor an HTTPS URL of a folder, without a slash at its end; more than 500 characters"},
		{path + "cloudTrail.enabled", truth, "`true`", "Records the account's events by the trail `platform-trail`, with alarms on those that somebody must hear of." + elsewhere, ""},
		{path + "cloudTrail.dataEvents", truth, "`true`", "Records who reads and writes objects and calls functions, too. That is charged by the event.", "`false` in production-pci's account"},
		{path + "cloudTrail.logRetentionDays", number, "`365`", "How long CloudWatch Logs keeps the events.", year},
		{path + "cloudTrail.objectLock.retentionDays", number, "`365`", "How long the trail's files are locked in their bucket, in days; they go when it ends.", "less than 365; more than 36500"},
		{path + "cloudTrail.objectLock.compliance", truth, notFalse,
			"Locks the files for everybody, the root user and AWS included. `false` is governance mode, which whoever has `s3:BypassGovernanceRetention` lifts. Preview warns: it cannot be undone.",
			"`true` without objectLock.confirmRetentionDays"},
		{path + "cloudTrail.objectLock.confirmRetentionDays", number, "none", "Repeats objectLock.retentionDays, with compliance.", "another number; any without compliance"},
		{path + "config.enabled", truth, "`true`", "Records all resources by AWS Config." + elsewhere, "`false` with securityHub.enabled"},
		{path + "config.conformancePack", truth, "`true`", "Judges the resources by a conformance pack: PCI DSS in production-pci's account, the baseline elsewhere." + elsewhere, "`true` in AWS GovCloud, which lacks some of the rules"},
		{path + "config.createRole", truth, "`true`",
			"Makes the service-linked role `AWSServiceRoleForConfig`. `false` where the account has it, as `aws iam get-role --role-name AWSServiceRoleForConfig` tells: IAM makes none twice.", ""},
		{path + "sessionManager.enabled", truth, "`true`",
			"Sets the preferences of Session Manager for the account and region: sessions are recorded, encrypted and end." + elsewhere, ""},
		{path + "sessionManager.idleMinutes", number, "`15`", "Ends a session in which nobody types, in minutes.", "what is not from 1 to 15"},
		{path + "sessionManager.maxMinutes", number, "`60`", "Ends any session, in minutes.", "what is not from 1 to 1440"},
		{path + "sessionManager.logRetentionDays", number, "`365`", "How long what was typed is kept.", year},
	}
}
