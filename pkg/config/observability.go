package config

// The topics of an environment, by whom they are for.
const (
	// CriticalTopic pages whoever is on call.
	CriticalTopic = "critical"
	// WarningTopic is looked at in working hours.
	WarningTopic = "warning"
	// SecurityTopic is the security team's.
	SecurityTopic = "security"
	// CostTopic is for whoever answers for the cost center.
	CostTopic = "cost"
)

// TopicNames are the topics of an environment, sorted.
func TopicNames() []string { return []string{CostTopic, CriticalTopic, SecurityTopic, WarningTopic} }

// Observability is the configuration of alarms, logs, dashboards and objectives.
type Observability struct {
	// RunbookURL is the folder in which runbooks are read, an HTTPS URL without a slash at
	// its end; "docs/runbooks", which is the folder in the repository, by default.
	RunbookURL string `mapstructure:"runbookUrl"`
	// Subscriptions are by topic: critical, warning, security, cost; none by default.
	Subscriptions map[string]Subscriptions `mapstructure:"subscriptions"`
	// Alarms are by name: those of the tables that differ here, and further ones.
	Alarms map[string]Alarm `mapstructure:"alarms"`
	// Logs says how long logs are kept, and where they go.
	Logs Logs `mapstructure:"logs"`
	// SLO is the service level objective.
	SLO SLO `mapstructure:"slo"`
}

// Subscriptions are who reads a topic.
type Subscriptions struct {
	// Email are addresses, each of which must confirm; none by default.
	Email []string `mapstructure:"email"`
	// HTTPS are endpoints of PagerDuty, Opsgenie and the like, which confirm by themselves;
	// none by default.
	HTTPS []HTTPSEndpoint `mapstructure:"https"`
	// Slack are channels, by AWS Chatbot; none by default.
	Slack []SlackChannel `mapstructure:"slack"`
}

// HTTPSEndpoint is where a topic's messages are posted.
type HTTPSEndpoint struct {
	// Name tells endpoints of a topic apart, and is part of the URN; required.
	Name string `mapstructure:"name"`
	// URL is the endpoint, where it is no secret; required without SecretName.
	URL string `mapstructure:"url"`
	// SecretName is the secret of Secrets Manager that holds the URL as its text: those of
	// PagerDuty and Opsgenie have their key in them. Required without URL.
	SecretName string `mapstructure:"secretName"`
}

// SlackChannel is a channel of Slack, as AWS Chatbot knows it.
type SlackChannel struct {
	// TeamID is the workspace's, T…, which an administrator has let in by the console; required.
	TeamID string `mapstructure:"teamId"`
	// ChannelID is the channel's, C…; required.
	ChannelID string `mapstructure:"channelId"`
}

// Alarm is what differs of an alarm of the tables (package alarms), which is named
// <kind>-<row>, for all its targets: Enabled, Severity, Threshold, PeriodSeconds, Periods
// and Datapoints. An alarm of one's own has any other name, and everything but what has a
// default.
type Alarm struct {
	// Enabled is false for an alarm that the environment does without; true by default.
	Enabled *bool `mapstructure:"enabled"`
	// Severity is critical or warning.
	Severity string `mapstructure:"severity"`
	// Threshold is in the unit of the alarm.
	Threshold *float64 `mapstructure:"threshold"`
	// Unit is the threshold's, one of alarms.Units.
	Unit string `mapstructure:"unit"`
	// Namespace, Metric, Statistic and Dimensions say what is measured; no dimensions by default.
	Namespace  string            `mapstructure:"namespace"`
	Metric     string            `mapstructure:"metric"`
	Statistic  string            `mapstructure:"statistic"`
	Dimensions map[string]string `mapstructure:"dimensions"`
	// Comparison is CloudWatch's, GreaterThanThreshold and the like.
	Comparison string `mapstructure:"comparison"`
	// PeriodSeconds, Periods and Datapoints say for how long: Datapoints of Periods, each of
	// PeriodSeconds. Datapoints are as many as Periods by default.
	PeriodSeconds int `mapstructure:"periodSeconds"`
	Periods       int `mapstructure:"periods"`
	Datapoints    int `mapstructure:"datapoints"`
	// Missing is how missing data counts, as CloudWatch spells it: breaching, notBreaching,
	// ignore, missing, which is the default.
	Missing string `mapstructure:"missing"`
	// Runbook is the file in docs/runbooks.
	Runbook string `mapstructure:"runbook"`
}

// Logs says how long logs are kept, and where they go.
type Logs struct {
	// RetentionDays are by class of log, audit, network, loadBalancer, data and application;
	// each has a default and a minimum by environment, see logRetentions.
	RetentionDays map[string]int `mapstructure:"retentionDays"`
	// Archive is the bucket to which CloudWatch's logs are streamed.
	Archive LogArchive `mapstructure:"archive"`
	// SIEM is where they are sent besides; none by default.
	SIEM *SIEM `mapstructure:"siem"`
}

// LogArchive is a bucket to which logs are streamed by Amazon Data Firehose.
type LogArchive struct {
	// Enabled makes it; true by default in production and production-pci.
	Enabled bool `mapstructure:"enabled"`
	// GlacierAfterDays is when logs move to S3 Glacier Instant Retrieval: 90 by default.
	GlacierAfterDays int `mapstructure:"glacierAfterDays"`
	// ExpireAfterDays is when they are deleted: 2557 by default in production-pci, 731
	// elsewhere.
	ExpireAfterDays int `mapstructure:"expireAfterDays"`
}

// SIEM is an HTTP endpoint to which logs are sent by Amazon Data Firehose.
type SIEM struct {
	// URL is the endpoint, https:// and on port 443; required.
	URL string `mapstructure:"url"`
	// SecretName is the secret of Secrets Manager that holds the access key, as Amazon Data
	// Firehose reads it: {"api_key": "…"}; required.
	SecretName string `mapstructure:"secretName"`
	// Classes are the classes of log that are sent; all that are in CloudWatch Logs by default.
	Classes []string `mapstructure:"classes"`
}

// SLO is the service level objective of the application.
type SLO struct {
	// AvailabilityPercent is the share of requests that succeed, over 30 days: 99.9 by
	// default in production and production-pci, 99 elsewhere.
	AvailabilityPercent float64 `mapstructure:"availabilityPercent"`
}
