package config

func costKeys() []Key {
	const path = "platform:cost."
	const times = "what is not a cron expression of five fields; days of the month beside days of the week; a day that never comes"
	return []Key{
		{path + "budget.monthlyUsd", "number", "`1300` in production and production-pci, `700` in staging, `400` in dev", "The AWS budget of a month, in US dollars, of what has the tag Environment. Billing must know the tag: see [cost.md](cost.md).", "0 and less"},
		{path + "budget.actualPercent", "number", "`80`", "The share of the budget at whose spending the cost topic hears.", "what is not from 1 to 1000"},
		{path + "budget.forecastPercent", "number", "`100`", "The share of the budget at whose forecast the cost topic hears.", "what is not from 1 to 1000"},
		{path + "anomaly.enabled", truth, "`true`", "Whether AWS Cost Anomaly Detection watches the environment.", ""},
		{path + "anomaly.thresholdUsd", "number", "`50` in production and production-pci, `20` elsewhere", "The impact of an anomaly, in US dollars, from which the cost topic hears of it.", "0 and less"},
		{path + "anomaly.monitorArn", word, "none: a monitor of the tag Environment", "A monitor that is there. A member account of an organization needs one: AWS makes monitors by tag in the account that pays alone.",
			"what is not the ARN of a monitor; one of another account"},
		{path + "schedule.timeZone", word, "required with schedule", "The time zone of stop and start, as in `Europe/Berlin`. Without schedule everything always runs.",
			"what the IANA database does not have; any schedule in production and production-pci, and beside data.postgresql.readReplicas"},
		{path + "schedule.stop", word, "required with schedule", "When the database, the fleet and the nodes are stopped, as in `0 20 * * MON-FRI`.", times},
		{path + "schedule.start", word, "required with schedule", "When they come back, as in `0 7 * * MON-FRI`.", times + "; the time of stop"},
	}
}
