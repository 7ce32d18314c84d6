package addons_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheCNIEnforcesPoliciesAndDelegatesPrefixes(t *testing.T) {
	assert.Equal(t, map[string]any{
		"enableNetworkPolicy": "true",
		"env":                 map[string]any{"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1", "AWS_VPC_K8S_CNI_EXTERNALSNAT": "true"},
	}, valuesOf(t, installed(plan(t, staging()))["vpc-cni"]))
}

func TestCoreDNSSurvivesAZoneAndADrain(t *testing.T) {
	values := valuesOf(t, installed(plan(t, staging()))["coredns"])
	assert.Equal(t, 2.0, values["replicaCount"])
	assert.Equal(t, map[string]any{"enabled": true, "maxUnavailable": 1.0}, values["podDisruptionBudget"])
	spread := values["topologySpreadConstraints"].([]any)[0].(map[string]any)
	assert.Equal(t, "topology.kubernetes.io/zone", spread["topologyKey"])
	assert.Equal(t, "ScheduleAnyway", spread["whenUnsatisfiable"], "dev has one node")
	assert.Equal(t, map[string]any{"matchLabels": map[string]any{"k8s-app": "kube-dns"}}, spread["labelSelector"])
}

func TestTheDriversUnencryptedStorageClassIsOff(t *testing.T) {
	assert.Equal(t, map[string]any{
		"defaultStorageClass": map[string]any{"enabled": false},
		"controller":          map[string]any{"extraVolumeTags": map[string]any{"Environment": "staging"}},
	}, valuesOf(t, installed(plan(t, staging()))["aws-ebs-csi-driver"]))
	plain := staging()
	plain.Tags = nil
	assert.NotContains(t, valuesOf(t, installed(plan(t, plain))["aws-ebs-csi-driver"]), "controller")
}

func TestContainerInsightsIsOnAndTouchesNoPods(t *testing.T) {
	values := valuesOf(t, installed(plan(t, staging()))["amazon-cloudwatch-observability"])
	assert.Equal(t, map[string]any{"enabled": true}, values["containerLogs"])
	assert.Equal(t, map[string]any{"config": map[string]any{"logs": map[string]any{"metrics_collected": map[string]any{
		"kubernetes": map[string]any{"enhanced_container_insights": true},
	}}}}, values["agent"], "and no application_signals")
	assert.Equal(t, map[string]any{"applicationSignals": map[string]any{"autoMonitor": map[string]any{"monitorAllServices": false}}}, values["manager"])
}

func TestTheOthersAreAsEKSHasThem(t *testing.T) {
	all := installed(plan(t, staging()))
	for _, name := range []string{"kube-proxy", "eks-pod-identity-agent", "metrics-server", "aws-guardduty-agent"} {
		assert.NotContains(t, all[name].Inputs, "configurationValues", name)
		assert.NotContains(t, all[name].Inputs, "podIdentityAssociations", "%s asks nothing of AWS", name)
	}
}
