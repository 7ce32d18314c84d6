package keys

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// logsStatement lets CloudWatch Logs use the key for log groups of this account
// alone (Amazon CloudWatch Logs User Guide, "Encrypt log data using AWS KMS").
func logsStatement(args Args) policy.Statement {
	return policy.Statement{
		Sid:       "CloudWatchLogsEncryptsLogGroups",
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": fmt.Sprintf("logs.%s.amazonaws.com", args.Region)},
		Action:    []string{"kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"},
		Resource:  []string{"*"},
		Condition: policy.Condition{"ArnLike": {
			"kms:EncryptionContext:aws:logs:arn": fmt.Sprintf("arn:%s:logs:%s:%s:log-group:*", args.Partition, args.Region, args.AccountID),
		}},
	}
}

// ebsStatements let the account's principals use the key through EC2, as the AWS
// managed key aws/ebs does. That takes in the service-linked role of EC2 Auto
// Scaling, which AWS would have named here (Amazon EC2 Auto Scaling User Guide,
// "Required AWS KMS key policy for use with encrypted volumes"): KMS refuses a
// principal that does not exist, and the role comes only with an account's first group.
func ebsStatements(args Args) []policy.Statement {
	grants := throughService(args, "ec2", "AccountGrantsVolumesTheKey", "kms:CreateGrant")
	// EC2 holds a grant for as long as a volume is attached; nobody makes one for himself.
	grants.Condition["Bool"] = map[string]any{"kms:GrantIsForAWSResource": "true"}
	return []policy.Statement{
		throughService(args, "ec2", "AccountEncryptsVolumes",
			"kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"),
		grants,
	}
}

// s3Statement lets the account's principals use the key through S3: who may read
// or write which object is for the buckets and roles to say.
func s3Statement(args Args) policy.Statement {
	return throughService(args, "s3", "AccountEncryptsObjects", "kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey")
}

// throughService allows the actions to every principal of the account, in requests
// that the service makes for it, and to nobody else: not outside the account, and
// not by calls of KMS itself.
func throughService(args Args, service, sid string, actions ...string) policy.Statement {
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Allow,
		Principal: map[string]any{"AWS": "*"}, // narrowed to the account by the condition
		Action:    actions,
		Resource:  []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{"StringEquals": {
			"kms:CallerAccount": args.AccountID,
			"kms:ViaService":    fmt.Sprintf("%s.%s.amazonaws.com", service, args.Region),
		}},
	}
}
