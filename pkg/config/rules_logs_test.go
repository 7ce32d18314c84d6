package config

import "strings"

// logCase puts keys into platform:observability.logs.
func logCase(rule, wrong, right string, lines ...string) ruleCase {
	const logs = "platform:observability: {logs: {"
	return ruleCase{rule: rule, old: "platform:observability: {}", wrong: logs + wrong + "}}", right: logs + right + "}}", lines: lines}
}

const (
	auditDays    = "observability.logs.retentionDays[audit]: "
	networkDays  = "observability.logs.retentionDays[network]: "
	notRetention = ": is not a number of days that CloudWatch Logs takes: the nearest that keeps the logs as long is "
	lessThanPCI  = ": is less than the year that PCI DSS 10.5.1 asks for: set 365 or more"
	rightSIEM    = "siem: {url: https://siem.example.com/v1, secretName: production/siem}"
	endpointURL  = "observability.logs.siem.url: "
	siemRemedy   = ": write one as in https://siem.example.com/firehose; a key goes into the secret"
	keyInURL     = ": has what looks like a key in it, and this file is no place for secrets" + siemRemedy
	noClass      = ": is not a class of logs in CloudWatch Logs: write one of application, audit, data, network"
)

// siemCase has a right URL and secret, and other keys beside them.
func siemCase(rule, wrong, right string, lines ...string) ruleCase {
	const siem = "siem: {url: https://siem.example.com/v1, secretName: production/siem, "
	return logCase(rule, siem+wrong+"}", siem+right+"}", lines...)
}

// urlCase has a right secret.
func urlCase(wrong, right, line string) ruleCase {
	return logCase("siemURL", "siem: {secretName: production/siem, url: \""+wrong+"\"}", "siem: {secretName: production/siem, url: \""+right+"\"}", line)
}

var logCases = []ruleCase{
	logCase("logClass", "retentionDays: {trace: 365}", "retentionDays: {audit: 365}",
		"observability.logs.retentionDays[trace]: 365: is not a class of logs: write one of application, audit, data, loadBalancer, network"),
	logCase("logDays", "retentionDays: {network: 91}", "retentionDays: {network: 120}", networkDays+"91"+notRetention+"120"),
	logCase("logDays", "retentionDays: {network: 0}", "retentionDays: {network: 7}", networkDays+"0"+notRetention+"1").on(Dev),
	logCase("logDays", "retentionDays: {network: 4000}, archive: {expireAfterDays: 4000}", "retentionDays: {network: 3653}, archive: {expireAfterDays: 3653}",
		networkDays+"4000"+notRetention+"3653"),
	logCase("logDays", "retentionDays: {loadBalancer: 0}", "retentionDays: {loadBalancer: 366}",
		"observability.logs.retentionDays[loadBalancer]: 0: is not a number of days after which S3 can expire an object: set 1 to 2147483647"),
	logCase("logMinimum", "retentionDays: {audit: 180}", "retentionDays: {audit: 365}",
		auditDays+"180: is less than production keeps audit logs at least: set 365 or more"),
	logCase("logMinimum", "retentionDays: {audit: 180}", "retentionDays: {audit: 180}",
		auditDays+"180: is less than production keeps audit logs at least: set 365 or more").on(Production, Dev),
	logCase("logMinimum", "retentionDays: {application: 14}", "retentionDays: {application: 30}",
		"observability.logs.retentionDays[application]: 14: is less than production keeps application logs at least: set 30 or more"),
	logCase("logMinimum", "retentionDays: {audit: 14, data: 5}", "retentionDays: {audit: 30, data: 7}",
		auditDays+"14: is less than dev keeps audit logs at least: set 30 or more",
		"observability.logs.retentionDays[data]: 5: is less than dev keeps data logs at least: set 7 or more").on(Dev),
	logCase("logMinimum", "retentionDays: {network: 180}", "retentionDays: {network: 400}", networkDays+"180"+lessThanPCI).on(ProductionPCI),
	logCase("logMinimum", "retentionDays: {loadBalancer: 364}", "retentionDays: {loadBalancer: 365}",
		"observability.logs.retentionDays[loadBalancer]: 364"+lessThanPCI).on(ProductionPCI),
	logCase("archiveGlacier", "archive: {glacierAfterDays: -1}", "archive: {glacierAfterDays: 0}",
		"observability.logs.archive.glacierAfterDays: -1: is not a day before the logs expire, 731: set an earlier day, or 0 to leave them where they are"),
	logCase("archiveGlacier", "archive: {glacierAfterDays: 731}", "archive: {glacierAfterDays: 730}",
		"observability.logs.archive.glacierAfterDays: 731: is not a day before the logs expire, 731: set an earlier day, or 0 to leave them where they are"),
	logCase("archiveGlacier", "archive: {enabled: true, glacierAfterDays: -1}", "archive: {enabled: false, glacierAfterDays: -1}",
		"observability.logs.archive.glacierAfterDays: -1: is not a day before the logs expire, 731: set an earlier day, or 0 to leave them where they are"),
	logCase("archiveExpiry", "archive: {expireAfterDays: 364}", "archive: {expireAfterDays: 365}",
		"observability.logs.archive.expireAfterDays: 364: is less than the longest of observability.logs.retentionDays, 365, or more than S3 takes: set 365 to 2147483647"),
	logCase("archiveExpiry", "retentionDays: {data: 1096}", "retentionDays: {data: 731}",
		"observability.logs.archive.expireAfterDays: 731: is less than the longest of observability.logs.retentionDays, 1096, or more than S3 takes: set 1096 to 2147483647"),
	logCase("archivePCI", "archive: {enabled: false}", "archive: {enabled: true}",
		"observability.logs.archive.enabled: false: would leave the logs of production-pci in one place only (PCI DSS 10.3.3): remove the key").on(ProductionPCI),
	logCase("archivePCI", "archive: {enabled: false}", "archive: {enabled: false}",
		"observability.logs.archive.enabled: false: would leave the logs of production-pci in one place only (PCI DSS 10.3.3): remove the key").on(ProductionPCI, Production),
	logCase("siemURL", "siem: {secretName: production/siem}", rightSIEM, endpointURL+"none: is required"+siemRemedy),
	urlCase("http://siem.example.com/v1", "https://siem.example.com/v1", endpointURL+"http://siem.example.com/…: is no HTTPS URL: anybody on the way could read the messages"+siemRemedy),
	urlCase("siem.example.com", "https://siem.example.com", endpointURL+"not shown: is no URL"+siemRemedy),
	urlCase("https:///v1", "https://siem.example.com/v1", endpointURL+"not shown: is a URL without a host's name"+siemRemedy),
	urlCase("https://me:word@siem.example.com", "https://siem.example.com:443/", endpointURL+"https://siem.example.com/…"+keyInURL),
	urlCase("https://siem.example.com/v1?token=x", "https://siem.example.com/v1?source=aws", endpointURL+"https://siem.example.com/…"+keyInURL),
	urlCase("https://siem.example.com/v1#x", "https://siem.example.com/v1", endpointURL+"https://siem.example.com/…: has a fragment, which is not sent"+siemRemedy),
	urlCase("https://10.0.0.7/v1", "https://203.0.113.7/v1",
		endpointURL+"https://10.0.0.7/…: is not on the internet, and Amazon Data Firehose delivers nowhere else"+siemRemedy),
	urlCase("https://siem.example.com:8088/v1", "https://siem.example.com:443/v1",
		endpointURL+"https://siem.example.com:8088/…: has another port than 443, the only one to which Amazon Data Firehose delivers"+siemRemedy),
	urlCase("https://siem.example.com/"+strings.Repeat("v/", 488), "https://siem.example.com/"+strings.Repeat("v/", 487),
		endpointURL+"https://siem.example.com/…: is longer than the 1000 characters that Amazon Data Firehose takes"+siemRemedy),
	logCase("siemSecret", "siem: {url: https://siem.example.com/v1}", rightSIEM,
		`observability.logs.siem.secretName: none: is required: name the secret of Secrets Manager that holds {"api_key": "…"}`),
	logCase("siemSecret", `siem: {url: https://siem.example.com/v1, secretName: "arn:aws:secretsmanager:us-east-1:111111111111:secret:siem"}`, rightSIEM,
		"observability.logs.siem.secretName: arn:aws:secretsmanager:us-east-1:111111111111:secret:siem: is not the name of a secret of production: write the name, as in production/siem, and not its ARN"),
	logCase("siemSecret", "siem: {url: https://siem.example.com/v1, secretName: staging/siem}", rightSIEM,
		"observability.logs.siem.secretName: staging/siem: is not the name of a secret of production: write the name, as in production/siem, and not its ARN"),
	siemCase("siemClass", "classes: [audit, trace]", "classes: [audit, network]", "observability.logs.siem.classes[1]: trace"+noClass),
	siemCase("siemClass", "classes: [loadBalancer]", "classes: [data]", "observability.logs.siem.classes[0]: loadBalancer"+noClass),
	siemCase("siemClassDuplicate", "classes: [audit, data, audit]", "classes: [audit, data]",
		"observability.logs.siem.classes[2]: audit: is listed already, at observability.logs.siem.classes[0]: remove one"),
	siemCase("siemClasses", "classes: []", "classes: [application]",
		"observability.logs.siem.classes: none: would send nothing: name a class, or remove the key for all of them"),
	logCase("siemArchive", "archive: {enabled: false}, "+rightSIEM, rightSIEM,
		"observability.logs.siem: production/siem: has no archive for what it does not take: set observability.logs.archive.enabled to true"),
}
