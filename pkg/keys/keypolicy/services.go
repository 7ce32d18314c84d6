package keypolicy

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// logs lets CloudWatch Logs use the key for log groups of this account
// alone (Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS"), and IAM
// through Amazon Data Firehose, whose streams carry the same logs to the archive: it holds
// a grant, and whoever puts a record there needs the key too (Amazon Data Firehose API
// Reference, "DeliveryStreamEncryptionConfigurationInput"; so has AWS's own
// AWSWAFLoggingServiceRolePolicy, "KMSForFirehoseSSECMK").
func logs(at Place) []policy.Statement {
	groups := policy.Statement{
		Sid:       "CloudWatchLogsEncryptsLogGroups",
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": fmt.Sprintf("logs.%s.amazonaws.com", at.Region)},
		Action:    []string{"kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"},
		Resource:  []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{"ArnLike": {
			"kms:EncryptionContext:aws:logs:arn": fmt.Sprintf("arn:%s:logs:%s:%s:log-group:*", at.Partition, at.Region, at.AccountID),
		}},
	}
	return []policy.Statement{
		groups,
		through(at, account(at), "IAMEncryptsLogStreams", []string{"firehose"}, []string{"kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"}),
		grants(at, account(at), "IAMGrantsLogStreamsTheKey", "firehose"),
	}
}

// ebs lets the account's principals use the key through EC2, as the AWS managed key
// aws/ebs does. That takes in the service-linked role of EC2 Auto Scaling, whose own
// policy has no action of KMS, so that leaving it to IAM would shut it out, and which AWS
// would have named here (Amazon EC2 Auto Scaling User Guide, "Required AWS KMS key
// policy for use with encrypted volumes"): KMS refuses a principal that does not
// exist, and the role comes only with an account's first group.
func ebs(at Place) []policy.Statement {
	return []policy.Statement{
		through(at, everybody, "AccountEncryptsVolumes", []string{"ec2"}, encryption),
		// EC2 holds a grant for as long as a volume is attached.
		grants(at, everybody, "AccountGrantsVolumesTheKey", "ec2"),
		malwareProtection(at),
	}
}

// malwareProtection lets GuardDuty read copies of volumes, by its service-linked role, which
// is known by its name because KMS refuses a principal that does not exist. What it may do
// with a grant its own policy says (AWS Managed Policy Reference Guide,
// "AmazonGuardDutyMalwareProtectionServiceRolePolicy").
func malwareProtection(at Place) policy.Statement {
	return policy.Statement{
		Sid: "MalwareProtectionReadsVolumes", Effect: policy.Allow, Principal: everybody,
		Action:   []string{"kms:CreateGrant", "kms:DescribeKey"},
		Resource: []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{
			"StringEquals": {"kms:CallerAccount": at.AccountID},
			"ArnEquals": {"aws:PrincipalArn": fmt.Sprintf(
				"arn:%s:iam::%s:role/aws-service-role/malware-protection.guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDutyMalwareProtection",
				at.Partition, at.AccountID)},
		},
	}
}

// s3 lets the account's principals use the key through S3: who may read or write
// which object is for the buckets and roles to say. Log delivery, by which MSK writes its
// brokers' logs, calls in its own name (Amazon CloudWatch Logs User Guide, "Logs sent
// to Amazon S3"; Amazon MSK Developer Guide, "MSK logging").
func s3(at Place) []policy.Statement {
	delivery := byService(at, "LogDeliveryEncryptsLogs", []string{"delivery.logs.amazonaws.com"}, encryption)
	delivery.Condition["ArnLike"] = map[string]any{
		"aws:SourceArn": fmt.Sprintf("arn:%s:logs:%s:%s:*", at.Partition, at.Region, at.AccountID), // the delivery, whose name AWS chooses
	}
	return []policy.Statement{
		through(at, everybody, "AccountEncryptsObjects", []string{"s3"}, []string{"kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"}),
		delivery,
	}
}

// parameters lets IAM use the key through Parameter Store for what is below
// /<environment>/: Parameter Store passes the parameter's ARN as encryption context (AWS
// Systems Manager User Guide, "How AWS Systems Manager Parameter Store uses AWS KMS").
func parameters(at Place) []policy.Statement {
	statement := through(at, account(at), "IAMEncryptsTheEnvironmentsParameters", []string{"ssm"},
		[]string{"kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"})
	statement.Condition["ArnLike"] = map[string]any{
		"kms:EncryptionContext:PARAMETER_ARN": fmt.Sprintf("arn:%s:ssm:%s:%s:parameter/%s/*",
			at.Partition, at.Region, at.AccountID, at.Environment),
	}
	return []policy.Statement{statement}
}

// eks lets IAM give a cluster the key for its secrets. kms:GrantIsForAWSResource is
// not supported there (Amazon EKS User Guide, "Encrypt Kubernetes secrets with KMS on existing clusters").
func eks(at Place) []policy.Statement {
	return []policy.Statement{through(at, account(at), "IAMEncryptsClusters", []string{"eks"},
		append([]string{"kms:CreateGrant"}, encryption...))}
}
