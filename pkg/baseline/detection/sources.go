package detection

import "aws-platform/pkg/config"

// sources are the rules.
//
// Security Hub has the findings of its own controls, and of GuardDuty, Inspector, Macie and
// IAM Access Analyzer as soon as it and they are on (AWS Security Hub User Guide, "AWS service
// integrations"). Where it is off, GuardDuty's and Inspector's rules hear them directly. Two it
// has not, or not so that its rule would hear them:
//
//   - what Macie finds in objects: by default it sends Security Hub what it finds in policies
//     alone (Amazon Macie User Guide, "Configuring publication settings for findings"), and the
//     provider has no resource for that setting;
//   - IAM Access Analyzer's: they are one a resource there, and LOW where another account gets
//     in (IAM User Guide, "Integrate IAM Access Analyzer with AWS Security Hub").
var sources = []source{
	{
		// Every update of a finding is an event, and a control is checked at least once a day:
		// what nobody has set to NOTIFIED, SUPPRESSED or RESOLVED is told again. A control that
		// passes is RESOLVED by itself.
		name: "security-hub", says: "Findings of Security Hub, CRITICAL or HIGH, that nobody has taken up",
		event: "aws.securityhub", detailType: "Security Hub Findings - Imported",
		when: func(of config.Baseline) bool { return of.SecurityHub.Enabled },
		detail: func(config.Baseline) map[string]any {
			return map[string]any{"findings": map[string]any{
				"Severity": map[string]any{"Label": []string{"CRITICAL", "HIGH"}}, "Workflow": map[string]any{"Status": []string{"NEW"}}, "RecordState": []string{"ACTIVE"},
			}}
		},
		message: message{
			of: "Security Hub", runbook: findingsRunbook, console: "securityhub/home?region=%s#/findings", severity: "$.detail.findings[0].Severity.Label",
			what: "$.detail.findings[0].Title", more: "$.detail.findings[0].Description", where: "$.detail.findings[0].Resources[0].Id", id: "$.detail.findings[0].Id",
		},
	},
	{
		// From 7 on a finding is HIGH, from 9 on CRITICAL (Amazon GuardDuty User Guide,
		// "Severity levels of GuardDuty findings").
		name: "guardduty", says: "Findings of GuardDuty, HIGH or CRITICAL",
		event: "aws.guardduty", detailType: "GuardDuty Finding",
		when: func(of config.Baseline) bool { return of.GuardDuty.Enabled && !of.SecurityHub.Enabled },
		detail: func(config.Baseline) map[string]any {
			return map[string]any{"severity": []any{map[string]any{"numeric": []any{">=", 7}}}}
		},
		message: message{
			of: "GuardDuty", runbook: findingsRunbook, console: "guardduty/home?region=%s#/findings", severity: "$.detail.severity",
			what: "$.detail.title", more: "$.detail.description", where: "$.detail.resource.resourceType", id: "$.detail.arn",
		},
	},
	{
		name: "inspector", says: "Findings of Inspector, CRITICAL or HIGH",
		event: "aws.inspector2", detailType: "Inspector2 Finding",
		when: func(of config.Baseline) bool { return of.Inspector.Enabled && !of.SecurityHub.Enabled },
		detail: func(config.Baseline) map[string]any {
			return map[string]any{"severity": []string{"CRITICAL", "HIGH"}, "status": []string{"ACTIVE"}}
		},
		message: message{
			of: "Inspector", runbook: "vulnerability-findings.md", console: "inspector/v2/home?region=%s#/findings", severity: "$.detail.severity",
			what: "$.detail.title", more: "$.detail.description", where: "$.detail.resources[0].id", id: "$.detail.findingArn",
		},
	},
	{
		name: "access", says: "Resources that somebody outside the account can reach, found by IAM Access Analyzer",
		event: "aws.access-analyzer", detailType: "Access Analyzer Finding",
		when: func(of config.Baseline) bool { return of.AccessAnalyzer.Enabled },
		detail: func(config.Baseline) map[string]any {
			// Without an error: what could not be analyzed is no access.
			return map[string]any{"status": []string{"ACTIVE"}, "isDeleted": []bool{false}, "error": []any{map[string]any{"exists": false}}}
		},
		message: message{
			of: "IAM Access Analyzer", runbook: findingsRunbook, console: "access-analyzer/home?region=%s#/findings",
			says: "Somebody outside the account can reach <where>", where: "$.detail.resource", id: "$.detail.id",
		},
	},
	{
		// One card number is enough, so that no severity is asked for. What is personal and no
		// more stays in Macie: logs have names and addresses in every file.
		name: "macie", says: "Card numbers and credentials in buckets, found by Macie",
		event: "aws.macie", detailType: "Macie Finding",
		when: func(of config.Baseline) bool { return of.Macie.Enabled },
		detail: func(of config.Baseline) map[string]any {
			types := []any{"SensitiveData:S3Object/Credentials", "SensitiveData:S3Object/Financial", "SensitiveData:S3Object/Multiple"}
			if !of.SecurityHub.Enabled {
				types = append(types, map[string]any{"prefix": "Policy:"})
			}
			return map[string]any{"type": types}
		},
		message: message{
			of: "Macie", runbook: findingsRunbook, console: "macie/home?region=%s#findings", severity: "$.detail.severity.description",
			what: "$.detail.title", more: "$.detail.description", where: "$.detail.resourcesAffected.s3Bucket.arn", id: "$.detail.id",
		},
	},
}
