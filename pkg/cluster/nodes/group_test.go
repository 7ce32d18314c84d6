package nodes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

func TestAGroupIsWhatTheConfigurationSays(t *testing.T) {
	g := plan(t, staging())
	group := one(t, g, groupType, "staging-nodes-batch")
	for property, want := range map[string]any{
		"clusterName": "staging-eks", "version": "1.36", "capacityType": "SPOT", "amiType": "BOTTLEROCKET_ARM_64", "forceUpdateVersion": false,
		"instanceTypes":    []any{"m7g.large", "c7gn.xlarge"},
		"subnetIds":        []any{"subnet-a", "subnet-b"},
		"scalingConfig":    map[string]any{"minSize": 0.0, "desiredSize": 0.0, "maxSize": 4.0},
		"updateConfig":     map[string]any{"maxUnavailable": 2.0},
		"nodeRepairConfig": map[string]any{"enabled": true},
		"labels":           map[string]any{"example.com/work": "batch"},
		"taints":           []any{map[string]any{"key": "example.com/work", "value": "batch", "effect": "NO_SCHEDULE"}},
		"launchTemplate":   map[string]any{"id": one(t, g, launchTemplate, "staging-nodes-batch").ID, "version": "1"},
		"nodeRoleArn":      one(t, g, roleType, "staging-nodes-node").Outputs["arn"],
	} {
		assert.Equal(t, want, group.Inputs[property], property)
	}
	for _, property := range []string{"diskSize", "remoteAccess", "releaseVersion"} {
		assert.NotContains(t, group.Inputs, property)
	}
	plain := one(t, g, groupType, "staging-nodes-default")
	assert.NotContains(t, plain.Inputs, "taints")
	assert.Equal(t, "ON_DEMAND", plain.String("capacityType"))
}

func TestAReplacementIsThereBeforeTheOldGroupGoes(t *testing.T) {
	g := plan(t, staging())
	for _, name := range []string{"default", "batch"} {
		group := one(t, g, groupType, "staging-nodes-"+name)
		assert.NotContains(t, group.Inputs, "nodeGroupName", "a fixed name cannot stand twice")
		assert.Equal(t, "staging-"+name+"-", group.String("nodeGroupNamePrefix"))
		assert.False(t, group.DeleteBeforeReplace)
		assert.Regexp(t, "^staging-"+name+"-[0-9a-f]+$", g.Outputs[name])
	}
}

func TestTheDesiredSizeBelongsToWhoScales(t *testing.T) {
	for _, group := range plan(t, staging()).OfType(groupType) {
		assert.Equal(t, []string{"scalingConfig.desiredSize"}, group.IgnoreChanges, "and nothing else")
	}
}

// At night the minimum is zero, and that is no drift.
func TestTheMinimumOfAScheduledGroupIsTheSchedules(t *testing.T) {
	args := staging()
	args.Scheduled = true
	for _, group := range plan(t, args).OfType(groupType) {
		assert.Equal(t, []string{"scalingConfig.desiredSize", "scalingConfig.minSize"}, group.IgnoreChanges)
	}
}

func TestAGroupWaitsForItsRightsAndForTheAddOns(t *testing.T) {
	g := plan(t, staging())
	for _, group := range g.OfType(groupType) {
		assert.Contains(t, group.DependsOn, "urn:pulumi:staging::platform::pulumi:providers:aws::staging", "what Boot names")
		for _, attached := range g.OfType(attachment) {
			assert.Contains(t, group.DependsOn, attached.URN)
		}
	}
}

func TestTheImageIsOfTheTypesArchitecture(t *testing.T) {
	for instanceType, want := range map[string]string{
		"t3.medium": "AL2023_x86_64_STANDARD", "m7i-flex.large": "AL2023_x86_64_STANDARD", "m5zn.large": "AL2023_x86_64_STANDARD",
		"x2iedn.xlarge": "AL2023_x86_64_STANDARD", "u-6tb1.metal": "AL2023_x86_64_STANDARD", "c6gn.large": "AL2023_ARM_64_STANDARD",
		"t4g.medium": "AL2023_ARM_64_STANDARD", "a1.large": "AL2023_ARM_64_STANDARD", "im4gn.large": "AL2023_ARM_64_STANDARD", "x2gd.large": "AL2023_ARM_64_STANDARD",
	} {
		for image, amiType := range map[string]string{
			config.AmazonLinux2023: want,
			config.Bottlerocket: map[string]string{
				"AL2023_x86_64_STANDARD": "BOTTLEROCKET_x86_64", "AL2023_ARM_64_STANDARD": "BOTTLEROCKET_ARM_64",
			}[want],
		} {
			args := staging()
			group := args.Config["default"]
			group.InstanceTypes, group.Image = []string{instanceType}, image
			args.Config = map[string]config.NodeGroup{"default": group}
			made := plan(t, args).Select(func(r graph.Resource) bool { return r.Type == groupType })
			assert.Equal(t, amiType, made[0].String("amiType"), instanceType)
		}
	}
}
