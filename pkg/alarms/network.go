package alarms

const natNamespace = "AWS/NATGateway"

// networkRows are of each NAT gateway, and so of the way out of its zone (Amazon VPC User
// Guide, "Monitor NAT gateways with Amazon CloudWatch").
func networkRows() []Row {
	const runbook = "nat-gateway.md"
	return []Row{
		{
			// A connection that is attempted and not established got no answer.
			Kind: NATGateway, Explains: true, Alarm: Alarm{
				Name: "unanswered", Says: "Half of the connections that are opened through the NAT gateway get no answer.",
				Metrics: []Metric{
					{"attempted", natNamespace, "ConnectionAttemptCount", Sum},
					{"established", natNamespace, "ConnectionEstablishedCount", Sum},
				},
				Expression: "IF(attempted >= 100, 100 * (attempted - FILL(established, 0)) / attempted, 0)",
				Comparison: AtLeast, Threshold: 50, Unit: Percent,
				PeriodSeconds: minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Critical, Runbook: runbook,
			},
		},
		{
			Kind: NATGateway, Explains: true, Alarm: Alarm{
				Name: "port-allocation", Says: "The NAT gateway has no port left for new connections to a destination.",
				Metrics:    one(natNamespace, "ErrorPortAllocation", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 5, Datapoints: 3, Missing: NotBreaching, Severity: Critical, Runbook: runbook,
			},
		},
		{
			// 0.01 % is from where the guide says to look at AWS' own health.
			Kind: NATGateway, Alarm: Alarm{
				Name: "packets-dropped", Says: "The NAT gateway drops packets.",
				Metrics: []Metric{
					{"dropped", natNamespace, "PacketsDropCount", Sum},
					{"outward", natNamespace, "PacketsInFromSource", Sum},
					{"inward", natNamespace, "PacketsInFromDestination", Sum},
				},
				Expression: "IF(FILL(outward, 0) + FILL(inward, 0) > 0, 100 * FILL(dropped, 0) / (FILL(outward, 0) + FILL(inward, 0)), 0)",
				Comparison: Above, Threshold: 0.01, Unit: Percent,
				PeriodSeconds: minute, Periods: 15, Datapoints: 10, Missing: NotBreaching, Severity: Warning, Runbook: runbook,
			},
		},
	}
}
