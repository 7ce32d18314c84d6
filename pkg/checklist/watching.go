package checklist

import (
	"encoding/json"
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

// Why dev and staging, and their accounts, wake nobody.
const (
	nobodyOnCall = "nobody is on call for it"
	logsStay     = "its logs stay in CloudWatch Logs, and no auditor asks for them"
)

// watching are the items on what tells people how it goes.
func watching() []Item {
	return []Item{
		{
			Key: "alarms", Name: "CloudWatch alarms", Scope: Everywhere, look: alarms,
			Meaning:  "What can break is watched, and every alarm names its runbook.",
			Tests:    []Test{{"tests", "TestEveryEnvironmentIsWatched"}, {"tests", "TestEveryAlarmHasARunbookAndEveryRunbookIsThere"}, {"tests", "TestSomebodyHearsOfEveryAlarmOnce"}},
			Runbooks: []string{"README.md"},
		},
		{
			Key: "sns", Name: "SNS", Scope: Everywhere, look: topics,
			Meaning:  "Each environment has a topic for critical, warning, security and cost, each account one for security; encrypted, and with a policy.",
			Tests:    []Test{{"pkg/observability/topics", "TestEveryTopicIsEncryptedAndNamedForWhomItIs"}, {"pkg/observability/topics", "TestWhoPublishesWhere"}},
			Runbooks: []string{"on-call.md"},
		},
		{
			Key: "paging", Name: "PagerDuty or Opsgenie", Scope: Everywhere, look: paging,
			Meaning: "What is critical and what is security is posted by HTTPS to an endpoint whose address is a secret.",
			Exempt: map[string]string{
				config.Dev: nobodyOnCall, config.Staging: nobodyOnCall,
				config.AccountStackPrefix + config.Dev: nobodyOnCall, config.AccountStackPrefix + config.Staging: nobodyOnCall,
			},
			Tests:    []Test{{"pkg/observability/topics", "TestEndpointsArePostedTo"}, {"pkg/observability/topics", "TestASecretIsNotInTheGraph"}},
			Runbooks: []string{"on-call.md"},
		},
		{
			Key: "container-insights", Name: "Container Insights", Scope: Environments, look: containerInsights,
			Meaning:  "The cluster has the add-on with enhanced metrics, and its log groups are the program's own.",
			Tests:    []Test{{"pkg/cluster/addons", "TestContainerInsightsIsOnAndTouchesNoPods"}, {"pkg/cluster/addons", "TestContainerInsightsWritesToGroupsOfTheProgram"}},
			Runbooks: []string{"cluster.md"},
		},
		{
			Key: "log-aggregation", Name: "Log aggregation", Scope: Environments, look: logAggregation,
			Meaning:  "Every log group is sent to the archive, but for the one of the archive's own errors.",
			Exempt:   map[string]string{config.Dev: logsStay, config.Staging: logsStay},
			Tests:    []Test{{"tests", "TestEveryLogGroupIsEncryptedKeptAndArchived"}, {"pkg/observability/archive", "TestEveryLogGroupIsArchived"}},
			Runbooks: []string{"log-archive.md"},
		},
		{
			Key: "dashboards", Name: "Dashboards", Scope: Environments, look: dashboards,
			Meaning:  "An overview, the data tier and the delivery, each with widgets.",
			Tests:    []Test{{"pkg/observability/dashboards", "TestThereAreThreeInUpdateAndPreview"}, {"pkg/observability/dashboards", "TestWhatIsWatchedIsShown"}},
			Runbooks: []string{"on-call.md"},
		},
	}
}

func alarms(_ Estate, g *graph.Graph, seen *Finding) {
	metric := g.OfType(metricAlarmType)
	composite := g.OfType("aws:cloudwatch/compositeAlarm:CompositeAlarm")
	seen.need(len(metric) > 0, "no alarm")
	for _, alarm := range slices.Concat(metric, composite) {
		seen.need(strings.Contains(alarm.String("alarmDescription"), "Runbook: "), "%s names no runbook", nameOf(alarm))
		on, said := alarm.Lookup("actionsEnabled")
		seen.need(!said || on == true, "%s is silent", nameOf(alarm))
	}
	seen.say("%s", count(len(metric), "alarm"))
	if len(composite) > 0 {
		seen.say("%s", count(len(composite), "composite alarm"))
	}
}

// topicsOf are the names of the topics that a stack must have.
func topicsOf(stack string) []string {
	if isAccount(stack) {
		return []string{"platform-security"}
	}
	return []string{stack + "-critical", stack + "-warning", stack + "-security", stack + "-cost"}
}

func topics(_ Estate, g *graph.Graph, seen *Finding) {
	for _, name := range topicsOf(g.Stack) {
		found := slices.ContainsFunc(g.OfType(topicType), func(r graph.Resource) bool { return r.String("name") == name })
		seen.need(found, "no topic %s", name)
	}
	for _, topic := range g.OfType(topicType) {
		seen.need(topic.String("kmsMasterKeyId") != "", "%s is not encrypted", nameOf(topic))
		seen.need(slices.ContainsFunc(g.OfType("aws:sns/topicPolicy:TopicPolicy"), func(r graph.Resource) bool {
			return r.String("arn") == topic.ID
		}), "%s has no policy", nameOf(topic))
	}
	seen.say("%s", count(len(g.OfType(topicType)), "topic"))
}

func paging(_ Estate, g *graph.Graph, seen *Finding) {
	for _, topic := range g.OfType(topicType) {
		name := topic.String("name")
		if !strings.HasSuffix(name, "-critical") && !strings.HasSuffix(name, "-security") {
			continue
		}
		paged := 0
		for _, subscribed := range g.OfType(subscribedType) {
			if subscribed.String("topic") == topic.ID && subscribed.String("protocol") == "https" {
				paged++
				seen.need(subscribed.String("endpoint") == graph.Secret, "%s: the address is no secret", nameOf(subscribed))
			}
		}
		seen.need(paged > 0, "%s is posted nowhere", name)
		if paged > 0 {
			seen.say("%s is posted to %s", name, count(paged, "endpoint"))
		}
	}
	if len(g.OfType(topicType)) == 0 {
		seen.fault("no topic")
	}
}

func containerInsights(_ Estate, g *graph.Graph, seen *Finding) {
	for _, addOn := range g.OfType(addOnType) {
		if addOn.String("addonName") != "amazon-cloudwatch-observability" {
			continue
		}
		if strings.Contains(addOn.String("configurationValues"), `"enhanced_container_insights":true`) {
			seen.say("enhanced metrics of %s", addOn.String("clusterName"))
		}
		for _, kind := range []string{"application", "dataplane", "host", "performance"} {
			name := "/aws/containerinsights/" + addOn.String("clusterName") + "/" + kind
			_, has := g.ByID(logGroupType, name)
			seen.need(has, "no log group %s", name)
		}
	}
	seen.need(len(seen.Found) > 0, "no add-on with enhanced metrics")
}

func logAggregation(_ Estate, g *graph.Graph, seen *Finding) {
	sent := map[string]bool{}
	for _, filter := range g.OfType("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter") {
		if _, is := g.ByID(streamType, filter.String("destinationArn")); is && filter.String("filterPattern") == "" {
			sent[filter.String("logGroup")] = true
		}
	}
	own := map[string]bool{}
	for _, stream := range g.OfType(streamType) {
		own[stream.String("extendedS3Configuration.cloudwatchLoggingOptions.logGroupName")] = true
	}
	seen.need(len(own) > 0, "no archive")
	groups := 0
	for _, group := range g.OfType(logGroupType) {
		name := group.String("name")
		if own[name] {
			seen.accept(name, "the archive's own errors: each would be archived, fail and be an error again")
			continue
		}
		groups++
		seen.need(sent[name], "%s is not sent to the archive", name)
	}
	seen.say("%d of %s in the archive", len(sent), count(groups, "log group"))
}

func dashboards(_ Estate, g *graph.Graph, seen *Finding) {
	all := g.OfType("aws:cloudwatch/dashboard:Dashboard")
	seen.need(len(all) >= 3, "%s, not three", count(len(all), "dashboard"))
	widgets := 0
	for _, dashboard := range all {
		var body struct{ Widgets []any }
		err := json.Unmarshal([]byte(dashboard.String("dashboardBody")), &body)
		seen.need(err == nil && len(body.Widgets) > 0, "%s shows nothing", nameOf(dashboard))
		widgets += len(body.Widgets)
	}
	seen.say("%s, %s", count(len(all), "dashboard"), count(widgets, "widget"))
}
