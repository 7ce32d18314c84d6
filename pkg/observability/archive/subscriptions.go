package archive

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// subscribe sends the log groups of some classes to a stream. CloudWatch Logs tries a
// filter when it is made, so the role comes first, with its policy.
func (b *builder) subscribe(stream string, to *kinesis.FirehoseDeliveryStream, classes []string) error {
	document := pulumi.All(to.Arn, b.args.LogKeyARN).ApplyT(func(arns []any) string {
		return policy.Document(b.putting(arns[0].(string), arns[1].(string))...)
	}).(pulumi.StringOutput)
	role, allowed, err := b.senderRole(stream, document)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(b.args.LogGroups)) {
		group := b.args.LogGroups[name]
		if !slices.Contains(classes, group.Class) {
			continue
		}
		_, err := cloudwatch.NewLogSubscriptionFilter(b.ctx, b.name+"-"+stream+"-"+name, &cloudwatch.LogSubscriptionFilterArgs{
			Name:           pulumi.String(b.args.Environment + "-" + stream),
			LogGroup:       b.notOwn(group.Name),
			DestinationArn: to.Arn,
			RoleArn:        role.Arn,
			FilterPattern:  pulumi.String(""), // everything
		}, b.parent(pulumi.DependsOn([]pulumi.Resource{allowed}))...)
		if err != nil {
			return err
		}
	}
	return nil
}

// notOwn is a log group's name, and an error for the archive's own: every record that
// fails would be a record again.
func (b *builder) notOwn(name pulumi.StringInput) pulumi.StringOutput {
	own := LogGroupName(b.args.Environment)
	return name.ToStringOutput().ApplyT(func(name string) (string, error) {
		if name == own {
			return "", fmt.Errorf("archive.Args.LogGroups: %s: is the archive's own log group, and each of its errors would be archived and fail again: leave it out", name)
		}
		return name, nil
	}).(pulumi.StringOutput)
}
