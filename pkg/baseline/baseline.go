// Package baseline makes what secures an account, once an account and region: what records
// it (package audit), what finds faults in it and keeps them from being made (package
// detection), and the topic that hears of both (package notify).
//
// Refused before anything is registered: a missing field, and what those packages refuse.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>   platform:baseline:Notify
//	<name>   platform:baseline:Audit
//	<name>   platform:baseline:Detection
package baseline

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/baseline/audit"
	"aws-platform/pkg/baseline/detection"
	"aws-platform/pkg/baseline/notify"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:baseline:Baseline"

// Args say which account it is, and what of the baseline is made there.
type Args struct {
	// Environment is the environment in the name of the account's stack; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// Config is valid, as package config has it; its RunbookURL is required.
	Config config.Baseline
	// PCI is whether the account has card data.
	PCI bool
	// AdministratorARNs are the roles, by ARN, by which people administer the account, whose
	// use is heard of; none is possible.
	AdministratorARNs []string
}

// Baseline is what secures an account.
type Baseline struct {
	pulumi.ResourceState

	// TopicARN hears of the trail's events and of what is found.
	TopicARN pulumi.StringOutput
	// Audit is what records the account.
	Audit *audit.Audit
	// Detection is what finds faults in it.
	Detection *detection.Detection
}

// New validates args, registers nothing on an error, and otherwise what the switches ask for.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Baseline, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	made := &Baseline{}
	if err := ctx.RegisterComponentResource(TypeToken, name, made, opts...); err != nil {
		return nil, err
	}
	topic, err := notify.New(ctx, name, notify.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Subscriptions: args.Config.Subscriptions, EventRuleARNs: detection.RuleARNs(args.Partition, args.Region, args.AccountID),
	}, pulumi.Parent(made))
	if err != nil {
		return nil, err
	}
	made.TopicARN = topic.TopicARN
	made.Audit, err = audit.New(ctx, name, audit.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config: args.Config, PCI: args.PCI, TopicARN: topic.TopicARN, AdministratorARNs: args.AdministratorARNs,
	}, pulumi.Parent(made))
	if err != nil {
		return nil, err
	}
	made.Detection, err = detection.New(ctx, name, detection.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config: args.Config, PCI: args.PCI, TopicARN: topic.TopicARN, EventsRoleARN: topic.EventsRoleARN,
	}, pulumi.Parent(made))
	if err != nil {
		return nil, err
	}
	return made, ctx.RegisterResourceOutputs(made, pulumi.Map{"topicArn": made.TopicARN})
}

// validate returns every reason why nothing can be made of args.
func validate(args Args) error {
	return errors.Join(required.Missing("baseline.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.RunbookURL", Value: args.Config.RunbookURL, Remedy: "pass where the runbooks are read"},
	)...)...)
}
