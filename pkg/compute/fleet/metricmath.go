package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// query is a metric, minute by minute, that an expression names by id.
func query(id, namespace, metric, statistic string, dimensions pulumi.StringMap) cloudwatch.MetricAlarmMetricQueryArgs {
	return cloudwatch.MetricAlarmMetricQueryArgs{Id: pulumi.String(id), Metric: cloudwatch.MetricAlarmMetricQueryMetricArgs{
		Namespace: pulumi.String(namespace), MetricName: pulumi.String(metric), Dimensions: dimensions,
		Period: pulumi.Int(periodSeconds), Stat: pulumi.String(statistic),
	}}
}

// expression is what the alarm compares.
func expression(id, label, text string) cloudwatch.MetricAlarmMetricQueryArgs {
	return cloudwatch.MetricAlarmMetricQueryArgs{
		Id: pulumi.String(id), Label: pulumi.String(label), ReturnData: pulumi.Bool(true), Expression: pulumi.String(text),
	}
}

// share alarms where the expression is errorPercent or more, in two minutes of three.
func share(description, text string, metrics ...cloudwatch.MetricAlarmMetricQueryInput) *cloudwatch.MetricAlarmArgs {
	return &cloudwatch.MetricAlarmArgs{
		AlarmDescription: pulumi.String(description),
		MetricQueries: append(cloudwatch.MetricAlarmMetricQueryArray{
			expression("percent", "5xx, percent", text),
		}, metrics...),
		EvaluationPeriods:  pulumi.Int(errorOutOf),
		DatapointsToAlarm:  pulumi.Int(errorMinutes),
		ComparisonOperator: pulumi.String(atLeast),
		Threshold:          pulumi.Float64(errorPercent),
	}
}
