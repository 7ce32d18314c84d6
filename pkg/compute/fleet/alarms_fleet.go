package fleet

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
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
	sides := b.sides(c)
	if err := b.watch(c, b.missing(c, sides[0])); err != nil {
		return err
	}
	for _, s := range sides {
		if err := b.watch(c, b.gateway(c, s)); err != nil {
			return err
		}
	}
	return nil
}

// missing counts at the public load balancer; both are told of the same instances.
func (b *builder) missing(c color.Color, public side) watched {
	return watched{of: public.group, byMetric: b.ofGroup(c), alarm: alarms.Alarm{
		Name: "missing", Says: "The fleet has fewer healthy instances than it should have.",
		// A target group without targets reports no healthy host, not even zero.
		Expression: "IF(desired > 0, desired - FILL(healthy, 0), 0)",
		Metrics: []alarms.Metric{
			desired(), {ID: "healthy", Namespace: balancerMetrics, Name: "HealthyHostCount", Statistic: alarms.Maximum},
		},
		Comparison: alarms.Above, Threshold: 0, Unit: alarms.Count,
		PeriodSeconds: periodSeconds, Periods: missingMinutes, Datapoints: missingMinutes,
	}}
}

// gateway counts what a load balancer answers itself: 502, 503 and 504. It does not
// say for which color, so that they count against each one that should have
// instances. RequestCount has only the requests for which there was a target.
func (b *builder) gateway(c color.Color, s side) watched {
	return watched{of: s.balancer, byMetric: b.ofGroup(c), alarm: share("gateway-"+s.name,
		"The "+s.name+" load balancer answers with 5xx in place of instances.",
		"IF(desired > 0 AND FILL(requests, 0) + FILL(errors, 0) >= "+errorFloor+
			", 100 * FILL(errors, 0) / (FILL(requests, 0) + FILL(errors, 0)), 0)",
		desired(),
		alarms.Metric{ID: "requests", Namespace: balancerMetrics, Name: "RequestCount", Statistic: alarms.Sum},
		alarms.Metric{ID: "errors", Namespace: balancerMetrics, Name: "HTTPCode_ELB_5XX_Count", Statistic: alarms.Sum},
	)}
}

// desired is how many instances the group should have, and ofGroup says of which group.
func desired() alarms.Metric {
	return alarms.Metric{ID: "desired", Namespace: groupNamespace, Name: "GroupDesiredCapacity", Statistic: alarms.Minimum}
}

func (b *builder) ofGroup(c color.Color) map[string]pulumi.StringMap {
	return map[string]pulumi.StringMap{"desired": b.groupDimensions(c)}
}
