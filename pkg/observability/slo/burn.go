package slo

import (
	"fmt"
	"strconv"
	"time"

	"aws-platform/pkg/alarms"
)

// days30 is the period of the objective.
const days30 = 30 * 24 * time.Hour

// Burn is how fast the error budget is spent, in multiples of what would spend all of it
// in exactly 30 days.
type Burn struct {
	// Name is of the alarm: fast, slow, gradual.
	Name string
	// Rate is the multiple.
	Rate float64
	// Long says that it matters, and Short, a twelfth of it, that it is still so: the alarm
	// ends soon after the cause.
	Long, Short time.Duration
	// Severity says who hears of it.
	Severity alarms.Severity
}

// Burns are those that raise alarms, the fastest first, as in Google's Site Reliability
// Workbook, "Alerting on SLOs", "6: Multiwindow, Multi-Burn-Rate Alerts": they are reached
// when 2 %, 5 % and 10 % of the budget are spent in the long window.
func Burns() []Burn {
	return []Burn{
		{Name: "fast", Rate: 14.4, Long: time.Hour, Short: 5 * time.Minute, Severity: alarms.Critical},
		{Name: "slow", Rate: 6, Long: 6 * time.Hour, Short: 30 * time.Minute, Severity: alarms.Critical},
		{Name: "gradual", Rate: 1, Long: 3 * 24 * time.Hour, Short: 6 * time.Hour, Severity: alarms.Warning},
	}
}

// Budget is the share of requests, in percent, that may fail.
func Budget(availabilityPercent float64) float64 { return percent(100 - availabilityPercent) }

// Threshold is the share of requests, in percent, above which the budget is spent faster
// than at the burn's rate.
func (b Burn) Threshold(availabilityPercent float64) float64 {
	return percent(b.Rate * (100 - availabilityPercent))
}

// Spent is the share of the budget of 30 days, in percent, that is spent in the long
// window at the burn's rate.
func (b Burn) Spent() float64 { return percent(100 * b.Rate * b.Long.Hours() / days30.Hours()) }

// percent is without the dust of binary fractions: 100 - 99.9 is 0.1.
func percent(value float64) float64 {
	const digits = 10
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(value, 'g', digits, 64), 64) // what it wrote itself
	return rounded
}

// span words a window as names of alarms have it: 5m, 6h, 3d.
func span(window time.Duration) string {
	switch {
	case window%(24*time.Hour) == 0:
		return fmt.Sprintf("%dd", window/(24*time.Hour))
	case window%time.Hour == 0:
		return fmt.Sprintf("%dh", window/time.Hour)
	default:
		return fmt.Sprintf("%dm", window/time.Minute)
	}
}

// number words a percentage or a rate without needless digits.
func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
