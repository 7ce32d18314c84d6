package permissions

import "aws-platform/pkg/policy"

// observabilityNeeds are those of dashboards, of who hears of alarms, of the archive of
// logs, and of what the environment may cost.
var observabilityNeeds = []need{
	{sid: "Dashboards", service: "cloudwatch", types: []string{"cloudwatch/dashboard"}, verbs: []string{"DeleteDashboards", "PutDashboard"},
		on: global("cloudwatch", "dashboard/")},
	{sid: "Subscribers", service: "sns", types: []string{"sns/topicSubscription"}, verbs: []string{"SetSubscriptionAttributes", "Subscribe", "Unsubscribe"},
		on: named("sns", "")}, // a subscription's ARN begins with its topic's
	// Their endpoints, which are secrets.
	{sid: "Endpoints", service: "secretsmanager", verbs: []string{"GetSecretValue"},
		on: func(p Place) []string { return []string{p.arn("secretsmanager", "secret:"+p.Environment+"/alarms/*")} }},
	// The ARN of the secret of a SIEM, which Amazon Data Firehose reads; not what is in it.
	{sid: "FoundSecrets", service: "secretsmanager", verbs: []string{"DescribeSecret", "GetResourcePolicy"},
		on: func(p Place) []string { return []string{p.arn("secretsmanager", "secret:"+p.Environment+"/*")} }},
	// What is not there has no ARN that AWS could ask for: its tag tells whose it will be.
	{sid: "NewChannels", service: "chatbot", verbs: []string{"CreateSlackChannelConfiguration"}, when: tagged},
	{sid: "Channels", service: "chatbot",
		verbs: []string{"DeleteSlackChannelConfiguration", "TagResource", "UntagResource", "UpdateSlackChannelConfiguration"},
		on:    global("chatbot", "chat-configuration/slack-channel/")},
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
	// The Service Authorization Reference has no resource type for making one.
	{sid: "NewAnomalies", service: "ce", types: []string{"costexplorer/anomalyMonitor", "costexplorer/anomalySubscription"},
		verbs: []string{"CreateAnomalyMonitor", "CreateAnomalySubscription"}, when: tagged},
	// Their IDs are chance: the tag tells whose they are.
	{sid: "Anomalies", service: "ce",
		verbs: []string{
			"DeleteAnomalyMonitor", "DeleteAnomalySubscription", "TagResource", "UntagResource", "UpdateAnomalyMonitor", "UpdateAnomalySubscription",
		},
		on: func(p Place) []string {
			p.Region = ""
			return []string{p.arn("ce", "anomalymonitor/*"), p.arn("ce", "anomalysubscription/*")}
		},
		when: func(p Place) policy.Condition {
			return policy.Condition{"StringEqualsIfExists": {"aws:ResourceTag/Environment": p.Environment}}
		}},
}

// tagged is the condition of what is made with the environment's tag.
func tagged(p Place) policy.Condition {
	return policy.Condition{"StringEquals": {"aws:RequestTag/Environment": p.Environment}}
}

// global are the environment's own resources of a service without regions.
func global(service string, kinds ...string) func(Place) []string {
	return func(p Place) []string {
		p.Region = ""
		return named(service, kinds...)(p)
	}
}
