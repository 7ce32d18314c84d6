package topics

import (
	"fmt"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// publishers are the services that publish to a topic, for any resource of the account.
// The policies of the topics' keys name the same (pkg/keys/keypolicy).
//
// Backup jobs go to warning in every environment: a job that failed cuts no customer off,
// and is run again in working hours.
var publishers = map[string][]string{
	config.CriticalTopic: {"cloudwatch.amazonaws.com", "events.rds.amazonaws.com"},
	config.WarningTopic:  {"cloudwatch.amazonaws.com", "events.rds.amazonaws.com", "backup.amazonaws.com"},
	config.SecurityTopic: {"cloudwatch.amazonaws.com"},
	config.CostTopic:     {"cloudwatch.amazonaws.com", "costalerts.amazonaws.com"},
}

// policy lets the publishers in for this account's resources, and nobody without TLS (PCI
// DSS v4.0.1, requirement 4.2.1). It takes the place of SNS' own, which let in whom IAM
// lets; that needs no policy here, within the account.
func (b builder) policy(topic string) string {
	arn := b.arn(topic)
	publish := func(sid string, services any) policy.Statement {
		return policy.Statement{
			Sid:       sid,
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": services},
			Action:    []string{"sns:Publish"},
			Resource:  []string{arn},
			Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": b.args.AccountID}},
		}
	}
	statements := []policy.Statement{publish("AWSServicesPublish", publishers[topic])}
	if topic == config.CostTopic {
		// AWS Cost Management User Guide, "Creating an Amazon SNS topic for budget notifications".
		budgets := publish("BudgetsPublish", "budgets.amazonaws.com")
		budgets.Condition["ArnLike"] = map[string]any{"aws:SourceArn": fmt.Sprintf("arn:%s:budgets::%s:*", b.args.Partition, b.args.AccountID)} // any budget of the account
		statements = append(statements, budgets)
	}
	return policy.Document(append(statements, policy.Statement{
		Sid:       "DenyPlainHTTP",
		Effect:    policy.Deny,
		Principal: "*",
		Action:    []string{"sns:Publish"},
		Resource:  []string{arn},
		Condition: policy.Condition{"Bool": {"aws:SecureTransport": "false"}},
	})...)
}
