package verify

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// soundOperations is an environment that nothing is wrong with, as far as it is watched.
func soundOperations(environment string) Network {
	id := AccountID(environment)
	key := "arn:aws:kms:us-east-1:" + id + ":key/"
	topic := "arn:aws:sns:us-east-1:" + id + ":" + environment + "-"
	stream := "arn:aws:firehose:us-east-1:" + id + ":deliverystream/" + environment + "-logs"
	n := Network{
		Environment: environment,
		Stores:      Stores{Keys: map[string]Key{"sns": {ID: "k-sns"}, "logs": {ID: "k-logs"}, "s3": {ID: "k-s3"}}},
		Compute:     Compute{Buckets: map[string]Bucket{}},
		Operations: Operations{
			Topics: map[string]Topic{}, Dashboards: map[string]string{}, Filters: map[string][]LogFilter{},
			Alarms: []MetricAlarm{
				{environment + "-fleet-cpu", "Busy." + " Severity: warning. Runbook: https://example.com/docs/runbooks/fleet.md", []string{topic + "warning"}, true},
				{environment + "-slo-gradual-public-6h", "Slow." + " Severity: warning. Runbook: https://example.com/docs/runbooks/slo.md", nil, true},
				{environment + "-fleet-down", "Down." + " Severity: critical. Runbook: https://example.com/docs/runbooks/fleet.md", nil, true},
			},
			LogGroups: []LogGroup{
				{"/aws/eks/" + environment + "-eks/cluster", 365, key + "k-logs"},
				{"/" + environment + "/fleet", max(leastDays[environment], 30), key + "k-logs"},
				{archiveGroup(environment), 365, key + "k-logs"},
			},
		},
	}
	heard := map[string][]string{"critical": {"https"}, "security": {"https"}, "warning": {"email"}, "cost": {"email"}}
	for _, name := range topicNames {
		t := Topic{KeyID: key + "k-sns", Policy: `{"Bool":{"aws:SecureTransport":"false"}}`}
		if slices.Contains(peered, environment) {
			t.Protocols = heard[name]
		}
		n.Operations.Topics[environment+"-"+name] = t
	}
	for _, name := range []string{"overview", "data", "delivery"} {
		n.Operations.Dashboards[environment+"-"+name] = `{"widgets":[{"type":"metric"}]}`
	}
	for _, group := range archivedGroups(environment) {
		n.Operations.Filters[group] = []LogFilter{{DestinationArn: stream}}
	}
	n.Operations.Filters[archiveGroup(environment)] = nil
	n.addArchive(stream, key)
	return n
}

func (n *Network) addArchive(stream, key string) {
	name := archiveBucket(n.Environment)
	s := &n.Operations.Stream
	s.DeliveryStreamARN, s.DeliveryStreamStatus = stream, "ACTIVE"
	s.DeliveryStreamEncryptionConfiguration.Status, s.DeliveryStreamEncryptionConfiguration.KeyARN = "ENABLED", key+"k-logs"
	s.Destinations = slices.Grow(s.Destinations, 1)[:1]
	to := &s.Destinations[0].ExtendedS3DestinationDescription
	to.BucketARN, to.CompressionFormat, to.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN = "arn:aws:s3:::"+name, "GZIP", key+"k-s3"
	rule := LifecycleRule{Status: "Enabled"}
	rule.Expiration.Days = 731
	rule.Transitions = slices.Grow(rule.Transitions, 1)[:1]
	rule.Transitions[0].Days, rule.Transitions[0].StorageClass = 90, "GLACIER_IR"
	n.Operations.ArchiveRules = []LifecycleRule{rule}
	bucket := Bucket{
		Versioning: "Enabled", PublicAccess: PublicAccess{true, true, true, true}, Encryption: make([]Encryption, 1),
		Policy: `{"Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::` + name + `","arn:aws:s3:::` + name +
			`/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`,
	}
	bucket.Encryption[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm = "aws:kms"
	bucket.Encryption[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID = key + "k-s3"
	n.Compute.Buckets[name] = bucket
}

func TestWatchedEnvironmentsPass(t *testing.T) {
	for _, environment := range []string{"dev", "staging", "production", "production-pci"} {
		for _, result := range Run(Estate{soundOperations(environment)}, OperationsChecks()) {
			assert.True(t, result.OK(), "%s: %s: %v", environment, result.Check, result.Findings)
		}
	}
}

func TestEachBreakageOfWhatWatchesIsNoticed(t *testing.T) {
	const topics, texts, alarms, boards, logs, archived, stream, bucket = 0, 1, 2, 3, 4, 5, 6, 7
	changeTopic := func(with func(*Topic)) func(*Network) {
		return func(n *Network) {
			changed := n.Operations.Topics["production-critical"]
			with(&changed)
			n.Operations.Topics["production-critical"] = changed
		}
	}
	for _, c := range []struct {
		reason string
		do     func(*Network)
		check  int
		says   string
	}{
		{"a topic is missing", func(n *Network) { delete(n.Operations.Topics, "production-cost") }, topics, "topic production-cost: found nothing"},
		{"AWS' own key", changeTopic(func(x *Topic) { x.KeyID = "alias/aws/sns" }), topics, "key sns, wanted k-sns"},
		{"nobody is paged", changeTopic(func(x *Topic) { x.Protocols = nil }), topics, "subscriptions nothing, wanted https"},
		{"paged twice", changeTopic(func(x *Topic) { x.Protocols = []string{"email", "https"} }), topics, "subscriptions email https"},
		{"plain HTTP", changeTopic(func(x *Topic) { x.Policy = "{}" }), topics, "plain HTTP denied false"},
		{"no severity", func(n *Network) { n.Operations.Alarms[0].AlarmDescription = "Busy." }, texts, "alarm production-fleet-cpu"},
		{"a runbook that is no page", func(n *Network) { n.Operations.Alarms[0].AlarmDescription += "?" }, texts, "alarm production-fleet-cpu"},
		{"a warning that warns nobody", func(n *Network) { n.Operations.Alarms[0].AlarmActions = nil }, alarms, "no action"},
		{"an alarm of another's topic", func(n *Network) {
			n.Operations.Alarms[0].AlarmActions = []string{"arn:aws:sns:us-east-1:111111111111:staging-warning"}
		}, alarms, "staging-warning"},
		{"actions that are off", func(n *Network) { n.Operations.Alarms[1].ActionsEnabled = false }, alarms, "switched off"},
		{"no dashboard", func(n *Network) { delete(n.Operations.Dashboards, "production-data") }, boards, "dashboard production-data: found nothing"},
		{"no JSON", func(n *Network) { n.Operations.Dashboards["production-data"] = "{" }, boards, "wanted JSON"},
		{"an empty dashboard", func(n *Network) { n.Operations.Dashboards["production-data"] = "{}" }, boards, "no widget"},
		{"kept for ever", func(n *Network) { n.Operations.LogGroups[1].RetentionInDays = 0 }, logs, "found 0 days"},
		{"who did what, for too short", func(n *Network) { n.Operations.LogGroups[0].RetentionInDays = 90 }, logs, "wanted 365 days"},
		{"no key", func(n *Network) { n.Operations.LogGroups[0].KmsKeyId = "" }, logs, "the key nothing"},
		{"not archived", func(n *Network) { clear(n.Operations.Filters) }, archived, "0 subscription filters"},
		{"archived elsewhere", func(n *Network) {
			n.Operations.Filters["/production/fleet"] = []LogFilter{{DestinationArn: "arn:other"}}
		}, archived, "destination arn:other"},
		{"archived in part", func(n *Network) { n.Operations.Filters["/production/fleet"][0].FilterPattern = "ERROR" }, archived, "pattern ERROR"},
		{"an archive that feeds itself", func(n *Network) {
			n.Operations.Filters[archiveGroup("production")] = []LogFilter{{DestinationArn: n.Operations.Stream.DeliveryStreamARN}}
		}, archived, "1 subscription filters"},
		{"no stream", func(n *Network) { n.Operations.Stream = Stream{} }, stream, "0 destinations"},
		{"a plain stream", func(n *Network) { n.Operations.Stream.DeliveryStreamEncryptionConfiguration.Status = "" }, stream, "encryption nothing"},
		{"plain objects", func(n *Network) {
			n.Operations.Stream.Destinations[0].ExtendedS3DestinationDescription.EncryptionConfiguration.KMSEncryptionConfig.AWSKMSKeyARN = ""
		}, stream, "key of the objects nothing"},
		{"no bucket", func(n *Network) { clear(n.Compute.Buckets) }, bucket, "versioning nothing"},
		{"never moved", func(n *Network) { n.Operations.ArchiveRules[0].Transitions = nil }, bucket, "wanted Glacier"},
		{"gone within the year", func(n *Network) { n.Operations.ArchiveRules[0].Expiration.Days = 100 }, bucket, "wanted Glacier"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			n := soundOperations("production")
			c.do(&n)
			assert.Contains(t, fmt.Sprint(Run(Estate{n}, OperationsChecks())[c.check].Findings), c.says)
		})
	}
}

func TestCollectWhatWatches(t *testing.T) {
	estate, err := fakeCLI(t).Collect(t.Context(), "production", "dev")
	require.NoError(t, err)
	found := estate[0].Operations
	assert.Equal(t, []string{"production-cost", "production-critical", "production-security", "production-warning"}, slices.Sorted(maps.Keys(found.Topics)))
	assert.Equal(t, Topic{"k of production-cost", "p", []string{"email", "https"}}, found.Topics["production-cost"])
	assert.Equal(t, []LogGroup{{"/production/fleet", 30, ""}}, found.LogGroups, "others' are left out, and the account's")
	assert.Equal(t, []LogFilter{{"", "of /production/fleet"}}, found.Filters["/production/fleet"])
	assert.Equal(t, "of production-logs", found.Stream.DeliveryStreamStatus)
	assert.Equal(t, 731, found.ArchiveRules[0].Expiration.Days)
	assert.Equal(t, map[string]string{"production-data": "{}", "production-delivery": "{}", "production-overview": "{}"}, found.Dashboards)
	assert.Empty(t, estate[1].Operations.Filters, "dev has no archive")
}

func TestABriefLookLeavesOutWhatWatches(t *testing.T) {
	collector := fakeCLI(t)
	collector.Brief = true
	estate, err := collector.Collect(t.Context(), "production")
	require.NoError(t, err)
	assert.Empty(t, estate[0].Operations.Topics)
	assert.NotEmpty(t, estate[0].Compute.LoadBalancers)
}
