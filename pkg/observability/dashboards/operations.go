package dashboards

import "aws-platform/pkg/alarms"

// The namespaces of what carries logs into the archive, and of the schedule.
const (
	streamMetrics       = "AWS/Firehose"  // Amazon Data Firehose Developer Guide, "Monitor Amazon Data Firehose with CloudWatch metrics"
	subscriptionMetrics = "AWS/Logs"      // Amazon CloudWatch Logs User Guide, "Monitoring with CloudWatch metrics"
	scheduleMetrics     = "AWS/Scheduler" // Amazon EventBridge Scheduler User Guide, "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch"
)

// logArchive shows how late logs come into the archive and to the SIEM, and what does not get there.
func (f facts) logArchive() []tile {
	if f.logStream == "" {
		return nil
	}
	stream := func(stream, name string) series {
		return metric(streamMetrics, name, dimension{"DeliveryStreamName", stream}).labeled(name)
	}
	of := func(name string) series { return stream(f.logStream, name) }
	tiles := []tile{
		f.graph("Age of the oldest log that is not in the archive, seconds", alarms.Maximum, of("DeliveryToS3.DataFreshness")),
		f.graph("Records that come, and that are refused", alarms.Sum, of("IncomingRecords"), of("ThrottledRecords")),
	}
	if f.siemStream != "" {
		tiles = append(tiles, f.graph("Age of the oldest log that the SIEM has not taken, seconds", alarms.Maximum, stream(f.siemStream, "DeliveryToHttpEndpoint.DataFreshness")))
	}
	for _, filter := range f.logFilters { // CloudWatch takes one query a chart
		tiles = append(tiles,
			f.graph("Log events not handed on by "+filter, alarms.Sum, f.ofFilter("DeliveryErrors", filter)),
			f.graph("Log events that "+filter+" was too slow for", alarms.Sum, f.ofFilter("DeliveryThrottling", filter)),
		)
	}
	return tiles
}

// ofFilter is a metric of the subscription filters of a name, a line a log group. What
// further dimensions it has, the query does not ask.
func (f facts) ofFilter(name, filter string) series {
	of := alarms.Metric{Namespace: subscriptionMetrics, Name: name, Statistic: alarms.Sum}
	line := formula(of.Query(map[string]string{"FilterName": filter})+" GROUP BY LogGroupName", "")
	line.namespace, line.name = of.Namespace, of.Name // whose alarms' thresholds are drawn
	return line
}

// hours shows the calls that stop and start the environment.
func (f facts) hours() []tile {
	if f.scheduleGroup == "" {
		return nil
	}
	var lines []series
	for _, name := range []string{"InvocationAttemptCount", "TargetErrorCount", "InvocationDroppedCount"} {
		lines = append(lines, metric(scheduleMetrics, name, dimension{"ScheduleGroup", f.scheduleGroup}).labeled(name))
	}
	return []tile{f.graph("Calls that stop and start the environment, refused and dropped", alarms.Sum, lines...)}
}
