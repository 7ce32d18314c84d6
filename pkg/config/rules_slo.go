package config

import (
	"fmt"
	"strconv"
)

var sloRules = []rule{sloAvailability}

// LeastAvailabilityPercent is the lowest objective that burn-rate alarms can watch: the
// fastest fires at 14.4 times the error budget, which is 72 % of requests at 95, and would
// be more than all of them below 93.06.
const LeastAvailabilityPercent = 95

// sloAvailability: an objective of 100 leaves no error budget to spend.
func sloAvailability(env Environment, found *Problems) {
	percent := env.Observability.SLO.AvailabilityPercent
	if percent >= LeastAvailabilityPercent && percent < 100 {
		return
	}
	found.add("observability.slo.availabilityPercent", strconv.FormatFloat(percent, 'f', -1, 64),
		"is not an objective whose error budget alarms can watch", fmt.Sprintf("set %d or more and less than 100, as in 99.9", LeastAvailabilityPercent))
}
