package config

var sloCases = []ruleCase{
	sloCase("100", "99.999",
		"observability.slo.availabilityPercent: 100: is not an objective whose error budget alarms can watch: set 95 or more and less than 100, as in 99.9"),
	sloCase("94.9", "95",
		"observability.slo.availabilityPercent: 94.9: is not an objective whose error budget alarms can watch: set 95 or more and less than 100, as in 99.9"),
	sloCase("0.999", "99.9",
		"observability.slo.availabilityPercent: 0.999: is not an objective whose error budget alarms can watch: set 95 or more and less than 100, as in 99.9"),
}

// sloCase is a wrong objective and a right one.
func sloCase(wrong, right string, lines ...string) ruleCase {
	with := func(percent string) string {
		return "platform:observability: {slo: {availabilityPercent: " + percent + "}}"
	}
	return ruleCase{rule: "sloAvailability", old: "platform:observability: {}", wrong: with(wrong), right: with(right), lines: lines}
}
