package events

import (
	"slices"

	"aws-platform/pkg/alarms"
)

const (
	// Namespace is CloudWatch's namespace of the metrics.
	Namespace = "Platform/Trail"
	// Runbook is what to do, but for the events that have one of their own.
	Runbook = "audit-events.md"
	// LongestPattern is what CloudWatch Logs takes (Amazon CloudWatch Logs API Reference, "PutMetricFilter").
	LongestPattern = 1024
)

// Event is an event of the trail that somebody hears of.
type Event struct {
	// Name is that of the filter, the metric and the alarm, with "platform-" before it.
	Name string
	// Says is what happened, a sentence with its full stop.
	Says string
	// Pattern is the filter pattern over CloudTrail's record of the event.
	Pattern string
	// Source is what asks for it: a control of Security Hub, a requirement of PCI DSS.
	Source string
	// Severity is Warning, but for what nobody should ever do.
	Severity alarms.Severity
	// Runbook is what to do.
	Runbook string
}

// fiveMinutes is how long events are counted: one is enough (AWS Security Hub User Guide,
// controls for CloudWatch: Greater/Equal than 1).
const fiveMinutes = 300

// Alarm is the alarm of the event. Missing data is good: without events there are none.
func (e Event) Alarm() alarms.Alarm {
	return alarms.Alarm{
		Name: e.Name, Says: e.Says, Pattern: e.Pattern,
		Metrics:    []alarms.Metric{{Namespace: Namespace, Name: e.Name, Statistic: alarms.Sum}},
		Comparison: alarms.AtLeast, Threshold: 1, Unit: alarms.Count,
		PeriodSeconds: fiveMinutes, Periods: 1, Datapoints: 1, Missing: alarms.NotBreaching,
		Severity: e.Severity, Runbook: e.Runbook,
	}
}

// Table are the events of an account. administrators are the ARNs of roles by which people
// administer it, beside those of the clusters; none is possible.
func Table(administrators []string) []Event {
	table := slices.Concat(benchmark(), further(), roles(administrators))
	for i := range table {
		if table[i].Severity == "" {
			table[i].Severity = alarms.Warning
		}
		if table[i].Runbook == "" {
			table[i].Runbook = Runbook
		}
	}
	return table
}
