// Package metricalarm makes CloudWatch alarms of what package alarms says.
package metricalarm

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
)

// Args say where an alarm is, and who hears of it.
type Args struct {
	// Name is the physical name; required.
	Name string
	// RunbookURL is the folder or URL of the runbooks; required.
	RunbookURL string
	// Dimensions are of all of the alarm's metrics.
	Dimensions pulumi.StringMap
	// Actions hear of the alarm, and of its end: topics; none for one that a composite alarm speaks for.
	Actions pulumi.Array
}

// New makes one alarm.
func New(ctx *pulumi.Context, name string, alarm alarms.Alarm, args Args, opts ...pulumi.ResourceOption) (*cloudwatch.MetricAlarm, error) {
	made := &cloudwatch.MetricAlarmArgs{
		Name:               pulumi.String(args.Name),
		AlarmDescription:   pulumi.String(alarm.Description(args.RunbookURL)),
		ComparisonOperator: pulumi.String(alarm.Comparison),
		Threshold:          pulumi.Float64(alarm.Threshold),
		EvaluationPeriods:  pulumi.Int(alarm.Periods),
		DatapointsToAlarm:  pulumi.Int(alarm.Datapoints),
		TreatMissingData:   pulumi.String(alarm.Missing),
		AlarmActions:       args.Actions,
		OkActions:          args.Actions,
		Tags:               pulumi.StringMap{"Name": pulumi.String(args.Name), "Severity": pulumi.String(alarm.Severity)},
	}
	if alarm.Expression == "" {
		metric := alarm.Metrics[0]
		made.Namespace, made.MetricName, made.Dimensions = pulumi.String(metric.Namespace), pulumi.String(metric.Name), args.Dimensions
		made.Period = pulumi.Int(alarm.PeriodSeconds)
		made.Statistic, made.ExtendedStatistic = statistic(metric.Statistic)
	} else {
		made.MetricQueries = queries(alarm, args.Dimensions)
	}
	return cloudwatch.NewMetricAlarm(ctx, name, made, opts...)
}

// statistic tells a percentile, which CloudWatch takes elsewhere, from the five statistics.
func statistic(name string) (plain, extended pulumi.StringPtrInput) {
	if name[0] == 'p' {
		return nil, pulumi.String(name)
	}
	return pulumi.String(name), nil
}

// queries are the metrics of an expression, and the expression itself.
func queries(alarm alarms.Alarm, dimensions pulumi.StringMap) cloudwatch.MetricAlarmMetricQueryArray {
	list := cloudwatch.MetricAlarmMetricQueryArray{cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String("result"), Expression: pulumi.String(alarm.Expression), Label: pulumi.String(alarm.Name), ReturnData: pulumi.Bool(true),
	}}
	for _, metric := range alarm.Metrics {
		list = append(list, cloudwatch.MetricAlarmMetricQueryArgs{
			Id: pulumi.String(metric.ID),
			Metric: cloudwatch.MetricAlarmMetricQueryMetricArgs{
				Namespace: pulumi.String(metric.Namespace), MetricName: pulumi.String(metric.Name), Stat: pulumi.String(metric.Statistic),
				Period: pulumi.Int(alarm.PeriodSeconds), Dimensions: dimensions,
			},
		})
	}
	return list
}
