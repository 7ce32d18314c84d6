package fleet_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	metricAlarm    = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
)

func TestAnIdleFleetIsNoAlarm(t *testing.T) {
	for _, alarm := range plan(t, staging()).OfType(metricAlarm) {
		assert.Equal(t, "notBreaching", alarm.String("treatMissingData"), alarm.Name)
		assert.Equal(t, alarm.Name, alarm.String("name"))
	}
}

// Who is told of a fleet is for others to say: a release watches these, and acts.
func TestReleaseAlarmsTellNobodyAndSayWhatToDo(t *testing.T) {
	g := plan(t, staging())
	all := append(g.OfType(metricAlarm), g.OfType(compositeAlarm)...)
	assert.Len(t, all, 22)
	for _, alarm := range all {
		assert.Empty(t, alarm.Strings("alarmActions"), alarm.Name)
		assert.Equal(t, "release", alarm.String("tags.Severity"), alarm.Name)
		assert.Contains(t, alarm.String("alarmDescription"), ". Severity: release. Runbook: docs/runbooks/release.md", alarm.Name)
	}
}

func TestUnhealthyInstancesAreCountedByColorAndLoadBalancer(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		for _, side := range []string{"public", "internal"} {
			alarm := one(t, g, metricAlarm, "staging-"+c+"-unhealthy-"+side)
			assert.Equal(t, "UnHealthyHostCount", alarm.String("metricName"))
			assert.Equal(t, map[string]any{
				"LoadBalancer": "app/staging-" + side + "/1", "TargetGroup": "targetgroup/staging-" + side + "-" + c + "/1",
			}, alarm.Inputs["dimensions"])
			assert.Equal(t, "Maximum", alarm.String("statistic"))
			assert.Equal(t, "GreaterThanThreshold", alarm.String("comparisonOperator"))
			assert.Zero(t, alarm.Int("threshold"))
			assert.Equal(t, 300, alarm.Int("period")*alarm.Int("evaluationPeriods"), "longer than a first boot")
		}
	}
}

func TestErrorsAreAShareOfEnoughRequests(t *testing.T) {
	alarm := one(t, plan(t, staging()), metricAlarm, "staging-green-errors-internal")
	assert.Equal(t, "IF(requests >= 20, 100 * FILL(errors, 0) / requests, 0)", alarm.String("metricQueries[0].expression"))
	assert.True(t, alarm.Bool("metricQueries[0].returnData"))
	for i, metric := range map[string]string{"1": "RequestCount", "2": "HTTPCode_Target_5XX_Count"} {
		query := "metricQueries[" + i + "]."
		assert.False(t, alarm.Bool(query+"returnData"))
		assert.Equal(t, metric, alarm.String(query+"metric.metricName"))
		assert.Equal(t, "Sum", alarm.String(query+"metric.stat"))
		assert.Equal(t, "targetgroup/staging-internal-green/1", alarm.String(query+"metric.dimensions.TargetGroup"))
		assert.Equal(t, "app/staging-internal/1", alarm.String(query+"metric.dimensions.LoadBalancer"))
	}
	assert.Equal(t, []string{"requests", "errors"}, []string{alarm.String("metricQueries[1].id"), alarm.String("metricQueries[2].id")})
	assert.Equal(t, 5, alarm.Int("threshold"))
	assert.Equal(t, []int{2, 3}, []int{alarm.Int("datapointsToAlarm"), alarm.Int("evaluationPeriods")}, "two minutes of three")
	assert.Equal(t, "GreaterThanOrEqualToThreshold", alarm.String("comparisonOperator"))
	assert.NotContains(t, alarm.Inputs, "metricName", "AWS refuses a metric beside metric math")
}

func TestConnectionsThatFailAreCountedByColorAndLoadBalancer(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		for _, side := range []string{"public", "internal"} {
			alarm := one(t, g, metricAlarm, "staging-"+c+"-connections-"+side)
			assert.Equal(t, "TargetConnectionErrorCount", alarm.String("metricName"))
			assert.Equal(t, map[string]any{
				"LoadBalancer": "app/staging-" + side + "/1", "TargetGroup": "targetgroup/staging-" + side + "-" + c + "/1",
			}, alarm.Inputs["dimensions"])
			assert.Equal(t, "Sum", alarm.String("statistic"))
			assert.Equal(t, 180, alarm.Int("period")*alarm.Int("evaluationPeriods"))
			assert.Equal(t, 5, alarm.Int("threshold"))
			assert.Equal(t, "GreaterThanThreshold", alarm.String("comparisonOperator"))
		}
	}
}

func TestAnyAlarmOfTheColorIsItsReleaseAlarm(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		var want []string
		for _, name := range []string{
			"status-check", "unhealthy-public", "errors-public", "connections-public", "unhealthy-internal", "errors-internal",
			"connections-internal", "missing", "gateway-public", "gateway-internal",
		} {
			want = append(want, `ALARM("staging-`+c+"-"+name+`")`)
		}
		alarm := one(t, g, compositeAlarm, "staging-"+c+"-release")
		assert.Equal(t, "staging-"+c+"-release", alarm.String("alarmName"))
		assert.Equal(t, strings.Join(want, " OR "), alarm.String("alarmRule"))
		assert.Len(t, alarm.Dependencies, 10, "an instance refresh takes no more")
	}
}

func TestWithoutAListenerOnlyEC2SaysWhatIsWrong(t *testing.T) {
	g := plan(t, plain())
	assert.Equal(t, []string{"staging-blue-status-check", "staging-green-status-check"}, names(g, metricAlarm))
	alarm := one(t, g, metricAlarm, "staging-green-status-check")
	assert.Equal(t, "StatusCheckFailed", alarm.String("metricName"))
	assert.Equal(t, map[string]any{"AutoScalingGroupName": "staging-green"}, alarm.Inputs["dimensions"])
	assert.Equal(t, `ALARM("staging-green-status-check")`, one(t, g, compositeAlarm, "staging-green-release").String("alarmRule"))
}
