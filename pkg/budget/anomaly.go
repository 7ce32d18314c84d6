package budget

import (
	"encoding/json"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/costexplorer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// anomaly tells the topic at once of what costs more than it ever did, from the impact
// that is configured. SNS takes single anomalies and no summary of a day (AWS Cost
// Management User Guide, "Creating your cost monitors and alert subscriptions").
func (b *Budget) anomaly(ctx *pulumi.Context, name string, args Args) error {
	monitor, err := b.monitor(ctx, name, args)
	if err != nil {
		return err
	}
	physical := args.Environment + "-anomaly"
	b.Subscription, err = costexplorer.NewAnomalySubscription(ctx, name, &costexplorer.AnomalySubscriptionArgs{
		AccountId:       pulumi.String(args.AccountID),
		Name:            pulumi.String(physical),
		Frequency:       pulumi.String("IMMEDIATE"),
		MonitorArnLists: pulumi.StringArray{monitor},
		Subscribers: costexplorer.AnomalySubscriptionSubscriberArray{
			costexplorer.AnomalySubscriptionSubscriberArgs{Type: pulumi.String("SNS"), Address: args.CostTopicARN},
		},
		ThresholdExpression: costexplorer.AnomalySubscriptionThresholdExpressionArgs{
			Dimension: costexplorer.AnomalySubscriptionThresholdExpressionDimensionArgs{
				Key:          pulumi.String("ANOMALY_TOTAL_IMPACT_ABSOLUTE"),
				MatchOptions: pulumi.ToStringArray([]string{"GREATER_THAN_OR_EQUAL"}),
				Values:       pulumi.ToStringArray([]string{strconv.FormatFloat(args.Config.Anomaly.ThresholdUSD, 'f', -1, 64)}),
			},
		},
		Tags: pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b))
	return err
}

// monitor is the one that is named, or one of what has the environment's tag.
func (b *Budget) monitor(ctx *pulumi.Context, name string, args Args) (pulumi.StringInput, error) {
	if named := args.Config.Anomaly.MonitorARN; named != "" {
		return pulumi.String(named), nil
	}
	physical := args.Environment + "-anomaly"
	made, err := costexplorer.NewAnomalyMonitor(ctx, name, &costexplorer.AnomalyMonitorArgs{
		Name:                 pulumi.String(physical),
		MonitorType:          pulumi.String("CUSTOM"),
		MonitorSpecification: pulumi.String(specification(args.Environment)),
		Tags:                 pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b))
	if err != nil {
		return nil, err
	}
	return made.Arn, nil
}

// specification is an expression of Cost Explorer with all of its fields, as AWS returns
// it: with fewer, the provider would see a change each time, and replace the monitor.
func specification(environment string) string {
	text, err := json.Marshal(map[string]any{
		"And": nil, "CostCategories": nil, "Dimensions": nil, "Not": nil, "Or": nil,
		"Tags": map[string]any{"Key": tag, "MatchOptions": nil, "Values": []string{environment}},
	})
	if err != nil {
		panic(err) // only texts and lists of texts go in
	}
	return string(text)
}
