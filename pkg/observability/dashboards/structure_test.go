package dashboards_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// page is a dashboard as CloudWatch reads it.
type page struct {
	Start          string   `json:"start"`
	PeriodOverride string   `json:"periodOverride"`
	Widgets        []widget `json:"widgets"`
}

type widget struct {
	Type       string         `json:"type"`
	X          *int           `json:"x"`
	Y          *int           `json:"y"`
	Width      int            `json:"width"`
	Height     int            `json:"height"`
	Properties map[string]any `json:"properties"`
}

// titles are those of the sections.
func (p page) titles() (titles []string) {
	for _, w := range p.Widgets {
		if markdown, isText := w.Properties["markdown"].(string); isText {
			if title, isTitle := strings.CutPrefix(markdown, "## "); isTitle {
				titles = append(titles, title)
			}
		}
	}
	return titles
}

// searched is the namespace and the dimensions of a search expression.
var searched = regexp.MustCompile(`^SEARCH\('\{([^,}]+),([^}]+)\} `)

// queried is the metric, the namespace and the dimension of a query of Metrics Insights.
var queried = regexp.MustCompile(`^SELECT [A-Z]+\("([^"]+)"\) FROM "([^"]+)" WHERE "([^"]+)" = '[^']+' GROUP BY \w+$`)

// namespaces are those of all metrics.
func (p page) namespaces(t *testing.T) (names []string) {
	t.Helper()
	for _, w := range p.Widgets {
		metrics, _ := w.Properties["metrics"].([]any)
		for _, metric := range metrics {
			list := metric.([]any)
			if name, isMetric := list[0].(string); isMetric {
				names = append(names, name)
				continue
			}
			expression := list[0].(map[string]any)["expression"].(string)
			if found := searched.FindStringSubmatch(expression); found != nil {
				names = append(names, found[1])
			}
			if found := queried.FindStringSubmatch(expression); found != nil {
				names = append(names, found[2])
			}
		}
	}
	return names
}

// properties are those that are documented, by the type of widget (CloudWatch API
// Reference, "Dashboard Body Structure and Syntax"; start and setPeriodToTimeRange: AWS CDK,
// SingleValueWidget), and required those that the document or our rules ask for.
var properties = map[string]struct{ required, known []string }{
	"text":  {[]string{"markdown"}, []string{"background"}},
	"alarm": {[]string{"alarms", "title"}, []string{"sortBy", "states"}},
	"metric": {[]string{"metrics", "period", "region", "stat", "title", "view"},
		[]string{"accountId", "annotations", "liveData", "legend", "sparkline", "stacked", "timezone", "yAxis", "table", "start", "setPeriodToTimeRange"}},
}

var (
	views     = []string{"timeSeries", "singleValue", "gauge", "bar", "pie", "table"}
	statistic = regexp.MustCompile(`^(SampleCount|Average|Sum|Minimum|Maximum|p[0-9.]+)$`)
	rendered  = []string{"color", "label", "period", "stat", "visible", "yAxis", "id", "expression", "region"}
	// identifier is an ID of metric math: functions are in capitals.
	identifier = regexp.MustCompile(`\b[a-z][a-zA-Z0-9_]*\b`)
	color      = regexp.MustCompile(`^#[0-9a-f]{6}$`)
)

func TestTheDashboardsAreAsCloudWatchReadsThem(t *testing.T) {
	scanned := 0
	for name, found := range bodies(t, whole()) {
		assert.Regexp(t, `^-P`, found.Start, name)
		assert.Equal(t, "inherit", found.PeriodOverride)
		assert.LessOrEqual(t, len(found.Widgets), 500, name)
		metrics := 0
		for _, w := range found.Widgets {
			scanned++
			checkWidget(t, w)
			list, _ := w.Properties["metrics"].([]any)
			metrics += len(list)
		}
		assert.LessOrEqual(t, metrics, 2500, "metrics of a dashboard (CloudWatch quotas)")
	}
	assert.Greater(t, scanned, 40)
}

func checkWidget(t *testing.T, w widget) {
	t.Helper()
	documented, known := properties[w.Type]
	require.True(t, known, "type %q", w.Type)
	require.NotNil(t, w.X)
	require.NotNil(t, w.Y)
	assert.LessOrEqual(t, *w.X+w.Width, 24)
	assert.Positive(t, w.Height)
	for _, key := range documented.required {
		assert.NotEmpty(t, w.Properties[key], "%s of %v", key, w.Properties)
	}
	for key := range w.Properties {
		assert.Contains(t, slices.Concat(documented.required, documented.known), key)
	}
	switch w.Type {
	case "metric":
		checkChart(t, w.Properties)
	case "alarm":
		assert.LessOrEqual(t, len(w.Properties["alarms"].([]any)), 100)
		assert.Contains(t, []string{"default", "stateUpdatedTimestamp", "timestamp"}, w.Properties["sortBy"])
	}
}

func checkChart(t *testing.T, chart map[string]any) {
	t.Helper()
	title := chart["title"].(string)
	assert.Contains(t, views, chart["view"], title)
	assert.Regexp(t, statistic, chart["stat"], title)
	assert.Zero(t, int(chart["period"].(float64))%60, title)
	metrics := chart["metrics"].([]any)
	assert.LessOrEqual(t, len(metrics), 500, title)
	ids, visible, expressions, queries := map[string]bool{}, 0, "", 0
	for _, metric := range metrics {
		shown, id := checkMetric(t, title, metric.([]any))
		if drawn, isExpression := metric.([]any)[0].(map[string]any); isExpression {
			switch expression := drawn["expression"].(string); {
			case queried.MatchString(expression):
				queries++
			case !searched.MatchString(expression):
				expressions += " " + expression
			}
		}
		if id != "" {
			assert.False(t, ids[id], "%s: %s twice", title, id)
			ids[id] = true
		}
		if shown {
			visible++
		}
	}
	assert.Positive(t, visible, "%s shows something", title)
	assert.LessOrEqual(t, queries, 1, "%s: CloudWatch takes one query at a time (quotas of Metrics Insights)", title)
	for _, id := range identifier.FindAllString(expressions, -1) {
		assert.True(t, ids[id], "%s: %s is of no metric", title, id)
	}
	annotations, annotated := chart["annotations"].(map[string]any)
	if !annotated {
		return
	}
	for _, line := range annotations["horizontal"].([]any) {
		assert.IsType(t, 0.0, line.(map[string]any)["value"], title)
		assert.NotEmpty(t, line.(map[string]any)["label"], title)
		assert.Regexp(t, color, line.(map[string]any)["color"], title)
	}
}

// dimensions are those by which each metric of a namespace is found: of alarms and tiers,
// and of the services that report there.
var dimensions = map[string][]string{
	"AWS/ApplicationELB":     {"LoadBalancer", "LoadBalancer,TargetGroup"},
	"AWS/EC2":                {"AutoScalingGroupName"},
	"AWS/AutoScaling":        {"AutoScalingGroupName"},
	"AWS/RDS":                {"DBInstanceIdentifier"},
	"AWS/ElastiCache":        {"CacheClusterId"},
	"AWS/Kafka":              {"Cluster Name", "Cluster Name,Broker ID"},
	"AWS/ES":                 {"DomainName,ClientId"},
	"AWS/Backup":             {"BackupVaultName"},
	"AWS/NATGateway":         {"NatGatewayId"},
	"AWS/CertificateManager": {"CertificateArn"},
	"AWS/EKS":                {"ClusterName"},
	"ContainerInsights":      {"ClusterName", "ClusterName,Namespace"},
	"AWS/Firehose":           {"DeliveryStreamName"},
	"AWS/Logs":               {"FilterName"}, // of a query, which leaves the others open
	"AWS/Scheduler":          {"ScheduleGroup"},
}

// checkMetric tells whether a metric is shown, and its ID.
func checkMetric(t *testing.T, title string, list []any) (visible bool, id string) {
	t.Helper()
	drawn, hasDrawn := list[len(list)-1].(map[string]any)
	for key := range drawn {
		assert.Contains(t, rendered, key, title)
	}
	if stat, given := drawn["stat"]; given {
		assert.Regexp(t, statistic, stat, title)
	}
	id, _ = drawn["id"].(string)
	assert.Regexp(t, `^([a-z][a-zA-Z0-9_]*)?$`, id, title)
	visible = drawn["visible"] != false
	if expression, isExpression := drawn["expression"].(string); isExpression {
		assert.Len(t, list, 1, title)
		if found := searched.FindStringSubmatch(expression); found != nil {
			assert.Contains(t, dimensions[found[1]], found[2], title)
		}
		if found := queried.FindStringSubmatch(expression); found != nil {
			assert.Contains(t, dimensions[found[2]], found[3], title)
		}
		return visible, id
	}
	if hasDrawn {
		list = list[:len(list)-1]
	}
	require.Zero(t, len(list)%2, "%s: a name and a value of each dimension", title)
	var names []string
	for i := 2; i < len(list); i += 2 {
		names = append(names, list[i].(string))
		assert.NotEmpty(t, list[i+1], title)
	}
	assert.Contains(t, dimensions[list[0].(string)], strings.Join(names, ","), "%s: %s %s", title, list[0], list[1])
	return visible, id
}
