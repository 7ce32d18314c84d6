package keypolicy

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// The keys of what is recorded once an account; Place.Environment says nothing to them.
const (
	// Trail encrypts the trail's files and its log group.
	Trail = "trail"
	// Config encrypts what AWS Config delivers.
	Config = "config"
	// Sessions encrypts the sessions of Session Manager and their log group.
	Sessions = "sessions"
)

const (
	// TrailName is the account's trail, which alone uses the trail's key.
	TrailName = "platform-trail"
	// TrailLogGroup is the trail's log group.
	TrailLogGroup = "/platform/trail"
)

// TrailARN is the ARN of the account's trail.
func (at Place) TrailARN() string {
	return fmt.Sprintf("arn:%s:cloudtrail:%s:%s:trail/%s", at.Partition, at.Region, at.AccountID, TrailName)
}

// trail lets CloudTrail encrypt the files of the one trail, and IAM read them through S3
// (AWS CloudTrail User Guide, "Configure AWS KMS key policies for CloudTrail"). CloudTrail
// itself decrypts nothing: the bucket has no bucket key, for which alone it would.
func trail(at Place) []policy.Statement {
	ofTrails := fmt.Sprintf("arn:%s:cloudtrail:*:%s:trail/*", at.Partition, at.AccountID) // of all regions, as the guide has it
	byCloudTrail := func(sid, action string) policy.Statement {
		return policy.Statement{
			Sid: sid, Effect: policy.Allow, Principal: map[string]any{"Service": "cloudtrail.amazonaws.com"},
			Action:    []string{action},
			Resource:  []string{"*"}, // in a key policy: the key
			Condition: policy.Condition{"StringEquals": {"aws:SourceArn": at.TrailARN()}},
		}
	}
	encrypts := byCloudTrail("CloudTrailEncryptsLogFiles", "kms:GenerateDataKey*")
	encrypts.Condition["StringLike"] = map[string]any{"kms:EncryptionContext:aws:cloudtrail:arn": ofTrails}
	reads := through(at, account(at), "IAMReadsLogFiles", []string{"s3"}, []string{"kms:Decrypt"})
	reads.Condition["StringLike"] = map[string]any{"kms:EncryptionContext:aws:cloudtrail:arn": ofTrails}
	return []policy.Statement{encrypts, byCloudTrail("CloudTrailDescribesTheKey", "kms:DescribeKey"), reads, logGroup(at, TrailLogGroup)}
}

// configHistory lets AWS Config, which delivers in its own name, encrypt for this account
// and region, and IAM read through S3 (AWS Config Developer Guide, "Permissions for the KMS
// Key for the AWS Config Delivery Channel").
func configHistory(at Place) []policy.Statement {
	delivers := byService(at, "AWSConfigEncryptsHistory", []string{"config.amazonaws.com"}, []string{"kms:Decrypt", "kms:GenerateDataKey"})
	// AWS Config sends its region and account, and no name.
	delivers.Condition["ArnLike"] = map[string]any{"aws:SourceArn": fmt.Sprintf("arn:%s:config:%s:%s:*", at.Partition, at.Region, at.AccountID)}
	return []policy.Statement{delivers, through(at, account(at), "IAMReadsHistory", []string{"s3"}, []string{"kms:Decrypt"})}
}

// sessions lets IAM say who opens sessions, and which instances take part: whoever opens one
// generates its key, the instance decrypts it, and both call KMS themselves, not through
// Systems Manager. The encryption context names the session and the instance, so the key is
// of use for nothing else (AWS Systems Manager User Guide, "Turn on KMS key encryption of
// session data").
func sessions(at Place) []policy.Statement {
	return []policy.Statement{{
		Sid:       "IAMEncryptsSessions",
		Effect:    policy.Allow,
		Principal: account(at),
		Action:    []string{"kms:GenerateDataKey", "kms:Decrypt"},
		Resource:  []string{"*"}, // in a key policy: the key
		Condition: policy.Condition{
			"StringEquals": {"kms:CallerAccount": at.AccountID},
			"StringLike": {
				"kms:EncryptionContext:aws:ssm:SessionId": "*", // any, but one there must be
				"kms:EncryptionContext:aws:ssm:TargetId":  "i-*",
			},
		},
	}, logGroup(at, policy.SessionLogGroup)}
}

// logGroup is [logs] for one log group.
func logGroup(at Place, name string) policy.Statement {
	statement := logs(at)[0]
	statement.Condition = policy.Condition{"ArnEquals": {
		"kms:EncryptionContext:aws:logs:arn": fmt.Sprintf("arn:%s:logs:%s:%s:log-group:%s", at.Partition, at.Region, at.AccountID, name),
	}}
	return statement
}
