package detection

import (
	"errors"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:baseline:Detection"

// Args say which account it is, and what of the baseline is made there.
type Args struct {
	// Environment is the environment in the name of the account's stack; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// Config has the switches and where the runbooks are; its RunbookURL is required.
	Config config.Baseline
	// PCI is whether the account has card data: it gets the standard PCI DSS as well.
	PCI bool
	// TopicARN hears of what is found; required.
	TopicARN pulumi.StringInput
	// EventsRoleARN is the role by which EventBridge's rules publish to the topic; required. It
	// must trust EventBridge for the rules of [RuleARNs].
	EventsRoleARN pulumi.StringInput
}

// Detection is what finds faults in an account.
type Detection struct {
	pulumi.ResourceState

	// RuleNames are the names of the EventBridge rules that were made, sorted.
	RuleNames []string
}

// New registers nothing when args are refused, and otherwise what the switches ask for.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Detection, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	detection := &Detection{}
	if err := ctx.RegisterComponentResource(TypeToken, name, detection, opts...); err != nil {
		return nil, err
	}
	b := builder{ctx: ctx, name: name, args: args, detection: detection}
	for _, part := range []struct {
		on   config.Switch
		make func() error
	}{
		{args.Config.GuardDuty, b.guardDuty},
		{args.Config.SecurityHub, b.securityHub},
		{args.Config.Inspector, b.inspector},
		{args.Config.AccessAnalyzer, b.analyzers},
		{args.Config.Macie, b.macie},
		{args.Config.AccountDefaults, b.defaults},
		{args.Config.MFA, b.mfa},
		{args.Config.CostAllocationTags, b.costTags},
	} {
		if !part.on.Enabled {
			continue
		}
		if err := part.make(); err != nil {
			return nil, err
		}
	}
	if err := b.findings(); err != nil {
		return nil, err
	}
	return detection, ctx.RegisterResourceOutputs(detection, pulumi.Map{"ruleNames": pulumi.ToStringArray(detection.RuleNames)})
}

// validate returns every reason why nothing can be made of args.
func validate(args Args) error {
	problems := required.Missing("detection.Args", append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.RunbookURL", Value: args.Config.RunbookURL, Remedy: "pass where the runbooks are read"},
		required.Field{Name: "TopicARN", Value: args.TopicARN, Remedy: "pass the account's security topic"},
		required.Field{Name: "EventsRoleARN", Value: args.EventsRoleARN, Remedy: "pass the role by which EventBridge publishes to the topic"},
	)...)
	if args.Config.SecurityHub.Enabled && !args.Config.Config.Enabled {
		problems = append(problems, errors.New("detection.Args.Config.SecurityHub: true: its controls are rules of AWS Config, which is off: turn both on, or both off"))
	}
	return errors.Join(problems...)
}

// builder makes the parts of the component.
type builder struct {
	ctx       *pulumi.Context
	name      string
	args      Args
	detection *Detection
}

// child are the options of everything here: the component as parent, and those of its own.
func (b builder) child(opts ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.detection)}, opts...)
}

// tags name a resource by its physical name.
func tags(name string) pulumi.StringMap { return pulumi.StringMap{"Name": pulumi.String(name)} }
