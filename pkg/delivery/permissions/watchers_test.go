package permissions_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/policy/policytest"
)

const at = "us-east-1:111111111111:"

// administrators are the roles with a policy that allows everything, so that an answer is
// their boundary's.
func administrators() []permissions.Role {
	roles := permissions.Roles(place())
	for i := range roles {
		roles[i].Policies = []permissions.Policy{{Statements: []policy.Statement{{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}}}}}
		roles[i].Boundary = append(slices.Clone(roles[i].Boundary), policy.Statement{Effect: policy.Allow, Action: []string{"*"}, Resource: []string{"*"}})
	}
	return roles
}

// What a role must not do to what pkg/baseline makes, and its nearest neighbour that it may.
func TestNoRoleTurnsTheWatchersOff(t *testing.T) {
	for _, q := range []question{
		{"the detector", "guardduty:UpdateDetector", "*", nil, false},
		{"hides findings", "guardduty:CreateFilter", "*", nil, false},
		{"an address that is trusted", "guardduty:CreateIPSet", "*", nil, false},
		{"the hub", "securityhub:DisableSecurityHub", "*", nil, false},
		{"a standard", "securityhub:BatchUpdateStandardsControlAssociations", "*", nil, false},
		{"a finding", "securityhub:BatchUpdateFindings", "*", nil, false},
		{"hides findings", "securityhub:CreateAutomationRule", "*", nil, false},
		{"Inspector", "inspector2:Disable", "*", nil, false},
		{"hides findings", "inspector2:CreateFilter", "*", nil, false},
		{"Macie", "macie2:DisableMacie", "*", nil, false},
		{"Macie, for a while", "macie2:UpdateMacieSession", "*", nil, false},
		{"the job", "macie2:UpdateClassificationJob", "*", nil, false},
		{"the analyzer", "access-analyzer:DeleteAnalyzer", "*", nil, false},
		{"hides findings", "access-analyzer:CreateArchiveRule", "*", nil, false},
		{"a finding", "access-analyzer:UpdateFindings", "*", nil, false},
		{"volumes without encryption", "ec2:DisableEbsEncryptionByDefault", "*", nil, false},
		{"public images", "ec2:DisableImageBlockPublicAccess", "*", nil, false},
		{"public snapshots", "ec2:DisableSnapshotBlockPublicAccess", "*", nil, false},
		{"version 1 of the metadata service", "ec2:ModifyInstanceMetadataDefaults", "*", nil, false},
		{"serial consoles", "ec2:EnableSerialConsoleAccess", "*", nil, false},
		{"an instance's metadata service", "ec2:ModifyInstanceMetadataOptions", "*", nil, true},
		{"a locked object", "s3:BypassGovernanceRetention", "arn:aws:s3:::platform-trail-111111111111/x", nil, false},
		{"the trail's bucket", "s3:PutBucketPolicy", "arn:aws:s3:::platform-trail-111111111111", nil, false},
		{"a bucket of its own", "s3:PutBucketPolicy", "arn:aws:s3:::production-logs-111111111111", nil, true},
		{"a rule of findings", "events:DisableRule", "arn:aws:events:" + at + "rule/platform-security-hub-findings", nil, false},
		{"its target", "events:RemoveTargets", "arn:aws:events:" + at + "rule/platform-security-hub-findings", nil, false},
		{"its pattern", "events:PutRule", "arn:aws:events:" + at + "rule/platform-security-hub-findings", nil, false},
		{"a rule of its own", "events:PutRule", "arn:aws:events:" + at + "rule/production-stop", nil, true},
		{"the topic", "sns:SetTopicAttributes", "arn:aws:sns:" + at + "platform-security", nil, false},
		{"who hears of it", "sns:Unsubscribe", "arn:aws:sns:" + at + "platform-security", nil, false},
		{"how he hears of it", "sns:SetSubscriptionAttributes", "arn:aws:sns:" + at + "platform-security:0a1b", nil, false},
		{"who may tell it", "sns:RemovePermission", "arn:aws:sns:" + at + "platform-security", nil, false},
		{"the role of the rules", "iam:UpdateAssumeRolePolicy", "arn:aws:iam::111111111111:role/platform-events", nil, false},
		{"what the channels' role may", "iam:CreatePolicyVersion", "arn:aws:iam::111111111111:policy/platform-slack", nil, false},
		{"tells the topic", "sns:Publish", "arn:aws:sns:" + at + "platform-security", nil, true},
		{"a topic of its own", "sns:SetTopicAttributes", "arn:aws:sns:" + at + "production-security", nil, true},
		{"an alarm on the trail", "cloudwatch:DeleteAlarms", "arn:aws:cloudwatch:" + at + "alarm:platform-root-use", nil, false},
		{"an alarm's actions", "cloudwatch:DisableAlarmActions", "arn:aws:cloudwatch:" + at + "alarm:platform-root-use", nil, false},
		{"an alarm of its own", "cloudwatch:DeleteAlarms", "arn:aws:cloudwatch:" + at + "alarm:production-cpu", nil, true},
		{"the trail's log", "logs:DeleteLogGroup", "arn:aws:logs:" + at + "log-group:/platform/trail", nil, false},
		{"its filter", "logs:DeleteMetricFilter", "arn:aws:logs:" + at + "log-group:/platform/trail:log-stream:", nil, false},
		{"a log of its own", "logs:DeleteLogGroup", "arn:aws:logs:" + at + "log-group:/production/app", nil, true},
		{"how sessions are recorded", "ssm:UpdateDocument", "arn:aws:ssm:" + at + "document/SSM-SessionManagerRunShell", nil, false},
		{"a document of its own", "ssm:UpdateDocument", "arn:aws:ssm:" + at + "document/production-release-green", nil, true},
		{"the trail's key", "kms:ScheduleKeyDeletion", kmsKey, map[string][]string{"kms:ResourceAliases": {"alias/platform/trail"}}, false},
		{"the images' key", "kms:PutKeyPolicy", kmsKey, map[string][]string{"kms:ResourceAliases": {permissions.KeyAlias}}, false},
		{"a key of its own", "kms:PutKeyPolicy", kmsKey, map[string][]string{"kms:ResourceAliases": {"alias/production/rds"}}, true},
		{"the policy of the second factor", "iam:CreatePolicyVersion", iam + "policy/platform-require-mfa", nil, false},
	} {
		for _, role := range administrators() {
			assert.Equal(t, q.want, mayRequest(role, q), "%s: %s: %s", role.Name, q.reason, q.action)
		}
	}
}

// A preview of the account's stack reads all of it.
func TestTheWatchersCanBeLookedAt(t *testing.T) {
	reads := map[string]string{
		"guardduty:GetDetector": "*", "securityhub:DescribeHub": "*", "securityhub:GetEnabledStandards": "*", "inspector2:BatchGetAccountStatus": "*",
		"access-analyzer:GetAnalyzer": "*", "macie2:GetMacieSession": "*", "macie2:DescribeClassificationJob": "*", "cloudtrail:DescribeTrails": "*",
		"cloudtrail:GetTrailStatus": "*", "config:DescribeConfigurationRecorders": "*", "ec2:GetEbsEncryptionByDefault": "*",
		"ec2:GetSnapshotBlockPublicAccessState": "*", "ec2:GetImageBlockPublicAccessState": "*", "ec2:GetInstanceMetadataDefaults": "*",
		"ec2:GetSerialConsoleAccessStatus": "*", "s3:GetAccountPublicAccessBlock": "*", "iam:GetAccountPasswordPolicy": "*",
		"events:DescribeRule":           "arn:aws:events:" + at + "rule/platform-security-hub-findings",
		"events:ListTargetsByRule":      "arn:aws:events:" + at + "rule/platform-security-hub-findings",
		"cloudwatch:DescribeAlarms":     "arn:aws:cloudwatch:" + at + "alarm:platform-root-use",
		"logs:DescribeMetricFilters":    "arn:aws:logs:" + at + "log-group:/platform/trail",
		"sns:GetTopicAttributes":        "arn:aws:sns:" + at + "platform-security",
		"ssm:GetDocument":               "arn:aws:ssm:" + at + "document/SSM-SessionManagerRunShell",
		"s3:GetBucketPolicy":            "arn:aws:s3:::platform-trail-111111111111",
		"iam:ListAttachedGroupPolicies": iam + "group/platform-people",
	}
	for _, role := range administrators() {
		for action, resource := range reads {
			assert.True(t, mayRequest(role, question{"", action, resource, nil, true}), "%s: %s", role.Name, action)
		}
	}
	for _, document := range role(t, permissions.Preview).Policies {
		for _, statement := range document.Statements {
			for _, action := range statement.Action {
				answer := policytest.AskStatements(role(t, permissions.Preview).Boundary, policytest.Request{Action: action, Resource: "arn:aws:x:" + at + "platform-x"})
				require.NotEqual(t, policytest.Denied, answer, action)
			}
		}
	}
}
