package dashboards_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/dashboards"
)

const dashboardType = "aws:cloudwatch/dashboard:Dashboard"

// arn is an alarm's.
func arn(name string) pulumi.String {
	return pulumi.String("arn:aws:cloudwatch:us-east-1:111111111111:alarm:" + name)
}

func whole() dashboards.Args {
	return dashboards.Args{
		Environment: "production", Region: "us-east-1", AccountID: "111111111111", RunbookURL: "docs/runbooks", AvailabilityPercent: 99.9,
		Alarms: []alarms.Alarm{{
			Name: "cpu", Metrics: []alarms.Metric{{Namespace: "AWS/RDS", Name: "CPUUtilization", Statistic: "Average"}}, Threshold: 80, PeriodSeconds: 300, Severity: alarms.Warning,
		}},
		PagingAlarmARNs: pulumi.StringArray{arn("production-data"), arn("production-slo-fast")},
		Balancers:       pulumi.StringMap{"public": pulumi.String("app/production-public/01"), "internal": pulumi.String("app/production-internal/02")},
		TargetGroups: map[string]pulumi.StringMap{
			"blue":  {"public": pulumi.String("targetgroup/production-public-blue/03"), "internal": pulumi.String("targetgroup/production-internal-blue/04")},
			"green": {"public": pulumi.String("targetgroup/production-public-green/05"), "internal": pulumi.String("targetgroup/production-internal-green/06")},
		},
		NATGateways:      pulumi.StringMap{"us-east-1a": pulumi.String("nat-01")},
		CertificateARNs:  pulumi.StringMap{"public": pulumi.String("arn:aws:acm:us-east-1:111111111111:certificate/07")},
		Groups:           pulumi.StringMap{"blue": pulumi.String("production-blue"), "green": pulumi.String("production-green")},
		ReleaseAlarmARNs: map[string]pulumi.StringArray{"blue": {arn("production-blue-release")}, "green": {arn("production-green-release")}},
		Databases:        pulumi.StringArray{pulumi.String("production-postgresql"), pulumi.String("production-postgresql-replica-1")},
		ValkeyNodes:      pulumi.StringArray{pulumi.String("production-valkey-001"), pulumi.String("production-valkey-002")},
		KafkaCluster:     pulumi.String("production-kafka"), KafkaBrokers: 3,
		OpenSearchDomain: pulumi.String("production-opensearch"),
		BackupVault:      pulumi.String("production"),
		Cluster:          pulumi.String("production-eks"), Applications: []string{"shop"},
		LogStream: "production-logs", SIEMStream: "production-siem", LogFilters: []string{"production-logs", "production-siem"}, ScheduleGroup: "production-hours",
	}
}

func run(args dashboards.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := dashboards.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		names := pulumi.StringMap{}
		for page, dashboard := range made.Dashboards {
			names[page] = dashboard.DashboardName
		}
		return pulumi.Map{"names": names}, nil
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

// bodies are the dashboards, decoded, by the end of their names.
func bodies(t *testing.T, args dashboards.Args) map[string]page {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	found := map[string]page{}
	for _, r := range g.OfType(dashboardType) {
		var decoded page
		require.NoError(t, json.Unmarshal([]byte(r.String("dashboardBody")), &decoded), r.Name)
		found[strings.TrimPrefix(r.String("dashboardName"), "production-")] = decoded
	}
	require.Len(t, found, 3)
	return found
}

func TestThereAreThreeInUpdateAndPreview(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		var names []string
		for _, r := range g.OfType(dashboardType) {
			assert.Equal(t, r.Name, r.String("dashboardName"))
			names = append(names, r.Name)
		}
		assert.Equal(t, []string{"production-data", "production-delivery", "production-overview"}, names)
		assert.Equal(t, map[string]any{"data": "production-data", "delivery": "production-delivery", "overview": "production-overview"}, g.Outputs["names"])
	}
}

func TestTheSectionsOfEachDashboard(t *testing.T) {
	found := bodies(t, whole())
	assert.Equal(t, []string{"Environment production", "Objective", "Load balancers", "Fleet", "Cluster", "NAT gateways", "Certificates", "Log archive", "Schedule"}, found["overview"].titles())
	assert.Equal(t, []string{"Data of production", "PostgreSQL", "Valkey", "Kafka", "OpenSearch", "Backups"}, found["data"].titles())
	assert.Equal(t, []string{"Delivery of production", "Releases to instances", "Releases to the cluster"}, found["delivery"].titles())
}

func TestWhatIsNotThereHasNoWidgets(t *testing.T) {
	for name, test := range map[string]struct {
		without         func(*dashboards.Args)
		page, namespace string
	}{
		"PostgreSQL":   {func(a *dashboards.Args) { a.Databases = nil }, "data", "AWS/RDS"},
		"Valkey":       {func(a *dashboards.Args) { a.ValkeyNodes = nil }, "data", "AWS/ElastiCache"},
		"Kafka":        {func(a *dashboards.Args) { a.KafkaCluster = nil }, "data", "AWS/Kafka"},
		"OpenSearch":   {func(a *dashboards.Args) { a.OpenSearchDomain = nil }, "data", "AWS/ES"},
		"Backups":      {func(a *dashboards.Args) { a.BackupVault = nil }, "data", "AWS/Backup"},
		"Cluster":      {func(a *dashboards.Args) { a.Cluster = nil }, "overview", "AWS/EKS"},
		"Fleet":        {func(a *dashboards.Args) { a.Groups = nil }, "overview", "AWS/AutoScaling"},
		"NAT gateways": {func(a *dashboards.Args) { a.NATGateways = nil }, "overview", "AWS/NATGateway"},
		"Certificates": {func(a *dashboards.Args) { a.CertificateARNs = nil }, "overview", "AWS/CertificateManager"},
		"Log archive":  {func(a *dashboards.Args) { a.LogStream = "" }, "overview", "AWS/Logs"},
		"Schedule":     {func(a *dashboards.Args) { a.ScheduleGroup = "" }, "overview", "AWS/Scheduler"},
		"Load balancers": {func(a *dashboards.Args) { a.Balancers, a.TargetGroups = nil, nil },
			"overview", "AWS/ApplicationELB"},
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			before := bodies(t, args)[test.page]
			assert.Contains(t, before.titles(), name)
			assert.Contains(t, before.namespaces(t), test.namespace)
			test.without(&args)
			after := bodies(t, args)[test.page]
			assert.NotContains(t, after.titles(), name)
			assert.NotContains(t, after.namespaces(t), test.namespace)
		})
	}
}

// lines are the thresholds on a chart, by label.
func (p page) lines(title string) map[string]float64 {
	found := map[string]float64{}
	for _, w := range p.Widgets {
		annotations, annotated := w.Properties["annotations"].(map[string]any)
		if w.Properties["title"] != title || !annotated {
			continue
		}
		for _, line := range annotations["horizontal"].([]any) {
			found[line.(map[string]any)["label"].(string)] = line.(map[string]any)["value"].(float64)
		}
	}
	return found
}

func TestThresholdsAreDrawn(t *testing.T) {
	found := bodies(t, whole())
	assert.Equal(t, map[string]float64{"cpu (warning)": 80}, found["data"].lines("Processor, percent"), "of the database, not of OpenSearch")
	assert.Equal(t, map[string]float64{"fast": 1.44, "slow": 0.6, "gradual": 0.1}, found["overview"].lines("Requests that failed, percent of 5 minutes, and burn rates"))
}

func TestADevelopmentEnvironmentWithoutADomainHasDashboards(t *testing.T) {
	args := dashboards.Args{Environment: "production", Region: "us-east-1", RunbookURL: "docs/runbooks"}
	for name, found := range bodies(t, args) {
		assert.Len(t, found.titles(), 1, "%s: the first section alone", name)
	}
}

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*dashboards.Args){
		"Environment":  func(a *dashboards.Args) { a.Environment = "" },
		"Region":       func(a *dashboards.Args) { a.Region = "" },
		"RunbookURL":   func(a *dashboards.Args) { a.RunbookURL = "" },
		"AccountID":    func(a *dashboards.Args) { a.AccountID = "" },
		"KafkaBrokers": func(a *dashboards.Args) { a.KafkaBrokers = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			empty(&args)
			g, err := run(args, false)
			require.ErrorContains(t, err, "dashboards.Args."+name+": ")
			assert.Empty(t, g.OfType(dashboards.TypeToken), "nothing is registered")
		})
	}
}
