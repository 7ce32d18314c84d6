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
//	connections-<public|internal>   instances take no connections
//	missing                         fewer healthy instances than the group should have
//	gateway-<public|internal>       a load balancer answers with 5xx in their place
//
// All but the first are there only where the load balancers forward. They are ten:
// an instance refresh takes no more (API reference, AlarmSpecification). The last
// three are how a fleet shows that dies faster than unhealthy instances are counted:
// the group ends them within a minute or two, and their replacements wait for a
// revision outside of the target groups.
const (
	periodSeconds = 60
	// unhealthyMinutes is longer than a first boot, in which an instance that joins
	// a target group is unhealthy too.
	unhealthyMinutes = 5
	// errorPercent of at least errorFloor requests in a minute, in two minutes of three.
	errorPercent, errorFloor = 5, "20"
	errorMinutes, errorOutOf = 2, 3
)

// The namespaces of the metrics.
const (
	ec2Metrics      = "AWS/EC2"
	balancerMetrics = "AWS/ApplicationELB"
	groupNamespace  = "AWS/AutoScaling"
)

// alarms makes the alarms of both colors. They name the groups and do not depend
// on them: an alarm is there before what it watches.
func (b *builder) alarms() error {
	for _, c := range color.Both() {
		if err := b.statusCheck(c); err != nil {
			return err
		}
		if err := b.targetAlarms(c); err != nil {
			return err
		}
		// No deployment is stopped by the alarms that follow. It takes all instances of
		// the idle fleet out of the target groups, and so all are missing; and the load
		// balancers' errors are then the live fleet's, which a deployment may be there
		// to end. CodeDeploy takes ten alarms a group (User Guide, "CodeDeploy quotas").
		b.deployAlarms[c] = b.alarmNames(c)
		if err := b.fleetAlarms(c); err != nil {
			return err
		}
		if err := b.compositeAlarm(c); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) statusCheck(c color.Color) error {
	return b.alarm(c, "status-check", &cloudwatch.MetricAlarmArgs{
		AlarmDescription:   pulumi.String("EC2 finds an instance of the fleet, or its host, impaired."),
		Namespace:          pulumi.String(ec2Metrics),
		MetricName:         pulumi.String("StatusCheckFailed"),
		Dimensions:         b.groupDimensions(c),
		Statistic:          pulumi.String("Maximum"),
		Period:             pulumi.Int(periodSeconds),
		EvaluationPeriods:  pulumi.Int(unhealthyMinutes),
		ComparisonOperator: pulumi.String(above),
		Threshold:          pulumi.Float64(0),
	})
}

func (b *builder) groupDimensions(c color.Color) pulumi.StringMap {
	return pulumi.StringMap{"AutoScalingGroupName": pulumi.String(b.physical(string(c)))}
}

// The comparisons of an alarm.
const (
	above   = "GreaterThanThreshold"
	atLeast = "GreaterThanOrEqualToThreshold"
)

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
