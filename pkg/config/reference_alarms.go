package config

import (
	"strings"

	"aws-platform/pkg/alarms"
)

// observabilityKeys are those that no other list has.
func observabilityKeys() []Key {
	return []Key{
		{"platform:observability.runbookUrl", word, "`docs/runbooks`, the folder in the repository", "Where runbooks are read: every alarm's description has it, followed by the name of a runbook.",
			"what is neither `docs/runbooks` nor an HTTPS URL of a folder, without a slash at its end; more than 500 characters"},
	}
}

func alarmKeys() []Key {
	const (
		path  = "platform:observability.alarms"
		one   = path + ".<alarm>."
		fixed = "; any of an alarm of the tables"
	)
	return []Key{
		{path, "map by name", "none", "What differs of the alarms of the tables here, of all targets of a kind, and alarms of one's own. Those of the tables are `" + strings.Join(alarms.Keys(), "`, `") + "`.",
			"a name that no table has and that is not of lower-case letters, digits and dashes, at most 40"},
		{one + "enabled", truth, notTrue, "`false` leaves the alarm out.", ""},
		{one + "severity", "`critical` or `warning`", "as in the table; required of one's own", "critical pages whoever is on call, warning is looked at in working hours.", "another one; none, of one's own"},
		{one + "threshold", "number", "as in the table; required of one's own", "From when it is wrong, in the alarm's unit. Of an alarm whose table has a share of the instance's memory, connections or storage, the number itself.",
			"what is outside the range of the unit: 0 to 100 of Percent, 0 to 3650 of Days, less than 0 of any"},
		{one + "unit", word, "required of one's own", "The threshold's: " + oneOf(unitNames()) + ". Days are counted; None is a ratio.", "another one" + fixed},
		{one + "namespace", word, "required of one's own", "Where the metric is, as CloudWatch has it.", "any of an alarm of the tables"},
		{one + "metric", word, "required of one's own", "What is measured, as CloudWatch has it.", "any of an alarm of the tables"},
		{one + "statistic", word, "required of one's own", "Of a period: " + oneOf(alarms.Statistics()) + ", or a percentile as in `p99`.", "another one" + fixed},
		{one + "dimensions", "map of text", "none", "Of the metric, as CloudWatch has them.", "an empty name or value; more than 30" + fixed},
		{one + "comparison", word, "required of one's own", "The metric's with the threshold: " + oneOf(alarms.Comparisons()) + ".", "another one" + fixed},
		{one + "periodSeconds", number, "as in the table; required of one's own", "How long one period is.", "what is not 10, 20, 30 or a multiple of 60"},
		{one + "periods", number, "as in the table; required of one's own", "How many periods are looked at.", "periods that together are longer than a day, or than a week where one is an hour or longer"},
		{one + "datapoints", number, "as in the table; periods, of one's own", "Of how many of them it is wrong.", "more than periods"},
		{one + "missing", word, "`missing`, of one's own", "How a period without data counts: " + oneOf(alarms.Missings()) + ".", "another one" + fixed},
		{one + "runbook", word, "required of one's own", "The file of docs/runbooks that says what to do.", "what is not a file's name as in `database.md`" + fixed},
	}
}
