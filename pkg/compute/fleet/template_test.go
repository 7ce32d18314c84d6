package fleet_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/graph"
)

const (
	launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate"
	groupType      = "aws:autoscaling/group:Group"
	amiPattern     = "^ami-[0-9a-f]{17}$"
)

func TestAnInstanceCannotBeReachedOrReadBesideTheDesign(t *testing.T) {
	template := one(t, plan(t, staging()), launchTemplate, "staging-fleet")
	assert.Equal(t, map[string]any{"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1.0},
		template.Inputs["metadataOptions"], "IMDSv2, and no further than the instance")
	assert.NotContains(t, template.Inputs, "keyName")
	assert.Equal(t, []string{"sg-app"}, template.Strings("vpcSecurityGroupIds"))
	assert.NotContains(t, template.Inputs, "networkInterfaces", "a network interface could have a public address")
	assert.Equal(t, []any{map[string]any{"deviceName": "/dev/xvda", "ebs": map[string]any{
		"volumeType": "gp3", "volumeSize": 30.0, "encrypted": "true", "kmsKeyId": keyARN + "ebs", "deleteOnTermination": "true",
	}}}, template.Inputs["blockDeviceMappings"])
	assert.True(t, template.Bool("monitoring.enabled"), "detailed monitoring")
	assert.Equal(t, "true", template.String("ebsOptimized"))
}

func TestTheTemplateHoldsAnImageIDAndNoParameter(t *testing.T) {
	for _, preview := range []bool{false, true} {
		template := one(t, run(t, staging(), preview), launchTemplate, "staging-fleet")
		assert.Regexp(t, amiPattern, template.String("imageId"), "preview: %t", preview)
	}
	other := staging()
	other.Config.Fleet.ImageParameter = "/platform/golden-image"
	assert.NotEqual(t, one(t, plan(t, staging()), launchTemplate, "staging-fleet").String("imageId"),
		one(t, plan(t, other), launchTemplate, "staging-fleet").String("imageId"))
}

func TestInstancesAndVolumesAreTaggedAtLaunch(t *testing.T) {
	g := plan(t, staging())
	want := map[string]any{"Environment": "staging", "Project": "platform", "Name": "staging-fleet"}
	assert.Equal(t, []any{
		map[string]any{"resourceType": "instance", "tags": want},
		map[string]any{"resourceType": "volume", "tags": want},
	}, one(t, g, launchTemplate, "staging-fleet").Inputs["tagSpecifications"])

	assert.Equal(t, []any{
		map[string]any{"key": "Color", "value": "green", "propagateAtLaunch": true},
		map[string]any{"key": "Environment", "value": "staging", "propagateAtLaunch": true},
		map[string]any{"key": "Name", "value": "staging-green", "propagateAtLaunch": true},
		map[string]any{"key": "Project", "value": "platform", "propagateAtLaunch": true},
	}, one(t, g, groupType, "staging-green").Inputs["tags"])
}

func TestBothGroupsLaunchOneNumberedVersion(t *testing.T) {
	g := plan(t, staging())
	template := one(t, g, launchTemplate, "staging-fleet")
	for _, group := range g.OfType(groupType) {
		assert.Equal(t, map[string]any{"launchTemplateId": template.ID, "version": "1"}, specification(group), group.Name)
		assert.NotContains(t, group.Inputs, "launchTemplate", "beside the mixed instances policy")
	}
	for _, group := range run(t, staging(), true).OfType(groupType) {
		assert.NotContains(t, specification(group), "version", "known only to AWS, and so no $Latest")
	}
}

func specification(group graph.Resource) any {
	found, _ := group.Lookup("mixedInstancesPolicy.launchTemplate.launchTemplateSpecification")
	return found
}
