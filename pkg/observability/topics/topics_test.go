package topics_test

import (
	"slices"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/topics"
	"aws-platform/pkg/policy/policytest"
)

const (
	key      = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"
	arns     = "arn:aws:sns:us-east-1:111111111111:production-"
	rule     = "arn:aws:events:us-east-1:111111111111:rule/platform-findings"
	policies = "aws:sns/topicPolicy:TopicPolicy"
)

func whole() topics.Args {
	return topics.Args{
		Scope: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws", Topics: config.TopicNames(), KeyARN: pulumi.String(key),
	}
}

func run(args topics.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := topics.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		outputs := pulumi.Map{}
		for topic, arn := range made.ARNs {
			outputs[topic] = arn
		}
		if len(args.EventRuleARNs) > 0 {
			outputs["events"] = made.EventsRoleARN
		}
		return outputs, nil
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func plan(t *testing.T, change func(*topics.Args)) *graph.Graph {
	t.Helper()
	args := whole()
	if change != nil {
		change(&args)
	}
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func TestEveryTopicIsEncryptedAndNamedForWhomItIs(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		require.Len(t, g.OfType("aws:sns/topic:Topic"), 4)
		for _, topic := range config.TopicNames() {
			made, err := g.One("aws:sns/topic:Topic", "production-"+topic)
			require.NoError(t, err)
			assert.Equal(t, "production-"+topic, made.String("name"))
			assert.Equal(t, key, made.String("kmsMasterKeyId"))
			assert.False(t, made.Protect, "a topic keeps nothing")
		}
	}
}

// publish asks a topic's policy whether a service may publish, for a resource of an account.
func publish(g *graph.Graph, t *testing.T, topic, service string, context map[string][]string) policytest.Answer {
	t.Helper()
	attached, err := g.One(policies, "production-"+topic)
	require.NoError(t, err)
	return policytest.Ask(attached.String("policy"), policytest.Request{
		Principal: service, Action: "sns:Publish", Resource: arns + topic, Context: context,
	})
}

func TestWhoPublishesWhere(t *testing.T) {
	everywhere := map[string][]string{
		"cloudwatch.amazonaws.com": {"cost", "critical", "security", "warning"},
		"events.rds.amazonaws.com": {"critical", "warning"},
		"backup.amazonaws.com":     {"warning"},
		"budgets.amazonaws.com":    {"cost"},
		"costalerts.amazonaws.com": {"cost"},
		"events.amazonaws.com":     nil, // by a role
		"chatbot.amazonaws.com":    nil,
		"sns.amazonaws.com":        nil,
	}
	g := plan(t, nil)
	own := map[string][]string{"aws:SourceAccount": {"111111111111"}, "aws:SourceArn": {"arn:aws:budgets::111111111111:budget/production-monthly"}}
	other := map[string][]string{"aws:SourceAccount": {"222222222222"}, "aws:SourceArn": {"arn:aws:budgets::222222222222:budget/x"}}
	plain := map[string][]string{"aws:SourceAccount": {"111111111111"}, "aws:SecureTransport": {"false"}, "aws:SourceArn": own["aws:SourceArn"]}
	for service, where := range everywhere {
		for _, topic := range config.TopicNames() {
			want := policytest.Silent
			if slices.Contains(where, topic) {
				want = policytest.Allowed
			}
			assert.Equal(t, want, publish(g, t, topic, service, own), "%s to %s", service, topic)
			assert.Equal(t, policytest.Silent, publish(g, t, topic, service, other), "%s to %s, of another account", service, topic)
			assert.Equal(t, policytest.Silent, publish(g, t, topic, service, nil), "%s to %s, of nobody", service, topic)
			assert.Equal(t, policytest.Denied, publish(g, t, topic, service, plain), "%s to %s, by plain HTTP", service, topic)
		}
	}
	forged := map[string][]string{"aws:SourceAccount": {"111111111111"}, "aws:SourceArn": {"arn:aws:budgets::222222222222:budget/x"}}
	assert.Equal(t, policytest.Silent, publish(g, t, "cost", "budgets.amazonaws.com", forged))
	assert.Equal(t, policytest.Denied, publish(g, t, "critical", "arn:aws:iam::111111111111:role/x", map[string][]string{"aws:SecureTransport": {"false"}}))
}

func TestWhoUsesATopicWaitsForItsPolicy(t *testing.T) {
	g := plan(t, nil)
	for _, topic := range config.TopicNames() {
		assert.Equal(t, arns+topic, g.Outputs[topic])
		attached, err := g.One(policies, "production-"+topic)
		require.NoError(t, err)
		assert.Equal(t, arns+topic, attached.String("arn"))
	}
}

// An account has one topic, and rules that publish to it by a role that they alone can take.
func TestRulesPublishByARole(t *testing.T) {
	g := plan(t, func(a *topics.Args) {
		a.Topics, a.EventRuleARNs = []string{config.SecurityTopic}, []string{rule}
	})
	assert.Len(t, g.OfType("aws:sns/topic:Topic"), 1)
	role, err := g.One("aws:iam/role:Role", "production-events")
	require.NoError(t, err)
	assert.Equal(t, role.Outputs["arn"], g.Outputs["events"])
	take := func(account, arn string) policytest.Answer {
		return policytest.Ask(role.String("assumeRolePolicy"), policytest.Request{
			Principal: "events.amazonaws.com", Action: "sts:AssumeRole", Context: map[string][]string{"aws:SourceAccount": {account}, "aws:SourceArn": {arn}},
		})
	}
	assert.Equal(t, policytest.Allowed, take("111111111111", rule))
	assert.Equal(t, policytest.Silent, take("111111111111", "arn:aws:events:us-east-1:111111111111:rule/other"))
	assert.Equal(t, policytest.Silent, take("222222222222", rule))

	attached, err := g.One("aws:iam/rolePolicy:RolePolicy", "production-events")
	require.NoError(t, err)
	assert.Equal(t, role.ID, attached.String("role"))
	via := map[string][]string{"kms:ViaService": {"sns.us-east-1.amazonaws.com"}}
	for _, c := range []struct {
		action, resource string
		context          map[string][]string
		want             policytest.Answer
	}{
		{"sns:Publish", arns + "security", nil, policytest.Allowed},
		{"sns:Publish", arns + "critical", nil, policytest.Silent},
		{"sns:Subscribe", arns + "security", nil, policytest.Silent},
		{"kms:GenerateDataKey", key, via, policytest.Allowed},
		{"kms:Decrypt", key, via, policytest.Allowed},
		{"kms:Decrypt", key, nil, policytest.Silent},
		{"kms:Decrypt", key + "1", via, policytest.Silent},
	} {
		assert.Equal(t, c.want, policytest.Ask(attached.String("policy"), policytest.Request{Action: c.action, Resource: c.resource, Context: c.context}), "%+v", c)
	}
	assert.Empty(t, plan(t, nil).OfType("aws:iam/role:Role"), "no rules, no role")
}

func TestWrongArgumentsAreRefused(t *testing.T) {
	for line, change := range map[string]func(*topics.Args){
		"Scope: ":                        func(a *topics.Args) { a.Scope = "" },
		"AccountID: ":                    func(a *topics.Args) { a.AccountID = "" },
		"Region: ":                       func(a *topics.Args) { a.Region = "" },
		"Partition: ":                    func(a *topics.Args) { a.Partition = "" },
		"Topics: nil: ":                  func(a *topics.Args) { a.Topics = nil },
		"Topics: alarms: is not a topic": func(a *topics.Args) { a.Topics = []string{"alarms"} },
		"KeyARN: ":                       func(a *topics.Args) { a.KeyARN = nil },
		"Subscriptions: cost: is not among": func(a *topics.Args) {
			a.Topics, a.Subscriptions = []string{"critical"}, map[string]config.Subscriptions{"cost": {}}
		},
		"EventRuleARNs: there is no security t": func(a *topics.Args) { a.Topics, a.EventRuleARNs = []string{"critical"}, []string{rule} },
	} {
		t.Run(line, func(t *testing.T) {
			args := whole()
			change(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "topics.Args."+line)
			assert.Empty(t, g.OfType(topics.TypeToken), "nothing is registered")
		})
	}
}
