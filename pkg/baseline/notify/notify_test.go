package notify_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/notify"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/policy/policytest"
)

const (
	topic = "arn:aws:sns:us-east-1:111111111111:platform-security"
	rule  = "arn:aws:events:us-east-1:111111111111:rule/platform-findings"
)

func whole() notify.Args {
	return notify.Args{
		Environment: "production", AccountID: "111111111111", Region: "us-east-1", Partition: "aws",
		Subscriptions: config.Subscriptions{
			Email: []string{"security@example.com"},
			HTTPS: []config.HTTPSEndpoint{{Name: "pagerduty", SecretName: "platform/alarms/pagerduty"}},
		},
		EventRuleARNs: []string{rule},
	}
}

func run(args notify.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := notify.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"topic": made.TopicARN, "role": made.EventsRoleARN}, nil
	}, record.Options{Project: "platform-account", Stack: "account-production", Preview: preview})
}

func TestAnAccountHasOneTopicWithAKeyOfItsOwn(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		require.Len(t, g.OfType("aws:sns/topic:Topic"), 1)
		made, err := g.One("aws:sns/topic:Topic", "production-security")
		require.NoError(t, err)
		assert.Equal(t, "platform-security", made.String("name"))
		key, err := g.One("aws:kms/key:Key", "production-sns")
		require.NoError(t, err)
		assert.True(t, key.Protect)
		assert.True(t, key.Bool("enableKeyRotation"))
		assert.Equal(t, 30, key.Int("deletionWindowInDays"))
		alias, err := g.One("aws:kms/alias:Alias", "production-sns")
		require.NoError(t, err)
		assert.Equal(t, notify.KeyAlias, alias.String("name"))
		assert.Equal(t, "alias/platform/sns", notify.KeyAlias)
		assert.Len(t, g.OfType("aws:sns/topicSubscription:TopicSubscription"), 2)
	}
	g, err := run(whole(), false)
	require.NoError(t, err)
	key, err := g.One("aws:kms/key:Key", "production-sns")
	require.NoError(t, err)
	made, err := g.One("aws:sns/topic:Topic", "production-security")
	require.NoError(t, err)
	assert.Equal(t, key.Outputs["arn"], made.Inputs["kmsMasterKeyId"])
	assert.Equal(t, topic, g.Outputs["topic"])
}

// Findings come by EventBridge's role, the trail's alarms by CloudWatch itself; nobody else
// gets through both the topic's policy and the key's.
func TestWhoTellsTheAccountsTopic(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	key, err := g.One("aws:kms/key:Key", "production-sns")
	require.NoError(t, err)
	attached, err := g.One("aws:sns/topicPolicy:TopicPolicy", "production-security")
	require.NoError(t, err)
	role, err := g.One("aws:iam/role:Role", "production-events")
	require.NoError(t, err)
	assert.Equal(t, role.Outputs["arn"], g.Outputs["role"])
	own := map[string][]string{"aws:SourceAccount": {"111111111111"}}
	for service, want := range map[string]policytest.Answer{
		"cloudwatch.amazonaws.com": policytest.Allowed, "events.amazonaws.com": policytest.Silent,
		"backup.amazonaws.com": policytest.Silent, "budgets.amazonaws.com": policytest.Silent,
	} {
		assert.Equal(t, want, policytest.Ask(attached.String("policy"), policytest.Request{Principal: service, Action: "sns:Publish", Resource: topic, Context: own}), service)
		assert.Equal(t, want, policytest.Ask(key.String("policy"), policytest.Request{Principal: service, Action: "kms:Decrypt", Context: own}), service)
	}
	assert.Equal(t, policytest.Allowed, policytest.Ask(role.String("assumeRolePolicy"), policytest.Request{
		Principal: "events.amazonaws.com", Action: "sts:AssumeRole",
		Context: map[string][]string{"aws:SourceAccount": {"111111111111"}, "aws:SourceArn": {rule}},
	}))
}

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*notify.Args){
		"Environment": func(a *notify.Args) { a.Environment = "" },
		"AccountID":   func(a *notify.Args) { a.AccountID = "" },
		"Region":      func(a *notify.Args) { a.Region = "" },
		"Partition":   func(a *notify.Args) { a.Partition = "" },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			empty(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "notify.Args."+name+": ")
			assert.Empty(t, g.OfType(notify.TypeToken), "nothing is registered")
		})
	}
}
