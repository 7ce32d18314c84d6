// Package alarms says what is watched of each tier, and from when it is wrong: one table a
// tier, whose rows are alarms. It knows neither Pulumi nor AWS' SDK; what an alarm is made
// of there is in metricalarm.
package alarms

// Severity says who hears of an alarm, and when.
type Severity string

// The severities.
const (
	// Critical pages whoever is on call.
	Critical Severity = "critical"
	// Warning is looked at in working hours.
	Warning Severity = "warning"
)

// Unit is what a threshold is in, as CloudWatch spells it.
type Unit string

// The units.
const (
	Percent Unit = "Percent"
	Count   Unit = "Count"
	Seconds Unit = "Seconds"
	Bytes   Unit = "Bytes"
	// Megabytes is what OpenSearch counts storage in.
	Megabytes Unit = "Megabytes"
	Days      Unit = "Days"
	// Ratio is a share of one, or a multiple of an objective's error budget.
	Ratio Unit = "None"
)

// Metric is one metric of an alarm.
type Metric struct {
	// ID names it in the expression, in lower case; unused without one.
	ID string
	// Namespace, Name and Statistic are CloudWatch's ("AWS/RDS", "CPUUtilization", "Average", "p99").
	Namespace, Name, Statistic string
}

// Alarm is one thing that is watched.
type Alarm struct {
	// Name is the alarm's, in lower case with dashes; that of the thing it watches is put
	// around it.
	Name string
	// Says is what is wrong, a sentence with its full stop.
	Says string
	// Metrics are one, or those of Expression.
	Metrics []Metric
	// Expression is CloudWatch's metric math over the metrics' IDs; empty with one metric.
	Expression string
	// Comparison, Threshold and Unit say from when it is wrong.
	Comparison string
	Threshold  float64
	Unit       Unit
	// PeriodSeconds, Periods and Datapoints say for how long: Datapoints of Periods.
	PeriodSeconds, Periods, Datapoints int
	// Missing is how missing data counts, as CloudWatch spells it.
	Missing string
	// Severity is required.
	Severity Severity
	// Runbook is a file in docs/runbooks, "postgresql-failover.md"; required.
	Runbook string
}

// The comparisons, as CloudWatch spells them.
const (
	Above   = "GreaterThanThreshold"
	AtLeast = "GreaterThanOrEqualToThreshold"
	Below   = "LessThanThreshold"
	AtMost  = "LessThanOrEqualToThreshold"
)

// How missing data counts, as CloudWatch spells it.
const (
	Breaching    = "breaching"
	NotBreaching = "notBreaching"
	Ignore       = "ignore"
	Insufficient = "missing"
)

// Description is what whoever is paged reads: what is wrong, how grave it is, and where
// the runbook is. runbooks is the folder or URL of the runbooks.
func (a Alarm) Description(runbooks string) string {
	return a.Says + " Severity: " + string(a.Severity) + ". Runbook: " + runbooks + "/" + a.Runbook
}
