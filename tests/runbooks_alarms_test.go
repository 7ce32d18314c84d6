package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/baseline/audit/events"
	"aws-platform/pkg/observability/slo"
	"aws-platform/pkg/runbooks"
)

// TestRunbooksHaveASectionOfEachAlarm: whoever is paged finds the alarm's own heading in the
// runbook that it names.
func TestRunbooksHaveASectionOfEachAlarm(t *testing.T) {
	t.Parallel()
	pages, _ := readRunbooks(t)
	sections := map[string]string{} // of a name, the runbook
	for _, table := range alarms.Tables() {
		assert.Contains(t, pages, table.Runbook, table.Tier)
		for _, row := range table.Rows {
			sections[row.Key()] = row.Runbook
		}
	}
	for _, event := range events.Table(nil) {
		sections["platform-"+event.Name] = event.Runbook
	}
	for _, burn := range slo.Burns() {
		sections["slo-"+burn.Name] = "slo.md"
	}
	require.Greater(t, len(sections), 60, "alarms are found")
	for name, runbook := range sections {
		assert.True(t, runbooks.HasSection(pages[runbook], name), "%s has no heading with `%s`", runbook, name)
	}
}
