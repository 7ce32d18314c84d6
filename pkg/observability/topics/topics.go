// Package topics makes the topics to which alarms, jobs and events go, and subscribes
// those who hear of them.
//
// Of an environment there are four, by whom they are for: <environment>-critical,
// -warning, -security and -cost; of an account platform-security. Each is encrypted, lets
// in the AWS services that have something to say there, for resources of the account
// alone, and whom IAM lets; nobody by plain HTTP.
//
// EventBridge's rules publish by a role, which is made with Args.EventRuleARNs and goes
// into each rule's target: "You can't use Condition blocks in Amazon SNS topic policies
// for EventBridge" (Amazon EventBridge User Guide, "Using resource-based policies"), nor
// in the policy of a topic's key, so that a statement for the service would let in every
// account's rules.
//
// ElastiCache cannot publish: a topic that is encrypted becomes inactive for it (Amazon
// ElastiCache User Guide, "Managing ElastiCache Amazon SNS notifications"), so caches are
// watched by CloudWatch alarms. Neither can AWS Config (AWS Config Developer Guide,
// "Permissions for the Amazon SNS Topic").
//
// Refused before anything is registered: a missing field, a topic that there is not,
// subscriptions of a topic that is not made. Refused when it is deployed: a secret whose
// text is no HTTPS URL. Nothing is protected: a topic keeps nothing.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-<topic>              Topic, TopicPolicy
//	<name>-<topic>-<address>    TopicSubscription            by e-mail, or by HTTPS with the endpoint's name
//	<name>-events               Role, RolePolicy             with Args.EventRuleARNs
//	<name>-slack                Role, Policy, RolePolicyAttachment   where there is a channel
//	<name>-slack-<channel>      SlackChannelConfiguration
package topics

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:Topics" //nolint:gosec // a type, not a credential

// Args describe the topics of an environment, or of an account.
type Args struct {
	// Scope names the topics, <scope>-<topic>: the environment, or config.AccountScope; required.
	Scope string
	// AccountID, Region and Partition are where they are; required.
	AccountID, Region, Partition string
	// Topics are those that are made, of config.TopicNames(); required.
	Topics []string
	// KeyARN is the KMS key of the topics; required. Its policy must let the publishers use it.
	KeyARN pulumi.StringInput
	// Subscriptions are by topic; none by default. They are valid, as config has it.
	Subscriptions map[string]config.Subscriptions
	// EventRuleARNs are the EventBridge rules that publish to the security topic; none by
	// default, and then there is no role for them.
	EventRuleARNs []string
}

// Topics are the topics of an environment, or of an account.
type Topics struct {
	pulumi.ResourceState

	// ARNs are by topic, and known once the policy stands that lets the services publish.
	ARNs map[string]pulumi.StringOutput
	// EventsRoleARN is the role by which the rules of Args.EventRuleARNs publish: the RoleArn
	// of their targets. The zero value without rules.
	EventsRoleARN pulumi.StringOutput
}

// New validates args, registers nothing on an error, and otherwise the topics.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Topics, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	topics := &Topics{ARNs: map[string]pulumi.StringOutput{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, topics, opts...); err != nil {
		return nil, err
	}
	b := builder{ctx: ctx, name: name, args: args, topics: topics}
	outputs := pulumi.Map{}
	for _, topic := range args.Topics {
		if err := b.topic(topic); err != nil {
			return nil, err
		}
		if err := b.subscribe(topic); err != nil {
			return nil, err
		}
		outputs[topic+"Arn"] = topics.ARNs[topic]
	}
	if err := errors.Join(b.events(), b.slack()); err != nil {
		return nil, err
	}
	return topics, ctx.RegisterResourceOutputs(topics, outputs)
}

// validate returns every reason why the topics cannot be made of args.
func validate(args Args) error {
	place := required.Place(args.Scope, args.AccountID, args.Region, args.Partition)
	place[0] = required.Field{Name: "Scope", Value: args.Scope, Remedy: "pass the environment's name, or config.AccountScope"}
	problems := required.Missing("topics.Args", append(place,
		required.Field{Name: "Topics", Value: args.Topics, Remedy: "pass the topics that are wanted"},
		required.Field{Name: "KeyARN", Value: args.KeyARN, Remedy: "pass the KMS key of topics"},
	)...)
	for _, topic := range args.Topics {
		if !slices.Contains(config.TopicNames(), topic) {
			problems = append(problems, fmt.Errorf("topics.Args.Topics: %s: is not a topic: use those of config.TopicNames()", topic))
		}
	}
	for _, topic := range slices.Sorted(maps.Keys(args.Subscriptions)) {
		if !slices.Contains(args.Topics, topic) {
			problems = append(problems, fmt.Errorf("topics.Args.Subscriptions: %s: is not among Topics: its subscribers would hear of nothing", topic))
		}
	}
	if len(args.EventRuleARNs) > 0 && !slices.Contains(args.Topics, config.SecurityTopic) {
		problems = append(problems, errors.New("topics.Args.EventRuleARNs: there is no security topic to publish to: add it to Topics"))
	}
	return errors.Join(problems...)
}

// builder makes the parts of the component.
type builder struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	topics *Topics
}

// arn is made from the name, so that a policy can be read in a preview.
func (b builder) arn(topic string) string {
	return fmt.Sprintf("arn:%s:sns:%s:%s:%s-%s", b.args.Partition, b.args.Region, b.args.AccountID, b.args.Scope, topic)
}

// topic makes a topic and the policy that says who publishes.
func (b builder) topic(topic string) error {
	physical := b.args.Scope + "-" + topic
	made, err := sns.NewTopic(b.ctx, b.name+"-"+topic, &sns.TopicArgs{
		Name:           pulumi.String(physical),
		DisplayName:    pulumi.String(b.args.Scope + " " + topic),
		KmsMasterKeyId: b.args.KeyARN.ToStringOutput().ToStringPtrOutput(),
		Tags:           pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b.topics))
	if err != nil {
		return err
	}
	attached, err := sns.NewTopicPolicy(b.ctx, b.name+"-"+topic, &sns.TopicPolicyArgs{
		Arn:    made.Arn,
		Policy: pulumi.String(b.policy(topic)),
	}, pulumi.Parent(b.topics))
	if err != nil {
		return err
	}
	// AWS Backup and AWS Budgets refuse a topic to which they may not publish yet.
	b.topics.ARNs[topic] = attached.Arn
	return nil
}
