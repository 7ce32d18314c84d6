package dashboards_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/alarms"
)

// shownMetrics are the namespaces and names of all that is on the dashboards.
func shownMetrics(t *testing.T) (shown map[[2]string]bool, namespaces map[string]bool) {
	t.Helper()
	shown, namespaces = map[[2]string]bool{}, map[string]bool{}
	for _, found := range bodies(t, whole()) {
		for _, w := range found.Widgets {
			metrics, _ := w.Properties["metrics"].([]any)
			for _, metric := range metrics {
				list := metric.([]any)
				if len(list) > 1 {
					shown[[2]string{list[0].(string), list[1].(string)}] = true
				} else if found := queried.FindStringSubmatch(list[0].(map[string]any)["expression"].(string)); found != nil {
					shown[[2]string{found[2], found[1]}] = true
				}
			}
		}
		for _, namespace := range found.namespaces(t) {
			namespaces[namespace] = true
		}
	}
	return shown, namespaces
}

// TestWhatIsWatchedIsShown holds the dashboards against the tables of alarms, both ways:
// whoever is paged finds the metric, and nothing is shown of a service that has no alarm.
func TestWhatIsWatchedIsShown(t *testing.T) {
	shown, namespaces := shownMetrics(t)
	watched := map[string]bool{}
	for _, table := range alarms.Tables() {
		for _, row := range table.Rows {
			if row.Pattern != "" {
				continue // counted in a log, for the alarm alone
			}
			for _, metric := range row.Metrics {
				watched[metric.Namespace] = true
				assert.True(t, shown[[2]string{metric.Namespace, metric.Name}], "%s: %s %s is on no dashboard", row.Key(), metric.Namespace, metric.Name)
			}
		}
	}
	assert.NotEmpty(t, watched)
	assert.Equal(t, watched, namespaces)
}
