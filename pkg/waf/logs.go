package waf

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/wafv2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/policy"
)

// logGroupPrefix begins the name of every log group that AWS WAF writes to (AWS
// WAF Developer Guide, "Sending web ACL traffic logs to a CloudWatch Logs log group").
const logGroupPrefix = "aws-waf-logs-"

// redacted are the headers whose values never reach the log.
var redacted = []string{"authorization", "cookie"}

// logs records every request that the web ACL saw (PCI DSS v4.0.1, requirement 10.2).
func (w *WebACL) logs(ctx *pulumi.Context, name string, args Args) error {
	group, err := cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(logGroupPrefix + args.Environment),
		RetentionInDays: pulumi.Int(config.LogRetention(args.LogRetentionDays)),
		KmsKeyId:        args.LogKeyARN.ToStringOutput().ToStringPtrOutput(),
		Tags:            pulumi.StringMap{"Name": pulumi.String(args.Environment + "-waf")},
	}, pulumi.Parent(w), pulumi.Protect(true))
	if err != nil {
		return err
	}
	w.LogGroup = group
	delivery, err := cloudwatch.NewLogResourcePolicy(ctx, name, &cloudwatch.LogResourcePolicyArgs{
		PolicyName:     pulumi.String(logGroupPrefix + args.Environment),
		PolicyDocument: pulumi.String(deliveryPolicy(args)),
	}, pulumi.Parent(w))
	if err != nil {
		return err
	}
	fields := wafv2.WebAclLoggingConfigurationRedactedFieldArray{}
	for _, header := range redacted {
		fields = append(fields, wafv2.WebAclLoggingConfigurationRedactedFieldArgs{
			SingleHeader: wafv2.WebAclLoggingConfigurationRedactedFieldSingleHeaderArgs{Name: pulumi.String(header)},
		})
	}
	_, err = wafv2.NewWebAclLoggingConfiguration(ctx, name, &wafv2.WebAclLoggingConfigurationArgs{
		ResourceArn: w.ACL.Arn,
		// The provider gives the group's ARN without ":*", which is how AWS WAF wants it.
		LogDestinationConfigs: pulumi.StringArray{group.Arn},
		RedactedFields:        fields,
	}, pulumi.Parent(w), pulumi.DependsOn([]pulumi.Resource{delivery}))
	return err
}

// deliveryPolicy lets the log delivery service write to this log group for this
// account. AWS would add one by itself, which no state knew, to the ten that a
// region may have (Amazon CloudWatch Logs User Guide, "Logs sent to CloudWatch Logs").
func deliveryPolicy(args Args) string {
	at := fmt.Sprintf("arn:%s:logs:%s:%s:", args.Partition, args.Region, args.AccountID)
	return policy.Document(policy.Statement{
		Sid:       "WAFWritesItsLog",
		Effect:    policy.Allow,
		Principal: map[string]any{"Service": "delivery.logs.amazonaws.com"},
		Action:    []string{"logs:CreateLogStream", "logs:PutLogEvents"},
		// ":*" are the streams of the group, which are what is written to.
		Resource: []string{at + "log-group:" + logGroupPrefix + args.Environment + ":*"},
		Condition: policy.Condition{
			"StringEquals": {"aws:SourceAccount": args.AccountID},
			"ArnLike":      {"aws:SourceArn": at + "*"}, // the delivery, whose name AWS chooses
		},
	})
}
