package detection

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/costexplorer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// costTagKeys are the tags of every resource by which costs are told apart.
var costTagKeys = []string{"Environment", "Project", "CostCenter", "Owner"}

// costTags activate them, which the account that pays may alone, and only once a day has
// passed since the first resource had them (AWS Billing User Guide, "Activating user-defined
// cost allocation tags").
func (b builder) costTags() error {
	for _, key := range costTagKeys {
		if _, err := costexplorer.NewCostAllocationTag(b.ctx, b.name+"-cost-tag-"+key, &costexplorer.CostAllocationTagArgs{
			TagKey: pulumi.String(key), Status: pulumi.String("Active"),
		}, b.child()...); err != nil {
			return err
		}
	}
	return nil
}
