package alarms

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// functions are what CloudWatch Metrics Insights calls the statistics.
var functions = map[string]string{SampleCount: "COUNT", Average: "AVG", Sum: "SUM", Minimum: "MIN", Maximum: "MAX"}

// Query looks at all metrics of a name that have the dimensions, among others, together
// (Amazon CloudWatch User Guide, "Query components and syntax in CloudWatch Metrics
// Insights"). The values are names of ours, without quotation marks; dimensions are one or more.
func (m Metric) Query(dimensions map[string]string) string {
	var where []string
	for _, name := range slices.Sorted(maps.Keys(dimensions)) {
		where = append(where, fmt.Sprintf("%q = '%s'", name, dimensions[name]))
	}
	return fmt.Sprintf("SELECT %s(%q) FROM %q WHERE %s", functions[m.Statistic], m.Name, m.Namespace, strings.Join(where, " AND "))
}
