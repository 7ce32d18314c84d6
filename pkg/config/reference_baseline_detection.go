package config

func detectionKeys() []Key {
	const path = "platform-account:baseline."
	const elsewhere = " `false` where the organization runs it: a preview says what must exist then."
	on := func(part, says, refused string) Key {
		return Key{path + part + ".enabled", truth, "`true`", says + elsewhere, refused}
	}
	return []Key{
		on("guardDuty", "GuardDuty, with protection of S3, EKS' audit logs, volumes, RDS, Lambda and what runs. The agent in the cluster is `platform:cluster.guardDuty`.", ""),
		on("securityHub", "Security Hub, with AWS Foundational Security Best Practices, the CIS AWS Foundations Benchmark 5.0.0 and, in production-pci's account, PCI DSS v4.0.1. "+
			"What is CRITICAL or HIGH goes to the topic `platform-security`, each day until somebody takes it up.", "`true` without config.enabled, whose rules its controls are"),
		on("inspector", "Amazon Inspector scans instances, images and functions. The image registry asks for its scans too.", ""),
		on("accessAnalyzer", "IAM Access Analyzer finds who comes in from outside the account, and what was not used for 90 days.", ""),
		{path + "macie.enabled", truth, "`true` in production-pci's account, `false` elsewhere",
			"Amazon Macie looks once a week for card numbers in the buckets with the tag `DataClassification=cardholder-data`. It reads no object whose key does not let it decrypt." + elsewhere, ""},
		on("accountDefaults", "What holds where nobody says otherwise: volumes are encrypted, snapshots and images are not public, instances have version 2 of the metadata service and no serial console, "+
			"no bucket is public, passwords of IAM users have 14 characters and last 90 days.", ""),
		on("mfa", "The policy `platform-require-mfa` and the group `platform-people`, whose users may do nothing without a second factor but set one up. Every person who is an IAM user belongs into the group; "+
			"roles ask for it by their trust policies, and IAM Identity Center by its own setting.", ""),
		{path + "costAllocationTags.enabled", truth, "`false`",
			"Activates the tags Environment, Project, CostCenter and Owner for cost allocation. AWS lets the account that pays do that, and no other; a tag must have been in use for a day.", ""},
	}
}
