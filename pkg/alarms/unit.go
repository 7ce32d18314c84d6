package alarms

import (
	"math"
	"strconv"
)

// Unit is what a threshold is in, as CloudWatch spells it; Days is our own, which
// CloudWatch counts.
type Unit string

// The units.
const (
	Percent      Unit = "Percent"
	Count        Unit = "Count"
	Seconds      Unit = "Seconds"
	Milliseconds Unit = "Milliseconds"
	Bytes        Unit = "Bytes"
	// Megabytes is what OpenSearch counts storage in.
	Megabytes Unit = "Megabytes"
	Days      Unit = "Days"
	// Ratio is a share of one, or a multiple of an objective's error budget.
	Ratio Unit = "None"
)

// Units are all of them.
func Units() []Unit {
	return []Unit{Percent, Count, Seconds, Milliseconds, Bytes, Megabytes, Days, Ratio}
}

// longestDays is ten years: no certificate, key or reservation of AWS lasts longer.
const longestDays = 3650

// Range is the least and the greatest threshold of the unit; false for what is no unit.
// What is counted, weighed or timed is never negative.
func (u Unit) Range() (least, most float64, known bool) {
	switch u {
	case Percent:
		return 0, 100, true
	case Days:
		return 0, longestDays, true
	case Count, Seconds, Milliseconds, Bytes, Megabytes, Ratio:
		return 0, math.Inf(1), true
	}
	return 0, 0, false
}

// rangeText words a range: "0 to 100", "0 or more".
func rangeText(least, most float64) string {
	if math.IsInf(most, 1) {
		return number(least) + " or more"
	}
	return number(least) + " to " + number(most)
}

// number writes a threshold without an exponent.
func number(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
