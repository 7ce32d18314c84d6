package release

import (
	"fmt"

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
	// Template is what instances are launched from, InstanceRoleARN the role that
	// they have, Instances which and how many: the program's part of
	// config.Compute.Fleet. A release and a refresh bring all of it live.
	Template        Template
	InstanceRoleARN pulumi.StringInput
	Instances       config.Fleet
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
	// Alarms are the names of the metric alarms on which a refresh is rolled back.
	Alarms pulumi.StringArrayInput
	// PublicTargetGroupARN and InternalTargetGroupARN are where the load balancers find the color.
	PublicTargetGroupARN, InternalTargetGroupARN pulumi.StringInput
}

// Release is the runbooks.
type Release struct {
	pulumi.ResourceState

	// Documents are the runbooks, by the color that they bring live.
	Documents map[color.Color]*ssm.Document
	// RefreshDocuments are the runbooks that replace the instances of a live color.
	RefreshDocuments map[color.Color]*ssm.Document
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

// New makes the role and the runbooks. It registers nothing and returns an
// error if args cannot make them.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Release, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, release: &Release{
		Documents: map[color.Color]*ssm.Document{}, RefreshDocuments: map[color.Color]*ssm.Document{},
	}}
	if err := ctx.RegisterComponentResource(TypeToken, name, b.release, opts...); err != nil {
		return nil, err
	}
	b.facts = b.resolve()
	if err := b.role(); err != nil {
		return nil, err
	}
	outputs := pulumi.Map{}
	for _, c := range color.Both() {
		if err := b.documents(c); err != nil {
			return nil, err
		}
		outputs[string(c)+"Document"] = b.release.Documents[c].Name
		outputs[string(c)+"RefreshDocument"] = b.release.RefreshDocuments[c].Name
	}
	return b.release, ctx.RegisterResourceOutputs(b.release, outputs)
}

// documents makes the runbooks of a color.
func (b *builder) documents(c color.Color) (err error) {
	if b.release.Documents[c], err = b.document(b.name, "release", c, runbook.text); err != nil {
		return err
	}
	b.release.RefreshDocuments[c], err = b.document(b.name+"-refresh", "refresh", c, runbook.refreshText)
	return err
}

// document makes one of them.
func (b *builder) document(name, kind string, c color.Color, text func(runbook) (string, error)) (*ssm.Document, error) {
	content := pulumi.All(b.facts, b.release.Role.Arn).ApplyT(func(values []any) (string, error) {
		found, err := parseEstate(values[0].(string))
		if err != nil {
			return "", err
		}
		return text(runbook{args: b.args, estate: found, role: values[1].(string), to: c})
	}).(pulumi.StringOutput)
	physical := fmt.Sprintf("%s-%s-%s", b.args.Environment, kind, c)
	return ssm.NewDocument(b.ctx, name+"-"+string(c), &ssm.DocumentArgs{
		Name:         pulumi.String(physical),
		DocumentType: pulumi.String("Automation"),
		// The text is JSON, which is YAML too: Automation takes a script inside the
		// document from YAML alone (Systems Manager User Guide, aws:executeScript, Script).
		DocumentFormat: pulumi.String("YAML"),
		Content:        content,
		Tags:           pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b.release))
}
