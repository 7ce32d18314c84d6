package metricalarm_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	metricAlarm  = "aws:cloudwatch/metricAlarm:MetricAlarm"
	metricFilter = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	topic        = "arn:aws:sns:us-east-1:111111111111:production-warning"
)

func run(alarm alarms.Alarm, args metricalarm.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = metricalarm.New(ctx, "logical", alarm, args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

// row is an alarm of the tables, with a threshold.
func row(t *testing.T, key string) alarms.Alarm {
	t.Helper()
	row, _, known := alarms.Find(key)
	require.True(t, known)
	return row.Alarm
}

func args() metricalarm.Args {
	return metricalarm.Args{
		Name: "production-thing", RunbookURL: "https://example.com/runbooks",
		Dimensions: pulumi.StringMap{"LoadBalancer": pulumi.String("app/production-public/1")},
		Actions:    pulumi.Array{pulumi.String(topic)},
	}
}

func TestAnAlarmOfOneMetric(t *testing.T) {
	g, err := run(row(t, "load-balancer-rejected-connections"), args())
	require.NoError(t, err)
	made, err := g.One(metricAlarm, "logical")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"name": "production-thing", "namespace": "AWS/ApplicationELB", "metricName": "RejectedConnectionCount", "statistic": "Sum",
		"dimensions":         map[string]any{"LoadBalancer": "app/production-public/1"},
		"comparisonOperator": "GreaterThanThreshold", "threshold": 0.0, "period": 60.0, "evaluationPeriods": 3.0, "datapointsToAlarm": 2.0,
		"treatMissingData": "notBreaching", "alarmActions": []any{topic}, "okActions": []any{topic},
		"tags": map[string]any{"Name": "production-thing", "Severity": "critical"},
		"alarmDescription": "The load balancer has as many connections as it can, and rejects others. Severity: critical. " +
			"Runbook: https://example.com/runbooks/load-balancers.md",
	}, made.Inputs)
	assert.Empty(t, g.OfType(metricFilter))
}

func TestAPercentileIsAnExtendedStatistic(t *testing.T) {
	g, err := run(row(t, "load-balancer-latency"), args())
	require.NoError(t, err)
	made, err := g.One(metricAlarm, "logical")
	require.NoError(t, err)
	assert.Equal(t, "p99", made.String("extendedStatistic"))
	assert.NotContains(t, made.Inputs, "statistic", "AWS refuses both")
}

func TestAnExpressionIsOverItsMetrics(t *testing.T) {
	given := args()
	given.ByMetric = map[string]pulumi.StringMap{"errors": {"LoadBalancer": pulumi.String("app/production-internal/2")}}
	g, err := run(row(t, "load-balancer-target-errors"), given)
	require.NoError(t, err)
	made, err := g.One(metricAlarm, "logical")
	require.NoError(t, err)
	assert.Equal(t, []any{
		map[string]any{"id": "result", "expression": "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)", "label": "target-errors", "returnData": true},
		map[string]any{"id": "requests", "metric": map[string]any{
			"namespace": "AWS/ApplicationELB", "metricName": "RequestCount", "stat": "Sum", "period": 60.0,
			"dimensions": map[string]any{"LoadBalancer": "app/production-public/1"},
		}},
		map[string]any{"id": "errors", "metric": map[string]any{
			"namespace": "AWS/ApplicationELB", "metricName": "HTTPCode_Target_5XX_Count", "stat": "Sum", "period": 60.0,
			"dimensions": map[string]any{"LoadBalancer": "app/production-internal/2"},
		}},
	}, made.Inputs["metricQueries"])
	for _, field := range []string{"metricName", "namespace", "statistic", "period", "dimensions"} {
		assert.NotContains(t, made.Inputs, field, "AWS refuses it beside metric math")
	}
}

func TestAPatternIsCountedByAMetricFilter(t *testing.T) {
	alarm := row(t, "postgresql-log-deadlocks")
	given := metricalarm.Args{Name: "production-deadlocks", RunbookURL: "docs/runbooks", LogGroup: pulumi.String("/aws/rds/instance/x/postgresql")}
	g, err := run(alarm, given)
	require.NoError(t, err)
	filter, err := g.One(metricFilter, "logical")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"name": "deadlocks", "logGroupName": "/aws/rds/instance/x/postgresql", "pattern": `"deadlock detected"`,
		"metricTransformation": map[string]any{"namespace": "Platform/Logs", "name": "deadlocks", "value": "1", "unit": "Count"},
	}, filter.Inputs)
	made, err := g.One(metricAlarm, "logical")
	require.NoError(t, err)
	assert.Equal(t, []string{"Platform/Logs", "deadlocks"}, []string{made.String("namespace"), made.String("metricName")})
	assert.NotContains(t, made.Inputs, "dimensions", "a metric filter makes a metric without")
}

func TestWhatCannotBeAnAlarmIsRefused(t *testing.T) {
	whole := row(t, "load-balancer-rejected-connections")
	silent := whole
	silent.Severity = ""
	for want, test := range map[string]struct {
		alarm  alarms.Alarm
		change func(*metricalarm.Args)
	}{
		"metricalarm.Args.Name: ":                              {whole, func(a *metricalarm.Args) { a.Name = "" }},
		"metricalarm.Args.RunbookURL: ":                        {whole, func(a *metricalarm.Args) { a.RunbookURL = "" }},
		`metricalarm.Args.LogGroup: the pattern of rejected-c`: {whole, func(a *metricalarm.Args) { a.LogGroup = pulumi.String("x") }},
		`metricalarm.Args.LogGroup: the pattern of deadlocks `: {row(t, "postgresql-log-deadlocks"), func(*metricalarm.Args) {}},
		"metricalarm.Args.ByMetric[x]: no metric of rejected":  {whole, func(a *metricalarm.Args) { a.ByMetric = map[string]pulumi.StringMap{"x": {}} }},
		"alarms.Alarm[rejected-connections].Severity: ":        {silent, func(*metricalarm.Args) {}},
	} {
		given := args()
		test.change(&given)
		g, err := run(test.alarm, given)
		assert.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(metricAlarm), "nothing is registered")
		assert.Empty(t, g.OfType(metricFilter))
	}
}

func TestAQueryIsOfAllMetricsThatHaveTheDimensions(t *testing.T) {
	alarm, given := row(t, "log-subscription-errors"), args()
	given.Dimensions = pulumi.StringMap{"FilterName": pulumi.String("production-logs")}
	g, err := run(alarm, given)
	require.NoError(t, err)
	made, err := g.One(metricAlarm, "logical")
	require.NoError(t, err)
	assert.Equal(t, []any{map[string]any{
		"id": "result", "label": "errors", "returnData": true, "period": 300.0,
		"expression": `SELECT SUM("DeliveryErrors") FROM "AWS/Logs" WHERE "FilterName" = 'production-logs'`,
	}}, made.Inputs["metricQueries"])
	for _, field := range []string{"metricName", "namespace", "statistic", "period", "dimensions"} {
		assert.NotContains(t, made.Inputs, field, "AWS refuses it beside a query")
	}
	for _, change := range []func(*metricalarm.Args){
		func(a *metricalarm.Args) { a.Dimensions = nil },
		func(a *metricalarm.Args) { a.ByMetric = map[string]pulumi.StringMap{"": {}} },
	} {
		wrong := given
		change(&wrong)
		g, err := run(alarm, wrong)
		assert.ErrorContains(t, err, "metricalarm.Args.Dimensions: ")
		assert.Empty(t, g.OfType(metricAlarm), "nothing is registered")
	}
}
