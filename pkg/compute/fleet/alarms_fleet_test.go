package fleet_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/graph"
)

// queried is a query of a metric alarm.
func queried(alarm graph.Resource, query string) map[string]string {
	found := map[string]string{}
	for _, field := range []string{"namespace", "metricName", "stat", "period"} {
		found[field] = alarm.String("metricQueries[" + query + "].metric." + field)
	}
	found["id"] = alarm.String("metricQueries[" + query + "].id")
	return found
}

// A dying fleet counts no unhealthy instance: they are ended before, and what
// replaces them waits for its revision outside of the target group.
func TestAFleetIsMissingWhatItShouldHave(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		alarm := one(t, g, metricAlarm, "staging-"+c+"-missing")
		assert.Equal(t, "IF(desired > 0, desired - FILL(healthy, 0), 0)", alarm.String("metricQueries[0].expression"),
			"no target is no report, and no instance wanted is none missing")
		assert.True(t, alarm.Bool("metricQueries[0].returnData"))
		assert.Equal(t, map[string]string{
			"id": "desired", "namespace": "AWS/AutoScaling", "metricName": "GroupDesiredCapacity", "stat": "Minimum", "period": "60",
		}, queried(alarm, "1"))
		assert.Equal(t, "staging-"+c, alarm.String("metricQueries[1].metric.dimensions.AutoScalingGroupName"))
		assert.Contains(t, one(t, g, groupType, "staging-"+c).Strings("enabledMetrics"), "GroupDesiredCapacity")
		assert.Equal(t, map[string]string{
			"id": "healthy", "namespace": "AWS/ApplicationELB", "metricName": "HealthyHostCount", "stat": "Maximum", "period": "60",
		}, queried(alarm, "2"))
		assert.Equal(t, "targetgroup/staging-public-"+c+"/1", alarm.String("metricQueries[2].metric.dimensions.TargetGroup"))
		assert.Equal(t, "GreaterThanThreshold", alarm.String("comparisonOperator"))
		assert.Zero(t, alarm.Int("threshold"))
		assert.Equal(t, 10, alarm.Int("evaluationPeriods"), "longer than an instance needs to join")
	}
}

func TestWhatALoadBalancerAnswersItselfCountsAgainstTheColorsThatShouldServe(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		for _, side := range []string{"public", "internal"} {
			alarm := one(t, g, metricAlarm, "staging-"+c+"-gateway-"+side)
			assert.Equal(t, "IF(desired > 0 AND FILL(requests, 0) + FILL(errors, 0) >= 20, "+
				"100 * FILL(errors, 0) / (FILL(requests, 0) + FILL(errors, 0)), 0)", alarm.String("metricQueries[0].expression"))
			assert.Equal(t, "staging-"+c, alarm.String("metricQueries[1].metric.dimensions.AutoScalingGroupName"))
			for query, metric := range map[string]string{"2": "RequestCount", "3": "HTTPCode_ELB_5XX_Count"} {
				assert.Equal(t, metric, queried(alarm, query)["metricName"])
				assert.Equal(t, "Sum", queried(alarm, query)["stat"])
				dimensions, _ := alarm.Lookup("metricQueries[" + query + "].metric.dimensions")
				assert.Equal(t, map[string]any{"LoadBalancer": "app/staging-" + side + "/1"}, dimensions, "AWS counts it by load balancer alone")
			}
			assert.Equal(t, 5, alarm.Int("threshold"))
		}
	}
}
