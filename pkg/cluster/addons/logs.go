package addons

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// insightsGroups are the log groups of Container Insights: containers' logs, those of
// the nodes and of their Kubernetes services, and the metrics, which are logs too.
var insightsGroups = []string{"application", "dataplane", "host", "performance"}

// logGroups makes the groups before the agents do, who would make them without our key
// and for ever.
func (b *builder) logGroups() ([]pulumi.Resource, error) {
	var groups []pulumi.Resource
	for _, name := range insightsGroups {
		group, err := cloudwatch.NewLogGroup(b.ctx, b.child("insights-"+name), &cloudwatch.LogGroupArgs{
			Name:            pulumi.Sprintf("/aws/containerinsights/%s/%s", b.args.ClusterName, name),
			RetentionInDays: pulumi.Int(config.LogRetention(b.args.LogRetentionDays)),
			KmsKeyId:        b.args.LogKeyARN,
			Tags:            pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-insights-" + name)},
		}, b.parent(pulumi.Protect(true))...)
		if err != nil {
			return nil, err
		}
		b.addOns.LogGroups[name] = group
		groups = append(groups, group)
	}
	return groups, nil
}
