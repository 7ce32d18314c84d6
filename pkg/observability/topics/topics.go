// Package topics makes the topic to which an environment's alarms, backup jobs and
// database events go. Who reads it is subscribed to it by people, not by the program.
//
// Only AWS services of the environment's own account publish, and principals whom IAM
// lets. ElastiCache cannot: a topic that is encrypted becomes inactive for it (Amazon
// ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications"), so caches
// are watched by CloudWatch alarms. EventBridge rules are not among the publishers, see keypolicy.
//
// Refused before anything is registered: a missing field. Nothing is protected: a topic keeps nothing.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-alarms   Topic, TopicPolicy
package topics

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:Topic"

// publishers are the service principals that publish: CloudWatch's alarms, AWS
// Backup's jobs and RDS' events. The policy of the sns key names the same.
var publishers = []string{"cloudwatch.amazonaws.com", "backup.amazonaws.com", "events.rds.amazonaws.com"}

// Args describe the topic of one environment.
type Args struct {
	// Environment names the topic, <environment>-alarms; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// KeyARN is the KMS key of the topic; required. Its policy must let the publishers use it.
	KeyARN pulumi.StringInput
}

// Topic is the alarm topic of one environment.
type Topic struct {
	pulumi.ResourceState

	// ARN is known once the policy stands that lets the services publish.
	ARN pulumi.StringOutput
}

// New validates args, registers nothing on an error, and otherwise the topic.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Topic, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	topic := &Topic{}
	if err := ctx.RegisterComponentResource(TypeToken, name, topic, opts...); err != nil {
		return nil, err
	}
	if err := topic.create(ctx, name+"-alarms", args); err != nil {
		return nil, err
	}
	return topic, ctx.RegisterResourceOutputs(topic, pulumi.Map{"arn": topic.ARN})
}

// validate returns every reason why the topic cannot be made of args.
func validate(args Args) error {
	return errors.Join(required.Missing("topics.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "KeyARN", Value: args.KeyARN, Remedy: "pass the KMS key of topics"},
	)...)...)
}

// create makes the topic and the policy that says who publishes.
func (t *Topic) create(ctx *pulumi.Context, name string, args Args) error {
	physical := args.Environment + "-alarms"
	topic, err := sns.NewTopic(ctx, name, &sns.TopicArgs{
		Name:           pulumi.String(physical),
		DisplayName:    pulumi.String("Alarms of " + args.Environment),
		KmsMasterKeyId: args.KeyARN.ToStringOutput().ToStringPtrOutput(),
		Tags:           pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(t))
	if err != nil {
		return err
	}
	// The ARN is made from the name, so that the policy can be read in a preview.
	arn := fmt.Sprintf("arn:%s:sns:%s:%s:%s", args.Partition, args.Region, args.AccountID, physical)
	attached, err := sns.NewTopicPolicy(ctx, name, &sns.TopicPolicyArgs{
		Arn:    topic.Arn,
		Policy: pulumi.String(topicPolicy(arn, args.AccountID)),
	}, pulumi.Parent(t))
	if err != nil {
		return err
	}
	t.ARN = attached.Arn // AWS Backup refuses a topic to which it may not publish yet
	return nil
}

// topicPolicy lets the publishers in for this account's resources, and nobody without TLS
// (PCI DSS v4.0.1, requirement 4.2.1).
func topicPolicy(arn, accountID string) string {
	return policy.Document(
		policy.Statement{
			Sid:       "AWSServicesPublishAlarms",
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": publishers},
			Action:    []string{"sns:Publish"},
			Resource:  []string{arn},
			Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": accountID}},
		},
		policy.Statement{
			Sid:       "DenyPlainHTTP",
			Effect:    policy.Deny,
			Principal: "*",
			Action:    []string{"sns:Publish"},
			Resource:  []string{arn},
			Condition: policy.Condition{"Bool": {"aws:SecureTransport": "false"}},
		},
	)
}
