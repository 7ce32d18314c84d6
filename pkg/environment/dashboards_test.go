package environment

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute"
	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/data"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/keys"
	"aws-platform/pkg/network"
	"aws-platform/pkg/observability"
	"aws-platform/pkg/observability/dashboards"
	"aws-platform/pkg/observability/slo"
)

// shown makes the tiers that dashboards and the objective show, and these two.
func shown(stack string, values map[string]string) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
		env, err := config.Decode(ctx.Stack(), values)
		if err != nil {
			return nil, err
		}
		of, in, err := tiers(ctx, env)
		if err != nil {
			return nil, err
		}
		objective, err := slo.New(ctx, env.Name, sloArgs(env, of), in)
		if err != nil {
			return nil, err
		}
		_, err = dashboards.New(ctx, env.Name, dashboardArgs(env, of, &observability.Observability{}, objective), in)
		return nil, err
	}, record.Options{Project: "platform", Stack: stack, Config: values})
}

// tiers are what New makes before the cluster.
func tiers(ctx *pulumi.Context, env *config.Environment) (of parts, in pulumi.ResourceOption, err error) {
	if of.aws, err = newProvider(ctx, env, env.Name, env.AWS.Region); err != nil {
		return of, nil, err
	}
	in = pulumi.Provider(of.aws)
	if of.keys, err = keys.New(ctx, env.Name, keys.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
	}, in); err != nil {
		return of, nil, err
	}
	args := networkArgs(env)
	args.LogKeyARN = of.keys.Logs.Arn
	if of.net, err = network.New(ctx, env.Name, args, in); err != nil {
		return of, nil, err
	}
	access := firewallArgs(env)
	access.VPCID = of.net.VPC.ID()
	if of.groups, err = firewall.New(ctx, env.Name, access, in); err != nil {
		return of, nil, err
	}
	if of.traffic, err = compute.New(ctx, env.Name, computeArgs(env, of.net, of.groups, of.keys), in); err != nil {
		return of, nil, err
	}
	if of.stores, err = data.New(ctx, env.Name, dataArgs(env, of.net, of.groups, of.keys), in); err != nil {
		return of, nil, err
	}
	of.topics, err = alarmTopics(ctx, env, of.keys, of.aws)
	return of, in, err
}

// page is the body of a dashboard, as text.
func page(t *testing.T, g *graph.Graph, name string) string {
	t.Helper()
	found, err := g.One("aws:cloudwatch/dashboard:Dashboard", name)
	require.NoError(t, err)
	var body struct{ Widgets []any }
	require.NoError(t, json.Unmarshal([]byte(found.String("dashboardBody")), &body))
	require.NotEmpty(t, body.Widgets)
	return found.String("dashboardBody")
}

func TestTheDashboardsShowWhatTheTiersMade(t *testing.T) {
	staging := configtest.Environment{Stack: "staging", Octet: 10, Zones: "ab", Peers: map[string]int{"dev": 11}}
	g, err := shown("staging", staging.Values())
	require.NoError(t, err)
	overview, stores, delivery := page(t, g, "staging-overview"), page(t, g, "staging-data"), page(t, g, "staging-delivery")
	for _, balancer := range g.OfType("aws:lb/loadBalancer:LoadBalancer") {
		suffix, _ := balancer.Outputs["arnSuffix"].(string)
		require.NotEmpty(t, suffix)
		assert.Contains(t, overview, suffix)
		assert.Contains(t, delivery, suffix)
	}
	for _, group := range g.OfType("aws:lb/targetGroup:TargetGroup") {
		assert.Contains(t, delivery, group.Outputs["arnSuffix"])
	}
	for _, gateway := range g.OfType("aws:ec2/natGateway:NatGateway") {
		assert.Contains(t, overview, gateway.ID)
	}
	for _, certificate := range g.OfType("aws:acm/certificate:Certificate") {
		assert.Contains(t, overview, certificate.Outputs["arn"])
	}
	for _, alarm := range g.OfType("aws:cloudwatch/compositeAlarm:CompositeAlarm") {
		where := delivery // what stops a release
		if strings.HasPrefix(alarm.Name, "staging-slo-") {
			where = overview
		}
		assert.Contains(t, where, alarm.Outputs["arn"])
	}
	for _, name := range []string{"staging-blue", "staging-green", "staging-eks"} {
		assert.Contains(t, overview, `"`+name+`"`)
	}
	for _, name := range []string{"staging-postgresql", "staging-valkey-001", "staging-valkey-002", "staging-kafka", "staging-opensearch", "staging", "111111111111"} {
		assert.Contains(t, stores, `"`+name+`"`)
	}
	assert.NotContains(t, stores, "staging-valkey-003")
}

func TestTheObjectiveActsOnTheEnvironmentsTopics(t *testing.T) {
	staging := configtest.Environment{Stack: "staging", Octet: 10, Zones: "ab", Peers: map[string]int{"dev": 11}}
	g, err := shown("staging", staging.Values())
	require.NoError(t, err)
	for alarm, topic := range map[string]string{"fast": "critical", "slow": "critical", "gradual": "warning"} {
		made, err := g.One("aws:cloudwatch/compositeAlarm:CompositeAlarm", "staging-slo-"+alarm)
		require.NoError(t, err)
		assert.Equal(t, []string{"arn:aws:sns:us-east-1:111111111111:staging-" + topic}, made.Strings("alarmActions"))
		assert.Contains(t, made.String("alarmDescription"), "99 % availability", "the default of staging")
	}
}

func TestWithoutACertificateThereIsNoObjective(t *testing.T) {
	dev := configtest.Environment{Stack: "dev", Octet: 0, Zones: "ab", Peers: map[string]int{"staging": 10}}
	values := dev.Values()
	values["platform:compute"] = `{}`
	g, err := shown("dev", values)
	require.NoError(t, err)
	for _, alarm := range g.OfType("aws:cloudwatch/compositeAlarm:CompositeAlarm") {
		assert.NotContains(t, alarm.Name, "slo")
	}
	overview := page(t, g, "dev-overview")
	assert.NotContains(t, overview, "AWS/ApplicationELB")
	assert.Contains(t, overview, `"dev-blue"`, "the fleet is there all the same")
}
