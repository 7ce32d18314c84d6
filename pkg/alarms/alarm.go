// Package alarms says what is watched of each tier, and from when it is wrong: one table a
// tier, whose rows are alarms. It knows neither Pulumi nor AWS' SDK; what an alarm is made
// of there is in metricalarm, and what speaks for several of them in compositealarm.
//
// The names, statistics and dimensions of the metrics are those of the services' own
// guides; each table names its sources. Which dimensions are published together is said by
// the Amazon CloudWatch User Guide, "Supported metrics for resource tags for telemetry".
package alarms

// Severity says who hears of an alarm, and when.
type Severity string

// The severities.
const (
	// Critical pages whoever is on call.
	Critical Severity = "critical"
	// Warning is looked at in working hours.
	Warning Severity = "warning"
	// Release stops or rolls back a release, and tells nobody.
	Release Severity = "release"
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
	// Across tells that the one metric is published with further dimensions than the alarm
	// is given: it looks at all that have those together, in a query (Metric.Query).
	Across bool
	// Pattern is of the log events that a metric filter counts: the one metric is then
	// made by the filter. Empty for a metric that is there already.
	Pattern string
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

// Comparisons are all of them.
func Comparisons() []string { return []string{Above, AtLeast, Below, AtMost} }

// How missing data counts, as CloudWatch spells it.
const (
	Breaching    = "breaching"
	NotBreaching = "notBreaching"
	Ignore       = "ignore"
	Insufficient = "missing"
)

// Missings are all of them.
func Missings() []string { return []string{Breaching, NotBreaching, Ignore, Insufficient} }

// The statistics that have no number in them, as CloudWatch spells them.
const (
	SampleCount = "SampleCount"
	Average     = "Average"
	Sum         = "Sum"
	Minimum     = "Minimum"
	Maximum     = "Maximum"
)

// Statistics are those that have no number in them; percentiles are statistics too.
func Statistics() []string { return []string{SampleCount, Average, Sum, Minimum, Maximum} }

// Description is what whoever is paged reads: what is wrong, how grave it is, and where
// the runbook is. runbooks is the folder or URL of the runbooks.
func (a Alarm) Description(runbooks string) string {
	return Describe(a.Says, a.Severity, a.Runbook, runbooks)
}

// Describe words the description of any alarm, a composite one too.
func Describe(says string, severity Severity, runbook, runbooks string) string {
	return says + " Severity: " + string(severity) + ". Runbook: " + runbooks + "/" + runbook
}

// Seconds is how long the alarm's condition lasts before it is in ALARM, at least.
func (a Alarm) Seconds() int { return a.PeriodSeconds * a.Datapoints }
