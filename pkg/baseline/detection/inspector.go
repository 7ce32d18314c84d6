package detection

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/inspector2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// inspector scans instances, images and functions for as long as they are there. Images
// are also the registry's to say, which asks for ENHANCED scans (pkg/delivery/registry): that
// is Inspector's scan under another name, and each of the two turns on the other (Amazon
// Inspector User Guide, "Amazon ECR integration"), so they do not fight. Which repositories
// are scanned, and how often, the registry says. Whoever turns this off must keep the scan of
// images elsewhere, or the registry falls back to BASIC.
func (b builder) inspector() error {
	_, err := inspector2.NewEnabler(b.ctx, b.name+"-inspector", &inspector2.EnablerArgs{
		AccountIds:    pulumi.ToStringArray([]string{b.args.AccountID}),
		ResourceTypes: pulumi.ToStringArray([]string{"EC2", "ECR", "LAMBDA"}),
	}, b.child()...)
	return err
}
