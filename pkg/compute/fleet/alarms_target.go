package fleet

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/compute/color"
)

// connectionErrors of a load balancer to the targets of a color, in connectionSeconds:
// an instance that ends without notice costs a few.
const connectionErrors, connectionSeconds = 5, 180

// side is a load balancer as the alarms of a color see it.
type side struct {
	name     string
	balancer pulumi.StringMap // dimensions of the whole load balancer
	group    pulumi.StringMap // dimensions of the color's target group
}

func (b *builder) sides(c color.Color) []side {
	of := func(name string, target Target) side {
		return side{
			name:     name,
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
		if err := b.watch(c, s.unhealthy(), s.serverErrors(), s.connections()); err != nil {
			return err
		}
	}
	return nil
}

func (s side) unhealthy() watched {
	return watched{of: s.group, alarm: alarms.Alarm{
		Name: "unhealthy-" + s.name, Says: "An instance of the fleet is unhealthy at the " + s.name + " load balancer.",
		Metrics:    metric(balancerMetrics, "UnHealthyHostCount", alarms.Maximum),
		Comparison: alarms.Above, Threshold: 0, Unit: alarms.Count,
		PeriodSeconds: periodSeconds, Periods: unhealthyMinutes, Datapoints: unhealthyMinutes,
	}}
}

func (s side) serverErrors() watched {
	return watched{of: s.group, alarm: share("errors-"+s.name,
		"Instances of the fleet answer requests of the "+s.name+" load balancer with 5xx.",
		// A minute without errors reports none; one error of two requests is no trend.
		"IF(requests >= "+errorFloor+", 100 * FILL(errors, 0) / requests, 0)",
		alarms.Metric{ID: "requests", Namespace: balancerMetrics, Name: "RequestCount", Statistic: alarms.Sum},
		alarms.Metric{ID: "errors", Namespace: balancerMetrics, Name: "HTTPCode_Target_5XX_Count", Statistic: alarms.Sum},
	)}
}

func (s side) connections() watched {
	return watched{of: s.group, alarm: alarms.Alarm{
		Name: "connections-" + s.name, Says: "The " + s.name + " load balancer cannot connect to instances of the fleet.",
		Metrics:    metric(balancerMetrics, "TargetConnectionErrorCount", alarms.Sum),
		Comparison: alarms.Above, Threshold: connectionErrors, Unit: alarms.Count,
		PeriodSeconds: connectionSeconds, Periods: 1, Datapoints: 1,
	}}
}
