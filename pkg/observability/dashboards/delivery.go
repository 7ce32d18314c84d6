package dashboards

import (
	"fmt"
	"maps"
	"slices"

	"aws-platform/pkg/alarms"
)

// delivery shows how new versions go live.
func delivery(of facts) []section {
	return []section{
		{title: "Delivery of " + of.environment, tiles: []tile{of.origin()}},
		{title: "Releases to instances", tiles: of.releases()},
		{title: "Releases to the cluster", tiles: of.rollouts()},
	}
}

// releases show both fleets: what stops a release, where the traffic goes, and how a
// refresh of instances gets on.
func (f facts) releases() []tile {
	if len(f.groups) == 0 {
		return nil
	}
	tiles := []tile{note(2, fmt.Sprintf("Deployments and runbooks report no metrics: `aws deploy list-deployments --application-name %s`, `aws ssm describe-automation-executions`. Runbook: `%s/release.md`.",
		f.environment, f.runbooks))}
	for _, color := range slices.Sorted(maps.Keys(f.releaseAlarms)) {
		tiles = append(tiles, states("What stops a release to "+color, half, f.releaseAlarms[color])...)
	}
	for _, balancer := range slices.Sorted(maps.Keys(f.balancers)) {
		tiles = append(tiles, f.share(balancer))
	}
	if len(f.targetGroups) > 0 {
		tiles = append(tiles,
			f.graph("Healthy targets", alarms.Minimum, f.ofTargets("HealthyHostCount")...),
			f.graph("Answered by targets with 5xx", alarms.Sum, f.ofTargets("HTTPCode_Target_5XX_Count")...),
		)
	}
	return append(tiles,
		f.stacked("Instances that come and go", alarms.Average, f.ofGroups(groupMetrics, "GroupPendingInstances", "GroupTerminatingInstances", "GroupStandbyInstances")...),
		f.graph("Instances in service", alarms.Average, f.ofGroups(groupMetrics, "GroupInServiceInstances")...),
	)
}

// share shows which color has how much of a load balancer's traffic.
func (f facts) share(balancer string) tile {
	var counts, shares []series
	total := ""
	for _, color := range slices.Sorted(maps.Keys(f.targetGroups)) {
		counts = append(counts, ofTarget("RequestCount", f.balancers[balancer], f.targetGroups[color][balancer]).hidden(color))
		total += " + FILL(" + color + ", 0)"
	}
	for _, color := range slices.Sorted(maps.Keys(f.targetGroups)) {
		drawn := map[string]string{"blue": blue, "green": green}[color]
		shares = append(shares, formula(fmt.Sprintf("100 * FILL(%s, 0) / (%s)", color, total[len(" + "):]), color).colored(drawn))
	}
	return f.stacked("Traffic of the "+balancer+" load balancer by color, percent", alarms.Sum, append(counts, shares...)...)
}

// rollouts show what runs in the cluster, by application, and the traffic of every target
// group: those of applications are one for the version that serves and one for the next.
func (f facts) rollouts() []tile {
	if f.cluster == "" {
		return nil
	}
	tiles := []tile{note(2, fmt.Sprintf("Rollouts report no metrics here: `kubectl argo rollouts get rollout <application> -n <application>`. Runbook: `%s/bluegreen-app.md`.", f.runbooks))}
	if len(f.applications) > 0 {
		tiles = append(tiles, f.graph("Pods that run, by application", alarms.Average, f.ofApplications("namespace_number_of_running_pods")...))
	}
	tiles = append(tiles, f.graph("Containers restarted, all applications", alarms.Sum, f.ofCluster(insightsMetrics, "pod_number_of_container_restarts")...))
	for _, balancer := range slices.Sorted(maps.Keys(f.balancers)) {
		found := fmt.Sprintf(`SEARCH('{%s,LoadBalancer,TargetGroup} MetricName="RequestCount" LoadBalancer="%s"', 'Sum', %d)`, balancerMetrics, f.balancers[balancer], fiveMinutes)
		tiles = append(tiles, f.graph("Requests of the "+balancer+" load balancer by target group", alarms.Sum, formula(found, "")))
	}
	return tiles
}

// ofApplications is a metric of each application's namespace.
func (f facts) ofApplications(name string) (lines []series) {
	for _, application := range f.applications {
		lines = append(lines, metric(insightsMetrics, name, dimension{"ClusterName", f.cluster}, dimension{"Namespace", application}).labeled(application))
	}
	return lines
}
