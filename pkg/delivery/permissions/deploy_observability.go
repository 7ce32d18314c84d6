package permissions

import "aws-platform/pkg/policy"

// observabilityNeeds are those of dashboards, of who hears of alarms, of the archive of
// logs, and of what the environment may cost.
var observabilityNeeds = []need{
	{sid: "Dashboards", service: "cloudwatch", types: []string{"cloudwatch/dashboard"}, verbs: []string{"DeleteDashboards", "PutDashboard"},
		on: global("cloudwatch", "dashboard/")},
	{sid: "Subscribers", service: "sns", types: []string{"sns/topicSubscription"}, verbs: []string{"Subscribe"}, on: named("sns", "")},
	// A subscription has no resource type (Service Authorization Reference, Amazon SNS).
	{sid: "Subscriptions", service: "sns", verbs: []string{"SetSubscriptionAttributes", "Unsubscribe"}},
	// Their endpoints, which are secrets.
	{sid: "Endpoints", service: "secretsmanager", verbs: []string{"GetSecretValue"},
		on: func(p Place) []string { return []string{p.arn("secretsmanager", "secret:"+p.Environment+"/alarms/*")} }},
	{sid: "Slack", service: "chatbot",
		verbs: []string{
			"CreateSlackChannelConfiguration", "DeleteSlackChannelConfiguration", "TagResource", "UntagResource", "UpdateSlackChannelConfiguration",
		},
		on: global("chatbot", "chat-configuration/slack-channel/")},
	{sid: "Archive", service: "firehose", types: []string{"kinesis/firehoseDeliveryStream"},
		verbs: []string{
			"CreateDeliveryStream", "DeleteDeliveryStream", "StartDeliveryStreamEncryption", "StopDeliveryStreamEncryption", "TagDeliveryStream",
			"UntagDeliveryStream", "UpdateDestination",
		},
		on: named("firehose", "deliverystream/")},
	{sid: "Archived", service: "logs", types: []string{"cloudwatch/logSubscriptionFilter", "cloudwatch/logStream"},
		verbs: []string{"CreateLogStream", "DeleteLogStream", "DeleteSubscriptionFilter", "PutSubscriptionFilter"}, on: logGroups},
	{sid: "Hours", service: "scheduler", types: []string{"scheduler/schedule", "scheduler/scheduleGroup"},
		verbs: []string{
			"CreateSchedule", "CreateScheduleGroup", "DeleteSchedule", "DeleteScheduleGroup", "TagResource", "UntagResource", "UpdateSchedule",
		},
		on: named("scheduler", "schedule/", "schedule-group/")},
	{sid: "Budgets", service: "budgets", types: []string{"budgets/budget"}, verbs: []string{"ModifyBudget", "TagResource", "UntagResource"},
		on: global("budgets", "budget/")},
	// Their IDs are chance, and tags tell them apart only once they are there.
	{sid: "Anomalies", service: "ce", types: []string{"costexplorer/anomalyMonitor", "costexplorer/anomalySubscription"},
		verbs: []string{
			"CreateAnomalyMonitor", "CreateAnomalySubscription", "DeleteAnomalyMonitor", "DeleteAnomalySubscription", "TagResource",
			"UntagResource", "UpdateAnomalyMonitor", "UpdateAnomalySubscription",
		},
		on: func(p Place) []string {
			p.Region = ""
			return []string{p.arn("ce", "anomalymonitor/*"), p.arn("ce", "anomalysubscription/*")}
		},
		when: func(p Place) policy.Condition {
			return policy.Condition{"StringEqualsIfExists": {"aws:ResourceTag/Environment": p.Environment}}
		}},
}

// global are the environment's own resources of a service without regions.
func global(service string, kinds ...string) func(Place) []string {
	return func(p Place) []string {
		p.Region = ""
		return named(service, kinds...)(p)
	}
}
