package audit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/audit"
	"aws-platform/pkg/baseline/audit/events"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy/policytest"
)

func TestTheTrailRecordsEverythingEverywhere(t *testing.T) {
	g := plan(t, asItIs)
	trail := one(t, g, trailType, "production-trail")
	assert.Equal(t, "platform-trail", trail.String("name"))
	for _, setting := range []string{"isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation", "enableLogging"} {
		assert.True(t, trail.Bool(setting), setting)
	}
	assert.Equal(t, "platform-trail-111111111111", trail.String("s3BucketName"))
	assert.Equal(t, one(t, g, keyType, "production-trail").Outputs["arn"], trail.Outputs["kmsKeyId"])
	assert.Equal(t, "arn:aws:logs:us-east-1:111111111111:log-group:/platform/trail:*", trail.String("cloudWatchLogsGroupArn"))
	assert.Equal(t, "arn:aws:iam::111111111111:role/platform-trail", trail.String("cloudWatchLogsRoleArn"))
	for _, typ := range []string{policyType, "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", "aws:iam/rolePolicy:RolePolicy"} {
		assert.Contains(t, trail.DependsOn, one(t, g, typ, "production-trail").URN, "CloudTrail looks whether it may write, and what it writes first is locked")
	}
}

func TestTheTrailsBucketIsLockedAndItsRequestsAreRecorded(t *testing.T) {
	for mode, compliance := range map[string]bool{"GOVERNANCE": false, "COMPLIANCE": true} {
		g := plan(t, func(a *audit.Args) {
			a.Config.CloudTrail.ObjectLock.Compliance = compliance
			a.Config.CloudTrail.ObjectLock.RetentionDays = 400
		})
		lock := one(t, g, "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2", "production-trail")
		assert.Equal(t, mode, lock.String("rule.defaultRetention.mode"))
		assert.Equal(t, 400, lock.Int("rule.defaultRetention.days"))
		lifecycle := one(t, g, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "production-trail")
		assert.Equal(t, 400, lifecycle.Int("rules[0].expiration.days"), "a file goes when its lock ends, and not before")
		logging := one(t, g, "aws:s3/bucketLoggingV2:BucketLoggingV2", "production-trail")
		assert.Equal(t, "platform-access-logs-111111111111", logging.String("targetBucket"))
		encryption := one(t, g, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "production-trail")
		assert.False(t, encryption.Bool("rules[0].bucketKeyEnabled"), "the key's policy looks at the context of each file")
	}
	assert.Len(t, plan(t, asItIs).OfType("aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"), 1,
		"neither AWS Config nor S3's access logs are delivered to a locked bucket")
}

// ask asks the policy of a bucket.
func ask(t *testing.T, g *graph.Graph, bucket, principal, action, resource string, context map[string][]string) policytest.Answer {
	t.Helper()
	return policytest.Ask(one(t, g, policyType, bucket).String("policy"), policytest.Request{
		Principal: principal, Action: action, Resource: "arn:aws:s3:::" + resource, Context: context,
	})
}

func TestOnlyTheTrailWritesToItsBucket(t *testing.T) {
	g := plan(t, asItIs)
	const bucket, trails = "platform-trail-111111111111", "cloudtrail.amazonaws.com"
	full := map[string][]string{"aws:SourceArn": {trailARN}, "s3:x-amz-acl": {"bucket-owner-full-control"}}
	other := map[string][]string{"aws:SourceArn": {trailARN + "-2"}, "s3:x-amz-acl": {"bucket-owner-full-control"}}
	for name, c := range map[string]struct {
		principal, action, resource string
		context                     map[string][]string
		want                        policytest.Answer
	}{
		"a file":                         {trails, "s3:PutObject", bucket + "/AWSLogs/111111111111/CloudTrail/x.json.gz", full, policytest.Allowed},
		"a digest of another region":     {trails, "s3:PutObject", bucket + "/AWSLogs/111111111111/CloudTrail-Digest/eu-west-1/x", full, policytest.Allowed},
		"of another trail":               {trails, "s3:PutObject", bucket + "/AWSLogs/111111111111/CloudTrail/x", other, policytest.Silent},
		"of another account":             {trails, "s3:PutObject", bucket + "/AWSLogs/222222222222/CloudTrail/x", full, policytest.Silent},
		"a file that stays CloudTrail's": {trails, "s3:PutObject", bucket + "/AWSLogs/111111111111/CloudTrail/x", map[string][]string{"aws:SourceArn": {trailARN}}, policytest.Silent},
		"whose bucket it is":             {trails, "s3:GetBucketAcl", bucket, full, policytest.Allowed},
		"reads a file":                   {trails, "s3:GetObject", bucket + "/AWSLogs/111111111111/CloudTrail/x", full, policytest.Silent},
		"AWS Config":                     {"config.amazonaws.com", "s3:PutObject", bucket + "/AWSLogs/111111111111/Config/x", map[string][]string{"aws:SourceAccount": {"111111111111"}}, policytest.Silent},
		"without TLS":                    {trails, "s3:PutObject", bucket + "/AWSLogs/111111111111/CloudTrail/x", map[string][]string{"aws:SourceArn": {trailARN}, "aws:SecureTransport": {"false"}}, policytest.Denied},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, ask(t, g, "production-trail", c.principal, c.action, c.resource, c.context))
		})
	}
}

func TestTheRoleWritesItsStreamsAlone(t *testing.T) {
	g := plan(t, asItIs)
	trust := one(t, g, "aws:iam/role:Role", "production-trail").String("assumeRolePolicy")
	assert.Equal(t, policytest.Allowed, policytest.Ask(trust, policytest.Request{Principal: "cloudtrail.amazonaws.com", Action: "sts:AssumeRole"}))
	assert.Equal(t, policytest.Silent, policytest.Ask(trust, policytest.Request{Principal: bootstrap, Action: "sts:AssumeRole"}))
	written := one(t, g, "aws:iam/rolePolicy:RolePolicy", "production-trail").String("policy")
	const group = "arn:aws:logs:us-east-1:111111111111:log-group:"
	for resource, want := range map[string]policytest.Answer{
		group + "/platform/trail:log-stream:111111111111_CloudTrail_us-east-1_3":  policytest.Allowed,
		group + "/platform/trail:log-stream:somebody":                             policytest.Silent,
		group + "/platform/sessions:log-stream:111111111111_CloudTrail_us-east-1": policytest.Silent,
	} {
		assert.Equal(t, want, policytest.Ask(written, policytest.Request{Action: "logs:PutLogEvents", Resource: resource}), resource)
	}
}

// records tells whether the trail records an event with those fields, as CloudTrail decides:
// a selector takes an event in when all of its conditions hold (AWS CloudTrail API
// Reference, "AdvancedEventSelector").
func records(trail graph.Resource, event map[string]string) bool {
	selectors, _ := trail.Inputs["advancedEventSelectors"].([]any)
	return slices.ContainsFunc(selectors, func(selector any) bool {
		fields, _ := selector.(map[string]any)["fieldSelectors"].([]any)
		return len(fields) > 0 && !slices.ContainsFunc(fields, func(one any) bool {
			field := graph.Resource{Inputs: one.(map[string]any)}
			return !holds(field, event[field.String("field")])
		})
	})
}

// holds tells whether a value meets a condition, of which each has one operator.
func holds(field graph.Resource, value string) bool {
	begins := func(prefix string) bool { return strings.HasPrefix(value, prefix) }
	switch {
	case len(field.Strings("equals")) > 0:
		return slices.Contains(field.Strings("equals"), value)
	case len(field.Strings("notEquals")) > 0:
		return !slices.Contains(field.Strings("notEquals"), value)
	case len(field.Strings("startsWiths")) > 0:
		return slices.ContainsFunc(field.Strings("startsWiths"), begins)
	case len(field.Strings("notStartsWiths")) > 0:
		return !slices.ContainsFunc(field.Strings("notStartsWiths"), begins)
	default:
		panic("a condition that the test does not know")
	}
}

func TestWhatIsRecorded(t *testing.T) {
	object := func(name, arn string) map[string]string {
		return map[string]string{"eventCategory": "Data", "resources.type": "AWS::S3::Object", "eventName": name, "resources.ARN": "arn:aws:s3:::" + arn}
	}
	management := map[string]string{"eventCategory": "Management", "eventName": "RunInstances"}
	function := map[string]string{"eventCategory": "Data", "resources.type": "AWS::Lambda::Function", "eventName": "Invoke"}
	all, some := one(t, plan(t, asItIs), trailType, "production-trail"),
		one(t, plan(t, func(a *audit.Args) { a.Config.CloudTrail.DataEvents = false }), trailType, "production-trail")
	for name, c := range map[string]struct {
		event         map[string]string
		want, without bool
	}{
		"a management event":                     {management, true, true},
		"an object is read":                      {object("GetObject", "production-data/x"), true, false},
		"an object is written":                   {object("PutObject", "production-data/x"), true, false},
		"a function is called":                   {function, true, false},
		"a file of the trail is written":         {object("PutObject", "platform-trail-111111111111/AWSLogs/x"), false, false},
		"an access log is written":               {object("PutObject", "platform-access-logs-111111111111/x"), false, false},
		"a file of the trail is read":            {object("GetObject", "platform-trail-111111111111/AWSLogs/x"), true, false},
		"a file of the trail is deleted":         {object("DeleteObject", "platform-trail-111111111111/AWSLogs/x"), true, false},
		"a bucket that is named alike":           {object("PutObject", "platform-trail-1111111111112/x"), true, false},
		"an item of a table, which there is not": {map[string]string{"eventCategory": "Data", "resources.type": "AWS::DynamoDB::Table"}, false, false},
	} {
		assert.Equal(t, c.want, records(all, c.event), name)
		assert.Equal(t, c.without, records(some, c.event), "without data events: %s", name)
	}
}

func TestEveryEventIsAnAlarmOnTheTrailsLogGroup(t *testing.T) {
	g := plan(t, asItIs)
	table := events.Table([]string{bootstrap})
	require.Len(t, g.OfType(alarmType), len(table))
	for _, event := range table {
		filter, alarm := one(t, g, filterType, "production-"+event.Name), one(t, g, alarmType, "production-"+event.Name)
		assert.Equal(t, "/platform/trail", filter.String("logGroupName"))
		assert.Equal(t, event.Pattern, filter.String("pattern"))
		assert.Equal(t, filter.String("metricTransformation.name"), alarm.String("metricName"))
		assert.Equal(t, filter.String("metricTransformation.namespace"), alarm.String("namespace"))
		assert.Equal(t, "platform-"+event.Name, alarm.String("name"))
		assert.Equal(t, []string{topic}, alarm.Strings("alarmActions"))
		assert.True(t, strings.HasSuffix(alarm.String("alarmDescription"), "Runbook: docs/runbooks/"+event.Runbook), event.Name)
	}
}
