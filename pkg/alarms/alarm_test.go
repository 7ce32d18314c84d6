package alarms_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms"
)

// whole is an alarm with which nothing is wrong.
func whole() alarms.Alarm {
	return alarms.Alarm{
		Name: "cpu", Says: "It is busy.",
		Metrics:    []alarms.Metric{{Namespace: "AWS/RDS", Name: "CPUUtilization", Statistic: alarms.Average}},
		Comparison: alarms.AtLeast, Threshold: 90, Unit: alarms.Percent,
		PeriodSeconds: 60, Periods: 5, Datapoints: 3, Missing: alarms.NotBreaching,
		Severity: alarms.Warning, Runbook: "database.md",
	}
}

// of is whole with one change.
func of(change func(*alarms.Alarm)) alarms.Alarm {
	alarm := whole()
	change(&alarm)
	return alarm
}

func math2(a *alarms.Alarm, ids ...string) {
	a.Metrics, a.Expression = nil, "a / b"
	for _, id := range ids {
		a.Metrics = append(a.Metrics, alarms.Metric{ID: id, Namespace: "N", Name: "M", Statistic: alarms.Sum})
	}
}

func TestADescriptionSaysWhatHowGraveAndWhatToDo(t *testing.T) {
	assert.Equal(t, "It is busy. Severity: warning. Runbook: https://example.com/runbooks/database.md", whole().Description("https://example.com/runbooks"))
}

func TestWhatCloudWatchTakesIsTaken(t *testing.T) {
	for name, change := range map[string]func(*alarms.Alarm){
		"as it is":                          func(*alarms.Alarm) {},
		"a percentile":                      func(a *alarms.Alarm) { a.Metrics[0].Statistic = "p99.9" },
		"the hundredth percentile":          func(a *alarms.Alarm) { a.Metrics[0].Statistic = "p100" },
		"an expression":                     func(a *alarms.Alarm) { math2(a, "a", "b") },
		"ten metrics":                       func(a *alarms.Alarm) { math2(a, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j") },
		"a pattern":                         func(a *alarms.Alarm) { a.Pattern = "x" },
		"all of a name":                     func(a *alarms.Alarm) { a.Across = true },
		"a query of three hours":            func(a *alarms.Alarm) { a.Across, a.Periods = true, 180 },
		"more than the least":               func(a *alarms.Alarm) { a.Threshold, a.Comparison = 0, alarms.Above },
		"the least and no more":             func(a *alarms.Alarm) { a.Threshold, a.Comparison = 0, alarms.AtMost },
		"the greatest percentage":           func(a *alarms.Alarm) { a.Threshold = 100 },
		"less than the greatest":            func(a *alarms.Alarm) { a.Threshold, a.Comparison = 100, alarms.Below },
		"a great count":                     func(a *alarms.Alarm) { a.Threshold, a.Unit = 1e12, alarms.Count },
		"ten years":                         func(a *alarms.Alarm) { a.Threshold, a.Unit = 3650, alarms.Days },
		"a high resolution":                 func(a *alarms.Alarm) { a.PeriodSeconds = 10 },
		"all datapoints":                    func(a *alarms.Alarm) { a.Datapoints = 5 },
		"a day of minutes":                  func(a *alarms.Alarm) { a.Periods, a.Datapoints = 1440, 1 },
		"a week of hours":                   func(a *alarms.Alarm) { a.PeriodSeconds, a.Periods, a.Datapoints = 3600, 168, 168 },
		"three days at once":                func(a *alarms.Alarm) { a.PeriodSeconds, a.Periods, a.Datapoints = 259200, 1, 1 },
		"a severity that tells nobody":      func(a *alarms.Alarm) { a.Severity = alarms.Release },
		"a runbook with a number in it":     func(a *alarms.Alarm) { a.Runbook = "pci-10-2.md" },
		"a comparison that goes below":      func(a *alarms.Alarm) { a.Comparison = alarms.AtMost },
		"missing data that changes nothing": func(a *alarms.Alarm) { a.Missing = alarms.Ignore },
	} {
		assert.NoError(t, of(change).Validate(), name)
	}
}

func TestWhatIsWrongWithAnAlarmIsRefused(t *testing.T) {
	const percent = "is outside the range of Percent, and would be reached always or never: set 0 to 100"
	for _, test := range []struct {
		want   string
		change func(*alarms.Alarm)
	}{
		{`Severity: "": does not say who hears of the alarm: set critical, which pages whoever is on call, or warning`, func(a *alarms.Alarm) { a.Severity = "" }},
		{`Severity: "page": does not say`, func(a *alarms.Alarm) { a.Severity = "page" }},
		{`Runbook: "": does not say what to do: name a file of docs/runbooks, as in database.md`, func(a *alarms.Alarm) { a.Runbook = "" }},
		{`Runbook: "../x.md": does not say`, func(a *alarms.Alarm) { a.Runbook = "../x.md" }},
		{`Runbook: "database": does not say`, func(a *alarms.Alarm) { a.Runbook = "database" }},
		{"Threshold: 101: " + percent, func(a *alarms.Alarm) { a.Threshold = 101 }},
		{"Threshold: -1: " + percent, func(a *alarms.Alarm) { a.Threshold = -1 }},
		{"Threshold: NaN: " + percent, func(a *alarms.Alarm) { a.Threshold = math.NaN() }},
		{"Threshold: -1: is outside the range of Bytes, and would be reached always or never: set 0 or more", func(a *alarms.Alarm) { a.Threshold, a.Unit = -1, alarms.Bytes }},
		{"Threshold: +Inf: is outside the range of Count", func(a *alarms.Alarm) { a.Threshold, a.Unit = math.Inf(1), alarms.Count }},
		{"Threshold: 3651: is outside the range of Days", func(a *alarms.Alarm) { a.Threshold, a.Unit = 3651, alarms.Days }},
		{`Unit: "Furlongs": is not a unit of a threshold: set Percent, Count,`, func(a *alarms.Alarm) { a.Unit = "Furlongs" }},
		{"Datapoints: 6: cannot be of 5 periods: set 1 to 5", func(a *alarms.Alarm) { a.Datapoints = 6 }},
		{"Datapoints: 0: cannot be of 5 periods", func(a *alarms.Alarm) { a.Datapoints = 0 }},
		{"Periods: 0: looks at nothing: set 1 or more", func(a *alarms.Alarm) { a.Periods = 0 }},
		{"PeriodSeconds: 45: is not a period that CloudWatch takes: set 10, 20, 30 or a multiple of 60", func(a *alarms.Alarm) { a.PeriodSeconds = 45 }},
		{"PeriodSeconds: 90: is not a period", func(a *alarms.Alarm) { a.PeriodSeconds = 90 }},
		{"PeriodSeconds: 0: is not a period", func(a *alarms.Alarm) { a.PeriodSeconds = 0 }},
		{"Periods: 1441: periods of 60 seconds are more than the 86400 seconds that CloudWatch looks back: set 1 to 1440, or another period", func(a *alarms.Alarm) { a.Periods = 1441 }},
		{"Periods: 169: periods of 3600 seconds are more than the 604800 seconds", func(a *alarms.Alarm) { a.PeriodSeconds, a.Periods = 3600, 169 }},
		{`Comparison: "More": is not a comparison with a threshold: set GreaterThanThreshold,`, func(a *alarms.Alarm) { a.Comparison = "More" }},
		{`Missing: "": does not say how missing data counts: set breaching, notBreaching, ignore, missing`, func(a *alarms.Alarm) { a.Missing = "" }},
		{`Metrics[0].Statistic: "Mean": is not a statistic of CloudWatch: set SampleCount, Average, Sum, Minimum, Maximum, or a percentile as in p99`, func(a *alarms.Alarm) { a.Metrics[0].Statistic = "Mean" }},
		{`Metrics[0].Statistic: "p101": is not a statistic`, func(a *alarms.Alarm) { a.Metrics[0].Statistic = "p101" }},
		{`Metrics[0].Statistic: "": is not a statistic`, func(a *alarms.Alarm) { a.Metrics[0].Statistic = "" }},
		{`Metrics[0].Namespace: "": is where the metric is`, func(a *alarms.Alarm) { a.Metrics[0].Namespace = "" }},
		{`Metrics[0].Name: "": is what is measured`, func(a *alarms.Alarm) { a.Metrics[0].Name = "" }},
		{"Metrics: 0: is not a number of metrics that an alarm has: name 1 to 10", func(a *alarms.Alarm) { a.Metrics = nil }},
		{"Metrics: 11: is not a number of metrics", func(a *alarms.Alarm) { math2(a, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k") }},
		{`Expression: "": does not say what the 2 metrics together are`, func(a *alarms.Alarm) { math2(a, "a", "b"); a.Expression = "" }},
		{`Metrics[1].ID: "a": is no ID of its own in the expression`, func(a *alarms.Alarm) { math2(a, "a", "a") }},
		{`Metrics[0].ID: "result": is no ID of its own`, func(a *alarms.Alarm) { math2(a, "result") }},
		{`Metrics[0].ID: "A": is no ID of its own`, func(a *alarms.Alarm) { math2(a, "A") }},
		{`Pattern: "x": makes one metric, and the alarm has an expression`, func(a *alarms.Alarm) { math2(a, "a"); a.Pattern = "x" }},
		{`Name: "CPU": is not the name of an alarm`, func(a *alarms.Alarm) { a.Name = "CPU" }},
		{`Name: "": is not the name of an alarm`, func(a *alarms.Alarm) { a.Name = "" }},
		{`Says: "Busy": does not say what is wrong`, func(a *alarms.Alarm) { a.Says = "Busy" }},
	} {
		alarm := of(test.change)
		err := alarm.Validate()
		assert.ErrorContains(t, err, "alarms.Alarm["+alarm.Name+"]."+test.want)
		assert.Len(t, alarm.Faults(), 1, "%v", err)
	}
}

func TestAnEndOfARangeIsReachedAlwaysOrNever(t *testing.T) {
	for _, test := range []struct {
		threshold  float64
		comparison string
		unit       alarms.Unit
		want       string
	}{
		{100, alarms.Above, alarms.Percent, "100: is never reached by GreaterThanThreshold, whatever is measured in Percent: set less than 100"},
		{100, alarms.AtMost, alarms.Percent, "100: is always reached by LessThanOrEqualToThreshold, whatever is measured in Percent: set less than 100"},
		{0, alarms.Below, alarms.Bytes, "0: is never reached by LessThanThreshold, whatever is measured in Bytes: set more than 0"},
		{0, alarms.AtLeast, alarms.Count, "0: is always reached by GreaterThanOrEqualToThreshold, whatever is measured in Count: set more than 0"},
	} {
		alarm := of(func(a *alarms.Alarm) { a.Threshold, a.Comparison, a.Unit = test.threshold, test.comparison, test.unit })
		assert.ErrorContains(t, alarm.Validate(), "alarms.Alarm[cpu].Threshold: "+test.want)
		assert.Len(t, alarm.Faults(), 1)
	}
}

func TestAQueryAsksForOneMetric(t *testing.T) {
	for name, change := range map[string]func(*alarms.Alarm){
		"an expression": func(a *alarms.Alarm) { math2(a, "a", "b") },
		"a pattern":     func(a *alarms.Alarm) { a.Pattern = "x" },
		"a percentile":  func(a *alarms.Alarm) { a.Metrics[0].Statistic = "p99" },
	} {
		assert.NoError(t, of(change).Validate(), name)
		err := of(func(a *alarms.Alarm) { change(a); a.Across = true }).Validate()
		assert.ErrorContains(t, err, "alarms.Alarm[cpu].Across: true: asks for one metric and one of CloudWatch's five statistics: ", name)
	}
}

func TestAQueryLooksBackThreeHours(t *testing.T) {
	err := of(func(a *alarms.Alarm) { a.Across, a.Periods = true, 181 }).Validate()
	assert.ErrorContains(t, err, "alarms.Alarm[cpu].Periods: 181: periods of 60 seconds are more than the 10800 seconds that CloudWatch looks back: set 1 to 180")
}

func TestAQueryIsOfAllMetricsThatHaveTheDimensions(t *testing.T) {
	metric := alarms.Metric{Namespace: "AWS/Logs", Name: "DeliveryErrors", Statistic: alarms.Sum}
	assert.Equal(t, `SELECT SUM("DeliveryErrors") FROM "AWS/Logs" WHERE "FilterName" = 'dev-logs'`, metric.Query(map[string]string{"FilterName": "dev-logs"}))
	metric.Statistic = alarms.SampleCount
	assert.Equal(t, `SELECT COUNT("DeliveryErrors") FROM "AWS/Logs" WHERE "A" = '1' AND "B" = '2'`, metric.Query(map[string]string{"B": "2", "A": "1"}))
}

func TestEveryFaultIsReportedAtOnce(t *testing.T) {
	assert.Len(t, alarms.Alarm{}.Faults(), 10)
}

func TestEveryUnitHasARange(t *testing.T) {
	for _, unit := range alarms.Units() {
		least, most, known := unit.Range()
		assert.True(t, known, unit)
		assert.Less(t, least, most, unit)
	}
	_, _, known := alarms.Unit("").Range()
	assert.False(t, known)
}
