package keypolicy

import "aws-platform/pkg/policy"

// PlatformSNS is the key of the topics that are an account's, and not an environment's.
const PlatformSNS = "platform-sns"

// publishing are the actions that a publisher to an encrypted topic needs. Subscribers
// need none: SNS decrypts what it sends (Amazon SNS Developer Guide, "Encryption at rest").
var publishing = []string{"kms:Decrypt", "kms:GenerateDataKey*"}

// sns lets the publishers of an environment's topics use the key (Amazon SNS Developer
// Guide, "Enable compatibility between event sources from AWS services and encrypted
// topics"; AWS Cost Management User Guide, "Creating an Amazon SNS topic for budget
// notifications" and "… for anomaly notifications"), and IAM through SNS.
func sns(at Place) []policy.Statement {
	return []policy.Statement{
		byService(at, "AWSServicesPublishAlarms", []string{
			"cloudwatch.amazonaws.com", "backup.amazonaws.com", "events.rds.amazonaws.com", "budgets.amazonaws.com", "costalerts.amazonaws.com",
		}, publishing),
		publishers(at),
	}
}

// platformSNS lets CloudWatch's alarms use the key, and IAM through SNS.
func platformSNS(at Place) []policy.Statement {
	return []policy.Statement{byService(at, "AWSServicesPublishAlarms", []string{"cloudwatch.amazonaws.com"}, publishing), publishers(at)}
}

// publishers leaves it to IAM who uses the key through SNS. EventBridge's rules are among
// them, by the role of their target. As a service EventBridge has no statement: "Adding
// the aws:SourceAccount, aws:SourceArn … to a AWS KMS policy is not supported for
// EventBridge-to-encrypted topics" (the same page), so it would be open to every account's rules.
func publishers(at Place) policy.Statement {
	return through(at, account(at), "IAMPublishesToTopics", []string{"sns"}, append([]string{"kms:DescribeKey"}, publishing...))
}
