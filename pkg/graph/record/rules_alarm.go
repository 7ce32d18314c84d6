package record

// alarmRules are the rules of what shows and watches, but for the alarms, which the fleet had first.
var alarmRules = map[string]rule{
	// A dashboard is of the account, and its ARN without a region.
	"aws:cloudwatch/dashboard:Dashboard": {"$in.dashboardName", map[string]string{"dashboardArn": "arn:$partition:cloudwatch::$account:dashboard/$in.dashboardName"}},
}
