package alarms

// hourRows are of the schedule that stops and starts an environment (Amazon EventBridge
// Scheduler User Guide, "Monitoring Amazon EventBridge Scheduler with Amazon CloudWatch"):
// of all schedules of its group. Nothing is reported where nothing is counted. They are of the
// calls: how a document ends that a call has started, no metric says.
func hourRows() []Row {
	const (
		namespace = "AWS/Scheduler"
		runbook   = "cost.md"
	)
	return []Row{
		{
			// A call is tried again for an hour: one that meets a backup is no news.
			Kind: Schedule, Alarm: Alarm{
				Name: "errors", Says: "AWS has refused for a quarter of an hour a call that stops or starts something of the environment.",
				Metrics:    one(namespace, "TargetErrorCount", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			Kind: Schedule, Alarm: Alarm{
				Name: "dropped", Says: "A call that stops or starts something of the environment was given up, and nothing tries again.",
				Metrics:    one(namespace, "InvocationDroppedCount", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}
