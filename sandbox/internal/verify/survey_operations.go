package verify

import (
	"slices"
	"strings"
)

// askOperations asks for what watches. Composite alarms, budgets and anomaly detection are
// simulated in the sandbox: no call would find them.
func (s *survey) askOperations() {
	s.askTopics()
	ask(s, func(out struct{ MetricAlarms []MetricAlarm }) { s.operations.Alarms = out.MetricAlarms },
		"cloudwatch", "describe-alarms", "--alarm-name-prefix", s.environment+"-")
	for _, name := range []string{"overview", "data", "delivery"} {
		ask(s, func(out struct{ DashboardName, DashboardBody string }) {
			s.operations.Dashboards[out.DashboardName] = out.DashboardBody
		}, "cloudwatch", "get-dashboard", "--dashboard-name", s.environment+"-"+name)
	}
	ask(s, func(out struct {
		LogGroups []LogGroup `json:"logGroups"`
	}) {
		for _, group := range out.LogGroups {
			if s.owns(group.LogGroupName) {
				s.operations.LogGroups = append(s.operations.LogGroups, group)
			}
		}
	}, "logs", "describe-log-groups")
	if slices.Contains(peered, s.environment) {
		s.askArchive()
	}
}

// owns tells whether a log group is the environment's: one of its name's parts is.
func (s *survey) owns(group string) bool {
	return !strings.HasPrefix(group, "/platform/") && strings.Contains(group, s.environment)
}

func (s *survey) askTopics() {
	change := func(name string, with func(*Topic)) {
		topic := s.operations.Topics[name]
		with(&topic)
		s.operations.Topics[name] = topic
	}
	prefix := "arn:aws:sns:" + homeRegion + ":" + AccountID(s.environment) + ":"
	for _, short := range topicNames {
		name := s.environment + "-" + short
		ask(s, func(out topicAttributes) { change(name, out.fill) }, "sns", "get-topic-attributes", "--topic-arn", prefix+name)
	}
	ask(s, func(out topicSubscriptions) {
		for _, short := range topicNames {
			name := s.environment + "-" + short
			change(name, out.of(prefix+name).fill)
		}
	}, "sns", "list-subscriptions")
}

func (s *survey) askArchive() {
	bucket := archiveBucket(s.environment)
	s.askBucket(bucket)
	for _, group := range archivedGroups(s.environment) {
		ask(s, func(filters []LogFilter) { s.operations.Filters[group] = filters },
			"logs", "describe-subscription-filters", "--log-group-name", group, "--query", "subscriptionFilters")
	}
	ask(s, func(out struct{ DeliveryStreamDescription Stream }) {
		s.operations.Stream = out.DeliveryStreamDescription
	},
		"firehose", "describe-delivery-stream", "--delivery-stream-name", s.environment+"-logs")
	ask(s, func(rules []LifecycleRule) { s.operations.ArchiveRules = rules },
		"s3api", "get-bucket-lifecycle-configuration", "--bucket", bucket, "--query", "Rules")
}
