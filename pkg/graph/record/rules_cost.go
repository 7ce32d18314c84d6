package record

const (
	// budgetsARN and costsARN have no region: who pays is global.
	budgetsARN   = "arn:$partition:budgets::$account:budget/"
	costsARN     = "arn:$partition:ce::$account:"
	schedulerARN = "arn:$partition:scheduler:$region:$account:"
)

// costRules are the rules of budgets, of cost anomaly detection and of schedules.
var costRules = map[string]rule{
	"aws:budgets/budget:Budget":                                {"$account:$in.name", map[string]string{"arn": budgetsARN + "$in.name", "accountId": "$account"}},
	"aws:costexplorer/anomalyMonitor:AnomalyMonitor":           {costsARN + "anomalymonitor/$uuid", map[string]string{"arn": "$id"}},
	"aws:costexplorer/anomalySubscription:AnomalySubscription": {costsARN + "anomalysubscription/$uuid", map[string]string{"arn": "$id", "accountId": "$account"}},
	"aws:scheduler/scheduleGroup:ScheduleGroup":                {"$in.name", map[string]string{"arn": schedulerARN + "schedule-group/$in.name", "state": "ACTIVE"}},
	"aws:scheduler/schedule:Schedule":                          {"$in.groupName/$in.name", map[string]string{"arn": schedulerARN + "schedule/$in.groupName/$in.name"}},
}
