package slo

import (
	"fmt"
	"time"

	"aws-platform/pkg/alarms"
)

// namespace is where load balancers report.
const namespace = "AWS/ApplicationELB"

// runbook is the file in docs/runbooks.
const runbook = "slo.md"

// leastFailed is how many requests must have failed in a burn's long window. Without it
// one failed request of fifty at night would be 2 %, and page. It counts failed requests
// and not requests: of those, 99.9 % would need 700 an hour before one failure is no page,
// 99.99 % ten times as many, and below that a total outage would raise nothing.
const leastFailed = 10

// anyFailed is the same of the short window, which only says that it goes on.
const anyFailed = 1

// The metrics of a load balancer. A request is answered by a target or by the load
// balancer in its place, and each counts only its own 5xx (Elastic Load Balancing, Application
// Load Balancers, "CloudWatch metrics for your Application Load Balancer").
//
// RequestCount has the requests for which a target was chosen, and nothing of those that
// found none, which are all in a total outage: so 5xx of the load balancer are added to it.
// Those after a target was chosen, 502 and 504, are then counted twice. It makes the ratio
// smaller by its own size: where 1.44 % is the threshold, 1.46 % reach it. Redirects, what
// the web ACL blocks and 4xx are no failures.
var measured = []alarms.Metric{
	{ID: "requests", Namespace: namespace, Name: "RequestCount", Statistic: "Sum"},
	{ID: "balancer", Namespace: namespace, Name: "HTTPCode_ELB_5XX_Count", Statistic: "Sum"},
	{ID: "targets", Namespace: namespace, Name: "HTTPCode_Target_5XX_Count", Statistic: "Sum"},
}

// failed and answered are requests, by the IDs of the metrics. A load balancer that has
// nothing to count reports nothing, not zero.
func failed(balancer, targets string) string {
	return fmt.Sprintf("(FILL(%s, 0) + FILL(%s, 0))", balancer, targets)
}

func answered(requests, balancer string) string {
	return fmt.Sprintf("(FILL(%s, 0) + FILL(%s, 0))", requests, balancer)
}

// FailedPercent is CloudWatch's expression of the share of requests that failed, if least
// did, and 0 otherwise. The others are the IDs of RequestCount, HTTPCode_ELB_5XX_Count and
// HTTPCode_Target_5XX_Count of one load balancer, as sums.
func FailedPercent(least int, requests, balancer, targets string) string {
	bad, all := failed(balancer, targets), answered(requests, balancer)
	return fmt.Sprintf("IF(%s >= %d, 100 * %s / %s, 0)", bad, least, bad, all)
}

// longAlarm and shortAlarm watch one load balancer. Each is a single period: CloudWatch
// evaluates windows of up to a day every minute, and longer ones every hour, both sliding
// (Amazon CloudWatch User Guide, "Alarm evaluation window"); the longest are seven days
// (API Reference, PutMetricAlarm, "Period").
func (b Burn) longAlarm(availabilityPercent float64) alarms.Alarm {
	return b.alarm(b.Long, leastFailed, availabilityPercent)
}

func (b Burn) shortAlarm(availabilityPercent float64) alarms.Alarm {
	return b.alarm(b.Short, anyFailed, availabilityPercent)
}

func (b Burn) alarm(window time.Duration, least int, availabilityPercent float64) alarms.Alarm {
	threshold := b.Threshold(availabilityPercent)
	return alarms.Alarm{
		Name: "slo-" + b.Name + "-" + span(window),
		Says: fmt.Sprintf("More than %s %% of the requests of %s failed: %s times what %s %% availability allows.",
			number(threshold), span(window), number(b.Rate), number(availabilityPercent)),
		Metrics:       measured,
		Expression:    FailedPercent(least, measured[0].ID, measured[1].ID, measured[2].ID),
		Comparison:    alarms.Above, // to spend exactly the budget is what was agreed
		Threshold:     threshold,
		Unit:          alarms.Percent,
		PeriodSeconds: int(window.Seconds()), Periods: 1, Datapoints: 1,
		Missing:  alarms.NotBreaching, // nobody asked
		Severity: b.Severity,
		Runbook:  runbook,
	}
}

// composite is the alarm that acts: what it says, to whom, and where the runbook is.
func (b Burn) composite(availabilityPercent float64) alarms.Alarm {
	return alarms.Alarm{
		Name: "slo-" + b.Name,
		Says: fmt.Sprintf("Requests fail so fast that %s %% of the error budget of 30 days at %s %% availability is spent in %s.",
			number(b.Spent()), number(availabilityPercent), span(b.Long)),
		Severity: b.Severity,
		Runbook:  runbook,
	}
}
