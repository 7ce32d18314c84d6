package data

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// group makes a log group before its store does, which would make it without key and retention.
func (l Logs) group(ctx *pulumi.Context, name, physical string, parent pulumi.Resource) (*cloudwatch.LogGroup, error) {
	return cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(physical),
		RetentionInDays: pulumi.Int(config.LogRetention(l.RetentionDays)),
		KmsKeyId:        l.KeyARN.ToStringOutput().ToStringPtrOutput(),
		Tags:            pulumi.StringMap{"Name": pulumi.String(name)},
	}, pulumi.Parent(parent), pulumi.Protect(true))
}

// writer lets a service of this account write to the log groups whose name begins so.
// AWS would add such a policy by itself, which no state knew, to the ten that a region
// may have (Amazon CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs").
func (p Place) writer(ctx *pulumi.Context, name, service, prefix, sourceARN string, parent pulumi.Resource) (*cloudwatch.LogResourcePolicy, error) {
	return cloudwatch.NewLogResourcePolicy(ctx, name, &cloudwatch.LogResourcePolicyArgs{
		PolicyName: pulumi.String(name),
		PolicyDocument: pulumi.String(policy.Document(policy.Statement{
			Sid:       "WritesTheStoresLogs",
			Effect:    policy.Allow,
			Principal: map[string]any{"Service": service},
			Action:    []string{"logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"},
			// ":*" are the streams of the groups, which are what is written to.
			Resource: []string{p.arn("logs", "log-group:"+prefix+"*:*")},
			Condition: policy.Condition{
				"StringEquals": {"aws:SourceAccount": p.AccountID},
				"ArnLike":      {"aws:SourceArn": sourceARN},
			},
		})),
	}, pulumi.Parent(parent))
}

// delivery is the service that delivers logs for others, and the ARNs of its deliveries,
// whose names AWS chooses.
const delivery = "delivery.logs.amazonaws.com"

func (p Place) deliveries() string { return p.arn("logs", "*") }

// arn is an ARN of this account and region.
func (p Place) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", p.Partition, service, p.Region, p.AccountID, resource)
}
