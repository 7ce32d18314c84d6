package fleet_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

func TestBlueServesFirstAndGreenSleeps(t *testing.T) {
	g := plan(t, staging())
	blue, green := one(t, g, groupType, "staging-blue"), one(t, g, groupType, "staging-green")
	sizes := func(r graph.Resource) []int {
		return []int{r.Int("minSize"), r.Int("desiredCapacity"), r.Int("maxSize")}
	}
	assert.Equal(t, []int{2, 3, 6}, sizes(blue))
	assert.Equal(t, []int{0, 0, 6}, sizes(green))
	assert.Empty(t, blue.Strings("suspendedProcesses"))
	assert.Equal(t, []string{"AlarmNotification"}, green.Strings("suspendedProcesses"), "an alarm must not wake it")
}

func TestWhatAReleaseChangesIsNoChangeOfTheProgram(t *testing.T) {
	for _, group := range plan(t, staging()).OfType(groupType) {
		assert.Equal(t, []string{
			"desiredCapacity", "minSize", "mixedInstancesPolicy", "suspendedProcesses",
		}, group.IgnoreChanges, group.Name)
	}
}

func TestWithoutRunbooksTheProgramSaysWhatIsLaunched(t *testing.T) {
	for _, group := range plan(t, plain()).OfType(groupType) {
		assert.Equal(t, []string{"desiredCapacity", "minSize", "suspendedProcesses"}, group.IgnoreChanges, group.Name)
	}
}

func TestEachGroupIsInItsOwnTargetGroupsAndTheAppTier(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		group := one(t, g, groupType, "staging-"+c)
		assert.Equal(t, "staging-"+c, group.String("name"))
		assert.Equal(t, []string{
			balancerARN + "targetgroup/staging-public-" + c + "/1", balancerARN + "targetgroup/staging-internal-" + c + "/1",
		}, group.Strings("targetGroupArns"))
		assert.Equal(t, []string{"subnet-a", "subnet-b"}, group.Strings("vpcZoneIdentifiers"))
		assert.Equal(t, "ELB", group.String("healthCheckType"))
		assert.True(t, group.Bool("capacityRebalance"))
		assert.Len(t, group.Strings("enabledMetrics"), 8)
		assert.Contains(t, group.Dependencies, one(t, g, "aws:iam/rolePolicy:RolePolicy", "staging-fleet").URN, "no boot before the role may do anything")
	}
	for _, group := range plan(t, plain()).OfType(groupType) {
		assert.Equal(t, "EC2", group.String("healthCheckType"), "no load balancer checks anybody without a listener")
	}
}

// A refresh by the provider would roll back to the version that it has just saved
// on the group, and an update with a new image would replace the live fleet.
func TestNoUpdateOfTheProgramReplacesAnInstance(t *testing.T) {
	const version = "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.version"
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		group := one(t, g, groupType, "staging-"+c)
		assert.NotContains(t, group.Inputs, "instanceRefresh")
		found, there := group.Lookup(version)
		require.True(t, there)
		assert.Regexp(t, "^[0-9]+$", found, "what a refresh can be rolled back to")
	}
}

func TestTheShareOfSpot(t *testing.T) {
	for spot, onDemand := range map[int]int{0: 100, 40: 60, 100: 0} {
		args := staging()
		args.Config.Fleet.SpotPercentage = spot
		for _, group := range plan(t, args).OfType(groupType) {
			assert.Equal(t, onDemand, group.Int("mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity"))
			assert.Equal(t, 2, group.Int("mixedInstancesPolicy.instancesDistribution.onDemandBaseCapacity"), "never fewer than min on demand")
			assert.Equal(t, "prioritized", group.String("mixedInstancesPolicy.instancesDistribution.onDemandAllocationStrategy"))
			assert.Equal(t, "price-capacity-optimized", group.String("mixedInstancesPolicy.instancesDistribution.spotAllocationStrategy"))
			assert.Equal(t, "t3.medium", group.String("mixedInstancesPolicy.launchTemplate.overrides[0].instanceType"))
			assert.Equal(t, "t3a.medium", group.String("mixedInstancesPolicy.launchTemplate.overrides[1].instanceType"))
		}
	}
}
