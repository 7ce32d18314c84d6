package dashboards

// The structs are a dashboard as CloudWatch reads it (Amazon CloudWatch API Reference,
// "Dashboard Body Structure and Syntax"). start and setPeriodToTimeRange of a metric
// widget are what the AWS CDK writes for its SingleValueWidget.

// body is a dashboard.
type body struct {
	// Start is the time that graphs show, up to now.
	Start string `json:"start"`
	// PeriodOverride is "inherit": a threshold for the sum of a minute says nothing of the
	// sums of an hour.
	PeriodOverride string   `json:"periodOverride"`
	Widgets        []widget `json:"widgets"`
}

// widget is one rectangle, on a grid of 24 columns.
type widget struct {
	Type       string `json:"type"`
	X          int    `json:"x"`
	Y          int    `json:"y"`
	Width      int    `json:"width"`
	Height     int    `json:"height"`
	Properties any    `json:"properties"`
}

// The types of widgets.
const (
	textType   = "text"
	metricType = "metric"
	alarmType  = "alarm"
)

// text is the properties of a text widget.
type text struct {
	Markdown string `json:"markdown"`
}

// alarmList is the properties of an alarm widget: the state of up to 100 alarms.
type alarmList struct {
	Title  string   `json:"title"`
	Alarms []string `json:"alarms"` // ARNs
	// SortBy puts first what is in ALARM, the newest first.
	SortBy string `json:"sortBy"`
}

// chart is the properties of a metric widget.
type chart struct {
	View    string   `json:"view"`
	Title   string   `json:"title"`
	Region  string   `json:"region"`
	Period  int      `json:"period"`
	Stat    string   `json:"stat"`
	Stacked bool     `json:"stacked,omitempty"`
	Metrics []series `json:"metrics"`
	// Start is the chart's own time, with one number for all of it.
	Start                string       `json:"start,omitempty"`
	SetPeriodToTimeRange bool         `json:"setPeriodToTimeRange,omitempty"`
	YAxis                *axes        `json:"yAxis,omitempty"`
	Annotations          *annotations `json:"annotations,omitempty"`
}

// The views of a chart.
const (
	timeSeries  = "timeSeries"
	singleValue = "singleValue"
)

// axes are the scales of a chart.
type axes struct {
	Left *axis `json:"left,omitempty"`
}

type axis struct {
	Min *float64 `json:"min,omitempty"`
	Max *float64 `json:"max,omitempty"`
}

// annotations are lines at a threshold.
type annotations struct {
	Horizontal []line `json:"horizontal"`
}

type line struct {
	Label string  `json:"label"`
	Value float64 `json:"value"`
	Color string  `json:"color,omitempty"`
}
