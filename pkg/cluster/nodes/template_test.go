package nodes_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEveryTemplateDemandsIMDSv2AndKeepsItFromPods(t *testing.T) {
	templates := plan(t, staging()).OfType(launchTemplate)
	require.Len(t, templates, 2)
	for _, template := range templates {
		assert.Equal(t, map[string]any{
			"httpEndpoint": "enabled", "httpTokens": "required", "httpPutResponseHopLimit": 1.0, "instanceMetadataTags": "disabled",
		}, template.Inputs["metadataOptions"], template.Name)
		assert.True(t, template.Bool("monitoring.enabled"), template.Name)
		assert.Equal(t, []string{"sg-nodes", "sg-app"}, template.Strings("vpcSecurityGroupIds"), template.Name)
	}
}

func TestATemplateLeavesToEKSWhatEKSWants(t *testing.T) {
	for _, template := range plan(t, staging()).OfType(launchTemplate) {
		for _, property := range []string{
			"imageId", "instanceType", "userData", "iamInstanceProfile", "instanceMarketOptions", "keyName", "networkInterfaces", "hibernationOptions",
		} {
			assert.NotContains(t, template.Inputs, property, template.Name)
		}
	}
}

func TestEveryVolumeOfAnImageIsEncryptedWithTheKey(t *testing.T) {
	encrypted := func(size any) map[string]any {
		volume := map[string]any{"volumeType": "gp3", "encrypted": "true", "kmsKeyId": keyARN, "deleteOnTermination": "true"}
		if size != nil {
			volume["volumeSize"] = size
		}
		return volume
	}
	g := plan(t, staging())
	assert.Equal(t, []any{map[string]any{"deviceName": "/dev/xvda", "ebs": encrypted(50.0)}},
		one(t, g, launchTemplate, "staging-nodes-default").Inputs["blockDeviceMappings"])
	assert.Equal(t, []any{
		map[string]any{"deviceName": "/dev/xvda", "ebs": encrypted(nil)}, map[string]any{"deviceName": "/dev/xvdb", "ebs": encrypted(80.0)},
	}, one(t, g, launchTemplate, "staging-nodes-batch").Inputs["blockDeviceMappings"], "the system's volume too")
}

func TestInstancesAndVolumesAreTaggedAtLaunch(t *testing.T) {
	args := staging()
	want := map[string]any{"Environment": "staging", "Project": "platform", "Name": "staging-batch"}
	assert.Equal(t, []any{
		map[string]any{"resourceType": "instance", "tags": want}, map[string]any{"resourceType": "volume", "tags": want},
	}, one(t, plan(t, args), launchTemplate, "staging-nodes-batch").Inputs["tagSpecifications"])
	assert.NotContains(t, args.Tags, "Name", "the caller's tags are left alone")
}
