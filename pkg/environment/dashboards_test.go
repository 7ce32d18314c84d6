package environment_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	composite     = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	watchedMetric = "aws:cloudwatch/metricAlarm:MetricAlarm"
)

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
	g, err := run(staging.Values())
	require.NoError(t, err)
	overview, stores, delivery := page(t, g, "staging-overview"), page(t, g, "staging-data"), page(t, g, "staging-delivery")
	for page, things := range map[string]map[string]string{
		overview: {
			"aws:lb/loadBalancer:LoadBalancer": "arnSuffix", "aws:autoscaling/group:Group": "name", "aws:ec2/natGateway:NatGateway": "",
			"aws:acm/certificate:Certificate": "arn",
		},
		stores:   {"aws:rds/instance:Instance": "identifier", "aws:msk/cluster:Cluster": "clusterName", "aws:opensearch/domain:Domain": "domainName", "aws:backup/vault:Vault": "name"},
		delivery: {"aws:lb/loadBalancer:LoadBalancer": "arnSuffix", "aws:autoscaling/group:Group": "name"},
	} {
		for kind, output := range things {
			require.NotEmpty(t, g.OfType(kind), kind)
			for _, thing := range g.OfType(kind) {
				name, _ := thing.Outputs[output].(string)
				if output == "" {
					name = thing.ID
				}
				require.NotEmpty(t, name, thing.Name)
				assert.Contains(t, page, `"`+name+`"`, thing.Name)
			}
		}
	}
	for _, name := range []string{"staging-valkey-001", "staging-valkey-002", "111111111111"} {
		assert.Contains(t, stores, `"`+name+`"`)
	}
	assert.NotContains(t, stores, "staging-valkey-003")
	assert.Contains(t, overview, `"staging-eks"`)
}

func TestTheDashboardsShowTheAlarmsThatAct(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	overview, delivery, acting := page(t, g, "staging-overview"), page(t, g, "staging-delivery"), 0
	for _, alarm := range g.OfType(composite) {
		switch {
		case len(alarm.Strings("alarmActions")) > 0:
			acting++
			assert.Contains(t, overview, alarm.Outputs["arn"])
		case strings.HasSuffix(alarm.Name, "-release"):
			assert.Contains(t, delivery, alarm.Outputs["arn"], "what stops a release")
		}
	}
	assert.Greater(t, acting, 3)
	alone := g.Select(func(r graph.Resource) bool {
		return r.Type == watchedMetric && slices.Contains(r.Strings("alarmActions"), "arn:aws:sns:us-east-1:111111111111:staging-critical")
	})
	assert.NotEmpty(t, alone)
	for _, alarm := range alone {
		assert.Contains(t, overview, alarm.Outputs["arn"], "it pages by itself")
	}
	assert.Contains(t, page(t, g, "staging-data"), `"label":"free-storage (critical)"`, "the thresholds of the alarms")
}

func TestTheObjectiveActsOnTheEnvironmentsTopics(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	for alarm, topic := range map[string]string{"fast": "critical", "slow": "critical", "gradual": "warning"} {
		made, err := g.One(composite, "staging-slo-"+alarm)
		require.NoError(t, err)
		assert.Equal(t, []string{"arn:aws:sns:us-east-1:111111111111:staging-" + topic}, made.Strings("alarmActions"))
		assert.Contains(t, made.String("alarmDescription"), "99 % availability", "the default of staging")
	}
}

func TestTheLoadBalancersAlarmsExplainTheBurns(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	explained, err := g.One(composite, "staging-slo-explained")
	require.NoError(t, err)
	assert.Equal(t, `ALARM("staging-balancer-public-critical") OR ALARM("staging-balancer-internal-critical") OR ALARM("staging-balancers-explained")`, explained.String("alarmRule"))
	fast, err := g.One(composite, "staging-slo-fast")
	require.NoError(t, err)
	assert.Equal(t, 300, fast.Int("actionsSuppressor.waitPeriod"), "as long as the slowest alarm that explains takes")
}

func TestTheDashboardsShowTheLogArchiveAndTheSchedule(t *testing.T) {
	values := staging.Values()
	values["platform:observability"] = `{"logs": {"archive": {"enabled": true}}}`
	values["platform:cost"] = `{"schedule": {"timeZone": "Europe/Berlin", "stop": "0 20 * * MON-FRI", "start": "0 7 * * MON-FRI"}}`
	g, err := run(values)
	require.NoError(t, err)
	for kind, output := range map[string]string{"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "name", "aws:scheduler/scheduleGroup:ScheduleGroup": "name"} {
		require.Len(t, g.OfType(kind), 1)
		name := g.OfType(kind)[0].String(output)
		assert.Contains(t, page(t, g, "staging-overview"), `"`+name+`"`)
		assert.NotEmpty(t, g.Select(func(r graph.Resource) bool {
			return r.Type == watchedMetric && (r.String("dimensions.DeliveryStreamName") == name || r.String("dimensions.ScheduleGroup") == name)
		}), name)
	}
	for _, filter := range g.OfType("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter") {
		assert.Contains(t, page(t, g, "staging-overview"), `\"FilterName\" = '`+filter.String("name")+`'`)
	}
}

func TestWithoutACertificateThereIsNoObjective(t *testing.T) {
	values := configtest.Environment{Stack: "dev", Octet: 0, Zones: "ab", Peers: map[string]int{"staging": 10}}.Values()
	values["platform:compute"] = `{}`
	g, err := record.Run(environment.Program, record.Options{Project: "platform", Stack: "dev", Config: values})
	require.NoError(t, err)
	for _, alarm := range g.OfType(composite) {
		assert.NotContains(t, alarm.Name, "slo")
	}
	overview := page(t, g, "dev-overview")
	assert.NotContains(t, overview, "AWS/ApplicationELB")
	assert.Contains(t, overview, `"dev-blue"`, "the fleet is there all the same")
}
