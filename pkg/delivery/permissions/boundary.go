package permissions

import (
	"slices"

	"aws-platform/pkg/policy"
)

// keyDeletionDays is how long a key can be brought back after it was deleted.
const keyDeletionDays = "30"

// protections are what no role here may do, whatever its policies say: touch what the
// account's stack made, and blind those who watch.
func protections(p Place) []policy.Statement {
	change := []string{
		"iam:Add*", "iam:Attach*", "iam:Create*", "iam:Delete*", "iam:Detach*", "iam:PassRole", "iam:Put*", "iam:Remove*", "iam:Set*", "iam:Tag*",
		"iam:Untag*", "iam:Update*",
	}
	administer := []string{
		"kms:CreateGrant", "kms:Delete*", "kms:Disable*", "kms:PutKeyPolicy", "kms:ReplicateKey", "kms:ScheduleKeyDeletion", "kms:TagResource",
		"kms:UntagResource", "kms:Update*",
	}
	statements := []policy.Statement{
		{Sid: "LeaveDelivery", Effect: policy.Deny, Action: change, Resource: []string{
			p.iam("role/" + prefix + "*"), p.iam("policy/" + prefix + "*"), p.iam("oidc-provider/token.actions.githubusercontent.com"),
		}},
		{Sid: "KeepBoundaries", Effect: policy.Deny, Action: []string{"iam:DeleteRolePermissionsBoundary"}, Resource: everything()},
		{Sid: "LeaveKeys", Effect: policy.Deny, Action: administer, Resource: everything(),
			Condition: policy.Condition{"ForAnyValue:StringLike": {"kms:ResourceAliases": accountAliases}}},
		{Sid: "LeaveStateKey", Effect: policy.Deny, Action: administer, Resource: []string{p.State.KeyARN}},
		{Sid: "LeaveBuckets", Effect: policy.Deny, Resource: []string{p.bucket(p.State.Bucket), p.bucket(prefix + "*")},
			Action: []string{"s3:DeleteBucket*", "s3:PutBucket*", "s3:PutEncryptionConfiguration", "s3:PutLifecycleConfiguration"}},
		{Sid: "DeleteKeysSlowly", Effect: policy.Deny, Action: []string{"kms:ScheduleKeyDeletion"}, Resource: everything(),
			Condition: policy.Condition{"NumericLessThan": {"kms:ScheduleKeyDeletionPendingWindowInDays": keyDeletionDays}}},
	}
	return append(statements, watchers(p)...)
}

// watchers are what finds faults in the account, tells of them, and keeps them from being
// made (pkg/baseline): no role here turns it off, changes it or hides what it found. Patterns
// are as short as they can be without one that reads, for a policy is soon full.
func watchers(p Place) []policy.Statement {
	own := func(service, resource string) string {
		return "arn:" + p.Partition + ":" + service + ":*:*:" + resource
	}
	return []policy.Statement{
		{Sid: "LeaveWatchers", Effect: policy.Deny, Resource: everything(), Action: []string{
			"access-analyzer:C*", "access-analyzer:D*", "access-analyzer:U*", "cloudtrail:Delete*", "cloudtrail:Put*", "cloudtrail:St*", "cloudtrail:U*",
			"config:Delete*", "config:Put*", "config:Stop*", "ec2:Disable*BlockPublicAccess", "ec2:DisableEbs*", "ec2:EnableSerial*",
			"ec2:ModifyInstanceMetadataDefaults", "guardduty:C*", "guardduty:D*", "guardduty:S*", "guardduty:U*", "inspector2:C*", "inspector2:D*",
			"inspector2:U*", "macie2:C*", "macie2:Delete*", "macie2:Di*", "macie2:U*", "organizations:*", "s3:BypassGovernanceRetention",
			"securityhub:BatchU*", "securityhub:C*", "securityhub:Delete*", "securityhub:Di*", "securityhub:U*",
		}},
		// What is the account's begins so, and nothing of an environment. To publish is free.
		{Sid: "LeaveAccount", Effect: policy.Deny,
			Action: []string{
				"cloudwatch:Delete*", "cloudwatch:Dis*", "cloudwatch:Put*", "events:Delete*", "events:Dis*", "events:Put*", "events:R*", "logs:Delete*",
				"logs:Put*", "sns:A*", "sns:D*", "sns:R*", "sns:Set*", "sns:U*", "ssm:Delete*", "ssm:Update*",
			},
			Resource: []string{
				own("cloudwatch", "alarm:"+prefix+"*"), own("events", "rule/"+prefix+"*"), own("logs", "log-group:/platform/*"),
				own("sns", prefix+"*"), own("ssm", "document/SSM-SessionManagerRunShell"),
			}},
	}
}

// workloadServices are the services of what runs in an environment: its instances, nodes,
// pods, runbooks and backups.
var workloadServices = []string{
	"acm", "autoscaling", "backup", "backup-storage", "cloudwatch", "codedeploy", "ec2", "ec2messages", "ecr", "eks", "eks-auth", "elasticache",
	"elasticloadbalancing", "es", "events", "kafka", "kafka-cluster", "logs", "rds", "rds-db", "s3", "sns", "ssm", "ssmmessages", "tag",
	"wafv2", "waf-regional", "shield", "xray",
}

// workloadActions are of the services of which a workload has no more than this. A policy
// that names none of them gets none.
var workloadActions = []string{
	"firehose:PutRecord", "firehose:PutRecordBatch",
	"iam:CreateServiceLinkedRole", "iam:GetRole", "iam:GetServerCertificate", "iam:ListServerCertificates", "iam:PassRole",
	"kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext",
	"kms:ListAliases", "kms:ReEncryptFrom", "kms:ReEncryptTo", "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue",
}

// Workload is the permissions boundary of every role of an environment: the services that
// run there, and nothing by which a workload could give itself or others more. Deploy can
// make no role without it.
func Workload(p Place) []policy.Statement {
	allowed := slices.Concat(workloadActions)
	var denied []string
	for _, service := range workloadServices {
		allowed = append(allowed, service+":*")
	}
	for _, action := range Granting() {
		if slices.Contains(workloadServices, serviceOf(action)) {
			denied = append(denied, action)
		}
	}
	return []policy.Statement{
		{Sid: "AtMost", Effect: policy.Allow, Action: allowed, Resource: everything()},
		{Sid: "GrantNothing", Effect: policy.Deny, Action: denied, Resource: everything()},
		{Sid: "PassOwnRoles", Effect: policy.Deny, Action: []string{"iam:PassRole"}, Resource: []string{p.iam("role/" + prefix + "*")}},
		{Sid: "LeaveState", Effect: policy.Deny, Action: []string{"s3:*"}, Resource: []string{
			p.bucket(p.State.Bucket), p.bucket(p.State.Bucket + "/*"),
		}},
		{Sid: "LeaveStateKey", Effect: policy.Deny, Action: []string{"kms:*"}, Resource: []string{p.State.KeyARN}},
	}
}
