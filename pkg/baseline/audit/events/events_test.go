package events_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/baseline/audit/events"
)

const bootstrap = "arn:aws:iam::111111111111:role/platform-bootstrap"

func call(service, name, rest string) string {
	return `{"eventSource": "` + service + `.amazonaws.com", "eventName": "` + name + `", "eventType": "AwsApiCall"` + rest + `}`
}

func assume(name, role, rest string) string {
	return call("sts", name, `, "requestParameters": {"roleArn": "`+role+`"}`+rest)
}

func signIn(mfa, user, answer string) string {
	return call("signin", "ConsoleLogin", `, "additionalEventData": {"MFAUsed": "`+mfa+`"}, "userIdentity": {"type": "`+user+`"}, "responseElements": {"ConsoleLogin": "`+answer+`"}`)
}

// samples are, by event, records of CloudTrail that it is, and its nearest neighbours that
// it is not.
var samples = map[string]struct{ is, isNot []string }{
	"root-use": {
		[]string{call("iam", "CreateUser", `, "userIdentity": {"type": "Root"}`)},
		[]string{
			call("iam", "CreateUser", `, "userIdentity": {"type": "IAMUser", "userName": "Root"}`),
			call("s3", "PutObject", `, "userIdentity": {"type": "Root", "invokedBy": "backup.amazonaws.com"}`),
			`{"eventName": "RotateKey", "eventType": "AwsServiceEvent", "userIdentity": {"type": "Root"}}`,
		},
	},
	"unauthorized-calls": {
		[]string{call("ec2", "RunInstances", `, "errorCode": "Client.UnauthorizedOperation"`), call("s3", "GetObject", `, "errorCode": "AccessDenied"`), call("iam", "CreateUser", `, "errorCode": "AccessDeniedException"`)},
		[]string{call("ec2", "RunInstances", `, "errorCode": "Client.InvalidParameterValue"`), call("s3", "GetObject", "")},
	},
	"sign-in-without-mfa": {
		[]string{signIn("No", "IAMUser", "Success")},
		[]string{signIn("Yes", "IAMUser", "Success"), signIn("No", "AssumedRole", "Success"), signIn("No", "IAMUser", "Failure")},
	},
	"policy-changes":         {[]string{call("iam", "PutRolePolicy", ""), call("iam", "AttachGroupPolicy", "")}, []string{call("organizations", "CreatePolicy", ""), call("iam", "GetRolePolicy", "")}},
	"trail-changes":          {[]string{call("cloudtrail", "StopLogging", "")}, []string{call("cloudtrail", "LookupEvents", "")}},
	"failed-sign-ins":        {[]string{call("signin", "ConsoleLogin", `, "errorMessage": "Failed authentication"`)}, []string{signIn("Yes", "IAMUser", "Success"), call("sts", "GetSessionToken", `, "errorMessage": "Failed authentication"`)}},
	"key-deletion":           {[]string{call("kms", "ScheduleKeyDeletion", "")}, []string{call("kms", "CancelKeyDeletion", ""), call("cloudhsm", "DisableKey", "")}},
	"bucket-policy-changes":  {[]string{call("s3", "PutBucketPolicy", "")}, []string{call("s3", "GetBucketPolicy", ""), call("s3", "PutObject", "")}},
	"config-changes":         {[]string{call("config", "StopConfigurationRecorder", "")}, []string{call("config", "StartConfigurationRecorder", "")}},
	"security-group-changes": {[]string{call("ec2", "AuthorizeSecurityGroupIngress", "")}, []string{call("ec2", "DescribeSecurityGroups", "")}},
	"network-acl-changes":    {[]string{call("ec2", "ReplaceNetworkAclEntry", "")}, []string{call("ec2", "DescribeNetworkAcls", "")}},
	"gateway-changes":        {[]string{call("ec2", "AttachInternetGateway", "")}, []string{call("ec2", "CreateNatGateway", "")}},
	"route-changes":          {[]string{call("ec2", "CreateRoute", "")}, []string{call("appmesh", "CreateRoute", ""), call("ec2", "AssociateRouteTable", "")}},
	"vpc-changes":            {[]string{call("ec2", "CreateVpc", ""), call("ec2", "CreateVpcPeeringConnection", "")}, []string{call("ec2", "CreateVpcEndpoint", "")}},
	"peering-changes":        {[]string{call("ec2", "ModifyVpcPeeringConnectionOptions", ""), call("ec2", "AcceptVpcPeeringConnection", "")}, []string{call("ec2", "DescribeVpcPeeringConnections", ""), call("ec2", "CreateVpc", "")}},
	"organization-changes":   {[]string{call("organizations", "LeaveOrganization", ""), call("organizations", "CreatePolicy", "")}, []string{call("iam", "CreatePolicy", ""), call("organizations", "ListAccounts", "")}},
	"credential-changes":     {[]string{call("iam", "CreateAccessKey", ""), call("iam", "DeactivateMFADevice", "")}, []string{call("iam", "ListAccessKeys", ""), call("rds", "CreateUser", "")}},
	"log-deletion":           {[]string{call("logs", "DeleteLogGroup", ""), call("logs", "PutRetentionPolicy", "")}, []string{call("logs", "CreateLogGroup", "")}},
	"lock-changes":           {[]string{call("s3", "PutBucketObjectLockConfiguration", ""), call("s3", "PutObjectRetention", "")}, []string{call("s3", "GetObjectRetention", "")}},
	"detector-changes":       {[]string{call("guardduty", "DeleteDetector", ""), call("inspector2", "Disable", ""), call("access-analyzer", "DeleteAnalyzer", "")}, []string{call("guardduty", "GetDetector", ""), call("example", "Disable", "")}},
	"break-glass": {
		[]string{assume("AssumeRole", "arn:aws:iam::111111111111:role/production-eks-breakglass", ""), assume("AssumeRoleWithSAML", "arn:aws:iam::111111111111:role/dev-eks-breakglass", "")},
		[]string{
			assume("AssumeRole", "arn:aws:iam::111111111111:role/production-eks-developer", ""),
			assume("AssumeRole", "arn:aws:iam::111111111111:role/production-eks-breakglass", `, "errorCode": "AccessDenied"`),
			assume("GetSessionToken", "arn:aws:iam::111111111111:role/production-eks-breakglass", ""),
		},
	},
	"administrators": {
		[]string{assume("AssumeRole", bootstrap, ""), assume("AssumeRole", "arn:aws:iam::111111111111:role/production-eks-devops", "")},
		[]string{assume("AssumeRole", bootstrap+"-2", ""), assume("AssumeRoleWithWebIdentity", "arn:aws:iam::111111111111:role/platform-deploy", "")},
	},
}

func TestEveryPatternTakesInItsEventsAndNotTheirNeighbours(t *testing.T) {
	table := events.Table([]string{bootstrap})
	require.Len(t, table, len(samples))
	for _, event := range table {
		sample, known := samples[event.Name]
		require.True(t, known, event.Name)
		for _, is := range sample.is {
			assert.True(t, matches(event.Pattern, is), "%s: %s", event.Name, is)
		}
		for _, isNot := range sample.isNot {
			assert.False(t, matches(event.Pattern, isNot), "%s: %s", event.Name, isNot)
		}
	}
}

func TestEveryEventIsAnAlarmThatCloudWatchTakes(t *testing.T) {
	names := map[string]bool{}
	for _, event := range events.Table([]string{bootstrap}) {
		alarm := event.Alarm()
		require.NoError(t, alarm.Validate())
		assert.False(t, names[event.Name], "%s is there twice", event.Name)
		names[event.Name] = true
		assert.LessOrEqual(t, len(event.Pattern), events.LongestPattern, event.Name)
		assert.NotEmpty(t, event.Source, event.Name)
		assert.Equal(t, []alarms.Metric{{Namespace: "Platform/Trail", Name: event.Name, Statistic: "Sum"}}, alarm.Metrics)
		assert.InDelta(t, 1, alarm.Threshold, 0, "%s: one is enough", event.Name)
		assert.Equal(t, alarms.AtLeast, alarm.Comparison, event.Name)
		assert.Equal(t, alarms.NotBreaching, alarm.Missing, event.Name)
	}
	assert.Len(t, events.Table(nil), len(names), "without further administrators it is the same table")
}

func TestWhatNobodyShouldEverDoIsCritical(t *testing.T) {
	var critical []string
	for _, event := range events.Table(nil) {
		if event.Severity == alarms.Critical {
			critical = append(critical, event.Name)
		}
	}
	assert.Equal(t, []string{"root-use", "trail-changes", "key-deletion", "break-glass"}, critical)
}

// The evaluator is held to the guide's own examples.
func TestTheEvaluatorReadsPatternsAsTheGuideDoes(t *testing.T) {
	const event = `{"user": {"email": "John.Stiles@example.com"}, "action": "PUT", "sourceIPAddress": "111.111.111.111"}`
	for text, want := range map[string]bool{
		`{ $.sourceIPAddress != 123.123.* }`: true,
		`{ $.sourceIPAddress = 111.* }`:      true,
		`{ $.nobody NOT EXISTS }`:            true,
		`{ $.user.email NOT EXISTS }`:        false,
		`{ $.user.email = "John.Stiles@example.com" || $.action = "x" && $.action = "y" }`:          true,
		`{ ($.user.email = "John.Stiles@example.com" || $.action = "x") && $.action = "y" }`:        false,
		`{ ($.user.email = "nobody" && $.action = "PUT") || ($.action = "PUT" && $.nobody = "x") }`: false,
		`{ $.user.email = "*@example.com" }`:                                                        true,
		`{ $.user.email = "John" }`:                                                                 false,
	} {
		assert.Equal(t, want, matches(text, event), text)
	}
	for _, text := range []string{"ERROR", "{ $.action > 1 }", "{ $.action IS TRUE }", "{ ($.action = PUT }", "{ action = PUT }"} {
		assert.Panics(t, func() { matches(text, event) }, text)
	}
}
