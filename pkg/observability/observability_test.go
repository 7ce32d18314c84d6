package observability_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability"
)

const (
	metricAlarm    = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	metricFilter   = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	critical       = "arn:aws:sns:us-east-1:111111111111:production-critical"
	warning        = "arn:aws:sns:us-east-1:111111111111:production-warning"
)

func target(kind alarms.Kind, name string) observability.Target {
	dimensions := pulumi.StringMap{}
	names, _ := kind.Dimensions()
	for _, dimension := range names {
		dimensions[dimension] = pulumi.String("the-" + name)
	}
	made := observability.Target{Kind: kind, Name: name, Dimensions: dimensions, Capacity: alarms.Capacity{
		alarms.Memory: 1 << 30, alarms.Storage: 20 << 30, alarms.Connections: 100,
	}}
	if len(names) == 0 {
		made.LogGroup = pulumi.String("/log/" + name)
	}
	return made
}

// whole has a target of every kind, two NAT gateways and two load balancers.
func whole() observability.Args {
	return observability.Args{
		Environment: "production", Config: config.Observability{RunbookURL: "docs/runbooks"},
		Topics: map[alarms.Severity]pulumi.StringInput{alarms.Critical: pulumi.String(critical), alarms.Warning: pulumi.String(warning)},
		Targets: []observability.Target{
			target(alarms.LoadBalancer, "balancer-public"), target(alarms.TargetGroup, "targets-public-blue"), target(alarms.Fleet, "fleet-blue"),
			target(alarms.PostgreSQL, "postgresql"), target(alarms.PostgreSQLReplica, "postgresql-replica-1"), target(alarms.PostgreSQLLog, "postgresql"),
			target(alarms.Valkey, "valkey-1"), target(alarms.ValkeyReplica, "valkey-1"), target(alarms.Kafka, "kafka"), target(alarms.KafkaBroker, "kafka-1"),
			target(alarms.OpenSearch, "opensearch"), target(alarms.EKS, "eks"), target(alarms.NATGateway, "nat-us-east-1a"), target(alarms.NATGateway, "nat-us-east-1b"),
			target(alarms.Certificate, "certificate-public"), target(alarms.Backup, "backup"), target(alarms.BackupCopy, "backup-copy"),
			target(alarms.LogStream, "logs"), target(alarms.LogSubscription, "logs"), target(alarms.Schedule, "hours"),
			target(alarms.SIEMStream, "siem"), target(alarms.LoadBalancer, "balancer-internal"),
		},
	}
}

func run(args observability.Args, preview bool) (*graph.Graph, *observability.Observability, error) {
	var made *observability.Observability
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err = observability.New(ctx, "production", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
	return g, made, err
}

func deploy(t *testing.T, args observability.Args) *graph.Graph {
	t.Helper()
	g, _, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	r, err := g.One(typ, name)
	require.NoError(t, err)
	return r
}

// children are the names in a composite alarm's rule.
func children(rule string) []string {
	var names []string
	for _, part := range strings.Split(rule, " OR ") {
		names = append(names, strings.TrimSuffix(strings.TrimPrefix(part, `ALARM("`), `")`))
	}
	return names
}

func TestEveryRowIsAnAlarmOfEveryTargetOfItsKind(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, made, err := run(whole(), preview)
		require.NoError(t, err)
		twice := 0
		for _, key := range alarms.Keys() {
			if row, _, _ := alarms.Find(key); row.Kind == alarms.NATGateway || row.Kind == alarms.LoadBalancer {
				twice++
			}
		}
		assert.Len(t, g.OfType(metricAlarm), len(alarms.Keys())+twice)
		assert.Len(t, made.Alarms, len(alarms.Keys())+twice)
		assert.Len(t, made.Rows, len(alarms.Keys()))
		for _, alarm := range g.OfType(metricAlarm) {
			assert.Equal(t, alarm.Name, alarm.String("name"))
		}
	}
}

func TestAnAlarmIsOfItsTarget(t *testing.T) {
	g := deploy(t, whole())
	memory := one(t, g, metricAlarm, "production-postgresql-memory")
	assert.Equal(t, map[string]any{"DBInstanceIdentifier": "the-postgresql"}, memory.Inputs["dimensions"])
	assert.Equal(t, 53687091, memory.Int("threshold"), "a twentieth of 1 GiB")
	broker := one(t, g, metricAlarm, "production-kafka-1-disk")
	assert.Equal(t, map[string]any{"Cluster Name": "the-kafka-1", "Broker ID": "the-kafka-1"}, broker.Inputs["dimensions"])
	assert.Contains(t, broker.String("alarmDescription"), "Severity: critical. Runbook: docs/runbooks/kafka.md")
}

// The metric of a filter has no dimension: two environments of one account would share it.
func TestLogEventsAreCountedByAFilterOfTheEnvironmentsOwn(t *testing.T) {
	g := deploy(t, whole())
	filter := one(t, g, metricFilter, "production-postgresql-deadlocks")
	assert.Equal(t, "/log/postgresql", filter.String("logGroupName"))
	assert.Equal(t, `"deadlock detected"`, filter.String("pattern"))
	assert.Equal(t, "production-postgresql-deadlocks", filter.String("metricTransformation.name"))
	assert.Equal(t, "production-postgresql-deadlocks", one(t, g, metricAlarm, "production-postgresql-deadlocks").String("metricName"))
	assert.Len(t, g.OfType(metricFilter), 1)
}

func TestAWarningActsAndAnOutageIsSpokenFor(t *testing.T) {
	g := deploy(t, whole())
	spoken := map[string]int{}
	for _, composite := range g.OfType(compositeAlarm) {
		if strings.HasSuffix(composite.Name, "-critical") {
			assert.Equal(t, []string{critical}, composite.Strings("alarmActions"), composite.Name)
			assert.Equal(t, []string{critical}, composite.Strings("okActions"), composite.Name)
			for _, child := range children(composite.String("alarmRule")) {
				spoken[child]++
			}
		}
	}
	grave := 0
	for _, alarm := range g.OfType(metricAlarm) {
		if alarm.String("tags.Severity") == "warning" {
			assert.Equal(t, []string{warning}, alarm.Strings("alarmActions"), alarm.Name)
			assert.Equal(t, []string{warning}, alarm.Strings("okActions"), alarm.Name)
			assert.Zero(t, spoken[alarm.Name], alarm.Name)
			continue
		}
		grave++
		assert.Equal(t, alarm.Strings("alarmActions"), alarm.Strings("okActions"), alarm.Name)
		if spoken[alarm.Name] == 0 {
			assert.Equal(t, []string{critical}, alarm.Strings("alarmActions"), alarm.Name)
			continue
		}
		assert.Empty(t, alarm.Strings("alarmActions"), alarm.Name)
		assert.Equal(t, 1, spoken[alarm.Name], alarm.Name)
	}
	assert.Greater(t, grave, 15)
	assert.Greater(t, len(spoken), 10)
	assert.NotContains(t, spoken, "production-kafka-1-disk", "no outage, and in ALARM for days")
}

func TestTargetsDoWithoutWhatIsNotForThem(t *testing.T) {
	args := whole()
	args.Targets[3].Without = []string{"silent"}
	g := deploy(t, args)
	_, err := g.One(metricAlarm, "production-postgresql-silent")
	assert.ErrorContains(t, err, "found 0")
	one(t, g, metricAlarm, "production-postgresql-replica-1-silent")
}

// tiersThatPage are the tiers of the composite alarms, one after the other.
func tiersThatPage(made *observability.Observability) (tiers []alarms.Tier) {
	for _, composite := range made.Composites {
		tiers = append(tiers, composite.Tier)
	}
	return tiers
}

func TestATierWithoutAnOutageHasNoAlarmThatPages(t *testing.T) {
	_, made, err := run(whole(), false)
	require.NoError(t, err)
	assert.Equal(t, []alarms.Tier{
		alarms.Network, alarms.Database, alarms.Brokers, alarms.Search, alarms.Cluster, alarms.Compute, alarms.Balancers, alarms.Balancers,
	}, tiersThatPage(made), "a load balancer each")
	for _, tier := range []alarms.Tier{alarms.Cache, alarms.Certificates, alarms.Backups, alarms.Logs, alarms.Hours} {
		assert.NotContains(t, made.Explanations, tier)
	}
}
