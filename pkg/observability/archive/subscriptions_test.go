package archive_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy/policytest"
)

const (
	allowed = policytest.Allowed
	denied  = policytest.Denied
	silent  = policytest.Silent

	streamARN = "arn:aws:firehose:us-east-1:111111111111:deliverystream/production-logs"
	siemARN   = "arn:aws:firehose:us-east-1:111111111111:deliverystream/production-siem"
)

func ask(document, action, resource string, context map[string][]string) policytest.Answer {
	return policytest.Ask(document, policytest.Request{Action: action, Resource: resource, Context: context})
}

// subscribed are the log groups that go to a stream, sorted.
func subscribed(g *graph.Graph, streamARN string) []string {
	var groups []string
	for _, filter := range g.OfType(filterType) {
		if filter.String("destinationArn") == streamARN {
			groups = append(groups, filter.String("logGroup"))
		}
	}
	slices.Sort(groups)
	return groups
}

func TestEveryLogGroupIsArchived(t *testing.T) {
	g := plan(t, whole())
	assert.Equal(t, []string{"/aws/eks/production-eks/cluster", "/production/fleet", "/production/vpc/flow-logs"}, subscribed(g, streamARN))
	role := one(t, g, roleType, "production-logs-cloudwatch")
	for _, name := range []string{"eks", "fleet", "flow-logs"} {
		filter := one(t, g, filterType, "production-logs-"+name)
		values(t, filter, map[string]any{"name": "production-logs", "filterPattern": "", "roleArn": role.Outputs["arn"]})
		assert.Contains(t, filter.DependsOn, one(t, g, policyType, "production-logs-cloudwatch").URN, "CloudWatch Logs tries it")
	}
}

// CloudWatch Logs takes two filters a log group (Amazon CloudWatch Logs User Guide, "Real-time
// processing of log data with subscriptions").
func TestTheSIEMGetsItsClassesAndALogGroupHasTwoFiltersAtMost(t *testing.T) {
	g := plan(t, withSIEM())
	assert.Len(t, subscribed(g, streamARN), 3)
	assert.Equal(t, []string{"/aws/eks/production-eks/cluster", "/production/vpc/flow-logs"}, subscribed(g, siemARN))
	filters := map[string][]string{}
	for _, filter := range g.OfType(filterType) {
		filters[filter.String("logGroup")] = append(filters[filter.String("logGroup")], filter.String("name"))
	}
	for group, names := range filters {
		assert.LessOrEqual(t, len(names), 2, group)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(names))), len(names), "%s: a name twice is one filter", group)
	}
}

func TestCloudWatchLogsOfThisAccountPutsRecordsIntoOneStream(t *testing.T) {
	g := plan(t, withSIEM())
	for stream, own := range map[string]string{"production-logs": streamARN, "production-siem": siemARN} {
		trust := one(t, g, roleType, stream+"-cloudwatch").String("assumeRolePolicy")
		assume := func(principal, source string) policytest.Answer {
			return policytest.Ask(trust, policytest.Request{Principal: principal, Action: "sts:AssumeRole", Context: map[string][]string{"aws:SourceArn": {source}}})
		}
		const service, group = "logs.us-east-1.amazonaws.com", "arn:aws:logs:us-east-1:111111111111:log-group:/production/fleet:*"
		assert.Equal(t, allowed, assume(service, group))
		assert.Equal(t, silent, assume("firehose.amazonaws.com", group), "another service")
		assert.Equal(t, silent, assume(service, "arn:aws:logs:us-east-1:222222222222:log-group:/production/fleet:*"), "another account's log group")

		document := one(t, g, policyType, stream+"-cloudwatch").String("policy")
		for _, action := range []string{"firehose:PutRecord", "firehose:PutRecordBatch"} {
			for _, arn := range []string{streamARN, siemARN} {
				want := silent
				if arn == own {
					want = allowed
				}
				assert.Equal(t, want, ask(document, action, arn, nil), "%s: %s %s", stream, action, arn)
			}
		}
		assert.Equal(t, silent, ask(document, "firehose:UpdateDestination", own, nil))
		via := func(service string) map[string][]string {
			return map[string][]string{"kms:ViaService": {service + ".us-east-1.amazonaws.com"}}
		}
		assert.Equal(t, allowed, ask(document, "kms:GenerateDataKey", logKey, via("firehose")), "or Amazon Data Firehose refuses every record")
		assert.Equal(t, allowed, ask(document, "kms:Decrypt", logKey, via("firehose")))
		assert.Equal(t, silent, ask(document, "kms:Decrypt", logKey, via("s3")))
		assert.Equal(t, silent, ask(document, "kms:Decrypt", s3Key, via("firehose")), "another key")
	}
}

func TestAStreamWritesWhereItsLogsAreAndNowhereElse(t *testing.T) {
	g := plan(t, withSIEM())
	s3 := func(arn string) map[string][]string {
		return map[string][]string{"kms:ViaService": {"s3.us-east-1.amazonaws.com"}, "kms:EncryptionContext:aws:s3:arn": {arn}}
	}
	const errors = "arn:aws:logs:us-east-1:111111111111:log-group:/production/log-archive:log-stream:"
	for stream, where := range map[string]struct{ folders, logStreams []string }{
		"production-logs": {[]string{"/logs/", "/errors/"}, []string{"archive"}},
		"production-siem": {[]string{"/siem/"}, []string{"siem", "siem-backup"}},
	} {
		trust := one(t, g, roleType, stream+"-firehose").String("assumeRolePolicy")
		for id, want := range map[string]policytest.Answer{account: allowed, "222222222222": silent} {
			assert.Equal(t, want, policytest.Ask(trust, policytest.Request{
				Principal: "firehose.amazonaws.com", Action: "sts:AssumeRole", Context: map[string][]string{"sts:ExternalId": {id}},
			}), "a stream of %s", id)
		}
		document := one(t, g, policyType, stream+"-firehose").String("policy")
		for _, folder := range []string{"/logs/", "/errors/", "/siem/", "/other/"} {
			want := silent
			if slices.Contains(where.folders, folder) {
				want = allowed
			}
			assert.Equal(t, want, ask(document, "s3:PutObject", bucketARN+folder+"x", nil), "%s: %s", stream, folder)
		}
		for _, name := range []string{"archive", "siem", "siem-backup"} {
			want := silent
			if slices.Contains(where.logStreams, name) {
				want = allowed
			}
			assert.Equal(t, want, ask(document, "logs:PutLogEvents", errors+name, nil), "%s: %s", stream, name)
		}
		assert.Equal(t, silent, ask(document, "s3:PutObject", "arn:aws:s3:::production-kafka-logs-111111111111/logs/x", nil), "another bucket")
		assert.Equal(t, silent, ask(document, "s3:DeleteObject", bucketARN+where.folders[0]+"x", nil))
		assert.Equal(t, silent, ask(document, "logs:PutLogEvents", "arn:aws:logs:us-east-1:111111111111:log-group:/production/fleet:log-stream:x", nil))
		assert.Equal(t, allowed, ask(document, "kms:GenerateDataKey", s3Key, s3(bucketARN)), "with a bucket key")
		assert.Equal(t, allowed, ask(document, "kms:GenerateDataKey", s3Key, s3(bucketARN+"/logs/x")))
		assert.Equal(t, silent, ask(document, "kms:GenerateDataKey", s3Key, s3("arn:aws:s3:::production-deployments-111111111111")))
		assert.Equal(t, silent, ask(document, "kms:GenerateDataKey", logKey, s3(bucketARN)), "another key")
	}
}
