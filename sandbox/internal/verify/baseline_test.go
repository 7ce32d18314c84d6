package verify

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const runbookText = " Severity: critical. Runbook: https://github.com/example/platform/blob/main/docs/runbooks/audit-events.md"

// soundBaseline is a baseline in which nothing is wrong.
func soundBaseline(environment string) Account {
	id := AccountID(environment)
	topic, key := "arn:aws:sns:us-east-1:"+id+":platform-security", "arn:aws:kms:us-east-1:"+id+":key/"
	b := Baseline{
		Topics:   map[string]Topic{"platform-security": {KeyID: key + "t-1", Policy: `{"Bool":{"aws:SecureTransport":"false"}}`}},
		TopicKey: "t-1", Detector: "ENABLED", Inspector: map[string]string{"ec2": "ENABLED", "ecr": "ENABLED"}, Macie: "ENABLED",
		Passwords:        PasswordPolicy{14, 90, 24, true, true, true, true},
		VolumesEncrypted: true, PublicAccess: PublicAccess{true, true, true, true},
		LogGroups: []LogGroup{{"/platform/trail", 365, key + "l-1"}, {"/platform/sessions", 400, key + "l-2"}},
		Recorders: []Recorder{{Name: "default"}}, Recording: []string{"default"}, Rules: map[string]EventRule{},
		Sessions: `{"inputs":{"cloudWatchLogGroupName":"/platform/sessions","cloudWatchEncryptionEnabled":true,"cloudWatchStreamingEnabled":true,
			"kmsKeyId":"` + key + `s-1","idleSessionTimeout":"15","maxSessionDuration":"60"}}`,
	}
	if environment == "production" || environment == "production-pci" {
		b.Topics["platform-security"] = Topic{key + "t-1", `{"Bool":{"aws:SecureTransport":"false"}}`, []string{"https"}}
	}
	b.Recorders[0].RecordingGroup.AllSupported, b.Recorders[0].RecordingGroup.IncludeGlobalResourceTypes = true, true
	for i := range 14 {
		event := fmt.Sprintf("event-%d", i)
		b.Filters = append(b.Filters, event)
		b.Alarms = append(b.Alarms, MetricAlarm{"platform-" + event, "It happened." + runbookText, []string{topic}, true})
	}
	name := "arn:aws:s3:::platform-trail-" + id
	b.TrailBucket = Bucket{Versioning: "Enabled", PublicAccess: PublicAccess{true, true, true, true}, Encryption: make([]Encryption, 1)}
	b.TrailBucket.Encryption[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm = "aws:kms"
	b.TrailBucket.Encryption[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID = key + "k-1"
	b.TrailBucket.Policy = `{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"}},{"Effect":"Deny","Principal":"*","Action":"s3:*",
		"Resource":["` + name + `","` + name + `/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
	b.TrailLock.ObjectLockEnabled = "Enabled"
	b.TrailLock.Rule.DefaultRetention.Mode, b.TrailLock.Rule.DefaultRetention.Days = "GOVERNANCE", 365
	for _, rule := range findingRules(environment) {
		b.Rules[rule] = EventRule{rule, "ENABLED", "{}", []EventTarget{{topic, "arn:aws:iam::" + id + ":role/platform-events"}}}
	}
	return Account{Environment: environment, Baseline: b}
}

func TestSoundBaselinesPass(t *testing.T) {
	for _, environment := range []string{"dev", "staging", "production", "production-pci"} {
		for _, result := range RunAccounts([]Account{soundBaseline(environment)}, BaselineChecks()) {
			assert.True(t, result.OK(), "%s: %s: %v", environment, result.Check, result.Findings)
		}
	}
}

func TestEachBreakageOfABaselineIsNoticed(t *testing.T) {
	const topic, texts, alarms, trail, bucket, logs, recorder, detectors, findings, passwords, defaults, sessions = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	const rule = "platform-macie-findings"
	changeRule := func(with func(*EventRule)) func(*Baseline) {
		return func(b *Baseline) { changed := b.Rules[rule]; with(&changed); b.Rules[rule] = changed }
	}
	changeTopic := func(with func(*Topic)) func(*Baseline) {
		return func(b *Baseline) {
			changed := b.Topics[securityTopic]
			with(&changed)
			b.Topics[securityTopic] = changed
		}
	}
	said := func(before, after string) func(*Baseline) {
		return func(b *Baseline) { b.Sessions = strings.Replace(b.Sessions, before, after, 1) }
	}
	for _, c := range []struct {
		reason string
		do     func(*Baseline)
		check  int
		says   string
	}{
		{"no topic", func(b *Baseline) { clear(b.Topics) }, topic, "topic platform-security: found nothing"},
		{"another key", changeTopic(func(t *Topic) { t.KeyID = "alias/aws/sns" }), topic, "key sns"},
		{"nobody hears", changeTopic(func(t *Topic) { t.Protocols = nil }), topic, "subscriptions nothing, wanted https"},
		{"plain HTTP", changeTopic(func(t *Topic) { t.Policy = "{}" }), topic, "plain HTTP denied false"},
		{"no runbook", func(b *Baseline) { b.Alarms[0].AlarmDescription = "It happened." }, texts, "alarm platform-event-0"},
		{"no action", func(b *Baseline) { b.Alarms[0].AlarmActions = nil }, alarms, "no action"},
		{"actions off", func(b *Baseline) { b.Alarms[0].ActionsEnabled = false }, alarms, "switched off"},
		{"another topic", func(b *Baseline) { b.Alarms[0].AlarmActions = []string{"arn:other"} }, alarms, "arn:other"},
		{"no alarm on a filter", func(b *Baseline) { b.Alarms = b.Alarms[1:] }, trail, "metric filter event-0"},
		{"too few filters", func(b *Baseline) { b.Filters = b.Filters[1:] }, trail, "13 metric filters"},
		{"no lock", func(b *Baseline) { b.TrailLock = ObjectLock{} }, bucket, "object lock nothing"},
		{"a short lock", func(b *Baseline) { b.TrailLock.Rule.DefaultRetention.Days = 364 }, bucket, "a lock of 364 days"},
		{"CloudTrail cannot write", func(b *Baseline) {
			b.TrailBucket.Policy = strings.Replace(b.TrailBucket.Policy, "cloudtrail", "ec2", 1)
		}, bucket, "written by CloudTrail false"},
		{"kept for too short", func(b *Baseline) { b.LogGroups[0].RetentionInDays = 90 }, logs, "log group /platform/trail: found 90 days"},
		{"no key", func(b *Baseline) { b.LogGroups[0].KmsKeyId = "" }, logs, "the key nothing"},
		{"no recorder", func(b *Baseline) { b.Recorders = nil }, recorder, "0 recorders"},
		{"two recorders", func(b *Baseline) { b.Recorders = append(b.Recorders, b.Recorders[0]) }, recorder, "2 recorders"},
		{"some types", func(b *Baseline) { b.Recorders[0].RecordingGroup.AllSupported = false }, recorder, "all types false"},
		{"stopped", func(b *Baseline) { b.Recording = nil }, recorder, "running false"},
		{"no detector", func(b *Baseline) { b.Detector = "" }, detectors, "GuardDuty nothing"},
		{"images not scanned", func(b *Baseline) { b.Inspector["ecr"] = "DISABLED" }, detectors, "scan of images DISABLED"},
		{"no Macie", func(b *Baseline) { b.Macie = "PAUSED" }, detectors, "Macie PAUSED"},
		{"no rule", func(b *Baseline) { delete(b.Rules, rule) }, findings, "rules platform-access-findings platform-security-hub-findings, wanted"},
		{"a rule that is off", changeRule(func(r *EventRule) { r.State = "DISABLED" }), findings, "state DISABLED"},
		{"a rule without a target", changeRule(func(r *EventRule) { r.Targets = nil }), findings, "targets nothing"},
		{"a target without a role", changeRule(func(r *EventRule) { r.Targets[0].RoleArn = "" }), findings, "role nothing"},
		{"short passwords", func(b *Baseline) { b.Passwords.MinimumPasswordLength = 8 }, passwords, "MinimumPasswordLength:8"},
		{"passwords for ever", func(b *Baseline) { b.Passwords.MaxPasswordAge = 0 }, passwords, "MaxPasswordAge:0"},
		{"passwords of letters", func(b *Baseline) { b.Passwords.RequireNumbers = false }, passwords, "RequireNumbers:false"},
		{"plain volumes", func(b *Baseline) { b.VolumesEncrypted = false }, defaults, "EBS encryption by default false"},
		{"public buckets", func(b *Baseline) { b.PublicAccess.BlockPublicPolicy = false }, defaults, "public access to S3"},
		{"no preferences", func(b *Baseline) { b.Sessions = "" }, sessions, "found nothing, wanted preferences"},
		{"sessions not recorded", said("/platform/sessions", ""), sessions, "log group nothing"},
		{"sessions without a key", said(":key/", ":alias/"), sessions, "a key false"},
		{"sessions without an end", said(`"60"`, `""`), sessions, "an end false"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			account := soundBaseline("production-pci")
			c.do(&account.Baseline)
			result := RunAccounts([]Account{account}, BaselineChecks())[c.check]
			assert.Contains(t, fmt.Sprint(result.Findings), c.says)
		})
	}
}
