package config

// costCase adds keys to platform:cost.
func costCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: "platform:cost: {}", wrong: "platform:cost: {" + wrong + "}", right: "platform:cost: {" + right + "}", lines: lines}
}

const (
	monitor      = "arn:aws:ce::111111111111:anomalymonitor/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
	otherMonitor = "arn:aws:ce::222222222222:anomalymonitor/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
	noBudget     = ": is not a budget: whatever the environment costs is more: set what it may cost in a month, in US dollars"
	noShare      = ": is not a share of the budget, in percent: set 1 to 1000"
	noMonitor    = ": is not the ARN of a monitor of AWS Cost Anomaly Detection: write what `aws ce get-anomaly-monitors` shows, arn:aws:ce::<account>:anomalymonitor/<id>"
)

var costCases = []ruleCase{
	costCase("budgetAmount", "budget: {monthlyUsd: 0}", "budget: {monthlyUsd: 0.01}", "cost.budget.monthlyUsd: 0"+noBudget),
	costCase("budgetAmount", "budget: {monthlyUsd: -1300.5}", "budget: {monthlyUsd: 1300.5}", "cost.budget.monthlyUsd: -1300.5"+noBudget),
	costCase("budgetShares", "budget: {actualPercent: 0}", "budget: {actualPercent: 1}", "cost.budget.actualPercent: 0"+noShare),
	costCase("budgetShares", "budget: {actualPercent: 1000.5}", "budget: {actualPercent: 1000}", "cost.budget.actualPercent: 1000.5"+noShare),
	costCase("budgetShares", "budget: {forecastPercent: 0.5, actualPercent: 1001}", "budget: {forecastPercent: 1.5, actualPercent: 999.9}",
		"cost.budget.actualPercent: 1001"+noShare, "cost.budget.forecastPercent: 0.5"+noShare),
	costCase("anomalyThreshold", "anomaly: {thresholdUsd: 0}", "anomaly: {thresholdUsd: 0, enabled: false}",
		"cost.anomaly.thresholdUsd: 0: is not an impact: everything would be told of: set US dollars, more than 0"),
	costCase("anomalyThreshold", "anomaly: {thresholdUsd: -20}", "anomaly: {thresholdUsd: 20}",
		"cost.anomaly.thresholdUsd: -20: is not an impact: everything would be told of: set US dollars, more than 0"),
	costCase("anomalyMonitorFormat", "anomaly: {monitorArn: Default-Services-Monitor}", `anomaly: {monitorArn: "`+monitor+`"}`,
		"cost.anomaly.monitorArn: Default-Services-Monitor"+noMonitor),
	costCase("anomalyMonitorFormat", `anomaly: {monitorArn: "`+monitor+`/1"}`, `anomaly: {monitorArn: "`+monitor+`"}`,
		`cost.anomaly.monitorArn: `+monitor+`/1`+noMonitor),
	costCase("anomalyMonitorAccount", `anomaly: {monitorArn: "`+otherMonitor+`"}`, `anomaly: {monitorArn: "`+monitor+`"}`,
		"cost.anomaly.monitorArn: "+otherMonitor+": is of another account, and nobody else can subscribe to it: name one of 111111111111"),
}

const (
	notAZone    = ": is not a time zone: write its name in the IANA database, as in Europe/Berlin"
	notCron     = `: is not a cron expression: write minute, hour, day of month, month and day of week, as in "0 20 * * MON-FRI"`
	bothOfThem  = ": names days of the month and days of the week, and EventBridge Scheduler takes one of them: write a star for the other"
	wholeNight  = `stop: "0 20 * * MON-FRI", start: "0 7 * * MON-FRI"`
	alwaysRuns  = ": a schedule: would stop the database, the fleet and the nodes, and "
	schedulePos = "cost.schedule"
	berlin      = "timeZone: Europe/Berlin, "
)

// scheduleCase sets the schedule of dev.
func scheduleCase(rule, wrong, right string, lines ...string) ruleCase {
	return costCase(rule, "schedule: {"+wrong+"}", "schedule: {"+right+"}", lines...).on(Dev)
}

func zoneOfSchedule(wrong, right, line string) ruleCase {
	return scheduleCase("scheduleTimeZone", "timeZone: "+wrong+", "+wholeNight, "timeZone: "+right+", "+wholeNight, line)
}

func cronCase(wrong, right string, lines ...string) ruleCase {
	return scheduleCase("scheduleCron", berlin+`start: "0 7 * * *", `+wrong, berlin+`start: "0 7 * * *", `+right, lines...)
}

// dataToCost are the sections of base from the data stores to the costs.
const dataToCost = "platform:data: {}\n  platform:cluster: {}\n  platform:observability: {}\n  platform:backup: {}\n  platform:cost: {}"

// replicasCase has a schedule, and sets the database of dev.
func replicasCase(wrong, right string) ruleCase {
	with := func(postgresql string) string {
		return "platform:data: {postgresql: " + postgresql + "}\n  platform:cluster: {}\n  platform:observability: {}\n  platform:backup: {}\n" +
			"  platform:cost: {schedule: {" + berlin + wholeNight + "}}"
	}
	return ruleCase{rule: "scheduleReplicas", old: dataToCost, wrong: with(wrong), right: with(right), lines: []string{
		"cost.schedule: a schedule: stops no database that has read replicas, and data.postgresql.readReplicas is 1: remove one of the two keys",
	}}.on(Dev)
}

var scheduleCases = []ruleCase{
	scheduleCase("scheduleProduction", berlin+wholeNight, berlin+wholeNight, schedulePos+alwaysRuns+`production always runs: remove the key`).on(Production, Dev),
	scheduleCase("scheduleProduction", berlin+wholeNight, berlin+wholeNight, schedulePos+alwaysRuns+`production-pci always runs: remove the key`).on(ProductionPCI, Dev),
	zoneOfSchedule("Europe/Bonn", "Europe/Berlin", schedulePos+`.timeZone: Europe/Bonn`+notAZone),
	zoneOfSchedule("Local", "UTC", schedulePos+`.timeZone: Local`+notAZone),
	zoneOfSchedule(`../Berlin`, "America/Argentina/Buenos_Aires", schedulePos+`.timeZone: ../Berlin`+notAZone),
	zoneOfSchedule(`"+01:00"`, "Etc/GMT+9", schedulePos+`.timeZone: +01:00`+notAZone),
	scheduleCase("scheduleTimeZone", wholeNight, berlin+wholeNight, schedulePos+`.timeZone: none: is required: set an IANA time zone, as in Europe/Berlin`),
	cronCase("", `stop: "0 20 * * *"`, schedulePos+`.stop: none: is required: set when, as in "0 20 * * MON-FRI"`),
	cronCase(`stop: "20:00"`, `stop: "0 20 * * *"`, schedulePos+`.stop: 20:00`+notCron),
	cronCase(`stop: "0 24 * * *"`, `stop: "0 23 * * *"`, schedulePos+`.stop: "0 24 * * *"`+notCron),
	cronCase(`stop: "0 0 20 * * *"`, `stop: "*/30 20 1,15 * *"`, schedulePos+`.stop: "0 0 20 * * *"`+notCron),
	cronCase(`stop: "@daily"`, `stop: "0 0 * * *"`, schedulePos+`.stop: @daily`+notCron),
	cronCase(`stop: "cron(0 20 * * ? *)"`, `stop: "0 20 * * 0-6"`, schedulePos+`.stop: "cron(0 20 * * ? *)"`+notCron),
	cronCase(`stop: "CRON_TZ=UTC 0 20 * * *"`, `stop: "0 20 * JAN SUN"`, schedulePos+`.stop: "CRON_TZ=UTC 0 20 * * *"`+notCron),
	cronCase(`stop: "0 20 ? * MON"`, `stop: "0 20 * * MON"`, schedulePos+`.stop: "0 20 ? * MON"`+notCron),
	cronCase(`stop: "0 20 30 2 *"`, `stop: "0 20 29 2 *"`, schedulePos+`.stop: "0 20 30 2 *": is a time that never comes: name a day that its month has`),
	scheduleCase("scheduleDays", berlin+`stop: "0 20 1 * MON", start: "0 7 * * *"`, berlin+`stop: "0 20 1 * *", start: "0 7 * * *"`,
		schedulePos+`.stop: "0 20 1 * MON"`+bothOfThem),
	scheduleCase("scheduleDays", berlin+`stop: "0 20 * * *", start: "0 7 */2 * 1-5"`, berlin+`stop: "0 20 * * *", start: "0 7 * * 1-5"`,
		schedulePos+`.start: "0 7 */2 * 1-5"`+bothOfThem),
	scheduleCase("scheduleSame", berlin+`stop: "0 7 * * MON-FRI", start: "0 7 * * 1-5"`, berlin+`stop: "0 7 * * MON-FRI", start: "0 7 * * 1-4"`,
		schedulePos+`.start: "0 7 * * 1-5": is when everything stops: set another time than that of stop`),
	replicasCase("{readReplicas: 1, manageMasterUserPassword: false}", "{readReplicas: 0}"),
	replicasCase("{readReplicas: 1, manageMasterUserPassword: false}", "{enabled: false, readReplicas: 1, manageMasterUserPassword: false}"),
}
