package dashboards

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms"
)

func drawn(table []alarms.Alarm, stat string, lines ...series) chart {
	return painter{region: "us-east-1", alarms: table}.graph("A chart", stat, lines...).properties.(chart)
}

func watching(name, stat string, threshold float64, period int, severity alarms.Severity) alarms.Alarm {
	return alarms.Alarm{
		Name: "a-" + name, Metrics: []alarms.Metric{{Namespace: "AWS/RDS", Name: name, Statistic: stat}},
		Threshold: threshold, PeriodSeconds: period, Severity: severity,
	}
}

func TestAChartHasTheThresholdsOfItsMetrics(t *testing.T) {
	table := []alarms.Alarm{
		watching("CPUUtilization", "Average", 80, 300, alarms.Warning),
		watching("CPUUtilization", "Maximum", 95, 60, alarms.Critical),
		watching("DatabaseConnections", "Average", 100, 300, alarms.Warning),
	}
	c := drawn(table, "Average", metric("AWS/RDS", "CPUUtilization"))
	assert.Equal(t, &annotations{[]line{{"a-CPUUtilization (warning)", 80, orange}, {"a-CPUUtilization (critical)", 95, red}}}, c.Annotations)
	assert.Equal(t, fiveMinutes, c.Period, "an average is one over any period")
	assert.Nil(t, drawn(table, "Average", metric("AWS/RDS", "ReadIOPS")).Annotations)
	assert.Nil(t, drawn(table, "Average", metric("AWS/ElastiCache", "CPUUtilization")).Annotations)
}

func TestAChartThatCountsDoesItAsTheAlarm(t *testing.T) {
	table := []alarms.Alarm{
		watching("Evictions", "Sum", 10, 900, alarms.Warning), watching("Evictions", "Sum", 100, 60, alarms.Critical),
	}
	c := drawn(table, "Sum", metric("AWS/RDS", "Evictions"))
	assert.Equal(t, 900, c.Period)
	assert.Equal(t, &annotations{[]line{{"a-Evictions (warning)", 10, orange}}}, c.Annotations, "the sums of a minute are others")
	assert.Nil(t, drawn(table, "Average", metric("AWS/RDS", "Evictions")).Annotations, "an average is no sum")
	assert.NotNil(t, drawn(table, "Average", metric("AWS/RDS", "Evictions").as("Sum")).Annotations)
}

// TestSilenceHasNoLine: an alarm on how often a metric comes says nothing of its value.
func TestSilenceHasNoLine(t *testing.T) {
	table := []alarms.Alarm{watching("CPUUtilization", "SampleCount", 1, 60, alarms.Critical)}
	assert.Nil(t, drawn(table, "Average", metric("AWS/RDS", "CPUUtilization")).Annotations)
}

func TestTheSameThresholdIsDrawnOnce(t *testing.T) {
	alarm := watching("CPUUtilization", "Average", 80, 300, alarms.Warning)
	c := drawn([]alarms.Alarm{alarm, alarm}, "Average", metric("AWS/RDS", "CPUUtilization"))
	assert.Len(t, c.Annotations.Horizontal, 1)
}

func TestAnAlarmOfAnExpressionHasNoLine(t *testing.T) {
	alarm := watching("CPUUtilization", "Average", 80, 300, alarms.Warning)
	alarm.Expression = "a + b"
	assert.Nil(t, drawn([]alarms.Alarm{alarm}, "Average", metric("AWS/RDS", "CPUUtilization")).Annotations)
}

func TestAnAlarmWidgetTakesAHundred(t *testing.T) {
	arns := make([]string, 101)
	tiles := states("Alarms", columns, arns)
	assert.Len(t, tiles, 2)
	assert.Len(t, tiles[0].properties.(alarmList).Alarms, 100)
	assert.Empty(t, states("Alarms", columns, nil))
}
