package config

import (
	"slices"
	"strconv"
)

var auditRules = []accountRule{
	accountRunbookURL, trailRetention, sessionRetention, objectLockDays, objectLockConfirmed, objectLockConfirmedAlone, dataEventsPCI,
	idleMinutes, maxMinutes, packPartition,
}

const (
	trailPath      = "baseline.cloudTrail."
	objectLockPath = trailPath + "objectLock."
	awsConfigPath  = "baseline.config."
	sessionsPath   = "baseline.sessionManager."
)

func accountRunbookURL(account Account, found *Problems) {
	checkRunbookURL("baseline.runbookUrl", account.Baseline.RunbookURL, found)
}

func trailRetention(account Account, found *Problems) {
	auditRetention(trailPath+"logRetentionDays", account.Baseline.CloudTrail.LogRetentionDays, found)
}

func sessionRetention(account Account, found *Problems) {
	auditRetention(sessionsPath+"logRetentionDays", account.Baseline.SessionManager.LogRetentionDays, found)
}

// auditRetention: audit logs are kept a year, in every account: an intruder comes by the one
// that nobody looked at.
func auditRetention(path string, days int, found *Problems) {
	switch {
	case days < leastRetentionPCI:
		found.add(path, strconv.Itoa(days), "is less than the year that audit logs are kept (PCI DSS v4.0.1, requirement 10.5.1)", "set "+strconv.Itoa(leastRetentionPCI)+" or more")
	case !slices.Contains(retentions, days):
		found.add(path, strconv.Itoa(days), "is not a number of days that CloudWatch Logs takes", "the nearest that keeps the logs as long is "+strconv.Itoa(LogRetention(days)))
	}
}

// mostLockDays is the longest retention of S3 Object Lock, a hundred years (Amazon S3 User
// Guide, "Object Lock considerations").
const mostLockDays = 36500

func objectLockDays(account Account, found *Problems) {
	between(objectLockPath+"retentionDays", account.Baseline.CloudTrail.ObjectLock.RetentionDays, leastRetentionPCI, mostLockDays,
		"is not a year or more (PCI DSS v4.0.1, requirement 10.5.1), or more than S3 takes", found)
}

// objectLockConfirmed: in compliance mode nobody can delete a file any more, so that it is
// said twice.
func objectLockConfirmed(account Account, found *Problems) {
	if lock := account.Baseline.CloudTrail.ObjectLock; lock.Compliance && lock.ConfirmRetentionDays != lock.RetentionDays {
		found.add(objectLockPath+"confirmRetentionDays", strconv.Itoa(lock.ConfirmRetentionDays),
			"does not repeat the "+strconv.Itoa(lock.RetentionDays)+" days for which compliance locks every file, for everybody and for good",
			"set "+strconv.Itoa(lock.RetentionDays)+" where that is meant, or remove compliance")
	}
}

func objectLockConfirmedAlone(account Account, found *Problems) {
	if lock := account.Baseline.CloudTrail.ObjectLock; !lock.Compliance && lock.ConfirmRetentionDays != 0 {
		found.add(objectLockPath+"confirmRetentionDays", strconv.Itoa(lock.ConfirmRetentionDays),
			"confirms a lock in compliance mode, and "+objectLockPath+"compliance does not ask for one", "set compliance to true, or remove the key")
	}
}

func dataEventsPCI(account Account, found *Problems) {
	if trail := account.Baseline.CloudTrail; account.PCI() && trail.Enabled && !trail.DataEvents {
		found.add(trailPath+"dataEvents", "false", "leaves out who reads card data in buckets, which PCI DSS v4.0.1 asks for in requirement 10.2.1.1", "remove the key")
	}
}

// mostIdleMinutes is less than Session Manager's 60 (PCI DSS v4.0.1, requirement 8.2.8).
const (
	mostIdleMinutes    = 15
	mostSessionMinutes = 1440
)

func idleMinutes(account Account, found *Problems) {
	between(sessionsPath+"idleMinutes", account.Baseline.SessionManager.IdleMinutes, 1, mostIdleMinutes,
		"is not how long a session may idle (PCI DSS v4.0.1, requirement 8.2.8)", found)
}

func maxMinutes(account Account, found *Problems) {
	between(sessionsPath+"maxMinutes", account.Baseline.SessionManager.MaxMinutes, 1, mostSessionMinutes, "is not how long Session Manager lets a session last", found)
}

// packPartition: AWS Config refuses a pack with a rule that a region lacks, and those of
// AWS GovCloud lack several.
func packPartition(account Account, found *Problems) {
	of := account.Baseline.Config
	if regionPattern.MatchString(account.AWS.Region) && account.AWS.Partition() != partition("us-east-1") && of.Enabled && of.ConformancePack {
		found.add(awsConfigPath+"conformancePack", "true", "has rules that "+account.AWS.Region+" lacks, without which AWS Config makes no pack", "set it to false, and deploy a pack of those that are there by hand")
	}
}
