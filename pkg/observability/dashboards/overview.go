package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/observability/slo"
)

// balancerMetrics is the namespace of load balancers and their target groups (Elastic Load
// Balancing, Application Load Balancers, "CloudWatch metrics for your Application Load Balancer").
const balancerMetrics = "AWS/ApplicationELB"

// overview shows whether the environment serves.
func overview(of facts) []section {
	return []section{
		{title: "Environment " + of.environment, tiles: append([]tile{of.origin()}, states("Alarms that act", columns, of.composites)...)},
		{title: "Objective", tiles: of.objectives()},
		{title: "Load balancers", tiles: of.loadBalancers()},
		{title: "Fleet", tiles: of.fleet()},
		{title: "Cluster", tiles: of.kubernetes()},
		{title: "NAT gateways", tiles: of.ways()},
		{title: "Certificates", tiles: of.certificateTiles()},
		{title: "Log archive", tiles: of.logArchive()},
		{title: "Schedule", tiles: of.hours()},
	}
}

// origin says where a dashboard comes from, and where the others are.
func (f facts) origin() tile {
	return note(2, fmt.Sprintf("Made by the program: what is changed here is lost with its next update. Runbooks: `%s`. Dashboards: `%[2]s-overview`, `%[2]s-data`, `%[2]s-delivery`.",
		f.runbooks, f.environment))
}

// ofBalancer is a metric of a whole load balancer.
func ofBalancer(name, suffix string) series {
	return metric(balancerMetrics, name, dimension{"LoadBalancer", suffix})
}

// objectives show what is left of the error budget, and how fast it is spent.
func (f facts) objectives() []tile {
	if len(f.balancers) == 0 || f.objective == 0 {
		return nil
	}
	const month = 30 * 24 * 3600
	budget := slo.Budget(f.objective)
	left := f.failures(func(failed, name string) series {
		return formula(fmt.Sprintf("100 - 100 * %s / %s", failed, strconv.FormatFloat(budget, 'f', -1, 64)), name)
	})
	spent := f.failures(func(failed, name string) series { return formula(failed, name) })
	lines := []line{}
	for _, burn := range slo.Burns() {
		lines = append(lines, line{Label: burn.Name, Value: burn.Threshold(f.objective), Color: colorOf(burn.Severity)})
	}
	number := f.draw(chart{View: singleValue, Title: fmt.Sprintf("Error budget left of 30 days, percent (objective %v %%)", f.objective),
		Stat: alarms.Sum, Period: month, Start: "-P30D", SetPeriodToTimeRange: true, Metrics: left})
	rate := f.draw(chart{Title: "Requests that failed, percent of 5 minutes, and burn rates", Stat: alarms.Sum, Metrics: spent, Annotations: &annotations{lines}})
	number.width, rate.width = third, columns-third
	return []tile{number, rate}
}

// failures are the series of failed requests: the counts, hidden, and the line that is
// made of their expression.
func (f facts) failures(shown func(failed, name string) series) []series {
	index := 0
	return each(f.balancers, func(name, suffix string) []series {
		index++
		id := func(of string) string { return of + strconv.Itoa(index) }
		requests, own, targets := id("requests"), id("balancer"), id("targets")
		return []series{
			ofBalancer("RequestCount", suffix).hidden(requests),
			ofBalancer("HTTPCode_ELB_5XX_Count", suffix).hidden(own),
			ofBalancer("HTTPCode_Target_5XX_Count", suffix).hidden(targets),
			shown(slo.FailedPercent(1, requests, own, targets), name),
		}
	})
}

// loadBalancers show traffic and how it is answered.
func (f facts) loadBalancers() []tile {
	if len(f.balancers) == 0 {
		return nil
	}
	of := func(names ...string) []series {
		return each(f.balancers, func(balancer, suffix string) (lines []series) {
			for _, name := range names {
				lines = append(lines, ofBalancer(name, suffix).labeled(balancer+" "+name))
			}
			return lines
		})
	}
	latency := each(f.balancers, func(balancer, suffix string) []series {
		return []series{
			ofBalancer("TargetResponseTime", suffix).as("p50").labeled(balancer + " p50"),
			ofBalancer("TargetResponseTime", suffix).as("p99").labeled(balancer + " p99"),
		}
	})
	return []tile{
		f.graph("Requests", alarms.Sum, of("RequestCount")...),
		f.graph("Answered with 5xx", alarms.Sum, of("HTTPCode_ELB_5XX_Count", "HTTPCode_Target_5XX_Count")...),
		f.graph("Latency of targets, seconds", alarms.Average, latency...),
		f.graph("Answered with 4xx", alarms.Sum, of("HTTPCode_ELB_4XX_Count", "HTTPCode_Target_4XX_Count")...),
		f.graph("Connections rejected", alarms.Sum, of("RejectedConnectionCount")...),
		f.graph("Unhealthy targets", alarms.Maximum, f.ofTargets("UnHealthyHostCount")...),
	}
}

// ofTargets is a metric of each color's target groups.
func (f facts) ofTargets(name string) (lines []series) {
	for _, color := range slices.Sorted(maps.Keys(f.targetGroups)) {
		lines = append(lines, each(f.targetGroups[color], func(balancer, suffix string) []series {
			return []series{ofTarget(name, f.balancers[balancer], suffix).labeled(color + " " + balancer)}
		})...)
	}
	return lines
}

// ofTarget is a metric of a target group.
func ofTarget(name, balancer, group string) series {
	return metric(balancerMetrics, name, dimension{"LoadBalancer", balancer}, dimension{"TargetGroup", group})
}
