package ingress_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster/ingress"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	groupType = "aws:lb/targetGroup:TargetGroup"
	ruleType  = "aws:lb/listenerRule:ListenerRule"
	listener  = "arn:aws:elasticloadbalancing:us-east-1:111111111111:listener/app/production-"
)

func web() ingress.Args {
	return ingress.Args{
		Environment: "production", Application: "web", VPCID: pulumi.String("vpc-1"), Port: 8080,
		Config:      config.Application{Path: "/web", Priority: 100, Protocol: "HTTPS", HealthCheckPath: "/healthz"},
		ListenerARN: pulumi.String(listener + "internal/1/2"), TestListenerARN: pulumi.String(listener + "public/3/4"),
	}
}

func run(args ingress.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = ingress.New(ctx, "production-web", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func TestPodsAreTargetsByTheirAddresses(t *testing.T) {
	g, err := run(web())
	require.NoError(t, err)
	require.Len(t, g.OfType(groupType), 2)
	for _, which := range []string{"active", "preview"} {
		group, err := g.One(groupType, "production-web-"+which)
		require.NoError(t, err)
		assert.Equal(t, "production-web-"+which, group.String("name"))
		assert.Equal(t, "ip", group.String("targetType"))
		assert.Equal(t, "HTTPS", group.String("protocol"))
		assert.Equal(t, "HTTPS", group.String("healthCheck.protocol"))
		assert.Equal(t, "/healthz", group.String("healthCheck.path"))
		assert.Equal(t, "200", group.String("healthCheck.matcher"))
		assert.Equal(t, 8080, group.Int("port"))
		assert.Equal(t, "vpc-1", group.String("vpcId"))
		assert.Equal(t, ingress.DeregistrationSeconds, group.Int("deregistrationDelay"))
		assert.Equal(t, []int{5, 2}, []int{group.Int("healthCheck.interval"), group.Int("healthCheck.healthyThreshold")}, "ten seconds, of the thirty that the old version stays")
		assert.Less(t, group.Int("healthCheck.timeout"), group.Int("healthCheck.interval"), "AWS refuses it otherwise")
		assert.False(t, group.Bool("stickiness.enabled"), "a sticky client would stay with a version that has left")
	}
}

func TestThePathLeadsToTheRightVersion(t *testing.T) {
	g, err := run(web())
	require.NoError(t, err)
	require.Len(t, g.OfType(ruleType), 2)
	for name, want := range map[string]struct{ listener, group string }{
		"production-web-live": {listener + "internal/1/2", "targetgroup/production-web-active/"},
		"production-web-test": {listener + "public/3/4", "targetgroup/production-web-preview/"},
	} {
		rule, err := g.One(ruleType, name)
		require.NoError(t, err)
		assert.Equal(t, want.listener, rule.String("listenerArn"), name)
		assert.Contains(t, rule.String("actions[0].targetGroupArn"), want.group, name)
		assert.Equal(t, "forward", rule.String("actions[0].type"), name)
		assert.Equal(t, []string{"/web", "/web/*"}, rule.Strings("conditions[0].pathPattern.values"), "not /website")
		assert.Equal(t, 100, rule.Int("priority"))
	}
}

func TestWithoutAListenerThereAreTargetGroupsAlone(t *testing.T) {
	args := web()
	args.ListenerARN, args.TestListenerARN = nil, nil
	g, err := run(args)
	require.NoError(t, err)
	assert.Len(t, g.OfType(groupType), 2)
	assert.Empty(t, g.OfType(ruleType))
}

func TestRefused(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*ingress.Args)
		says   string
	}{
		"no environment":  {func(a *ingress.Args) { a.Environment = "" }, "ingress.Args.Environment"},
		"no application":  {func(a *ingress.Args) { a.Application = "" }, "ingress.Args.Application"},
		"no VPC":          {func(a *ingress.Args) { a.VPCID = nil }, "ingress.Args.VPCID"},
		"no port":         {func(a *ingress.Args) { a.Port = 0 }, "ingress.Args.Port"},
		"no path":         {func(a *ingress.Args) { a.Config.Path = "" }, "Config.Path"},
		"no priority":     {func(a *ingress.Args) { a.Config.Priority = 0 }, "Config.Priority"},
		"no protocol":     {func(a *ingress.Args) { a.Config.Protocol = "" }, "Config.Protocol"},
		"no health check": {func(a *ingress.Args) { a.Config.HealthCheckPath = "" }, "Config.HealthCheckPath"},
		"a name of 33":    {func(a *ingress.Args) { a.Application = "fourteenlettrs" }, "more than 32 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			args := web()
			test.change(&args)
			g, err := run(args)
			require.ErrorContains(t, err, test.says)
			assert.Empty(t, g.OfType(ingress.TypeToken), "nothing is registered")
		})
	}
	args := web()
	args.Application = "thirteenlettr" // production-thirteenlettr-preview has 32
	_, err := run(args)
	assert.NoError(t, err, "32 characters are taken")
}
