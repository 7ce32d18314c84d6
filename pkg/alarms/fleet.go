package alarms

// The namespaces of an auto scaling group and of its instances.
const (
	groupNamespace    = "AWS/AutoScaling"
	instanceNamespace = "AWS/EC2"
)

// fleetRows are of each color's auto scaling group (Amazon EC2 Auto Scaling User Guide,
// "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling"; Amazon EC2 User Guide, "List the
// available CloudWatch metrics for your instances"). A group that should have no instance
// is silent: the idle color, and a fleet that is stopped at night.
func fleetRows() []Row {
	const runbook = "fleet.md"
	return []Row{
		{
			// Five minutes are more than a fleet needs that a release or a schedule has started.
			Kind: Fleet, Explains: true, Alarm: Alarm{
				Name: "none-in-service", Says: "The fleet should have instances, and none is in service.",
				Metrics:    sizes(),
				Expression: "IF(desired > 0, FILL(serving, 0), 1)",
				Comparison: Below, Threshold: 1, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 5, Missing: NotBreaching, Severity: Critical, Runbook: runbook,
			},
		},
		{
			Kind: Fleet, Alarm: Alarm{
				Name: "in-service", Says: "Fewer instances have been in service for a quarter of an hour than the fleet should have.",
				Metrics:    sizes(),
				Expression: "IF(desired > 0, desired - FILL(serving, 0), 0)",
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 15, Datapoints: 15, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			// The group replaces such an instance; this says that it does not.
			Kind: Fleet, Alarm: Alarm{
				Name: "status-check", Says: "EC2 finds an instance of the fleet, or its host, impaired, and it is not replaced.",
				Metrics:    one(instanceNamespace, "StatusCheckFailed", Maximum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 10, Datapoints: 10, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
		{
			// Scaling out answers a load within minutes, unless the fleet is at its maximum.
			Kind: Fleet, Alarm: Alarm{
				Name: "cpu", Says: "The fleet's processors are busy, and it does not grow.",
				Metrics:    one(instanceNamespace, "CPUUtilization", Average),
				Comparison: AtLeast, Threshold: 85, Unit: Percent,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}

// sizes are how many instances a group should have, and has.
func sizes() []Metric {
	return []Metric{
		{"desired", groupNamespace, "GroupDesiredCapacity", Minimum},
		{"serving", groupNamespace, "GroupInServiceInstances", Maximum},
	}
}
