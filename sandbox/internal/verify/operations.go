package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// The types below hold what the AWS CLI says of what watches an environment.
type (
	// Operations is what watches an environment, as far as the emulator has it.
	Operations struct {
		// Topics are the environment's, by name.
		Topics map[string]Topic
		Alarms []MetricAlarm
		// Dashboards are the bodies, by name.
		Dashboards map[string]string
		LogGroups  []LogGroup
		// Filters are the subscription filters, by log group; those of the log groups in archivedGroups.
		Filters map[string][]LogFilter
		Stream  Stream
		// ArchiveRules are the lifecycle of the archive's bucket, which is among the buckets of Compute.
		ArchiveRules []LifecycleRule
	}

	// LogFilter is an entry of logs describe-subscription-filters.
	LogFilter struct {
		FilterPattern  string `json:"filterPattern"`
		DestinationArn string `json:"destinationArn"`
	}

	// Stream is firehose describe-delivery-stream.
	Stream struct {
		DeliveryStreamARN, DeliveryStreamStatus string
		DeliveryStreamEncryptionConfiguration   struct{ Status, KeyARN string }
		Destinations                            []struct {
			ExtendedS3DestinationDescription struct {
				BucketARN, CompressionFormat string
				EncryptionConfiguration      struct {
					KMSEncryptionConfig struct{ AWSKMSKeyARN string }
				}
			}
		}
	}

	// LifecycleRule is an entry of s3api get-bucket-lifecycle-configuration.
	LifecycleRule struct {
		Status      string
		Expiration  struct{ Days int }
		Transitions []struct {
			Days         int
			StorageClass string
		}
	}
)

// OperationsChecks are the demands on what watches each environment.
func OperationsChecks() []Check {
	return []Check{
		{"topics are encrypted, over TLS alone, and heard as planned", eachNetwork(topicsHeard)},
		{"every alarm says how grave it is and where the runbook is", eachNetwork(func(n Network) (int, []Finding) { return alarmsDescribed(n.Operations.Alarms) })},
		{"every alarm acts on a topic, or is the child of one that does", eachNetwork(alarmsAct)},
		{"dashboards are there, with widgets", eachNetwork(dashboardsShow)},
		{"log groups are kept as planned, each under the environment's key", eachNetwork(logsKept)},
		{"log groups of each class go to the archive, whole", eachArchived(logsArchived)},
		{"the archive's stream is encrypted and delivers to its bucket", eachArchived(streamDelivers)},
		{"the archive's bucket is versioned, encrypted, closed, and moves to Glacier", eachArchived(archiveClosed)},
	}
}

// eachArchived applies a check to the environments that have an archive.
func eachArchived(one func(Network) (int, []Finding)) func(Estate) (int, []Finding) {
	return func(estate Estate) (int, []Finding) {
		archived := keep(estate, func(n Network) bool { return slices.Contains(peered, n.Environment) })
		if len(archived) == 0 {
			return 1, nil // dev and staging have none
		}
		return eachNetwork(one)(archived)
	}
}

// topicNames are what follows the environment in the names of its topics.
var topicNames = []string{"critical", "warning", "security", "cost"}

func topicsHeard(n Network) (int, []Finding) {
	protocols := map[string]string{}
	for _, name := range topicNames {
		protocols[n.Environment+"-"+name] = ""
		if slices.Contains(peered, n.Environment) {
			protocols[n.Environment+"-"+name] = map[string]string{"critical": "https", "security": "https"}[name]
		}
		if protocols[n.Environment+"-"+name] == "" && slices.Contains(peered, n.Environment) {
			protocols[n.Environment+"-"+name] = "email"
		}
	}
	return topicsSafe(n.Operations.Topics, n.Stores.Keys["sns"].ID, protocols)
}

// alarmsAct: only the metric alarms are looked at; composite ones are simulated.
func alarmsAct(n Network) (int, []Finding) {
	var topics []string
	for _, name := range topicNames {
		topics = append(topics, "arn:aws:sns:"+homeRegion+":"+AccountID(n.Environment)+":"+n.Environment+"-"+name)
	}
	return alarmsHeard(n.Operations.Alarms, topics...)
}

func dashboardsShow(n Network) (int, []Finding) {
	var findings []Finding
	for _, name := range []string{"overview", "data", "delivery"} {
		resource := "dashboard " + n.Environment + "-" + name
		var body struct{ Widgets []any }
		text, found := n.Operations.Dashboards[n.Environment+"-"+name]
		switch err := json.Unmarshal([]byte(text), &body); {
		case !found:
			findings = append(findings, Finding{resource, nothing, "a dashboard"})
		case err != nil:
			findings = append(findings, Finding{resource, err.Error(), "JSON"})
		case len(body.Widgets) == 0:
			findings = append(findings, Finding{resource, "no widget", "widgets"})
		}
	}
	return len(n.Operations.Dashboards), findings
}

// leastDays are how long logs are kept, by environment, where no class keeps them longer.
var leastDays = map[string]int{"production": 90, cardholders: year, "staging": 14, "dev": 7}

// auditGroups end the names of log groups that say who did what; production keeps them a year.
var auditGroups = []string{"/cluster", "/audit"}

func logsKept(n Network) (int, []Finding) {
	return logGroupsKept(n.Operations.LogGroups, AccountID(n.Environment), func(name string) int {
		audit := slices.ContainsFunc(auditGroups, func(end string) bool { return strings.HasSuffix(name, end) })
		if audit && slices.Contains(peered, n.Environment) {
			return year
		}
		return leastDays[n.Environment]
	})
}

// archiveGroup is the log group of the archive's own errors, which would feed itself.
func archiveGroup(environment string) string { return "/" + environment + "/log-archive" }

// archivedGroups are the log groups whose subscription is looked at: each look is a run of the
// CLI, so they are one of each class, and the archive's own.
func archivedGroups(environment string) []string {
	return []string{
		"/" + environment + "/fleet", "/" + environment + "/vpc/flow-logs", "aws-waf-logs-" + environment,
		"/aws/eks/" + environment + "-eks/cluster", "/aws/rds/instance/" + environment + "-postgresql/postgresql", archiveGroup(environment),
	}
}

func logsArchived(n Network) (int, []Finding) {
	var findings []Finding
	for _, group := range archivedGroups(n.Environment) {
		filters, want := n.Operations.Filters[group], 1
		if group == archiveGroup(n.Environment) {
			want = 0
		}
		if len(filters) != want {
			findings = append(findings, Finding{"log group " + group, fmt.Sprintf("%d subscription filters", len(filters)), fmt.Sprint(want)})
		}
		for _, filter := range filters {
			findings = append(findings, differences("log group "+group, [][3]string{
				{"destination", filter.DestinationArn, n.Operations.Stream.DeliveryStreamARN}, {"pattern", filter.FilterPattern, ""},
			})...)
		}
	}
	return len(n.Operations.Filters), findings
}

func archiveBucket(environment string) string {
	return environment + "-log-archive-" + AccountID(environment)
}

func streamDelivers(n Network) (int, []Finding) {
	stream := n.Operations.Stream
	if len(stream.Destinations) != 1 {
		return 1, []Finding{{"stream " + n.Environment + "-logs", fmt.Sprintf("%d destinations", len(stream.Destinations)), "one"}}
	}
	to := stream.Destinations[0].ExtendedS3DestinationDescription
	return 1, differences("stream "+n.Environment+"-logs", [][3]string{
		{"status", stream.DeliveryStreamStatus, "ACTIVE"},
		{"encryption", stream.DeliveryStreamEncryptionConfiguration.Status, enabledInCLI},
		{"key", lastPart(stream.DeliveryStreamEncryptionConfiguration.KeyARN), n.Stores.Keys["logs"].ID},
		{"bucket", to.BucketARN, "arn:aws:s3:::" + archiveBucket(n.Environment)},
		{"key of the objects", lastPart(to.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN), n.Stores.Keys["s3"].ID},
		{"compression", to.CompressionFormat, "GZIP"},
	})
}

func archiveClosed(n Network) (int, []Finding) {
	name := archiveBucket(n.Environment)
	bucket := n.Compute.Buckets[name]
	findings := differences("bucket "+name, [][3]string{
		{"versioning", bucket.Versioning, "Enabled"},
		{"encryption", bucket.algorithm(), underKMS},
		{"plain HTTP denied", fmt.Sprint(deniesPlainHTTP(bucket.Policy, "arn:aws:s3:::"+name)), yes},
		{"public access", fmt.Sprintf("%+v", bucket.PublicAccess), fmt.Sprintf("%+v", PublicAccess{true, true, true, true})},
	})
	moves := slices.ContainsFunc(n.Operations.ArchiveRules, func(rule LifecycleRule) bool {
		return rule.Status == "Enabled" && rule.Expiration.Days > year && len(rule.Transitions) == 1 && strings.HasPrefix(rule.Transitions[0].StorageClass, "GLACIER")
	})
	if !moves {
		findings = append(findings, Finding{"bucket " + name, fmt.Sprintf("the lifecycle %+v", n.Operations.ArchiveRules), "Glacier, and an end after more than a year"})
	}
	return 1, findings
}
