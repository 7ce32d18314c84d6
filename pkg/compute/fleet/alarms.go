package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// The alarms of a color, <environment>-<color>-<name>. A release, an instance
// refresh and a deployment are rolled back by them; who is told is not theirs.
//
//	status-check                    EC2 finds an instance or its host impaired
//	unhealthy-<public|internal>     a load balancer finds an instance unhealthy
//	errors-<public|internal>        instances answer with 5xx
//
// The last two are there only where the load balancers forward.
const (
	periodSeconds = 60
	// unhealthyMinutes is longer than a first boot, in which an instance that joins
	// a target group is unhealthy too.
	unhealthyMinutes = 5
	// errorPercent of at least errorFloor requests in a minute, in two minutes of three.
	errorPercent, errorFloor = 5, "20"
	errorMinutes, errorOutOf = 2, 3
)

// alarms makes the alarms of both colors. They name the groups and do not depend
// on them, because the groups' instance refresh names the alarms.
func (b *builder) alarms() error {
	for _, c := range color.Both() {
		if err := b.statusCheck(c); err != nil {
			return err
		}
		if err := b.targetAlarms(c); err != nil {
			return err
		}
		if err := b.compositeAlarm(c); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) targetAlarms(c color.Color) error {
	if !b.args.Config.HTTPS() {
		return nil // no load balancer forwards, and none counts
	}
	for _, side := range []struct {
		name   string
		target Target
	}{{"public", b.args.TargetGroups[c].Public}, {"internal", b.args.TargetGroups[c].Internal}} {
		dimensions := pulumi.StringMap{"LoadBalancer": side.target.LoadBalancerARNSuffix, "TargetGroup": side.target.ARNSuffix}
		if err := b.unhealthy(c, side.name, dimensions); err != nil {
			return err
		}
		if err := b.serverErrors(c, side.name, dimensions); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) statusCheck(c color.Color) error {
	return b.alarm(c, "status-check", &cloudwatch.MetricAlarmArgs{
		AlarmDescription:   pulumi.String("EC2 finds an instance of the fleet, or its host, impaired."),
		Namespace:          pulumi.String("AWS/EC2"),
		MetricName:         pulumi.String("StatusCheckFailed"),
		Dimensions:         pulumi.StringMap{"AutoScalingGroupName": pulumi.String(b.physical(string(c)))},
		Statistic:          pulumi.String("Maximum"),
		Period:             pulumi.Int(periodSeconds),
		EvaluationPeriods:  pulumi.Int(unhealthyMinutes),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"),
		Threshold:          pulumi.Float64(0),
	})
}

func (b *builder) unhealthy(c color.Color, side string, dimensions pulumi.StringMap) error {
	return b.alarm(c, "unhealthy-"+side, &cloudwatch.MetricAlarmArgs{
		AlarmDescription:   pulumi.String("An instance of the fleet is unhealthy at the " + side + " load balancer."),
		Namespace:          pulumi.String("AWS/ApplicationELB"),
		MetricName:         pulumi.String("UnHealthyHostCount"),
		Dimensions:         dimensions,
		Statistic:          pulumi.String("Maximum"),
		Period:             pulumi.Int(periodSeconds),
		EvaluationPeriods:  pulumi.Int(unhealthyMinutes),
		ComparisonOperator: pulumi.String("GreaterThanThreshold"),
		Threshold:          pulumi.Float64(0),
	})
}

func (b *builder) serverErrors(c color.Color, side string, dimensions pulumi.StringMap) error {
	count := func(id, metric string) cloudwatch.MetricAlarmMetricQueryArgs {
		return cloudwatch.MetricAlarmMetricQueryArgs{Id: pulumi.String(id), Metric: cloudwatch.MetricAlarmMetricQueryMetricArgs{
			Namespace: pulumi.String("AWS/ApplicationELB"), MetricName: pulumi.String(metric), Dimensions: dimensions,
			Period: pulumi.Int(periodSeconds), Stat: pulumi.String("Sum"),
		}}
	}
	return b.alarm(c, "errors-"+side, &cloudwatch.MetricAlarmArgs{
		AlarmDescription: pulumi.String("Instances of the fleet answer requests of the " + side + " load balancer with 5xx."),
		MetricQueries: cloudwatch.MetricAlarmMetricQueryArray{
			cloudwatch.MetricAlarmMetricQueryArgs{
				Id: pulumi.String("percent"), Label: pulumi.String("5xx, percent"), ReturnData: pulumi.Bool(true),
				// A minute without errors reports none; one error of two requests is no trend.
				Expression: pulumi.String("IF(requests >= " + errorFloor + ", 100 * FILL(errors, 0) / requests, 0)"),
			},
			count("requests", "RequestCount"),
			count("errors", "HTTPCode_Target_5XX_Count"),
		},
		EvaluationPeriods:  pulumi.Int(errorOutOf),
		DatapointsToAlarm:  pulumi.Int(errorMinutes),
		ComparisonOperator: pulumi.String("GreaterThanOrEqualToThreshold"),
		Threshold:          pulumi.Float64(errorPercent),
	})
}

// alarm makes an alarm of a color. An idle fleet reports nothing, which is not breaching.
func (b *builder) alarm(c color.Color, name string, args *cloudwatch.MetricAlarmArgs) error {
	suffix := string(c) + "-" + name
	args.Name = pulumi.String(b.physical(suffix))
	args.TreatMissingData = pulumi.String("notBreaching")
	args.Tags = b.tags(suffix)
	alarm, err := cloudwatch.NewMetricAlarm(b.ctx, b.child(suffix), args, b.parent()...)
	b.fleet.Alarms[c] = append(b.fleet.Alarms[c], alarm)
	return err
}
