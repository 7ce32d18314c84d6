package fleet_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

const policyType = "aws:autoscaling/policy:Policy"

func TestEachColorScalesByItsOwnLoad(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		cpu, requests := one(t, g, policyType, "staging-"+c+"-cpu"), one(t, g, policyType, "staging-"+c+"-requests")
		assert.Equal(t, []string{c + "-cpu", c + "-requests"}, []string{cpu.String("name"), requests.String("name")})
		assert.Equal(t, "staging-"+c, cpu.String("autoscalingGroupName"))
		assert.Equal(t, map[string]any{
			"targetValue":                   50.0,
			"predefinedMetricSpecification": map[string]any{"predefinedMetricType": "ASGAverageCPUUtilization"},
		}, cpu.Inputs["targetTrackingConfiguration"])
		assert.Equal(t, "staging-"+c, requests.String("autoscalingGroupName"))
		assert.Equal(t, map[string]any{
			"targetValue": 1000.0,
			"predefinedMetricSpecification": map[string]any{
				"predefinedMetricType": "ALBRequestCountPerTarget",
				"resourceLabel":        "app/staging-public/1/targetgroup/staging-public-" + c + "/1",
			},
		}, requests.Inputs["targetTrackingConfiguration"])
		assert.NotEmpty(t, requests.DependsOn, "AWS refuses the policy before a listener forwards to the target group")
	}
}

func TestWithoutAListenerNothingIsScaledByRequests(t *testing.T) {
	assert.Equal(t, []string{"staging-blue-cpu", "staging-green-cpu"}, names(plan(t, plain()), policyType))
}
