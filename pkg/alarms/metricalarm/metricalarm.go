// Package metricalarm makes CloudWatch alarms of what package alarms says, and the metric
// filter of one that counts log events.
//
// Refused before anything is registered: a missing field, an alarm that CloudWatch or
// package alarms refuses, a pattern without the log group and a log group without a pattern.
//
// Resources, by name (names are API: they are part of the URN):
//
//	<name>   MetricAlarm; LogMetricFilter, of an alarm with a pattern
package metricalarm

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/required"
)

// Args say where an alarm is, and who hears of it.
type Args struct {
	// Name is the physical name; required.
	Name string
	// RunbookURL is the folder or URL of the runbooks; required.
	RunbookURL string
	// Dimensions are of all of the alarm's metrics, but for those of ByMetric; none is fine.
	Dimensions pulumi.StringMap
	// ByMetric are the dimensions of single metrics, by their ID; none is fine.
	ByMetric map[string]pulumi.StringMap
	// LogGroup is the name of the log group whose events the alarm's pattern counts;
	// required with a pattern, and refused without.
	LogGroup pulumi.StringInput
	// Actions hear of the alarm, and of its end: topics; none for one that a composite alarm speaks for.
	Actions pulumi.Array
}

// New validates alarm and args, registers nothing on an error, and otherwise the alarm.
func New(ctx *pulumi.Context, name string, alarm alarms.Alarm, args Args, opts ...pulumi.ResourceOption) (*cloudwatch.MetricAlarm, error) {
	if err := validate(alarm, args); err != nil {
		return nil, err
	}
	if alarm.Pattern != "" {
		if err := filter(ctx, name, alarm, args, opts...); err != nil {
			return nil, err
		}
	}
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
	switch metric := alarm.Metrics[0]; {
	case alarm.Across:
		made.MetricQueries = across(alarm, args)
	case alarm.Expression != "":
		made.MetricQueries = queries(alarm, args)
	default:
		made.Namespace, made.MetricName = pulumi.String(metric.Namespace), pulumi.String(metric.Name)
		made.Period = pulumi.Int(alarm.PeriodSeconds)
		made.Statistic, made.ExtendedStatistic = statistic(metric.Statistic)
		if dimensions := args.of(metric); len(dimensions) > 0 {
			made.Dimensions = dimensions
		}
	}
	return cloudwatch.NewMetricAlarm(ctx, name, made, opts...)
}

// validate returns every reason why the alarm cannot be made.
func validate(alarm alarms.Alarm, args Args) error {
	problems := required.Missing("metricalarm.Args",
		required.Field{Name: "Name", Value: args.Name, Remedy: "pass the physical name"},
		required.Field{Name: "RunbookURL", Value: args.RunbookURL, Remedy: "pass the folder or URL of the runbooks"},
	)
	if (alarm.Pattern != "") != (args.LogGroup != nil) {
		problems = append(problems, fmt.Errorf("metricalarm.Args.LogGroup: the pattern of %s is %q: a pattern and a log group come together: pass both or neither", alarm.Name, alarm.Pattern))
	}
	if alarm.Across && (len(args.Dimensions) == 0 || len(args.ByMetric) > 0) {
		problems = append(problems, fmt.Errorf("metricalarm.Args.Dimensions: %d of %s: a query is of what has dimensions in common: pass them, and none by metric", len(args.Dimensions), alarm.Name))
	}
	known := map[string]bool{}
	for _, metric := range alarm.Metrics {
		known[metric.ID] = true
	}
	for id := range args.ByMetric {
		if !known[id] {
			problems = append(problems, fmt.Errorf("metricalarm.Args.ByMetric[%s]: no metric of %s has the ID: correct it", id, alarm.Name))
		}
	}
	return errors.Join(append(problems, alarm.Validate())...)
}

// of are the dimensions of a metric.
func (a Args) of(metric alarms.Metric) pulumi.StringMap {
	if dimensions, own := a.ByMetric[metric.ID]; own {
		return dimensions
	}
	return a.Dimensions
}

// filter counts the log events of the pattern; it is named like the metric that it makes.
func filter(ctx *pulumi.Context, name string, alarm alarms.Alarm, args Args, opts ...pulumi.ResourceOption) error {
	metric := alarm.Metrics[0]
	_, err := cloudwatch.NewLogMetricFilter(ctx, name, &cloudwatch.LogMetricFilterArgs{
		Name:         pulumi.String(metric.Name),
		LogGroupName: args.LogGroup,
		Pattern:      pulumi.String(alarm.Pattern),
		MetricTransformation: cloudwatch.LogMetricFilterMetricTransformationArgs{
			Namespace: pulumi.String(metric.Namespace), Name: pulumi.String(metric.Name), Value: pulumi.String("1"), Unit: pulumi.String("Count"),
		},
	}, opts...)
	return err
}

// statistic tells a percentile, which CloudWatch takes elsewhere, from the five statistics.
func statistic(name string) (plain, extended pulumi.StringPtrInput) {
	if name[0] == 'p' {
		return nil, pulumi.String(name)
	}
	return pulumi.String(name), nil
}

// across is the query of all metrics that have the dimensions. Its period is its own.
func across(alarm alarms.Alarm, args Args) cloudwatch.MetricAlarmMetricQueryArray {
	query := args.Dimensions.ToStringMapOutput().ApplyT(alarm.Metrics[0].Query).(pulumi.StringOutput)
	return cloudwatch.MetricAlarmMetricQueryArray{cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String(alarms.ResultID), Expression: query, Label: pulumi.String(alarm.Name),
		Period: pulumi.Int(alarm.PeriodSeconds), ReturnData: pulumi.Bool(true),
	}}
}

// queries are the expression and its metrics.
func queries(alarm alarms.Alarm, args Args) cloudwatch.MetricAlarmMetricQueryArray {
	list := cloudwatch.MetricAlarmMetricQueryArray{cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String(alarms.ResultID), Expression: pulumi.String(alarm.Expression), Label: pulumi.String(alarm.Name), ReturnData: pulumi.Bool(true),
	}}
	for _, metric := range alarm.Metrics {
		list = append(list, cloudwatch.MetricAlarmMetricQueryArgs{
			Id: pulumi.String(metric.ID),
			Metric: cloudwatch.MetricAlarmMetricQueryMetricArgs{
				Namespace: pulumi.String(metric.Namespace), MetricName: pulumi.String(metric.Name), Stat: pulumi.String(metric.Statistic),
				Period: pulumi.Int(alarm.PeriodSeconds), Dimensions: args.of(metric),
			},
		})
	}
	return list
}
