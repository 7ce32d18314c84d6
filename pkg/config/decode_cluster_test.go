package config

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// clusterOf decodes base with the keys in platform:cluster.
func clusterOf(t *testing.T, stack, keys string) Cluster {
	t.Helper()
	env, err := Decode(stack, parse(t, stack, strings.Replace(base, "platform:cluster: {}", "platform:cluster: {"+keys+"}", 1)))
	require.NoError(t, err)
	return env.Cluster
}

func TestClusterDefaults(t *testing.T) {
	for stack, want := range map[string]struct {
		min, max, days int
		capacity       string
		protected      bool
	}{
		Dev: {1, 3, 90, Spot, false}, Production: {3, 6, 90, OnDemand, true}, ProductionPCI: {3, 6, 365, OnDemand, true},
	} {
		cluster := clusterOf(t, stack, "")
		assert.Equal(t, "1.36", cluster.Version, stack)
		assert.Empty(t, cluster.PublicAccessCIDRs, "%s: no public endpoint unless somebody opens it", stack)
		assert.Equal(t, want.days, cluster.LogRetentionDays, stack)
		assert.Equal(t, want.protected, cluster.DeletionProtection, stack)
		assert.Equal(t, want.protected, cluster.GuardDuty, stack)
		assert.Equal(t, map[string]NodeGroup{"default": {
			InstanceTypes: []string{"t3.medium"}, Image: AmazonLinux2023, Capacity: want.capacity,
			Min: want.min, Desired: want.min, Max: want.max, VolumeGiB: 50, MaxUnavailable: 1,
		}}, cluster.NodeGroups, stack)
		assert.Zero(t, cluster.Access, "%s: nobody may anything unless configured", stack)
	}
}

func TestGivenNodeGroupsReplaceTheDefaultOne(t *testing.T) {
	cluster := clusterOf(t, Production, "nodeGroups: {arm: {instanceTypes: [t4g.medium]}, x86: {max: 9}}")
	require.Equal(t, 2, len(cluster.NodeGroups), maps.Keys(cluster.NodeGroups))
	assert.Equal(t, []string{"t4g.medium"}, cluster.NodeGroups["arm"].InstanceTypes)
	assert.Equal(t, []string{"t3.medium"}, cluster.NodeGroups["x86"].InstanceTypes)
	assert.Equal(t, 9, cluster.NodeGroups["x86"].Max)
	assert.Equal(t, 3, cluster.NodeGroups["x86"].Min)
}

func TestApplicationDefaults(t *testing.T) {
	const image = "registry.k8s.io/pause@sha256:0000000000000000000000000000000000000000000000000000000000000000"
	cluster := clusterOf(t, Production, "applications: {web: {image: "+image+", priority: 7}}")
	assert.Equal(t, map[string]Application{"web": {
		Image: image, Replicas: 3, CPUMillis: 100, MemoryMiB: 128, LoadBalancer: InternalLoadBalancer,
		Path: "/web", Priority: 7, Protocol: HTTPS, HealthCheckPath: "/healthz",
	}}, cluster.Applications)
}
