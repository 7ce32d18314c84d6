package alarms

// logRows are of the archive of logs: of the stream that fills it and of the SIEM's (Amazon
// Data Firehose Developer Guide, "Monitor Amazon Data Firehose with CloudWatch metrics"), and
// of the subscription filters that fill the streams (Amazon CloudWatch Logs User Guide, "Monitoring
// with CloudWatch metrics"). CloudWatch Logs counts by log group, type of destination and
// filter together; one row adds up all log groups of a filter.
func logRows() []Row {
	const (
		streams       = "AWS/Firehose"
		subscriptions = "AWS/Logs"
		runbook       = "log-archive.md"
	)
	return []Row{
		{
			// Twice the 15 minutes that the stream gathers what it delivers; Firehose gives up
			// after a day.
			Kind: LogStream, Alarm: Alarm{
				Name: "late", Says: "Logs wait for half an hour and more to be written to the archive.",
				Metrics:    one(streams, "DeliveryToS3.DataFreshness", Maximum),
				Comparison: Above, Threshold: 1800, Unit: Seconds,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			// The stream gathers for a minute, and tries what is refused for an hour: then it
			// goes to the archive in place of the endpoint.
			Kind: SIEMStream, Alarm: Alarm{
				Name: "late", Says: "Logs wait for a quarter of an hour and more for the SIEM's endpoint to take them.",
				Metrics:    one(streams, "DeliveryToHttpEndpoint.DataFreshness", Maximum),
				Comparison: Above, Threshold: 900, Unit: Seconds,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			// What is refused for want of a permission is not tried again: once is too often.
			Kind: LogSubscription, Alarm: Alarm{
				Name: "errors", Says: "CloudWatch Logs cannot hand on log events: some may be missing in the archive.",
				Metrics: one(subscriptions, "DeliveryErrors", Sum), Across: true,
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 1, Datapoints: 1, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			// What is throttled is tried again for a day.
			Kind: LogSubscription, Alarm: Alarm{
				Name: "throttled", Says: "There are more log events than the stream takes.",
				Metrics: one(subscriptions, "DeliveryThrottling", Sum), Across: true,
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: 5 * minute, Periods: 6, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}
