package environment

import (
	"maps"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/cluster/ingress"
	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability"
)

const watchedAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm"

// watching makes the tiers that are watched, with an application in the cluster, and what
// watches them.
func watching(t *testing.T, stack string, values map[string]string) *graph.Graph {
	t.Helper()
	g, err := record.Run(func(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
		env, err := config.Decode(ctx.Stack(), values)
		if err != nil {
			return nil, err
		}
		of, in, err := tiers(ctx, env)
		if err != nil {
			return nil, err
		}
		kubernetes := &cluster.Cluster{Ways: map[string]*ingress.Ingress{}}
		kubernetes.Ways["web"], err = ingress.New(ctx, env.Name+"-web", ingress.Args{
			Environment: env.Name, Application: "web", VPCID: of.net.VPC.ID(), Port: 8080,
			Config: config.Application{Path: "/web", Priority: 1, Protocol: "HTTPS", HealthCheckPath: "/"},
		}, in)
		if err != nil {
			return nil, err
		}
		_, err = observability.New(ctx, env.Name, observabilityArgs(env, of, kubernetes), in)
		return nil, err
	}, record.Options{Project: "platform", Stack: stack, Config: values})
	require.NoError(t, err)
	return g
}

// watchedNames are the targets of a row, by the ends of the alarms' names.
func watchedNames(g *graph.Graph, prefix, row string) []string {
	var names []string
	for _, alarm := range g.OfType(watchedAlarm) {
		name := alarm.String("name")
		if len(name) > len(prefix)+len(row) && name[:len(prefix)] == prefix && name[len(name)-len(row):] == row {
			names = append(names, name[len(prefix):len(name)-len(row)])
		}
	}
	slices.Sort(names)
	return names
}

func TestEverythingOfAnEnvironmentIsWatched(t *testing.T) {
	values := configtest.Environment{Stack: "production", Octet: 20, Zones: "abc"}.Values()
	values["platform:data"] = `{"postgresql": {"readReplicas": 1, "manageMasterUserPassword": false}}`
	values["platform:backup"] = `{"copyRegion": "us-west-2"}`
	g := watching(t, "production", values)
	for row, want := range map[string][]string{
		"-port-allocation": {"nat-us-east-1a", "nat-us-east-1b", "nat-us-east-1c"}, "-rejected-connections": {"balancer-internal", "balancer-public"},
		"-unhealthy-hosts": {"targets-app-web", "targets-internal-blue", "targets-internal-green", "targets-public-blue", "targets-public-green"},
		"-none-in-service": {"fleet-blue", "fleet-green"}, "-free-storage": {"opensearch", "postgresql", "postgresql-replica-1"},
		"-deadlocks": {"postgresql"}, "-evictions": {"valkey-1", "valkey-2", "valkey-3"}, "-under-replicated": {"kafka-1", "kafka-2", "kafka-3"},
		"-lag": {"postgresql-replica-1", "valkey-1", "valkey-2", "valkey-3"}, "-controller": {"kafka"}, "-yellow": {"opensearch"},
		"-api-errors": {"eks"}, "-expiring-soon": {"certificate-requested"}, "-failed": {"backup", "backup-copy", "backup-restore", "opensearch-snapshot"},
		"-late": {"logs"}, "-throttled": {"logs"}, "-dropped": {"nat-us-east-1a-packets", "nat-us-east-1b-packets", "nat-us-east-1c-packets"},
		"-silent": {"eks", "kafka-1", "kafka-2", "kafka-3", "opensearch", "postgresql", "postgresql-replica-1", "valkey-1", "valkey-2", "valkey-3"},
	} {
		assert.Equal(t, want, watchedNames(g, "production-", row), row)
	}
}

// The dimensions are what the resources are called in AWS.
func TestAnAlarmWatchesTheResourceItIsNamedAfter(t *testing.T) {
	g := watching(t, "production", configtest.Environment{Stack: "production", Octet: 20, Zones: "abc"}.Values())
	find := func(typ, name string) graph.Resource {
		r, err := g.One(typ, name)
		require.NoError(t, err)
		return r
	}
	balancer, group := find("aws:lb/loadBalancer:LoadBalancer", "production-internal"), find("aws:lb/targetGroup:TargetGroup", "production-internal-green")
	for alarm, dimensions := range map[string]map[string]any{
		"nat-us-east-1b-port-allocation":         {"NatGatewayId": find("aws:ec2/natGateway:NatGateway", "production-nat-us-east-1b").ID},
		"balancer-internal-rejected-connections": {"LoadBalancer": balancer.Outputs["arnSuffix"]},
		"targets-internal-green-unhealthy-hosts": {"LoadBalancer": balancer.Outputs["arnSuffix"], "TargetGroup": group.Outputs["arnSuffix"]},
		"targets-app-web-unhealthy-hosts": {
			"LoadBalancer": balancer.Outputs["arnSuffix"], "TargetGroup": find("aws:lb/targetGroup:TargetGroup", "production-web-active").Outputs["arnSuffix"],
		},
		"fleet-green-cpu":                {"AutoScalingGroupName": "production-green"},
		"postgresql-cpu":                 {"DBInstanceIdentifier": "production-postgresql"},
		"valkey-2-evictions":             {"CacheClusterId": "production-valkey-002"},
		"kafka-offline-partitions":       {"Cluster Name": "production-kafka"},
		"kafka-3-disk":                   {"Cluster Name": "production-kafka", "Broker ID": "3"},
		"opensearch-red":                 {"DomainName": "production-opensearch", "ClientId": "111111111111"},
		"eks-node-not-ready":             {"ClusterName": "production-eks"},
		"certificate-requested-expiring": {"CertificateArn": find("aws:acm/certificateValidation:CertificateValidation", "production").Inputs["certificateArn"]},
		"backup-restore-failed":          {"BackupVaultName": "production"},
	} {
		assert.Equal(t, dimensions, find(watchedAlarm, "production-"+alarm).Inputs["dimensions"], alarm)
	}
	filter := find("aws:cloudwatch/logMetricFilter:LogMetricFilter", "production-postgresql-deadlocks")
	assert.Equal(t, "/aws/rds/instance/production-postgresql/postgresql", filter.String("logGroupName"))
}

func TestThresholdsAreOfTheConfiguredSizes(t *testing.T) {
	values := configtest.Environment{Stack: "production", Octet: 20, Zones: "abc"}.Values()
	values["platform:data"] = `{"postgresql": {"instanceClass": "db.r6g.large", "allocatedStorageGib": 200, "maxAllocatedStorageGib": 400}, "opensearch": {"volumeGib": 40}}`
	g := watching(t, "production", values)
	for alarm, want := range map[string]int{
		"postgresql-memory": 16 << 30 / 20, "postgresql-free-storage": 20 << 30, "postgresql-connections": 1081, "opensearch-free-storage": 10 << 10, "valkey-1-connections": 52000,
	} {
		found, err := g.One(watchedAlarm, "production-"+alarm)
		require.NoError(t, err)
		assert.Equal(t, want, found.Int("threshold"), alarm)
	}
}

// Dev has no HTTPS, one node of each store, and a schedule that stops its database.
func TestWhatAnEnvironmentHasNotIsNotWatched(t *testing.T) {
	values := configtest.Environment{Stack: "dev", Octet: 11, Zones: "ab", Single: true, Plain: true}.Values()
	values["platform:cost"] = `{"schedule": {"timeZone": "Europe/Berlin", "stop": "0 20 * * MON-FRI", "start": "0 7 * * MON-FRI"}}`
	values["platform:data"] = `{"kafka": {"enabled": false}}`
	g := watching(t, "dev", values)
	for row, want := range map[string][]string{
		"-port-allocation": {"nat-us-east-1a"}, "-unhealthy-hosts": nil, "-expiring": nil, "-lag": nil, "-yellow": nil, "-controller": nil,
		"-late": nil, "-throttled": nil, "-dropped": {"hours", "nat-us-east-1a-packets"},
		"-silent": {"opensearch", "valkey-1"}, "-failed": {"backup", "backup-restore", "opensearch-snapshot"}, "-cpu": {"fleet-blue", "fleet-green", "postgresql", "valkey-1", "valkey-1-engine"},
	} {
		assert.Equal(t, want, watchedNames(g, "dev-", row), row)
	}
}

// A SIEM has a stream and filters of its own.
func TestTheWayToTheSIEMIsWatched(t *testing.T) {
	values := configtest.Environment{Stack: "production", Octet: 20, Zones: "abc"}.Values()
	values["platform:observability"] = `{"logs": {"siem": {"url": "https://siem.example.com", "secretName": "production/siem"}}}`
	g := watching(t, "production", values)
	assert.Equal(t, []string{"logs", "siem"}, watchedNames(g, "production-", "-late"))
	late, err := g.One(watchedAlarm, "production-siem-late")
	require.NoError(t, err)
	assert.Equal(t, "DeliveryToHttpEndpoint.DataFreshness", late.String("metricName"))
	assert.Equal(t, map[string]any{"DeliveryStreamName": "production-siem"}, late.Inputs["dimensions"])
	for name, filter := range map[string]string{"logs": "production-logs", "siem": "production-siem"} {
		made, err := g.One(watchedAlarm, "production-"+name+"-errors")
		require.NoError(t, err)
		assert.Contains(t, made.String("metricQueries[0].expression"), `"FilterName" = '`+filter+`'`)
	}
}

// One certificate for both load balancers expires once.
func TestAGivenCertificateIsWatchedOnce(t *testing.T) {
	const arn = "arn:aws:acm:us-east-1:111111111111:certificate/"
	for compute, want := range map[string][]string{
		`"certificateArn": "` + arn + `one", "internalCertificateArn": "` + arn + `one"`: {"certificate-public"},
		`"certificateArn": "` + arn + `one", "internalCertificateArn": "` + arn + `two"`: {"certificate-internal", "certificate-public"},
		`"internalCertificateArn": "` + arn + `two", "domain": "example.com"`:            {"certificate-internal", "certificate-requested"},
	} {
		values := configtest.Environment{Stack: "staging", Octet: 10, Zones: "ab"}.Values()
		values["platform:compute"] = `{` + compute + `, "release": {"approverRoleArns": ["arn:aws:iam::111111111111:role/platform-release-approver"]}}`
		assert.Equal(t, want, watchedNames(watching(t, "staging", values), "staging-", "-expiring"))
	}
}

func TestEveryEnvironmentCanBeWatched(t *testing.T) {
	for stack, of := range map[string]configtest.Environment{
		"dev": {Octet: 11, Zones: "ab", Single: true}, "staging": {Octet: 10, Zones: "ab"}, "production-pci": {Octet: 21, Zones: "abc"},
	} {
		of.Stack = stack
		values := maps.Clone(of.Values())
		assert.NotEmpty(t, watching(t, stack, values).OfType(watchedAlarm), stack)
	}
}
