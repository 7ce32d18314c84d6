package release

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:compute:Release"

// Args say what is released, where, and by whose leave. Every field is required.
type Args struct {
	// Environment begins the names of the documents: <environment>-release-<color>.
	Environment string
	// AccountID, Region and Partition are where the documents live.
	AccountID, Region, Partition string
	// Config holds who approves and how long a release waits and watches.
	Config config.Release
	// PublicListenerARN and InternalListenerARN are the HTTPS listeners, which
	// forward to both colors by weight; TestListenerARN forwards to the idle one.
	PublicListenerARN, InternalListenerARN, TestListenerARN pulumi.StringInput
	// BucketName and BucketARN are where revisions are; KeyARN encrypts them.
	BucketName, BucketARN, KeyARN pulumi.StringInput
	// Application is the CodeDeploy application, DeploymentConfig the
	// configuration by which its deployment groups deploy.
	Application, DeploymentConfig pulumi.StringInput
	// Fleets are the two fleets.
	Fleets map[color.Color]Fleet
}

// Fleet is what a release touches of one color. Every field is required.
type Fleet struct {
	// GroupName and GroupARN are the auto scaling group.
	GroupName, GroupARN pulumi.StringInput
	// DeploymentGroup is the name of the CodeDeploy deployment group.
	DeploymentGroup pulumi.StringInput
	// Alarm is the name of the composite alarm that condemns the color.
	Alarm pulumi.StringInput
	// PublicTargetGroupARN and InternalTargetGroupARN are where the load balancers find the color.
	PublicTargetGroupARN, InternalTargetGroupARN pulumi.StringInput
}

// Release is the two runbooks.
type Release struct {
	pulumi.ResourceState

	// Documents are the runbooks, by the color that they bring live.
	Documents map[color.Color]*ssm.Document
	// Role is what the runbooks act as.
	Role *iam.Role
}

// builder makes the children of one Release.
type builder struct {
	ctx     *pulumi.Context
	name    string
	args    Args
	release *Release
	facts   pulumi.StringOutput // estate as JSON
}

// New makes the role and the two runbooks. It registers nothing and returns an
// error if args cannot make them.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Release, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, release: &Release{Documents: map[color.Color]*ssm.Document{}}}
	if err := ctx.RegisterComponentResource(TypeToken, name, b.release, opts...); err != nil {
		return nil, err
	}
	b.facts = b.resolve()
	if err := b.role(); err != nil {
		return nil, err
	}
	outputs := pulumi.Map{}
	for _, c := range color.Both() {
		if err := b.document(c); err != nil {
			return nil, err
		}
		outputs[string(c)+"Document"] = b.release.Documents[c].Name
	}
	return b.release, ctx.RegisterResourceOutputs(b.release, outputs)
}

// document makes the runbook that brings a color live.
func (b *builder) document(c color.Color) error {
	content := pulumi.All(b.facts, b.release.Role.Arn).ApplyT(func(values []any) (string, error) {
		found, err := parseEstate(values[0].(string))
		if err != nil {
			return "", err
		}
		return runbook{args: b.args, estate: found, role: values[1].(string), to: c}.text()
	}).(pulumi.StringOutput)
	document, err := ssm.NewDocument(b.ctx, b.name+"-"+string(c), &ssm.DocumentArgs{
		Name:         pulumi.String(b.args.Environment + "-release-" + string(c)),
		DocumentType: pulumi.String("Automation"),
		// The text is JSON, which is YAML too: Automation takes a script inside the
		// document from YAML alone (Systems Manager User Guide, aws:executeScript, Script).
		DocumentFormat: pulumi.String("YAML"),
		Content:        content,
		Tags:           pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-release-" + string(c))},
	}, pulumi.Parent(b.release))
	b.release.Documents[c] = document
	return err
}
