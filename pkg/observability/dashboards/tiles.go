package dashboards

import (
	"cmp"
	"fmt"
	"slices"

	"aws-platform/pkg/alarms"
)

const (
	// third and half of a row, and the height of a chart.
	third, half, chartHeight = columns / 3, columns / 2, 6
	// fiveMinutes is the period of charts, in seconds.
	fiveMinutes = 300
)

// The colors of lines: what pages, what warns, and the two fleets.
const (
	red, orange, blue, green = "#d62728", "#ff7f0e", "#1f77b4", "#2ca02c"
)

// painter draws charts: where the metrics are, and the alarms whose thresholds are drawn.
type painter struct {
	region string
	alarms []alarms.Alarm
}

// graph draws lines over time, with the thresholds of the alarms on them.
func (p painter) graph(title, stat string, lines ...series) tile {
	return p.draw(chart{Title: title, Stat: stat, Metrics: lines})
}

// percent is a graph from 0 to 100.
func (p painter) percent(title, stat string, lines ...series) tile {
	least, most := 0.0, 100.0
	return p.draw(chart{Title: title, Stat: stat, Metrics: lines, YAxis: &axes{Left: &axis{&least, &most}}})
}

// stacked is a graph of what adds up.
func (p painter) stacked(title, stat string, lines ...series) tile {
	return p.draw(chart{Title: title, Stat: stat, Metrics: lines, Stacked: true})
}

// draw fills in what every chart has.
func (p painter) draw(c chart) tile {
	c.Region = p.region
	if c.View == "" {
		c.View = timeSeries
	}
	if c.Period == 0 {
		c.Period = fiveMinutes
	}
	if c.YAxis == nil {
		zero := 0.0
		c.YAxis = &axes{Left: &axis{Min: &zero}}
	}
	if c.Annotations == nil {
		c.Annotations = p.thresholds(&c)
	}
	return tile{metricType, third, chartHeight, c}
}

// thresholds are lines for the alarms that watch one of the chart's metrics. Where one
// counts, the chart takes over its period: the sums of another are not what it compares.
func (p painter) thresholds(c *chart) *annotations {
	var lines []line
	for _, alarm := range p.alarms {
		if alarm.Expression != "" || len(alarm.Metrics) != 1 || !c.shows(alarm.Metrics[0]) {
			continue
		}
		sums := counts(alarm.Metrics[0].Statistic)
		if sums && len(lines) > 0 && c.Period != alarm.PeriodSeconds {
			continue // the first alarm's period stays
		}
		if sums {
			c.Period = alarm.PeriodSeconds
		}
		drawn := line{Label: fmt.Sprintf("%s (%s)", alarm.Name, alarm.Severity), Value: alarm.Threshold, Color: colorOf(alarm.Severity)}
		if !slices.Contains(lines, drawn) {
			lines = append(lines, drawn)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return &annotations{lines}
}

// colorOf is how grave a line is.
func colorOf(severity alarms.Severity) string {
	if severity == alarms.Critical {
		return red
	}
	return orange
}

// shows tells whether a metric is on the chart. The average, the greatest and the least are
// in the metric's unit, so that a threshold of one means something on the line of another;
// a count is only a count.
func (c *chart) shows(of alarms.Metric) bool {
	return slices.ContainsFunc(c.Metrics, func(s series) bool {
		stat := cmp.Or(s.render.Stat, c.Stat)
		same := stat == of.Statistic || !counts(stat) && !counts(of.Statistic)
		return s.namespace == of.Namespace && s.name == of.Name && same
	})
}

// counts tells whether a statistic grows with the period.
func counts(statistic string) bool { return statistic == alarms.Sum || statistic == alarms.SampleCount }

// mostAlarms is what an alarm widget takes.
const mostAlarms = 100

// states shows whether alarms are in ALARM, by their ARNs; nothing without any.
func states(title string, width int, arns []string) []tile {
	const perRow, rowHeight, frame = 4, 1, 2
	var tiles []tile
	for chunk := range slices.Chunk(arns, mostAlarms) {
		rows := (len(chunk)*columns + perRow*width - 1) / (perRow * width)
		tiles = append(tiles, tile{alarmType, width, frame + rows*rowHeight, alarmList{Title: title, Alarms: chunk, SortBy: "stateUpdatedTimestamp"}})
	}
	return tiles
}

// note is a text over the whole width.
func note(height int, markdown string) tile {
	return tile{textType, columns, height, text{markdown}}
}
