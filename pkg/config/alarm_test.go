package config

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
)

func tableRow(t *testing.T, key string) alarms.Row {
	t.Helper()
	row, _, known := alarms.Find(key)
	require.True(t, known)
	return row
}

func TestAnAlarmOfTheTablesIsChangedWhereTheEnvironmentSaysSo(t *testing.T) {
	half := 50.0
	row := tableRow(t, "postgresql-connections")
	assert.Equal(t, row, Alarm{}.Over(row), "nothing is said")
	changed := Alarm{Severity: "critical", Threshold: &half, PeriodSeconds: 300}.Over(row)
	assert.Equal(t, alarms.Critical, changed.Severity)
	assert.Equal(t, []float64{50, 0}, []float64{changed.Threshold, changed.Share}, "a number in place of a share")
	assert.Equal(t, []int{300, 5, 5}, []int{changed.PeriodSeconds, changed.Periods, changed.Datapoints})
}

func TestDatapointsFollowThePeriods(t *testing.T) {
	all, some := tableRow(t, "postgresql-cpu"), tableRow(t, "load-balancer-errors")
	assert.Equal(t, 10, Alarm{Periods: 10}.Over(all).Datapoints, "all of them, as in the table")
	assert.Equal(t, 2, Alarm{Periods: 10}.Over(some).Datapoints, "two of them, as in the table")
	assert.Equal(t, 1, Alarm{Periods: 1}.Over(some).Datapoints)
	assert.Equal(t, 7, Alarm{Periods: 10, Datapoints: 7}.Over(all).Datapoints)
}

func TestWhatPagesNobodySilencesNothing(t *testing.T) {
	row := tableRow(t, "postgresql-silent")
	assert.True(t, row.Explains)
	assert.True(t, Alarm{Severity: "critical"}.Over(row).Explains)
	assert.False(t, Alarm{Severity: "warning"}.Over(row).Explains)
}

func TestAnAlarmOfOnesOwnIsWhole(t *testing.T) {
	depth := 100.0
	own := Alarm{
		Severity: "critical", Runbook: "on-call.md", Namespace: "Shop/Orders", Metric: "Depth", Statistic: alarms.Maximum,
		Comparison: alarms.Above, Threshold: &depth, Unit: "Count", PeriodSeconds: 60, Periods: 5,
	}.Own("queue-depth")
	require.NoError(t, own.Validate())
	assert.Equal(t, "The Maximum of Depth in Shop/Orders is more than 100 Count.", own.Says)
	assert.Equal(t, 5, own.Datapoints, "all periods, unless it says otherwise")
	assert.Equal(t, alarms.Insufficient, own.Missing, "CloudWatch's default")
}

func TestOwnAlarmsAreThoseThatNoTableHas(t *testing.T) {
	o := Observability{Alarms: map[string]Alarm{"zeta": {}, "postgresql-cpu": {}, "alpha": {}}}
	assert.Equal(t, []string{"alpha", "zeta"}, o.OwnAlarms())
}

func TestAnAlarmIsOffOnlyWhereThatIsSaid(t *testing.T) {
	yes, no := true, false
	assert.False(t, Alarm{}.Off())
	assert.False(t, Alarm{Enabled: &yes}.Off())
	assert.True(t, Alarm{Enabled: &no}.Off())
}

// The share of an alarm is of the memory of whatever class the database may have.
func TestEveryClassOfTheDatabaseHasItsMemory(t *testing.T) {
	classes := 0
	for family, sizes := range postgresqlClasses.families {
		for _, size := range sizes {
			classes++
			bytes, known := alarms.MemoryBytes("db." + family + "." + size)
			assert.True(t, known, "db.%s.%s", family, size)
			assert.Positive(t, bytes)
		}
	}
	assert.Greater(t, classes, 150)
}
