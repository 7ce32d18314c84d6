package config

import "strconv"

// accountSwitch is a part of an account that may be off.
type accountSwitch struct {
	// path is the switch, on what it says.
	path string
	on   bool
	// fact is what is missing then, remedy what must exist elsewhere.
	fact, remedy string
}

// PCI tells whether card data is processed in the account.
func (a Account) PCI() bool { return a.Environment == ProductionPCI }

// Warnings returns what is right and must be known: each part that somebody else must have,
// and what cannot be undone. Sorted as [Problems] are.
func (a Account) Warnings() Problems {
	var found Problems
	for _, of := range a.switches() {
		if !of.on {
			found.add("baseline."+of.path, "false", of.fact, of.remedy)
		}
	}
	if trail := a.Baseline.CloudTrail; trail.Enabled && trail.ObjectLock.Compliance {
		found.add(objectLockPath+"compliance", "true",
			"cannot be undone: no file of the trail can be deleted for "+strconv.Itoa(trail.ObjectLock.RetentionDays)+" days, not by an administrator, not by the root user, not by AWS",
			"be sure, or remove compliance and confirmRetentionDays for governance mode")
	}
	return found.sorted()
}

// switches are all switches of the baseline. One within a part that is off says nothing of
// its own, and none is of what only the payer's account may do.
func (a Account) switches() []accountSwitch {
	b := a.Baseline
	return []accountSwitch{
		{"cloudTrail.enabled", b.CloudTrail.Enabled, "records nothing of who did what in this account, and raises no alarm on it",
			"have a trail of the organization, of all regions, with management and data events, log file validation and a year's retention that nobody can shorten, and alarms on the events of the runbook audit-events.md"},
		{"cloudTrail.dataEvents", b.CloudTrail.DataEvents || !b.CloudTrail.Enabled, "records nobody who reads or writes an object or calls a function",
			"have another trail with data events, or hold nothing in buckets that somebody could ask for"},
		{"config.enabled", b.Config.Enabled, "records no configuration, without which Security Hub judges nothing",
			"have a recorder of the organization in this account and region, for all resources, IAM's included"},
		{"config.conformancePack", b.Config.ConformancePack || !b.Config.Enabled, "judges no configuration, and requires no tags",
			"have an organization conformance pack with the rules of pkg/baseline/audit/conformance/" + a.packFile()},
		{"sessionManager.enabled", b.SessionManager.Enabled, "leaves sessions as they are: not recorded, not encrypted by a key of ours, and open as long as Session Manager's own preferences say",
			"have the document SSM-SessionManagerRunShell in this account and region, with a log group, a key and an idle timeout of 15 minutes at most"},
		{"guardDuty.enabled", b.GuardDuty.Enabled, "watches for no intruder",
			"have this account as a member of the organization's GuardDuty, with protection of S3, EKS, volumes, RDS, Lambda and what runs"},
		{"securityHub.enabled", b.SecurityHub.Enabled, "collects no findings, and sends none to the topic",
			"have this account as a member of the organization's Security Hub, with the standards FSBP and CIS" + a.andPCI()},
		{"inspector.enabled", b.Inspector.Enabled, "scans no instance and no image for vulnerabilities",
			"have this account as a member of the organization's Amazon Inspector, with instances, images and functions"},
		{"accessAnalyzer.enabled", b.AccessAnalyzer.Enabled, "finds nobody who comes in from outside, and no access that nobody uses",
			"have analyzers of the organization, for external and for unused access"},
		{"macie.enabled", b.Macie.Enabled || !a.PCI(), "looks for card data in no bucket",
			"have this account as a member of the organization's Amazon Macie, with a job for the buckets of card data"},
		{"accountDefaults.enabled", b.AccountDefaults.Enabled, "leaves the account's defaults as they are",
			"have EBS encryption by default, IMDSv2, the S3 public access block and the password policy set by the organization"},
		{"mfa.enabled", b.MFA.Enabled, "lets IAM users in without a second factor",
			"have no IAM users, and a second factor asked for where people sign in"},
	}
}

// packFile is the template of the account's conformance pack.
func (a Account) packFile() string {
	if a.PCI() {
		return "pci-dss.yaml"
	}
	return "baseline.yaml"
}

func (a Account) andPCI() string {
	if a.PCI() {
		return ", and PCI DSS v4.0.1"
	}
	return ""
}
