package alarms

const balancerNamespace = "AWS/ApplicationELB"

// leastRequests in a minute make a share of errors one: one error of two requests is no trend.
const leastRequests = "20"

// balancerRows are of each load balancer and target group (Elastic Load Balancing, Application
// Load Balancers, "CloudWatch metrics for your Application Load Balancer"). They report only
// while there are requests, and RequestCount has only those for which there was a target.
// What they explain is a burn of the objective's error budget.
func balancerRows() []Row {
	return append(requestRows(), capacityRows()...)
}

const balancersRunbook = "load-balancers.md"

func requestRows() []Row {
	return []Row{
		{
			Kind: LoadBalancer, Explains: true, Alarm: Alarm{
				Name: "errors", Says: "The load balancer answers requests with 5xx in place of its targets.",
				Metrics: []Metric{
					{"requests", balancerNamespace, "RequestCount", Sum},
					{"errors", balancerNamespace, "HTTPCode_ELB_5XX_Count", Sum},
				},
				Expression: "IF(FILL(requests, 0) + FILL(errors, 0) >= " + leastRequests +
					", 100 * FILL(errors, 0) / (FILL(requests, 0) + FILL(errors, 0)), 0)",
				Comparison: AtLeast, Threshold: 5, Unit: Percent,
				PeriodSeconds: minute, Periods: 3, Datapoints: 2, Missing: NotBreaching, Severity: Critical, Runbook: balancersRunbook,
			},
		},
		{
			Kind: LoadBalancer, Explains: true, Alarm: Alarm{
				Name: "target-errors", Says: "What is behind the load balancer answers requests with 5xx.",
				Metrics: []Metric{
					{"requests", balancerNamespace, "RequestCount", Sum},
					{"errors", balancerNamespace, "HTTPCode_Target_5XX_Count", Sum},
				},
				Expression: "IF(requests >= " + leastRequests + ", 100 * FILL(errors, 0) / requests, 0)",
				Comparison: AtLeast, Threshold: 5, Unit: Percent,
				PeriodSeconds: minute, Periods: 3, Datapoints: 2, Missing: NotBreaching, Severity: Critical, Runbook: balancersRunbook,
			},
		},
		{
			// Five minutes, so that one request of a hundred is more than one.
			Kind: LoadBalancer, Alarm: Alarm{
				Name: "latency", Says: "One request of a hundred waits two seconds or more for what is behind the load balancer.",
				Metrics:    one(balancerNamespace, "TargetResponseTime", "p99"),
				Comparison: AtLeast, Threshold: 2, Unit: Seconds,
				PeriodSeconds: 5 * minute, Periods: 3, Datapoints: 3, Missing: NotBreaching, Severity: Warning, Runbook: balancersRunbook,
			},
		},
	}
}

func capacityRows() []Row {
	return []Row{
		{
			Kind: LoadBalancer, Explains: true, Alarm: Alarm{
				Name: "rejected-connections", Says: "The load balancer has as many connections as it can, and rejects others.",
				Metrics:    one(balancerNamespace, "RejectedConnectionCount", Sum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 3, Datapoints: 2, Missing: NotBreaching, Severity: Critical, Runbook: balancersRunbook,
			},
		},
		{
			// Longer than a first boot, in which an instance that joins is unhealthy too.
			Kind: TargetGroup, Alarm: Alarm{
				Name: "unhealthy-hosts", Says: "A target has been unhealthy for ten minutes.",
				Metrics:    one(balancerNamespace, "UnHealthyHostCount", Maximum),
				Comparison: Above, Threshold: 0, Unit: Count,
				PeriodSeconds: minute, Periods: 10, Datapoints: 10, Missing: NotBreaching, Severity: Warning, Runbook: balancersRunbook,
			},
		},
	}
}
