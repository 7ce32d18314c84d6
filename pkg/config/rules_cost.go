package config

import (
	"regexp"
	"strconv"
	"strings"
)

var costRules = []rule{
	budgetAmount, budgetShares, anomalyThreshold, anomalyMonitorFormat, anomalyMonitorAccount,
	scheduleProduction, scheduleTimeZone, scheduleCron, scheduleDays, scheduleSame, scheduleReplicas,
}

const (
	budgetPath  = "cost.budget."
	anomalyPath = "cost.anomaly."
)

// decimal writes an amount as stack files have it.
func decimal(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }

func budgetAmount(env Environment, found *Problems) {
	if amount := env.Cost.Budget.MonthlyUSD; amount <= 0 {
		found.add(budgetPath+"monthlyUsd", decimal(amount), "is not a budget: whatever the environment costs is more", "set what it may cost in a month, in US dollars")
	}
}

// mostPercent of a budget: AWS takes a thousand times as much (AWS Budgets API Reference,
// Notification), and who hears of his costs that late needs another budget.
const mostPercent = 1000

func budgetShares(env Environment, found *Problems) {
	for _, share := range []struct {
		key     string
		percent float64
	}{{"actualPercent", env.Cost.Budget.ActualPercent}, {"forecastPercent", env.Cost.Budget.ForecastPercent}} {
		if share.percent < 1 || share.percent > mostPercent {
			found.add(budgetPath+share.key, decimal(share.percent), "is not a share of the budget, in percent", "set 1 to "+strconv.Itoa(mostPercent))
		}
	}
}

func anomalyThreshold(env Environment, found *Problems) {
	if anomaly := env.Cost.Anomaly; anomaly.Enabled && anomaly.ThresholdUSD <= 0 {
		found.add(anomalyPath+"thresholdUsd", decimal(anomaly.ThresholdUSD), "is not an impact: everything would be told of", "set US dollars, more than 0")
	}
}

// monitorPattern is the ARN of a monitor; billing has no region.
var monitorPattern = regexp.MustCompile(`^arn:aws:ce::[0-9]{12}:anomalymonitor/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func anomalyMonitorFormat(env Environment, found *Problems) {
	if monitor := env.Cost.Anomaly.MonitorARN; monitor != "" && !monitorPattern.MatchString(monitor) {
		found.add(anomalyPath+"monitorArn", quoted(monitor), "is not the ARN of a monitor of AWS Cost Anomaly Detection", "write what `aws ce get-anomaly-monitors` shows, arn:aws:ce::<account>:anomalymonitor/<id>")
	}
}

// anomalyMonitorAccount: a monitor is seen by the account that made it alone.
func anomalyMonitorAccount(env Environment, found *Problems) {
	monitor := env.Cost.Anomaly.MonitorARN
	if monitorPattern.MatchString(monitor) && !strings.Contains(monitor, "::"+env.AWS.AccountID()+":") {
		found.add(anomalyPath+"monitorArn", monitor, "is of another account, and nobody else can subscribe to it", "name one of "+env.AWS.AccountID())
	}
}
