package fleet

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
	"aws-platform/pkg/compute/color"
)

// The alarms of a color, <environment>-<color>-<name>. A release, an instance
// refresh and a deployment are rolled back by them; who is told is not theirs, but that
// of the alarms of package observability, which watch the same things for longer.
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
		if err := b.watch(c, b.statusCheck(c)); err != nil {
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

// watched is an alarm of a color, and what its metrics are of: all of them of one thing,
// or single ones, by ID, of another.
type watched struct {
	alarm    alarms.Alarm
	of       pulumi.StringMap
	byMetric map[string]pulumi.StringMap
}

func (b *builder) statusCheck(c color.Color) watched {
	return watched{of: b.groupDimensions(c), alarm: alarms.Alarm{
		Name: "status-check", Says: "EC2 finds an instance of the fleet, or its host, impaired.",
		Metrics:    metric(ec2Metrics, "StatusCheckFailed", alarms.Maximum),
		Comparison: alarms.Above, Threshold: 0, Unit: alarms.Count,
		PeriodSeconds: periodSeconds, Periods: unhealthyMinutes, Datapoints: unhealthyMinutes,
	}}
}

func metric(namespace, name, statistic string) []alarms.Metric {
	return []alarms.Metric{{Namespace: namespace, Name: name, Statistic: statistic}}
}

func (b *builder) groupDimensions(c color.Color) pulumi.StringMap {
	return pulumi.StringMap{"AutoScalingGroupName": pulumi.String(b.physical(string(c)))}
}

// runbook is of whoever finds a release rolled back.
const runbook = "release.md"

// watch makes alarms of a color. An idle fleet reports nothing, which is not breaching.
func (b *builder) watch(c color.Color, all ...watched) error {
	for _, w := range all {
		w.alarm.Missing, w.alarm.Severity, w.alarm.Runbook = alarms.NotBreaching, alarms.Release, runbook
		suffix := string(c) + "-" + w.alarm.Name
		alarm, err := metricalarm.New(b.ctx, b.child(suffix), w.alarm, metricalarm.Args{
			Name: b.physical(suffix), RunbookURL: b.args.RunbookURL, Dimensions: w.of, ByMetric: w.byMetric,
		}, b.parent()...)
		if err != nil {
			return err
		}
		b.fleet.Alarms[c] = append(b.fleet.Alarms[c], alarm)
	}
	return nil
}

// share is in ALARM where the expression is errorPercent or more, in two minutes of three.
func share(name, says, expression string, metrics ...alarms.Metric) alarms.Alarm {
	return alarms.Alarm{
		Name: name, Says: says, Metrics: metrics, Expression: expression,
		Comparison: alarms.AtLeast, Threshold: errorPercent, Unit: alarms.Percent,
		PeriodSeconds: periodSeconds, Periods: errorOutOf, Datapoints: errorMinutes,
	}
}
