package config

import "strings"

// alarmCase puts keys into an alarm of platform:observability.alarms.
func alarmCase(rule, name, wrong, right string, lines ...string) ruleCase {
	keys := func(alarm string) string { return "platform:observability: {alarms: {" + name + ": {" + alarm + "}}}" }
	return ruleCase{rule: rule, old: "platform:observability: {}", wrong: keys(wrong), right: keys(right), lines: lines}
}

// ownAlarm is an alarm of one's own with one key in place of another; "" leaves it out.
func ownAlarm(key, value string) string {
	keys := []string{
		"severity: critical", "runbook: incident-response.md", "namespace: Shop/Orders", "metric: Depth", "statistic: Maximum",
		"comparison: GreaterThanThreshold", "threshold: 100", "unit: Count", "periodSeconds: 60", "periods: 5",
	}
	var kept []string
	for _, k := range keys {
		if !strings.HasPrefix(k, key+":") {
			kept = append(kept, k)
		}
	}
	if value != "" {
		kept = append(kept, key+": "+value)
	}
	return strings.Join(kept, ", ")
}

const (
	queueDepth   = "observability.alarms[queue-depth]."
	databaseCPU  = "observability.alarms[postgresql-cpu]."
	outsideRange = ", and would be reached always or never: set "
	ofTheTable   = ": is what the table says of postgresql-cpu in every environment: remove the key, or give an alarm of your own another name"
	runbookURLIs = "observability.runbookUrl: "
	likeThisURL  = ": write one as in https://github.com/example/platform/blob/main/docs/runbooks, or remove the key"
)

func runbookCase(wrong, right string, lines ...string) ruleCase {
	return ruleCase{
		rule: "runbookURL", old: "platform:observability: {}",
		wrong: "platform:observability: {runbookUrl: " + wrong + "}", right: "platform:observability: {runbookUrl: " + right + "}", lines: lines,
	}
}

// requiredCase leaves out a key that an alarm of one's own needs.
func requiredCase(key, remedy string) ruleCase {
	return alarmCase("alarmRequired", "queue-depth", ownAlarm(key, ""), ownAlarm("", ""), queueDepth+key+": none: is required: "+remedy)
}

// fixedCase says of an alarm of the tables what the table says.
func fixedCase(keys, line string) ruleCase {
	return alarmCase("alarmFixed", "postgresql-cpu", keys, "severity: critical", databaseCPU+line+ofTheTable)
}

var alarmCases = []ruleCase{
	runbookCase("http://example.com/runbooks", "https://example.com/runbooks", runbookURLIs+"http://example.com/runbooks: is no HTTPS URL: anybody on the way could read the messages"+likeThisURL),
	runbookCase("runbooks", "docs/runbooks", runbookURLIs+"runbooks: is no URL"+likeThisURL),
	runbookCase("https://example.com/runbooks/", "https://example.com", runbookURLIs+"https://example.com/runbooks/: is not a folder to which the name of a runbook can be added"+likeThisURL),
	runbookCase("https://example.com/"+strings.Repeat("x", 481), "https://example.com/"+strings.Repeat("x", 480),
		runbookURLIs+"https://example.com/"+strings.Repeat("x", 481)+": has more than 500 characters, and is in the description of every alarm"+likeThisURL),

	alarmCase("alarmName", "queueDepth", ownAlarm("", ""), ownAlarm("enabled", "false"),
		"observability.alarms[queueDepth]: queueDepth: is not the name of an alarm: use lower-case letters, digits and dashes, at most 40").named("queue-depth"),

	// An alarm without severity, of one's own.
	requiredCase("severity", "set critical, which pages whoever is on call, or warning"),
	requiredCase("runbook", "name the file of docs/runbooks that says what to do"),
	requiredCase("namespace", "write CloudWatch's, as in AWS/RDS"),
	requiredCase("metric", "write CloudWatch's, as in CPUUtilization"),
	requiredCase("statistic", "set SampleCount, Average, Sum, Minimum or Maximum"),
	requiredCase("comparison", "set GreaterThanThreshold, GreaterThanOrEqualToThreshold, LessThanThreshold or LessThanOrEqualToThreshold"),
	requiredCase("threshold", "write the number from which it is wrong"),
	requiredCase("unit", "set Percent, Count, Seconds, Milliseconds, Bytes, Megabytes, Days or None"),
	requiredCase("periodSeconds", "write how long one period is, 60 for most metrics"),
	requiredCase("periods", "write how many periods are looked at"),

	alarmCase("alarmSeverity", "queue-depth", ownAlarm("severity", "high"), ownAlarm("severity", "warning"),
		queueDepth+"severity: high: does not say who hears of the alarm: set critical, which pages whoever is on call, or warning"),
	alarmCase("alarmSeverity", "postgresql-cpu", "severity: release", "severity: critical",
		databaseCPU+"severity: release: does not say who hears of the alarm: set critical, which pages whoever is on call, or warning"),

	fixedCase("namespace: AWS/EC2", "namespace: AWS/EC2"), fixedCase("metric: Other", "metric: Other"),
	fixedCase("statistic: Sum", "statistic: Sum"), fixedCase("unit: Percent", "unit: Percent"),
	fixedCase("comparison: LessThanThreshold", "comparison: LessThanThreshold"), fixedCase("missing: ignore", "missing: ignore"),
	fixedCase("runbook: on-call.md", "runbook: on-call.md"), fixedCase("dimensions: {DBInstanceIdentifier: x}", "dimensions: DBInstanceIdentifier"),

	// A threshold outside its unit's range, of the tables and of one's own.
	alarmCase("alarmValues", "postgresql-cpu", "threshold: 120", "threshold: 95.5", databaseCPU+"threshold: 120: is outside the range of Percent"+outsideRange+"0 to 100"),
	alarmCase("alarmValues", "postgresql-free-storage", "threshold: -1", "threshold: 1073741824",
		"observability.alarms[postgresql-free-storage].threshold: -1: is outside the range of Bytes"+outsideRange+"0 or more"),
	// The end of a range that the comparison reaches always or never.
	alarmCase("alarmValues", "postgresql-cpu", "threshold: 0", "threshold: 0.1",
		databaseCPU+"threshold: 0: is always reached by GreaterThanOrEqualToThreshold, whatever is measured in Percent: set more than 0"),
	alarmCase("alarmValues", "certificate-expiring", "threshold: 0", "threshold: 1",
		"observability.alarms[certificate-expiring].threshold: 0: is never reached by LessThanThreshold, whatever is measured in Days: set more than 0"),
	alarmCase("alarmValues", "kafka-broker-under-replicated", "threshold: -1", "threshold: 0",
		"observability.alarms[kafka-broker-under-replicated].threshold: -1: is outside the range of Count"+outsideRange+"0 or more"),
	alarmCase("alarmShare", "postgresql-free-storage", "threshold: 20", "threshold: 2147483648",
		"observability.alarms[postgresql-free-storage].threshold: 20: is in Bytes, and no share of the storage in percent: write a number of Bytes, more than 100, or remove the key for the table's 10 %"),
	alarmCase("alarmShare", "opensearch-free-storage", "threshold: 100", "threshold: 101",
		"observability.alarms[opensearch-free-storage].threshold: 100: is in Megabytes, and no share of the storage in percent: write a number of Megabytes, more than 100, or remove the key for the table's 25 %"),
	alarmCase("alarmShare", "postgresql-memory", "threshold: 5", "threshold: 104857600",
		"observability.alarms[postgresql-memory].threshold: 5: is in Bytes, and no share of the memory in percent: write a number of Bytes, more than 100, or remove the key for the table's 5 %"),
	alarmCase("alarmValues", "certificate-expiring", "threshold: 3651", "threshold: 45",
		"observability.alarms[certificate-expiring].threshold: 3651: is outside the range of Days"+outsideRange+"0 to 3650"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("threshold", "-5"), ownAlarm("threshold", "0"), queueDepth+"threshold: -5: is outside the range of Count"+outsideRange+"0 or more"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("unit", "Pounds"), ownAlarm("unit", "None"),
		queueDepth+"unit: Pounds: is not a unit of a threshold: set Percent, Count, Seconds, Milliseconds, Bytes, Megabytes, Days, None"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("statistic", "Median"), ownAlarm("statistic", "p50"),
		queueDepth+"statistic: Median: is not a statistic of CloudWatch: set SampleCount, Average, Sum, Minimum, Maximum, or a percentile as in p99"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("comparison", "More"), ownAlarm("comparison", "LessThanThreshold"),
		queueDepth+"comparison: More: is not a comparison with a threshold: set GreaterThanThreshold, GreaterThanOrEqualToThreshold, LessThanThreshold, LessThanOrEqualToThreshold"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("missing", "zero"), ownAlarm("missing", "breaching"),
		queueDepth+"missing: zero: does not say how missing data counts: set breaching, notBreaching, ignore, missing"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("runbook", "docs/runbooks/kafka.md"), ownAlarm("runbook", "kafka.md"),
		queueDepth+"runbook: docs/runbooks/kafka.md: does not say what to do: name a file of docs/runbooks, as in database.md"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("periodSeconds", "45"), ownAlarm("periodSeconds", "30"),
		queueDepth+"periodSeconds: 45: is not a period that CloudWatch takes: set 10, 20, 30 or a multiple of 60"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("periods", "-1"), ownAlarm("periods", "1440"), queueDepth+"periods: -1: looks at nothing: set 1 or more"),
	alarmCase("alarmValues", "queue-depth", ownAlarm("datapoints", "6"), ownAlarm("datapoints", "5"), queueDepth+"datapoints: 6: cannot be of 5 periods: set 1 to 5"),
	alarmCase("alarmValues", "postgresql-cpu", "periods: 289", "periods: 288",
		databaseCPU+"periods: 289: periods of 300 seconds are more than the 86400 seconds that CloudWatch looks back: set 1 to 288, or another period"),
	alarmCase("alarmValues", "postgresql-cpu", "periodSeconds: 604800", "periodSeconds: 604800, periods: 1",
		databaseCPU+"periods: 3: periods of 604800 seconds are more than the 604800 seconds that CloudWatch looks back: set 1 to 1, or another period"),

	alarmCase("alarmDimensions", "queue-depth", ownAlarm("dimensions", `{Queue: ""}`), ownAlarm("dimensions", `{Queue: orders}`),
		queueDepth+`dimensions[Queue]: "": is no dimension: its name or its value is empty: write both as CloudWatch shows them`),
}

// named gives the alarm of the right input another name.
func (c ruleCase) named(name string) ruleCase {
	c.right = strings.Replace(c.right, "queueDepth", name, 1)
	return c
}
