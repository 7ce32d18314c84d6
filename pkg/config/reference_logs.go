package config

func logKeys() []Key {
	const logs = "platform:observability.logs."
	return []Key{
		{logs + "retentionDays", "map of whole numbers by class", "audit: `365` in production-pci and production, `90` elsewhere; network, loadBalancer, data and application: `365` in production-pci, `90` elsewhere",
			"How long logs are kept, in days. audit: the EKS control plane's and OpenSearch's audit log; network: VPC flow logs and the web ACL's; loadBalancer: access and connection logs in S3; data: the stores'; application: the fleet's and Container Insights'.",
			"another class; what CloudWatch Logs does not take; less than 365 in production-pci (PCI DSS 10.5.1); less than, in production, 365 for audit, 90 for network, loadBalancer and data, 30 for application; in staging, 90 for audit, 30 for network, loadBalancer and data, 14 for application; in dev, 30 for audit, 7 for the others"},
		{logs + "archive.enabled", truth, "`true` in production and production-pci, `false` elsewhere", "Streams every log group of CloudWatch Logs into the bucket `<environment>-log-archive-<account>`.", "`false` in production-pci (PCI DSS 10.3.3)"},
		{logs + "archive.glacierAfterDays", number, "`90`", "When archived logs move to S3 Glacier Instant Retrieval, which charges for 90 days at least; 0: never, and S3 Intelligent-Tiering chooses.", "what is not before expireAfterDays"},
		{logs + "archive.expireAfterDays", number, "`2557` in production-pci, `731` elsewhere", "When archived logs are deleted.", "less than the longest of retentionDays"},
		{logs + "siem.url", word, "required with siem", "An HTTPS endpoint that speaks the protocol of Amazon Data Firehose, to which logs are sent besides.", "what is not an HTTPS URL; a port other than 443; a user name in it; any without archive.enabled"},
		{logs + "siem.secretName", word, "required with siem", "The secret of Secrets Manager with the endpoint's key, `{\"api_key\": \"…\"}`. It must exist before `pulumi up`; its name begins with the environment's, as in `production/siem`.", "what is not the name of a secret; one that does not begin with `<environment>/`"},
		{logs + "siem.classes", "list of text", "all that are in CloudWatch Logs", "The classes of logs that are sent.", "an empty list; a class that there is not, or loadBalancer, whose logs are in S3; one listed twice"},
	}
}
