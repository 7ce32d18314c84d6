package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// missingMinutes is how long a fleet may be short of instances: a new one boots,
// gets its revision and passes the health checks in less.
const missingMinutes = 10

// fleetAlarms judge a fleet by what it should have and what its callers get, with
// no instance in a target group too. A fleet that should have none is silent.
func (b *builder) fleetAlarms(c color.Color) error {
	if !b.args.Config.HTTPS() {
		return nil // no load balancer forwards, and none counts
	}
	if err := b.missing(c); err != nil {
		return err
	}
	for _, s := range b.sides(c) {
		if err := b.gateway(c, s); err != nil {
			return err
		}
	}
	return nil
}

// missing counts at the public load balancer; both are told of the same instances.
func (b *builder) missing(c color.Color) error {
	return b.alarm(c, "missing", &cloudwatch.MetricAlarmArgs{
		AlarmDescription: pulumi.String("The fleet has fewer healthy instances than it should have."),
		MetricQueries: cloudwatch.MetricAlarmMetricQueryArray{
			// A target group without targets reports no healthy host, not even zero.
			expression("missing", "Healthy instances that are missing", "IF(desired > 0, desired - FILL(healthy, 0), 0)"),
			b.desired(c),
			query("healthy", balancerMetrics, "HealthyHostCount", "Maximum", b.sides(c)[0].group),
		},
		EvaluationPeriods:  pulumi.Int(missingMinutes),
		ComparisonOperator: pulumi.String(above),
		Threshold:          pulumi.Float64(0),
	})
}

// gateway counts what a load balancer answers itself: 502, 503 and 504. It does not
// say for which color, so that they count against each one that should have
// instances. RequestCount has only the requests for which there was a target.
func (b *builder) gateway(c color.Color, s side) error {
	return b.alarm(c, "gateway-"+s.name, share(
		"The "+s.name+" load balancer answers with 5xx in place of instances.",
		"IF(desired > 0 AND FILL(requests, 0) + FILL(errors, 0) >= "+errorFloor+
			", 100 * FILL(errors, 0) / (FILL(requests, 0) + FILL(errors, 0)), 0)",
		b.desired(c),
		query("requests", balancerMetrics, "RequestCount", "Sum", s.balancer),
		query("errors", balancerMetrics, "HTTPCode_ELB_5XX_Count", "Sum", s.balancer),
	))
}

func (b *builder) desired(c color.Color) cloudwatch.MetricAlarmMetricQueryArgs {
	return query("desired", groupNamespace, "GroupDesiredCapacity", "Minimum", b.groupDimensions(c))
}
