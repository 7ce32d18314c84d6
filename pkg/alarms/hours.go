package alarms

// hourRows are of the schedule that stops and starts an environment (Amazon EventBridge
// Scheduler User Guide, "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch"):
// of all schedules of its group. Nothing is reported where nothing is counted.
func hourRows() []Row {
	const (
		namespace = "AWS/Scheduler"
		runbook   = "cost.md"
	)
	return []Row{
		{
			// A call is tried again for an hour: one that meets a backup is no news.
			Kind: Schedule, Alarm: Alarm{
				Name: "errors", Says: "AWS has refused for a quarter of an hour to stop or start something of the environment.",
				Metrics:    one(namespace, "TargetErrorCount", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			Kind: Schedule, Alarm: Alarm{
				Name: "dropped", Says: "Something of the environment was not stopped, or not started, and nothing tries again.",
				Metrics:    one(namespace, "InvocationDroppedCount", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}
