package verify

import (
	"slices"
	"sync"
)

// aboutBaseline are the questions about what secures the account.
func (q questioner) aboutBaseline(b *Baseline) []func() error {
	b.Topics, b.Inspector, b.Rules = map[string]Topic{}, map[string]string{}, map[string]EventRule{}
	return slices.Concat(q.aboutAlerts(b), q.aboutTrail(b), q.aboutDetection(b), q.aboutDefaults(b))
}

// question is one run of the CLI.
func question[T any](q questioner, take func(T), args ...string) func() error {
	return func() error { return inquire(q, take, args...) }
}

func (q questioner) aboutAlerts(b *Baseline) []func() error {
	topic := "arn:aws:sns:" + homeRegion + ":" + AccountID(q.environment) + ":" + securityTopic
	guard := &sync.Mutex{}
	change := func(with func(*Topic)) {
		guard.Lock()
		defer guard.Unlock()
		changed := b.Topics[securityTopic]
		with(&changed)
		b.Topics[securityTopic] = changed
	}
	return []func() error{
		question(q, func(out topicAttributes) { change(out.fill) }, "sns", "get-topic-attributes", "--topic-arn", topic),
		question(q, func(out topicSubscriptions) { change(out.fill) }, "sns", "list-subscriptions-by-topic", "--topic-arn", topic),
		question(q, func(ids []string) {
			if len(ids) == 1 {
				b.TopicKey = ids[0]
			}
		}, "kms", "list-aliases", "--query", "Aliases[?AliasName=='alias/platform/sns'].TargetKeyId"),
		question(q, func(out struct{ MetricAlarms []MetricAlarm }) { b.Alarms = out.MetricAlarms },
			"cloudwatch", "describe-alarms", "--alarm-name-prefix", "platform-"),
		question(q, func(out struct{ LogGroups []LogGroup }) { b.LogGroups = out.LogGroups },
			"logs", "describe-log-groups", "--log-group-name-prefix", "/platform/"),
	}
}

// topicAttributes and topicSubscriptions are what the CLI says of a topic.
type (
	topicAttributes struct {
		Attributes struct{ KmsMasterKeyId, Policy string }
	}
	topicSubscriptions struct {
		Subscriptions []Subscription
	}
	// Subscription is an entry of sns list-subscriptions.
	Subscription struct{ TopicArn, Protocol string }
)

// of are those of one topic.
func (s topicSubscriptions) of(topic string) topicSubscriptions {
	return topicSubscriptions{keep(s.Subscriptions, func(one Subscription) bool { return one.TopicArn == topic })}
}

func (a topicAttributes) fill(t *Topic) {
	t.KeyID, t.Policy = a.Attributes.KmsMasterKeyId, a.Attributes.Policy
}

func (s topicSubscriptions) fill(t *Topic) {
	for _, subscription := range s.Subscriptions {
		t.Protocols = append(t.Protocols, subscription.Protocol)
	}
	slices.Sort(t.Protocols)
}

func (q questioner) aboutTrail(b *Baseline) []func() error {
	name := trailBucketName + AccountID(q.environment)
	return []func() error{
		question(q, func(out struct {
			MetricFilters []struct {
				FilterName string `json:"filterName"`
			} `json:"metricFilters"`
		}) {
			for _, filter := range out.MetricFilters {
				b.Filters = append(b.Filters, filter.FilterName)
			}
		}, "logs", "describe-metric-filters", "--log-group-name", "/platform/trail"),
		question(q, func(out struct{ ObjectLockConfiguration ObjectLock }) { b.TrailLock = out.ObjectLockConfiguration },
			"s3api", "get-object-lock-configuration", "--bucket", name),
		question(q, func(out struct{ Status string }) { b.TrailBucket.Versioning = out.Status },
			"s3api", "get-bucket-versioning", "--bucket", name),
		question(q, func(out struct {
			ServerSideEncryptionConfiguration struct{ Rules []Encryption }
		}) {
			b.TrailBucket.Encryption = out.ServerSideEncryptionConfiguration.Rules
		}, "s3api", "get-bucket-encryption", "--bucket", name),
		question(q, func(out struct{ PublicAccessBlockConfiguration PublicAccess }) {
			b.TrailBucket.PublicAccess = out.PublicAccessBlockConfiguration
		}, "s3api", "get-public-access-block", "--bucket", name),
		question(q, func(out struct{ Policy string }) { b.TrailBucket.Policy = out.Policy },
			"s3api", "get-bucket-policy", "--bucket", name),
	}
}

func (q questioner) aboutDetection(b *Baseline) []func() error {
	return []func() error{
		question(q, func(out struct{ ConfigurationRecorders []Recorder }) { b.Recorders = out.ConfigurationRecorders },
			"configservice", "describe-configuration-recorders"),
		question(q, func(out struct {
			ConfigurationRecordersStatus []struct {
				Name      string `json:"name"`
				Recording bool   `json:"recording"`
			}
		}) {
			for _, status := range out.ConfigurationRecordersStatus {
				if status.Recording {
					b.Recording = append(b.Recording, status.Name)
				}
			}
		}, "configservice", "describe-configuration-recorder-status"),
		func() error { return q.detector(b) },
		func() error { return q.rules(b) },
		question(q, func(accounts []struct {
			ResourceState map[string]struct {
				Status string `json:"status"`
			} `json:"resourceState"`
		}) {
			for _, account := range accounts {
				for kind, state := range account.ResourceState {
					b.Inspector[kind] = state.Status
				}
			}
		}, "inspector2", "batch-get-account-status", "--account-ids", AccountID(q.environment), "--query", "accounts"),
		func() error {
			if q.environment != cardholders {
				return nil
			}
			return inquire(q, func(out struct {
				Status string `json:"status"`
			}) {
				b.Macie = out.Status
			}, "macie2", "get-macie-session")
		},
	}
}

// detector finds the account's one detector; several are as wrong as none.
func (q questioner) detector(b *Baseline) error {
	var ids []string
	if err := inquire(q, func(out []string) { ids = out }, "guardduty", "list-detectors", "--query", "DetectorIds"); err != nil || len(ids) != 1 {
		return err
	}
	return inquire(q, func(out struct{ Status string }) { b.Detector = out.Status }, "guardduty", "get-detector", "--detector-id", ids[0])
}

func (q questioner) rules(b *Baseline) error {
	var rules []EventRule
	if err := inquire(q, func(out []EventRule) { rules = out }, "events", "list-rules", "--name-prefix", "platform-", "--query", "Rules"); err != nil {
		return err
	}
	for _, rule := range rules {
		if err := inquire(q, func(out []EventTarget) { rule.Targets = out },
			"events", "list-targets-by-rule", "--rule", rule.Name, "--query", "Targets"); err != nil {
			return err
		}
		b.Rules[rule.Name] = rule
	}
	return nil
}

func (q questioner) aboutDefaults(b *Baseline) []func() error {
	return []func() error{
		question(q, func(out struct{ PasswordPolicy PasswordPolicy }) { b.Passwords = out.PasswordPolicy }, "iam", "get-account-password-policy"),
		question(q, func(out struct{ EbsEncryptionByDefault bool }) { b.VolumesEncrypted = out.EbsEncryptionByDefault },
			"ec2", "get-ebs-encryption-by-default"),
		question(q, func(out struct{ PublicAccessBlockConfiguration PublicAccess }) {
			b.PublicAccess = out.PublicAccessBlockConfiguration
		},
			"s3control", "get-public-access-block", "--account-id", AccountID(q.environment)),
		question(q, func(out struct{ Content string }) { b.Sessions = out.Content }, "ssm", "get-document", "--name", "SSM-SessionManagerRunShell"),
	}
}
