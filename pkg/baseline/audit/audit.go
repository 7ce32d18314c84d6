package audit

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/bucket"
	"aws-platform/pkg/config"
	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:baseline:Audit"

// Args say which account it is, and what is recorded there.
type Args struct {
	// Environment is the environment in the name of the account's stack; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// Config has the switches, and where the runbooks are; its RunbookURL is required.
	Config config.Baseline
	// PCI is whether the account has card data: it gets the conformance pack of PCI DSS.
	PCI bool
	// TopicARN hears of the events of the trail; required.
	TopicARN pulumi.StringInput
	// AdministratorARNs are the roles, by ARN, by which people administer the account, whose
	// use is heard of; none is possible.
	AdministratorARNs []string
}

// Audit is what records an account.
type Audit struct {
	pulumi.ResourceState

	// Trail is the trail; nil where it is off.
	Trail *cloudtrail.Trail
	// Recorder is running once this is there; nil where AWS Config is off.
	Recorder *cfg.RecorderStatus
}

// builder makes the parts of the component.
type builder struct {
	ctx   *pulumi.Context
	name  string
	args  Args
	audit *Audit

	accessLogs *bucket.Bucket
}

// New validates args, registers nothing on an error, and otherwise what the switches ask for.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Audit, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	audit := &Audit{}
	if err := ctx.RegisterComponentResource(TypeToken, name, audit, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, audit: audit}
	of := args.Config
	for _, part := range []struct {
		on   bool
		make func() error
	}{
		{of.CloudTrail.Enabled || of.Config.Enabled, b.accessLogBucket},
		{of.CloudTrail.Enabled, b.trail},
		{of.Config.Enabled, b.recorder},
		{of.SessionManager.Enabled, b.sessions},
	} {
		if !part.on {
			continue
		}
		if err := part.make(); err != nil {
			return nil, err
		}
	}
	return audit, ctx.RegisterResourceOutputs(audit, pulumi.Map{})
}

// validate returns every reason why nothing can be made of args.
func validate(args Args) error {
	return errors.Join(required.Missing("audit.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.RunbookURL", Value: args.Config.RunbookURL, Remedy: "pass where the runbooks are read"},
		required.Field{Name: "TopicARN", Value: args.TopicARN, Remedy: "pass the account's security topic"},
	)...)...)
}

// child is the logical name of a part.
func (b *builder) child(part string) string { return b.name + "-" + part }

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.audit)}, more...)
}

func (b *builder) place() keypolicy.Place {
	return keypolicy.Place{Environment: b.args.Environment, AccountID: b.args.AccountID, Region: b.args.Region, Partition: b.args.Partition}
}
