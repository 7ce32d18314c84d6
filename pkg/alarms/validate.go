package alarms

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Fault is one thing that is wrong with an alarm.
type Fault struct {
	// Field is the field of Alarm.
	Field string
	// Value is what was found there, Fact what is wrong with it, and Remedy what would be right.
	Value, Fact, Remedy string
}

// Validate is an error of every fault of the alarm, nil without any.
func (a Alarm) Validate() error {
	var problems []error
	for _, f := range a.Faults() {
		problems = append(problems, fmt.Errorf("alarms.Alarm[%s].%s: %s: %s: %s", a.Name, f.Field, f.Value, f.Fact, f.Remedy))
	}
	return errors.Join(problems...)
}

// Faults are all that CloudWatch would refuse of the alarm, and what we do: an alarm that
// nobody hears of, and one that says nothing of what to do.
func (a Alarm) Faults() []Fault {
	return slices.Concat(a.nameFaults(), a.metricFaults(), a.thresholdFaults(), a.windowFaults(), a.peopleFaults())
}

var (
	alarmName   = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	metricID    = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)
	percentile  = regexp.MustCompile(`^p([0-9]{1,2}(\.[0-9]{1,10})?|100)$`)
	runbookName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*\.md$`)
)

func (a Alarm) nameFaults() (faults []Fault) {
	if !alarmName.MatchString(a.Name) {
		faults = append(faults, Fault{"Name", strconv.Quote(a.Name), "is not the name of an alarm", "use lower-case letters, digits and dashes, a letter first"})
	}
	if !strings.HasSuffix(a.Says, ".") {
		faults = append(faults, Fault{"Says", strconv.Quote(a.Says), "does not say what is wrong", "write a sentence with its full stop"})
	}
	return faults
}

// ResultID is the ID of the expression, which no metric may have.
const ResultID = "result"

// mostMetrics are what an alarm's expression may have (CloudWatch API reference, PutMetricAlarm).
const mostMetrics = 10

func (a Alarm) metricFaults() (faults []Fault) {
	if len(a.Metrics) == 0 || len(a.Metrics) > mostMetrics {
		return []Fault{{"Metrics", strconv.Itoa(len(a.Metrics)), "is not a number of metrics that an alarm has", fmt.Sprintf("name 1 to %d", mostMetrics)}}
	}
	faults = append(faults, a.shapeFaults()...)
	seen := map[string]bool{ResultID: true}
	for i, metric := range a.Metrics {
		field := fmt.Sprintf("Metrics[%d].", i)
		faults = append(faults, metric.faults(field)...)
		if a.Expression != "" && (!metricID.MatchString(metric.ID) || seen[metric.ID]) {
			faults = append(faults, Fault{field + "ID", strconv.Quote(metric.ID), "is no ID of its own in the expression", "use letters, digits and underscores, a small letter first, other than " + ResultID})
		}
		seen[metric.ID] = true
	}
	return faults
}

// shapeFaults are of what the one metric, or the several, are to be together.
func (a Alarm) shapeFaults() (faults []Fault) {
	if a.Expression == "" && len(a.Metrics) > 1 {
		faults = append(faults, Fault{"Expression", `""`, fmt.Sprintf("does not say what the %d metrics together are", len(a.Metrics)), "write metric math over their IDs, or name one metric"})
	}
	if a.Pattern != "" && (a.Expression != "" || len(a.Metrics) != 1) {
		faults = append(faults, Fault{"Pattern", strconv.Quote(a.Pattern), "makes one metric, and the alarm has an expression", "name one metric without an expression"})
	}
	if a.Across && (a.Expression != "" || a.Pattern != "" || len(a.Metrics) != 1 || functions[a.Metrics[0].Statistic] == "") {
		faults = append(faults, Fault{"Across", "true", "asks for one metric and one of CloudWatch's five statistics", "name one metric without an expression, a pattern or a percentile"})
	}
	return faults
}

func (m Metric) faults(field string) (faults []Fault) {
	if m.Namespace == "" {
		faults = append(faults, Fault{field + "Namespace", `""`, "is where the metric is", `write CloudWatch's, as in "AWS/RDS"`})
	}
	if m.Name == "" {
		faults = append(faults, Fault{field + "Name", `""`, "is what is measured", `write CloudWatch's, as in "CPUUtilization"`})
	}
	if !slices.Contains(Statistics(), m.Statistic) && !percentile.MatchString(m.Statistic) {
		faults = append(faults, Fault{field + "Statistic", strconv.Quote(m.Statistic), "is not a statistic of CloudWatch", "set " + strings.Join(Statistics(), ", ") + ", or a percentile as in p99"})
	}
	return faults
}

func (a Alarm) thresholdFaults() (faults []Fault) {
	if !slices.Contains(Comparisons(), a.Comparison) {
		faults = append(faults, Fault{"Comparison", strconv.Quote(a.Comparison), "is not a comparison with a threshold", "set " + strings.Join(Comparisons(), ", ")})
	}
	least, most, known := a.Unit.Range()
	switch {
	case !known:
		faults = append(faults, Fault{"Unit", strconv.Quote(string(a.Unit)), "is not a unit of a threshold", "set " + unitNames()})
	case !(a.Threshold >= least && a.Threshold <= most) || math.IsInf(a.Threshold, 1):
		faults = append(faults, Fault{"Threshold", number(a.Threshold), "is outside the range of " + string(a.Unit) + ", and would be reached always or never", "set " + rangeText(least, most)})
	default:
		faults = append(faults, a.edgeFaults(least, most)...)
	}
	if !slices.Contains(Missings(), a.Missing) {
		faults = append(faults, Fault{"Missing", strconv.Quote(a.Missing), "does not say how missing data counts", "set " + strings.Join(Missings(), ", ")})
	}
	return faults
}

// edgeFaults: of a range's two ends, one is reached always or never, by the comparison.
func (a Alarm) edgeFaults(least, most float64) []Fault {
	fault := func(when, remedy string) []Fault {
		return []Fault{{"Threshold", number(a.Threshold), fmt.Sprintf("is %s by %s, whatever is measured in %s", when, a.Comparison, a.Unit), remedy}}
	}
	switch {
	case a.Comparison == Above && a.Threshold == most:
		return fault("never reached", "set less than "+number(most))
	case a.Comparison == AtMost && a.Threshold == most:
		return fault("always reached", "set less than "+number(most))
	case a.Comparison == Below && a.Threshold == least:
		return fault("never reached", "set more than "+number(least))
	case a.Comparison == AtLeast && a.Threshold == least:
		return fault("always reached", "set more than "+number(least))
	}
	return nil
}

func unitNames() string {
	var names []string
	for _, unit := range Units() {
		names = append(names, string(unit))
	}
	return strings.Join(names, ", ")
}

// How long an alarm looks back at most: a day with periods of less than an hour, and a
// week with longer ones (CloudWatch API reference, PutMetricAlarm, Period); three hours with
// a query (Amazon CloudWatch User Guide, "Metrics Insights quotas").
const (
	querySeconds = 3 * hourSeconds
	hourSeconds  = 3600
	daySeconds   = 24 * hourSeconds
	weekSeconds  = 7 * daySeconds
)

func (a Alarm) windowFaults() (faults []Fault) {
	if !slices.Contains([]int{10, 20, 30}, a.PeriodSeconds) && (a.PeriodSeconds < 60 || a.PeriodSeconds%60 != 0) {
		faults = append(faults, Fault{"PeriodSeconds", strconv.Itoa(a.PeriodSeconds), "is not a period that CloudWatch takes", "set 10, 20, 30 or a multiple of 60"})
	}
	if a.Periods < 1 {
		return append(faults, Fault{"Periods", strconv.Itoa(a.Periods), "looks at nothing", "set 1 or more"})
	}
	if a.Datapoints < 1 || a.Datapoints > a.Periods {
		faults = append(faults, Fault{"Datapoints", strconv.Itoa(a.Datapoints), fmt.Sprintf("cannot be of %d periods", a.Periods), fmt.Sprintf("set 1 to %d", a.Periods)})
	}
	longest := weekSeconds
	if a.PeriodSeconds < hourSeconds {
		longest = daySeconds
	}
	if a.Across {
		longest = querySeconds
	}
	if a.PeriodSeconds > 0 && a.Periods > longest/a.PeriodSeconds {
		faults = append(faults, Fault{
			"Periods", strconv.Itoa(a.Periods), fmt.Sprintf("periods of %d seconds are more than the %d seconds that CloudWatch looks back", a.PeriodSeconds, longest),
			fmt.Sprintf("set 1 to %d, or another period", longest/a.PeriodSeconds),
		})
	}
	return faults
}

func (a Alarm) peopleFaults() (faults []Fault) {
	switch a.Severity {
	case Critical, Warning, Release:
	default:
		faults = append(faults, Fault{"Severity", strconv.Quote(string(a.Severity)), "does not say who hears of the alarm", "set critical, which pages whoever is on call, or warning"})
	}
	if !runbookName.MatchString(a.Runbook) {
		faults = append(faults, Fault{"Runbook", strconv.Quote(a.Runbook), "does not say what to do", "name a file of docs/runbooks, as in database.md"})
	}
	return faults
}
