package topics_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/topics"
	"aws-platform/pkg/policy/policytest"
)

const (
	subscription = "aws:sns/topicSubscription:TopicSubscription"
	slackChannel = "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration"
)

var (
	oncall   = config.SlackChannel{TeamID: "T07EA123LEP", ChannelID: "C0ONCALL123"}
	security = config.SlackChannel{TeamID: "T07EA123LEP", ChannelID: "C0SECURITY1"}
)

func subscribed(args *topics.Args) {
	args.Subscriptions = map[string]config.Subscriptions{
		"critical": {
			HTTPS: []config.HTTPSEndpoint{{Name: "pagerduty", SecretName: "production/alarms/pagerduty"}},
			Slack: []config.SlackChannel{oncall},
		},
		"warning":  {HTTPS: []config.HTTPSEndpoint{{Name: "tickets", URL: "https://tickets.example.com/sns"}}, Slack: []config.SlackChannel{oncall}},
		"security": {Slack: []config.SlackChannel{security, oncall}},
		"cost":     {Email: []string{"finance@example.com", "cto@example.com"}},
	}
}

func TestAddressesAreSubscribedByMail(t *testing.T) {
	g := plan(t, subscribed)
	for _, address := range []string{"finance@example.com", "cto@example.com"} {
		made, err := g.One(subscription, "production-cost-"+address)
		require.NoError(t, err)
		assert.Equal(t, "email", made.String("protocol"))
		assert.Equal(t, address, made.String("endpoint"))
		assert.Equal(t, arns+"cost", made.String("topic"))
	}
	assert.Len(t, g.OfType(subscription), 4)
}

func TestEndpointsArePostedTo(t *testing.T) {
	g := plan(t, subscribed)
	for name, want := range map[string]struct{ topic, endpoint string }{
		"production-critical-pagerduty": {"critical", graph.Secret},
		"production-warning-tickets":    {"warning", "https://tickets.example.com/sns"},
	} {
		made, err := g.One(subscription, name)
		require.NoError(t, err)
		assert.Equal(t, "https", made.String("protocol"))
		assert.Equal(t, want.endpoint, made.String("endpoint"))
		assert.Equal(t, arns+want.topic, made.String("topic"))
		assert.True(t, made.Bool("endpointAutoConfirms"))
		assert.False(t, made.Bool("rawMessageDelivery"))
		assert.Equal(t, 5, made.Int("confirmationTimeoutInMinutes"))
		assertRetries(t, made.String("deliveryPolicy"))
	}
}

// assertRetries holds a delivery policy to what SNS takes (Amazon SNS Developer Guide,
// "Amazon SNS message delivery retries").
func assertRetries(t *testing.T, text string) {
	t.Helper()
	var delivery struct {
		HealthyRetryPolicy struct {
			MinDelayTarget, MaxDelayTarget, NumRetries, NumNoDelayRetries, NumMinDelayRetries, NumMaxDelayRetries int
			BackoffFunction                                                                                       string
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &delivery))
	of := delivery.HealthyRetryPolicy
	backoff := of.NumRetries - of.NumNoDelayRetries - of.NumMinDelayRetries - of.NumMaxDelayRetries
	assert.Contains(t, []string{"linear", "arithmetic", "geometric", "exponential"}, of.BackoffFunction)
	assert.LessOrEqual(t, of.NumRetries, 100)
	assert.Positive(t, backoff)
	assert.LessOrEqual(t, of.MinDelayTarget, of.MaxDelayTarget)
	longest := of.NumMinDelayRetries*of.MinDelayTarget + (backoff+of.NumMaxDelayRetries)*of.MaxDelayTarget
	assert.Less(t, longest, 3600, "SNS tries for an hour at most")
	assert.Greater(t, of.NumMaxDelayRetries*of.MaxDelayTarget, 20*60, "an endpoint may be down for twenty minutes")
}

// The URL of a pager has its key in it: the graph, and so the state, has it encrypted.
func TestASecretIsNotInTheGraph(t *testing.T) {
	args := whole()
	subscribed(&args)
	for _, preview := range []bool{false, true} {
		g, err := run(args, preview)
		require.NoError(t, err)
		text, err := json.Marshal(g)
		require.NoError(t, err)
		assert.NotContains(t, string(text), record.SecretURL)
		assert.Contains(t, string(text), graph.Secret)
	}
}

func TestASecretHoldsAnHTTPSURL(t *testing.T) {
	for _, text := range []string{"https://events.pagerduty.com/integration/a1b2c3/enqueue", " https://127.0.0.1:8443/a1b2c3\n"} {
		got, err := topics.Endpoint("production/alarms/x", text)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimSpace(text), got)
	}
	for text, fact := range map[string]string{
		"http://example.com/a1b2c3":             "is no HTTPS URL",
		"a1b2c3":                                "is no URL",
		`{"url": "https://example.com/a1b2c3"}`: "is no URL",
		"https://example.com:a1b2c3/":           "is no URL",
		"https:///a1b2c3":                       "without a host",
		"":                                      "is no URL",
	} {
		got, err := topics.Endpoint("production/alarms/x", text)
		require.ErrorContains(t, err, "secret production/alarms/x: its text (not shown) is ")
		assert.ErrorContains(t, err, fact)
		assert.NotContains(t, err.Error(), "a1b2c3")
		assert.Empty(t, got)
	}
}

// AWS takes a channel once in an account, with all the topics that it hears.
func TestAChannelIsConfiguredOnce(t *testing.T) {
	g := plan(t, subscribed)
	require.Len(t, g.OfType(slackChannel), 2)
	role, err := g.One("aws:iam/role:Role", "production-slack")
	require.NoError(t, err)
	readOnly, err := g.One("aws:iam/policy:Policy", "production-slack")
	require.NoError(t, err)
	for channel, heard := range map[config.SlackChannel][]string{
		oncall:   {arns + "critical", arns + "security", arns + "warning"},
		security: {arns + "security"},
	} {
		made, err := g.One(slackChannel, "production-slack-"+channel.ChannelID)
		require.NoError(t, err)
		assert.Equal(t, "production-"+channel.ChannelID, made.String("configurationName"))
		assert.Equal(t, channel, config.SlackChannel{TeamID: made.String("slackTeamId"), ChannelID: made.String("slackChannelId")})
		assert.ElementsMatch(t, heard, made.Strings("snsTopicArns"))
		assert.Equal(t, role.Outputs["arn"], made.Inputs["iamRoleArn"])
		assert.Equal(t, []string{readOnly.Outputs["arn"].(string)}, made.Strings("guardrailPolicyArns"))
	}
	assert.Empty(t, plan(t, nil).OfType("aws:iam/role:Role"), "no channel, no role")
}

func TestMembersOfAChannelLookAtAlarmsAndDoNothing(t *testing.T) {
	g := plan(t, subscribed)
	role, err := g.One("aws:iam/role:Role", "production-slack")
	require.NoError(t, err)
	for service, want := range map[string]policytest.Answer{"chatbot.amazonaws.com": policytest.Allowed, "ec2.amazonaws.com": policytest.Silent} {
		assert.Equal(t, want, policytest.Ask(role.String("assumeRolePolicy"), policytest.Request{Principal: service, Action: "sts:AssumeRole"}))
	}
	readOnly, err := g.One("aws:iam/policy:Policy", "production-slack")
	require.NoError(t, err)
	attached, err := g.One("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "production-slack")
	require.NoError(t, err)
	assert.Equal(t, readOnly.Outputs["arn"], attached.Inputs["policyArn"])
	for action, want := range map[string]policytest.Answer{
		"cloudwatch:DescribeAlarms": policytest.Allowed, "cloudwatch:GetMetricWidgetImage": policytest.Allowed,
		"cloudwatch:DisableAlarmActions": policytest.Silent, "cloudwatch:SetAlarmState": policytest.Silent, "logs:FilterLogEvents": policytest.Silent,
		"sns:Publish": policytest.Silent, "lambda:InvokeFunction": policytest.Silent, "ssm:GetParameter": policytest.Silent, "iam:ListRoles": policytest.Silent,
	} {
		assert.Equal(t, want, policytest.Ask(readOnly.String("policy"), policytest.Request{Action: action, Resource: "*"}), action)
	}
}
