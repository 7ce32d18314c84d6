package permissions

import "aws-platform/pkg/policy"

// reads are what shows how a resource is configured, and nothing of what is in it: no
// object, no secret, no row, no log event. Wildcards are harmless here, and keep a policy
// below its limit; that none matches an action that grants is tested.
var reads = []string{
	"access-analyzer:GetAnalyzer", "access-analyzer:ListTagsForResource",
	"acm:DescribeCertificate", "acm:ListTagsForCertificate",
	"application-autoscaling:Describe*", "application-autoscaling:ListTagsForResource",
	"autoscaling:Describe*",
	"budgets:ListTagsForResource", "budgets:ViewBudget",
	"backup:Describe*", "backup:GetBackup*", "backup:GetRestoreTesting*", "backup:List*",
	"ce:GetAnomalyMonitors", "ce:GetAnomalySubscriptions", "ce:ListCostAllocationTags", "ce:ListTagsForResource",
	"chatbot:DescribeSlackChannelConfigurations", "chatbot:ListTagsForResource",
	"cloudwatch:DescribeAlarms", "cloudwatch:GetDashboard", "cloudwatch:ListTagsForResource",
	"cloudtrail:DescribeTrails", "cloudtrail:GetEventSelectors", "cloudtrail:GetInsightSelectors", "cloudtrail:GetTrail*", "cloudtrail:ListTags",
	"codedeploy:Get*", "codedeploy:List*",
	"config:Describe*", "config:ListTagsForResource",
	"ec2:Describe*", "ec2:GetEbsEncryptionByDefault", "ec2:GetImageBlockPublicAccessState", "ec2:GetInstanceMetadataDefaults",
	"ec2:GetSerialConsoleAccessStatus", "ec2:GetSnapshotBlockPublicAccessState",
	"ecr:DescribeImageScanFindings", "ecr:DescribeImages", "ecr:DescribeRegistry", "ecr:DescribeRepositories", "ecr:GetLifecyclePolicy",
	"ecr:GetRegistryPolicy", "ecr:GetRegistryScanningConfiguration", "ecr:GetRepositoryPolicy", "ecr:ListTagsForResource",
	"eks:Describe*", "eks:List*",
	"elasticache:Describe*", "elasticache:ListTagsForResource",
	"elasticloadbalancing:Describe*",
	"es:Describe*", "es:GetCompatibleVersions", "es:ListTags",
	"events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule",
	"firehose:DescribeDeliveryStream", "firehose:ListTagsForDeliveryStream",
	"guardduty:GetDetector", "guardduty:ListTagsForResource",
	"iam:GetAccountPasswordPolicy", "iam:GetGroup", "iam:GetInstanceProfile", "iam:GetOpenIDConnectProvider", "iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy",
	"iam:ListAttachedGroupPolicies", "iam:ListAttachedRolePolicies", "iam:ListInstanceProfilesForRole", "iam:ListOpenIDConnectProviders", "iam:ListPolicyVersions",
	"iam:ListRolePolicies",
	"inspector2:BatchGetAccountStatus",
	"kafka:Describe*", "kafka:GetBootstrapBrokers", "kafka:GetClusterPolicy", "kafka:List*",
	"kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListAliases", "kms:ListResourceTags",
	"logs:Describe*", "logs:GetLogDelivery", "logs:ListLogDeliveries", "logs:ListTagsForResource",
	"macie2:DescribeClassificationJob", "macie2:GetMacieSession", "macie2:ListTagsForResource",
	"rds:Describe*", "rds:ListTagsForResource",
	"route53:GetChange", "route53:GetDNSSEC", "route53:GetHostedZone", "route53:List*",
	"s3:GetAccelerateConfiguration", "s3:GetAccountPublicAccessBlock", "s3:GetBucket*", "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
	"s3:GetReplicationConfiguration",
	"scheduler:GetSchedule", "scheduler:GetScheduleGroup", "scheduler:ListTagsForResource",
	"securityhub:DescribeHub", "securityhub:GetEnabledStandards", "securityhub:ListTagsForResource",
	"sns:GetSubscriptionAttributes", "sns:GetTopicAttributes", "sns:ListTagsForResource",
	"ssm:DescribeDocument*", "ssm:DescribeParameters", "ssm:GetDocument", "ssm:ListTagsForResource",
	"wafv2:Get*", "wafv2:ListTagsForResource",
}

// readStatements let a role see how everything is configured. Only the environment's own
// buckets are listed; of parameters it sees those that no key encrypts, for it may use none.
func readStatements(p Place) []policy.Statement {
	var buckets, parameters []string
	for _, environment := range p.environments() {
		buckets = append(buckets, p.bucket(environment+"-*"))
		parameters = append(parameters, p.arn("ssm", "parameter/"+environment+"/*"))
	}
	return []policy.Statement{
		{Sid: "Look", Effect: policy.Allow, Action: reads, Resource: everything()},
		{Sid: "List", Effect: policy.Allow, Action: []string{"s3:ListBucket"}, Resource: buckets},
		{Sid: "Parameters", Effect: policy.Allow, Action: []string{"ssm:GetParameter", "ssm:GetParameters"}, Resource: append(parameters,
			p.arn("ssm", "parameter/platform/*"), // images
			"arn:"+p.Partition+":ssm:"+p.Region+"::parameter/aws/service/*",
		)},
	}
}
