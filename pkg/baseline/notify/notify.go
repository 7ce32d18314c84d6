// Package notify makes the topic of an account, platform-security, and its key: what the
// trail's alarms and the findings of the account's detectors go to.
//
// The key is for this topic alone. EventBridge, by which findings come, is let in by a role
// and not by the key's policy: see package topics for why.
//
// Refused before anything is registered: a missing field, and what package topics refuses.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-sns   Key, Alias   alias/platform/sns; protected, rotated yearly, deletion window 30 days
//	<name>       platform:observability:Topics
package notify

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/observability/topics"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:baseline:Notify"

// KeyAlias is the alias of the topic's key.
const KeyAlias = "alias/" + config.AccountScope + "/sns"

// deletionWindowDays is the longest that KMS offers: without the key nobody hears anything.
const deletionWindowDays = 30

// Args say which account it is, and who hears of what.
type Args struct {
	// Environment is the one in the name of the account's stack; required.
	Environment string
	// AccountID, Region and Partition are where the topic is; required.
	AccountID, Region, Partition string
	// Subscriptions are who hears; nobody by default. They are valid, as config has it.
	Subscriptions config.Subscriptions
	// EventRuleARNs are the EventBridge rules that publish; none by default.
	EventRuleARNs []string
}

// Notify is the topic of an account.
type Notify struct {
	pulumi.ResourceState

	// TopicARN is known once the policy stands that lets CloudWatch publish.
	TopicARN pulumi.StringOutput
	// EventsRoleARN is the RoleArn of the targets of Args.EventRuleARNs, by which they
	// publish. The zero value without rules.
	EventsRoleARN pulumi.StringOutput
}

// New registers nothing and returns an error if args are wrong, and otherwise the key and the topic.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Notify, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	notify := &Notify{}
	if err := ctx.RegisterComponentResource(TypeToken, name, notify, opts...); err != nil {
		return nil, err
	}
	key, err := notify.key(ctx, name+"-sns", args)
	if err != nil {
		return nil, err
	}
	made, err := topics.New(ctx, name, topics.Args{
		Scope: config.AccountScope, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Topics: []string{config.SecurityTopic}, KeyARN: key.Arn,
		Subscriptions: map[string]config.Subscriptions{config.SecurityTopic: args.Subscriptions},
		EventRuleARNs: args.EventRuleARNs,
	}, pulumi.Parent(notify))
	if err != nil {
		return nil, err
	}
	notify.TopicARN, notify.EventsRoleARN = made.ARNs[config.SecurityTopic], made.EventsRoleARN
	return notify, ctx.RegisterResourceOutputs(notify, pulumi.Map{"topicArn": notify.TopicARN})
}

// validate names every field that is empty.
func validate(args Args) error {
	return errors.Join(required.Missing("notify.Args", required.Place(args.Environment, args.AccountID, args.Region, args.Partition)...)...)
}

// key makes the topic's key and its alias.
func (n *Notify) key(ctx *pulumi.Context, name string, args Args) (*kms.Key, error) {
	at := keypolicy.Place{Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition}
	key, err := kms.NewKey(ctx, name, &kms.KeyArgs{
		Description:          pulumi.String("platform: topics"),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		EnableKeyRotation:    pulumi.Bool(true),
		Policy:               pulumi.String(keypolicy.Document(at, keypolicy.PlatformSNS)),
		Tags:                 pulumi.StringMap{"Name": pulumi.String(config.AccountScope + "-sns")},
	}, pulumi.Parent(n), pulumi.Protect(true))
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(ctx, name, &kms.AliasArgs{Name: pulumi.String(KeyAlias), TargetKeyId: key.KeyId}, pulumi.Parent(n))
	return key, err
}
