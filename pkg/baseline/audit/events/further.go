package events

import (
	"strings"

	"aws-platform/pkg/access"
	"aws-platform/pkg/alarms"
)

// anyOf is the part of a pattern that takes in events of those names, as the benchmark
// spells it.
func anyOf(names ...string) string {
	return `($.eventName=` + strings.Join(names, `) || ($.eventName=`) + `)`
}

// of is a pattern of events of one service.
func of(service string, names ...string) string { return "{" + calls(service, names...) + "}" }

// calls is the part of a pattern that takes in events of one service.
func calls(service string, names ...string) string {
	return `($.eventSource="` + service + `.amazonaws.com") && (` + anyOf(names...) + ")"
}

// either is a pattern of any of the parts.
func either(parts ...string) string { return "{(" + strings.Join(parts, ") || (") + ")}" }

// further are the events that Security Hub does not look for. Organizations' events are
// recorded in the account of the organization alone.
func further() []Event {
	return []Event{
		{
			Name: "peering-changes", Says: "A peering of VPCs was made, accepted, ended or opened further.", Source: "PCI DSS v4.0.1, 1.2.2",
			Pattern: of("ec2", "CreateVpcPeeringConnection", "AcceptVpcPeeringConnection", "DeleteVpcPeeringConnection", "RejectVpcPeeringConnection",
				"ModifyVpcPeeringConnectionOptions"),
		},
		{
			Name: "organization-changes", Says: "The organization, its accounts or its policies were changed.", Source: "CIS AWS Foundations Benchmark v1.4.0, 4.15",
			Pattern: of("organizations", "AcceptHandshake", "AttachPolicy", "CreateAccount", "CreateOrganizationalUnit", "CreatePolicy", "DeclineHandshake",
				"DeleteOrganization", "DeleteOrganizationalUnit", "DeletePolicy", "DetachPolicy", "DisablePolicyType", "EnablePolicyType",
				"InviteAccountToOrganization", "LeaveOrganization", "MoveAccount", "RemoveAccountFromOrganization", "UpdatePolicy", "UpdateOrganizationalUnit"),
		},
		{
			Name: "credential-changes", Says: "A user of IAM, a credential or an identity provider was changed.", Source: "PCI DSS v4.0.1, 10.2.1.5",
			Pattern: of("iam", "CreateUser", "DeleteUser", "CreateAccessKey", "UpdateAccessKey", "CreateLoginProfile", "UpdateLoginProfile",
				"DeactivateMFADevice", "DeleteVirtualMFADevice", "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy", "CreateSAMLProvider",
				"UpdateSAMLProvider", "CreateOpenIDConnectProvider", "UpdateAssumeRolePolicy", "DeleteRolePermissionsBoundary"),
		},
		{
			Name: "log-deletion", Says: "Logs were deleted, or are kept or sent otherwise than before.", Source: "PCI DSS v4.0.1, 10.2.1.6",
			Pattern: of("logs", "DeleteLogGroup", "DeleteLogStream", "DeleteMetricFilter", "DeleteSubscriptionFilter", "DeleteRetentionPolicy",
				"PutRetentionPolicy", "DisassociateKmsKey"),
		},
		{
			Name: "lock-changes", Says: "The lock, the log or the versioning of a bucket was changed, or a locked object's retention.", Source: "PCI DSS v4.0.1, 10.3.4",
			Pattern: of("s3", "PutBucketObjectLockConfiguration", "PutObjectRetention", "PutBucketLogging", "PutBucketVersioning"),
		},
		{
			Name: "detector-changes", Says: "GuardDuty, Security Hub, Inspector, Macie or an analyzer was turned off or changed.", Source: "PCI DSS v4.0.1, 10.7.2",
			Pattern: either(
				calls("guardduty", "DeleteDetector", "UpdateDetector", "StopMonitoringMembers", "DisassociateFromAdministratorAccount"),
				calls("securityhub", "DisableSecurityHub", "BatchDisableStandards"),
				calls("inspector2", "Disable"),
				calls("macie2", "DisableMacie", "UpdateMacieSession"),
				calls("access-analyzer", "DeleteAnalyzer"),
			),
		},
	}
}

// roles are the sessions of roles that may do nearly everything. The name is a wildcard:
// further environments may live in the account.
func roles(administrators []string) []Event {
	patterns := []string{`($.requestParameters.roleArn="*` + access.RoleName("", access.DevOps) + `")`}
	for _, arn := range administrators {
		patterns = append(patterns, `($.requestParameters.roleArn="`+arn+`")`)
	}
	return []Event{
		{
			Name: "break-glass", Says: "Somebody took a break-glass role.", Source: "PCI DSS v4.0.1, 10.2.1.2",
			Severity: alarms.Critical, Runbook: "cluster-break-glass.md",
			Pattern: assumed(`($.requestParameters.roleArn="*` + access.RoleName("", access.BreakGlass) + `")`),
		},
		{
			Name: "administrators", Says: "Somebody took a role that administers the account or a cluster.", Source: "PCI DSS v4.0.1, 10.2.1.2",
			Pattern: assumed(strings.Join(patterns, " || ")),
		},
	}
}

// assumed is a pattern of sessions that began; a try that was denied is among the
// unauthorized calls.
func assumed(role string) string {
	return "{" + calls("sts", "AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity") + " && ($.errorCode NOT EXISTS) && (" + role + ")}"
}
