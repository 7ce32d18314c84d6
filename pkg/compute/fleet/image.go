package fleet

import (
	"fmt"
	"regexp"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

var imageID = regexp.MustCompile(`^ami-[0-9a-f]{8,17}$`)

// image looks the AMI up when the program runs and hands on its ID: where the
// launch template itself names a parameter, or $Latest, AWS refuses to roll an
// instance refresh back (Amazon EC2 Auto Scaling User Guide, "Undo changes with
// a manual or auto rollback").
func (b *builder) image() pulumi.StringOutput {
	name := b.args.Config.Fleet.ImageParameter
	parameter := ssm.LookupParameterOutput(b.ctx, ssm.LookupParameterOutputArgs{
		Name:           pulumi.String(name),
		WithDecryption: pulumi.Bool(false),
	}, pulumi.Parent(b.fleet)) // and so the component's provider: there is no default one
	// The insecure value, because "value" is a secret whatever it holds, and the ID of
	// a public image that shows as [secret] hides from a preview what it is there to show.
	return parameter.InsecureValue().ApplyT(func(value string) (string, error) {
		if !imageID.MatchString(value) {
			return "", fmt.Errorf("compute.fleet.imageParameter: %s: its value %q is no AMI ID: name a parameter of type String that holds one", name, value)
		}
		return value, nil
	}).(pulumi.StringOutput)
}
