package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The types below hold the parts of the AWS CLI's JSON output that are judged, of what
// tells people of faults.
type (
	// Topic is what sns get-topic-attributes and list-subscriptions-by-topic say of a topic.
	Topic struct {
		KeyID, Policy string
		// Protocols are of its subscriptions, sorted. What their endpoints are may be a secret.
		Protocols []string
	}

	// MetricAlarm is an entry of cloudwatch describe-alarms.
	MetricAlarm struct {
		AlarmName, AlarmDescription string
		AlarmActions                []string
		ActionsEnabled              bool
	}

	// LogGroup is an entry of logs describe-log-groups.
	LogGroup struct {
		LogGroupName    string
		RetentionInDays int
		KmsKeyId        string
	}
)

// alarmText is how an alarm's description ends: how grave it is, and where the runbook is.
var alarmText = regexp.MustCompile(`Severity: (critical|warning|release)\. Runbook: https://\S+/docs/runbooks/[a-z-]+\.md$`)

// severityOf is the severity in an alarm's description, "" when that is not as it should be.
func severityOf(alarm MetricAlarm) string {
	if found := alarmText.FindStringSubmatch(alarm.AlarmDescription); found != nil {
		return found[1]
	}
	return ""
}

// alarmsDescribed: every alarm says how grave it is and where its runbook is.
func alarmsDescribed(alarms []MetricAlarm) (int, []Finding) {
	var findings []Finding
	for _, alarm := range alarms {
		if severityOf(alarm) == "" {
			findings = append(findings, Finding{"alarm " + alarm.AlarmName, fmt.Sprintf("%q", alarm.AlarmDescription), "a severity and a runbook"})
		}
	}
	return len(alarms), findings
}

// alarmsHeard: every alarm acts on topics of its scope or, as a child of a composite alarm,
// on nothing. Those are simulated, so that no call would find them.
func alarmsHeard(alarms []MetricAlarm, topics ...string) (int, []Finding) {
	var findings []Finding
	for _, alarm := range alarms {
		resource := "alarm " + alarm.AlarmName
		if len(alarm.AlarmActions) == 0 && !child(alarm) {
			findings = append(findings, Finding{resource, "no action", "a topic"})
		}
		if !alarm.ActionsEnabled {
			findings = append(findings, Finding{resource, "actions that are switched off", "actions"})
		}
		for _, action := range alarm.AlarmActions {
			if !slices.Contains(topics, action) {
				findings = append(findings, Finding{resource, action, "a topic of " + strings.Join(topics, ", ")})
			}
		}
	}
	return len(alarms), findings
}

// child tells an alarm that a composite one has: what is critical, what stops a release, and
// the two windows of each rate at which the objective's errors are used up.
func child(alarm MetricAlarm) bool {
	return severityOf(alarm) != "warning" || strings.Contains(alarm.AlarmName, "-slo-")
}

// topicsSafe: each topic is there, encrypted with the key, heard by somebody, and speaks TLS.
func topicsSafe(topics map[string]Topic, key string, protocols map[string]string) (int, []Finding) {
	var findings []Finding
	for _, name := range sortedNames(protocols) {
		topic, found := topics[name]
		if !found {
			findings = append(findings, Finding{"topic " + name, nothing, "a topic"})
			continue
		}
		findings = append(findings, differences("topic "+name, [][3]string{
			{"key", lastPart(topic.KeyID), key},
			{"subscriptions", strings.Join(topic.Protocols, " "), protocols[name]},
			{"plain HTTP denied", fmt.Sprint(strings.Contains(topic.Policy, `"aws:SecureTransport":"false"`)), yes},
		})...)
	}
	return len(topics), findings
}

// lastPart is what follows the last slash: the ID in a key's ARN.
func lastPart(text string) string { return text[strings.LastIndex(text, "/")+1:] }

func sortedNames[T any](of map[string]T) []string {
	var names []string
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// logGroupsKept: each log group is kept for as long as wanted, or longer, under a key of the account.
func logGroupsKept(groups []LogGroup, account string, days func(name string) int) (int, []Finding) {
	var findings []Finding
	for _, group := range groups {
		resource := "log group " + group.LogGroupName
		if want := days(group.LogGroupName); group.RetentionInDays < want {
			findings = append(findings, Finding{resource, fmt.Sprintf("%d days", group.RetentionInDays), fmt.Sprintf("%d days or more", want)})
		}
		if key := "arn:aws:kms:" + homeRegion + ":" + account + ":key/"; !strings.HasPrefix(group.KmsKeyId, key) {
			findings = append(findings, Finding{resource, "the key " + orNothing(group.KmsKeyId), "a key of the account"})
		}
	}
	return len(groups), findings
}
