package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// logs makes the log group that the CloudWatch agent writes to. The agent may
// write there and nowhere else, so that the group has to be there first.
func (b *builder) logs() (err error) {
	b.fleet.LogGroup, err = cloudwatch.NewLogGroup(b.ctx, b.child(both), &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(logGroupName(b.args)),
		RetentionInDays: pulumi.Int(config.LogRetention(b.args.LogRetentionDays)),
		KmsKeyId:        b.args.LogKeyARN,
		Tags:            b.tags(both),
	}, b.parent(pulumi.Protect(true))...)
	return err
}

func logGroupName(args Args) string { return "/" + args.Environment + "/fleet" }
