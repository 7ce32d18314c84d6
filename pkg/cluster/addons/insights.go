package addons

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
)

// insightsPolicy lets the agents of Container Insights write to its log groups, and no
// others, and publish its metrics. AWS's own CloudWatchAgentServerPolicy would let whoever
// holds the role write to every log group of the account and shorten its retention, the
// audit log's too (PCI DSS 10.3.2, 10.5.1).
func insightsPolicy(args Args) pulumi.StringInput {
	return args.ClusterName.ToStringOutput().ApplyT(func(cluster string) string {
		logs := "arn:" + args.Partition + ":logs:" + args.Region + ":" + args.AccountID + ":log-group:"
		own := logs + "/aws/containerinsights/" + cluster + "/*"
		return policy.Document(
			policy.Statement{
				Sid: "WritesItsLogs", Effect: policy.Allow, Resource: []string{own, own + ":log-stream:*"},
				Action: []string{"logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
			},
			policy.Statement{
				// What is asked for is a name's beginning, not a group.
				Sid: "FindsItsLogs", Effect: policy.Allow, Action: []string{"logs:DescribeLogGroups"}, Resource: []string{logs + "*"},
			},
			policy.Statement{
				// Metrics, volumes, tags and instances have no resource-level permissions.
				Sid: "PublishesItsMetrics", Effect: policy.Allow, Action: []string{"cloudwatch:PutMetricData"}, Resource: []string{"*"},
				Condition: policy.Condition{"StringEquals": {"cloudwatch:namespace": []string{"ContainerInsights", "CWAgent"}}},
			},
			policy.Statement{
				Sid: "NamesItsNode", Effect: policy.Allow, Resource: []string{"*"},
				Action: []string{"ec2:DescribeInstances", "ec2:DescribeTags", "ec2:DescribeVolumes"},
			},
		)
	}).(pulumi.StringOutput)
}
