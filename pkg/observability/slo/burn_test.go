package slo

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
)

func TestTheThresholdsOfTheObjectives(t *testing.T) {
	for _, test := range []struct {
		objective, budget   float64
		fast, slow, gradual float64
	}{
		{objective: 99.9, budget: 0.1, fast: 1.44, slow: 0.6, gradual: 0.1},
		{objective: 99, budget: 1, fast: 14.4, slow: 6, gradual: 1},
		{objective: 99.99, budget: 0.01, fast: 0.144, slow: 0.06, gradual: 0.01},
		{objective: 99.95, budget: 0.05, fast: 0.72, slow: 0.3, gradual: 0.05},
		{objective: 95, budget: 5, fast: 72, slow: 30, gradual: 5},
	} {
		var thresholds []float64
		for _, burn := range Burns() {
			thresholds = append(thresholds, burn.Threshold(test.objective))
		}
		assert.Equal(t, []float64{test.fast, test.slow, test.gradual}, thresholds, "%v", test.objective)
		assert.Equal(t, test.budget, Budget(test.objective))
	}
}

// TestTheBurnsAreTheWorkbooks holds the table against "Alerting on SLOs", table 5-8.
func TestTheBurnsAreTheWorkbooks(t *testing.T) {
	type row struct {
		long, short time.Duration
		rate, spent float64
		severity    alarms.Severity
	}
	rows := map[string]row{}
	for _, burn := range Burns() {
		rows[burn.Name] = row{burn.Long, burn.Short, burn.Rate, burn.Spent(), burn.Severity}
		assert.Equal(t, burn.Long/12, burn.Short, burn.Name)
	}
	assert.Equal(t, map[string]row{
		"fast":    {time.Hour, 5 * time.Minute, 14.4, 2, alarms.Critical},
		"slow":    {6 * time.Hour, 30 * time.Minute, 6, 5, alarms.Critical},
		"gradual": {72 * time.Hour, 6 * time.Hour, 1, 10, alarms.Warning},
	}, rows)
}

// TestCloudWatchTakesTheWindows holds the periods against PutMetricAlarm: whole minutes, up
// to a day where they are shorter than an hour, and up to seven days otherwise.
func TestCloudWatchTakesTheWindows(t *testing.T) {
	const hour, day = 3600, 86400
	for _, burn := range Burns() {
		for _, alarm := range []alarms.Alarm{burn.longAlarm(99.9), burn.shortAlarm(99.9)} {
			longest := 7 * day
			if alarm.PeriodSeconds < hour {
				longest = day
			}
			assert.Zero(t, alarm.PeriodSeconds%60, alarm.Name)
			assert.LessOrEqual(t, alarm.PeriodSeconds*alarm.Periods, longest, alarm.Name)
		}
	}
}

// objectives draws one that the configuration takes.
func objectives() *rapid.Generator[float64] {
	return rapid.Map(rapid.IntRange(config.LeastAvailabilityPercent*1000, 100*1000-1), func(n int) float64 { return float64(n) / 1000 })
}

// failing is traffic with a share of failures, in percent, of which some are targets'.
// A failure of the load balancer has no target here, as where there is none.
func failing(t *rapid.T, answered, failed float64) traffic {
	targets := math.Floor(failed * rapid.Float64Range(0, 1).Draw(t, "targets"))
	return traffic{requests: answered - (failed - targets), balancer: failed - targets, targets: targets}
}

func TestWhoKeepsToTheBudgetHearsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objective := objectives().Draw(t, "objective")
		answered := float64(rapid.IntRange(1, 100_000_000).Draw(t, "answered"))
		kept := math.Floor(answered * (100 - objective) / 100)
		seen := failing(t, answered, math.Floor(kept*rapid.Float64Range(0, 1).Draw(t, "of the budget")))
		if rapid.Bool().Draw(t, "exactly the budget") {
			seen = failing(t, answered, kept)
		}
		for _, burn := range Burns() {
			if fires(t, burn.longAlarm(objective), seen) && fires(t, burn.shortAlarm(objective), seen) {
				t.Fatalf("%s fires at %v for %+v", burn.Name, objective, seen)
			}
		}
	})
}

// TestWhoSpendsTheBudgetAsFastAsDocumentedIsHeard spends, in each burn's long window, a
// little more than its share of the budget of 30 days.
func TestWhoSpendsTheBudgetAsFastAsDocumentedIsHeard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objective := objectives().Draw(t, "objective")
		perHour := float64(rapid.IntRange(10_000_000, 100_000_000).Draw(t, "per hour"))
		budget := perHour * days30.Hours() * (100 - objective) / 100 // requests that may fail in 30 days
		for _, burn := range Burns() {
			answered := perHour * burn.Long.Hours()
			failed := math.Ceil(budget*burn.Spent()/100*1.0001) + 1
			long, short := failing(t, answered, failed), failing(t, answered/12, math.Ceil(failed/12)+1)
			if !fires(t, burn.longAlarm(objective), long) || !fires(t, burn.shortAlarm(objective), short) {
				t.Fatalf("%s is silent at %v for %+v, %+v", burn.Name, objective, long, short)
			}
		}
	})
}

func TestAFewFailedRequestsAtNightAreNoOutage(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objective := objectives().Draw(t, "objective")
		failed := float64(rapid.IntRange(1, leastFailed-1).Draw(t, "failed"))
		seen := failing(t, failed+float64(rapid.IntRange(0, 1000).Draw(t, "others")), failed)
		for _, burn := range Burns() {
			if fires(t, burn.longAlarm(objective), seen) {
				t.Fatalf("%s fires at %v for %+v", burn.Name, objective, seen)
			}
		}
	})
}

// TestATotalOutagePages: without a target a load balancer counts no requests, and answers 503.
func TestATotalOutagePages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		objective := objectives().Draw(t, "objective")
		seen := traffic{requests: nothing, balancer: float64(rapid.IntRange(leastFailed, 1000).Draw(t, "503")), targets: nothing}
		for _, burn := range Burns() {
			if !fires(t, burn.longAlarm(objective), seen) || !fires(t, burn.shortAlarm(objective), seen) {
				t.Fatalf("%s is silent at %v", burn.Name, objective)
			}
		}
	})
}

func TestNobodyAsksNobodyIsPaged(t *testing.T) {
	for _, burn := range Burns() {
		for _, alarm := range []alarms.Alarm{burn.longAlarm(99.9), burn.shortAlarm(99.9)} {
			require.False(t, fires(t, alarm, traffic{nothing, nothing, nothing}), alarm.Name)
			require.Equal(t, alarms.NotBreaching, alarm.Missing)
		}
	}
}
