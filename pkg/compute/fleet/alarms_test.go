package fleet_test

import (
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
	assert.NotContains(t, alarm.Inputs, "metricName", "AWS refuses a metric beside metric math")
}

func TestTheReleaseAlarmIsAnyAlarmOfTheColor(t *testing.T) {
	alarm := one(t, plan(t, staging()), compositeAlarm, "staging-blue-release")
	assert.Equal(t, "staging-blue-release", alarm.String("alarmName"))
	assert.Equal(t, `ALARM("staging-blue-status-check") OR ALARM("staging-blue-unhealthy-public") OR ALARM("staging-blue-errors-public")`+
		` OR ALARM("staging-blue-unhealthy-internal") OR ALARM("staging-blue-errors-internal")`, alarm.String("alarmRule"))
	assert.Len(t, alarm.Dependencies, 5)
}

func TestWithoutAListenerOnlyEC2SaysWhatIsWrong(t *testing.T) {
	g := plan(t, plain())
	assert.Equal(t, []string{"staging-blue-status-check", "staging-green-status-check"}, names(g, metricAlarm))
	alarm := one(t, g, metricAlarm, "staging-green-status-check")
	assert.Equal(t, "StatusCheckFailed", alarm.String("metricName"))
	assert.Equal(t, map[string]any{"AutoScalingGroupName": "staging-green"}, alarm.Inputs["dimensions"])
	assert.Equal(t, `ALARM("staging-green-status-check")`, one(t, g, compositeAlarm, "staging-green-release").String("alarmRule"))
}
