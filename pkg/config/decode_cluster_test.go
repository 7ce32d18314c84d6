package config

import (
	"maps"
	"strings"
	"testing"
	"time"

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
		min, max  int
		capacity  string
		protected bool
	}{
		Dev: {1, 3, Spot, false}, Production: {3, 6, OnDemand, true}, ProductionPCI: {3, 6, OnDemand, true},
	} {
		cluster := clusterOf(t, stack, "")
		assert.Equal(t, "1.36", cluster.Version, stack)
		assert.Empty(t, cluster.PublicAccessCIDRs, "%s: no public endpoint unless somebody opens it", stack)
		assert.Equal(t, want.protected, cluster.DeletionProtection, stack)
		assert.Equal(t, want.protected, cluster.GuardDuty, stack)
		assert.Equal(t, map[string]NodeGroup{"default": {
			InstanceTypes: []string{"t3.medium"}, Image: AmazonLinux2023, Capacity: want.capacity,
			Min: want.min, Desired: want.min, Max: want.max, VolumeGiB: 50, MaxUnavailable: 1,
		}}, cluster.NodeGroups, stack)
		assert.Zero(t, cluster.Access, "%s: nobody may anything unless configured", stack)
	}
}

// The base of the other cases has staging for a peer, so that it cannot be staging's.
func TestNodesOfStaging(t *testing.T) {
	group := defaultNodeGroup(Environment{Name: Staging})
	assert.Equal(t, []any{Spot, 2, 2, 4}, []any{group.Capacity, group.Min, group.Desired, group.Max})
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

// kubernetesOn decodes a Kubernetes version on a day.
func kubernetesOn(t *testing.T, day, version string) (*Environment, error) {
	t.Helper()
	today, err := time.Parse(time.DateOnly, day)
	require.NoError(t, err)
	now = func() time.Time { return today }
	t.Cleanup(func() { now = time.Now })
	values := parse(t, Production, base)
	values["platform:cluster"], values["platform:observability"] = `{"version": "`+version+`"}`, somebodyHears
	return Decode(Production, values)
}

func TestAKubernetesVersionIsWarnedOfAndThenRefused(t *testing.T) {
	const source = "(https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html)"
	for day, warning := range map[string]string{
		"2027-01-25": "",
		"2027-01-26": "cluster.version: 1.35: leaves standard support on 27 March 2027 and is refused after that " + source + ": plan the upgrade to 1.36",
	} {
		env, err := kubernetesOn(t, day, "1.35")
		require.NoError(t, err)
		assert.Equal(t, warning, env.Warnings().Error(), day)
	}
	_, err := kubernetesOn(t, "2027-03-28", "1.35")
	expect(t, err, []string{"cluster.version: 1.35: left standard support on 27 March 2027 " + source + ": set 1.36"})
}

func TestAVersionThatEndsSoonIsNoneToBeginWith(t *testing.T) {
	_, err := kubernetesOn(t, "2026-11-24", "1.34")
	expect(t, err, []string{"cluster.version: 1.34: leaves standard support on 2 December 2026, too soon to begin with: set 1.36 or 1.35"})
}
