package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// connectionErrors of a load balancer to the targets of a color, in connectionSeconds:
// an instance that ends without notice costs a few.
const connectionErrors, connectionSeconds = 5, 180

// side is a load balancer as the alarms of a color see it.
type side struct {
	name     string
	target   Target
	balancer pulumi.StringMap // dimensions of the whole load balancer
	group    pulumi.StringMap // dimensions of the color's target group
}

func (b *builder) sides(c color.Color) []side {
	of := func(name string, target Target) side {
		return side{
			name: name, target: target,
			balancer: pulumi.StringMap{"LoadBalancer": target.LoadBalancerARNSuffix},
			group:    pulumi.StringMap{"LoadBalancer": target.LoadBalancerARNSuffix, "TargetGroup": target.ARNSuffix},
		}
	}
	targets := b.args.TargetGroups[c]
	return []side{of("public", targets.Public), of("internal", targets.Internal)}
}

// targetAlarms judge the instances that are in the color's target groups.
func (b *builder) targetAlarms(c color.Color) error {
	if !b.args.Config.HTTPS() {
		return nil // no load balancer forwards, and none counts
	}
	for _, s := range b.sides(c) {
		for _, alarm := range []func(color.Color, side) error{b.unhealthy, b.serverErrors, b.connections} {
			if err := alarm(c, s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) unhealthy(c color.Color, s side) error {
	return b.alarm(c, "unhealthy-"+s.name, &cloudwatch.MetricAlarmArgs{
		AlarmDescription:   pulumi.String("An instance of the fleet is unhealthy at the " + s.name + " load balancer."),
		Namespace:          pulumi.String(balancerMetrics),
		MetricName:         pulumi.String("UnHealthyHostCount"),
		Dimensions:         s.group,
		Statistic:          pulumi.String("Maximum"),
		Period:             pulumi.Int(periodSeconds),
		EvaluationPeriods:  pulumi.Int(unhealthyMinutes),
		ComparisonOperator: pulumi.String(above),
		Threshold:          pulumi.Float64(0),
	})
}

func (b *builder) serverErrors(c color.Color, s side) error {
	return b.alarm(c, "errors-"+s.name, share(
		"Instances of the fleet answer requests of the "+s.name+" load balancer with 5xx.",
		// A minute without errors reports none; one error of two requests is no trend.
		"IF(requests >= "+errorFloor+", 100 * FILL(errors, 0) / requests, 0)",
		query("requests", balancerMetrics, "RequestCount", "Sum", s.group),
		query("errors", balancerMetrics, "HTTPCode_Target_5XX_Count", "Sum", s.group),
	))
}

func (b *builder) connections(c color.Color, s side) error {
	return b.alarm(c, "connections-"+s.name, &cloudwatch.MetricAlarmArgs{
		AlarmDescription:   pulumi.String("The " + s.name + " load balancer cannot connect to instances of the fleet."),
		Namespace:          pulumi.String(balancerMetrics),
		MetricName:         pulumi.String("TargetConnectionErrorCount"),
		Dimensions:         s.group,
		Statistic:          pulumi.String("Sum"),
		Period:             pulumi.Int(connectionSeconds),
		EvaluationPeriods:  pulumi.Int(1),
		ComparisonOperator: pulumi.String(above),
		Threshold:          pulumi.Float64(connectionErrors),
	})
}
