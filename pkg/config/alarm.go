package config

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"aws-platform/pkg/alarms"
)

// Off tells that the environment does without the alarm.
func (a Alarm) Off() bool { return a.Enabled != nil && !*a.Enabled }

// Over is a row of the tables as the environment wants it.
func (a Alarm) Over(row alarms.Row) alarms.Row {
	if a.Severity != "" {
		row.Severity = alarms.Severity(a.Severity)
		// What pages nobody silences nothing.
		row.Explains = row.Explains && row.Severity == alarms.Critical
	}
	if a.Threshold != nil {
		row.Threshold, row.Share = *a.Threshold, 0
	}
	if a.PeriodSeconds != 0 {
		row.PeriodSeconds = a.PeriodSeconds
	}
	if a.Periods != 0 {
		row.Datapoints = datapoints(row.Alarm, a.Periods)
		row.Periods = a.Periods
	}
	if a.Datapoints != 0 {
		row.Datapoints = a.Datapoints
	}
	return row
}

// datapoints of an alarm that looks at so many periods: all of them where it was all.
func datapoints(alarm alarms.Alarm, periods int) int {
	if alarm.Datapoints == alarm.Periods {
		return periods
	}
	return min(alarm.Datapoints, periods)
}

// Own is an alarm that no table has.
func (a Alarm) Own(name string) alarms.Alarm {
	alarm := alarms.Alarm{
		Name:       name,
		Metrics:    []alarms.Metric{{Namespace: a.Namespace, Name: a.Metric, Statistic: a.Statistic}},
		Comparison: a.Comparison, Unit: alarms.Unit(a.Unit),
		PeriodSeconds: a.PeriodSeconds, Periods: a.Periods, Datapoints: a.Datapoints,
		Missing: a.Missing, Severity: alarms.Severity(a.Severity), Runbook: a.Runbook,
	}
	if a.Threshold != nil {
		alarm.Threshold = *a.Threshold
	}
	if a.Datapoints == 0 {
		alarm.Datapoints = a.Periods
	}
	if a.Missing == "" {
		alarm.Missing = alarms.Insufficient
	}
	alarm.Says = fmt.Sprintf("The %s of %s in %s is %s %s %s.", a.Statistic, a.Metric, a.Namespace,
		inWords[a.Comparison], strconv.FormatFloat(alarm.Threshold, 'f', -1, 64), a.Unit)
	return alarm
}

// inWords are CloudWatch's comparisons as people say them.
var inWords = map[string]string{
	alarms.Above: "more than", alarms.AtLeast: "at least", alarms.Below: "less than", alarms.AtMost: "at most",
}

// OwnAlarms are the names of the alarms that no table has, sorted.
func (o Observability) OwnAlarms() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(o.Alarms)), func(name string) bool {
		_, _, known := alarms.Find(name)
		return known
	})
}
