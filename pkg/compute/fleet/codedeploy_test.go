package fleet_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/policy"
)

const deploymentGroup = "aws:codedeploy/deploymentGroup:DeploymentGroup"

func TestEachColorHasADeploymentGroupOfItsOwn(t *testing.T) {
	g := plan(t, staging())
	application := one(t, g, "aws:codedeploy/application:Application", "staging-codedeploy")
	assert.Equal(t, "staging", application.String("name"))
	assert.Equal(t, "Server", application.String("computePlatform"))
	for _, c := range []string{"blue", "green"} {
		group := one(t, g, deploymentGroup, "staging-"+c)
		assert.Equal(t, "staging", group.String("appName"))
		assert.Equal(t, "staging-"+c, group.String("deploymentGroupName"))
		assert.Equal(t, []string{"staging-" + c}, group.Strings("autoscalingGroups"))
		assert.Equal(t, map[string]any{"targetGroupInfos": []any{
			map[string]any{"name": "staging-public-" + c}, map[string]any{"name": "staging-internal-" + c},
		}}, group.Inputs["loadBalancerInfo"])
		assert.Equal(t, map[string]any{"deploymentType": "IN_PLACE", "deploymentOption": "WITH_TRAFFIC_CONTROL"}, group.Inputs["deploymentStyle"])
		assert.NotContains(t, group.Inputs, "blueGreenDeploymentConfig", "it would make and delete auto scaling groups")
		assert.Equal(t, "CodeDeployDefault.AllAtOnce", group.String("deploymentConfigName"))
		assert.Equal(t, "UPDATE", group.String("outdatedInstancesStrategy"))
		assert.Equal(t, one(t, g, roleType, "staging-codedeploy").Outputs["arn"], group.String("serviceRoleArn"))
		assert.Contains(t, group.DependsOn, one(t, g, rolePolicy, "staging-codedeploy").URN, "CodeDeploy puts its hook at once")
	}
}

func TestADeploymentIsRolledBackOnFailureAndOnTheAlarmsOfItsColor(t *testing.T) {
	g := plan(t, staging())
	for _, c := range []string{"blue", "green"} {
		group := one(t, g, deploymentGroup, "staging-"+c)
		assert.Equal(t, map[string]any{"enabled": true, "events": []any{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"}},
			group.Inputs["autoRollbackConfiguration"])
		assert.True(t, group.Bool("alarmConfiguration.enabled"))
		var want []string
		for _, name := range []string{
			"status-check", "unhealthy-public", "errors-public", "connections-public",
			"unhealthy-internal", "errors-internal", "connections-internal",
		} {
			want = append(want, "staging-"+c+"-"+name)
		}
		assert.Equal(t, want, group.Strings("alarmConfiguration.alarms"),
			"not the missing ones, which a deployment takes out itself, nor what the live fleet's callers get")
	}
}

func TestWithoutAListenerThereIsNoTrafficToControl(t *testing.T) {
	for _, group := range plan(t, plain()).OfType(deploymentGroup) {
		assert.Equal(t, "WITHOUT_TRAFFIC_CONTROL", group.String("deploymentStyle.deploymentOption"))
		assert.NotContains(t, group.Inputs, "loadBalancerInfo")
	}
}

func TestRevisionsAreUnderTheEnvironmentsKeyAlone(t *testing.T) {
	g := plan(t, staging())
	bucket := one(t, g, "aws:s3/bucketV2:BucketV2", "staging-deployments")
	assert.Equal(t, "staging-deployments-444444444444", bucket.String("bucket"))
	encryption := one(t, g, "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2", "staging-deployments")
	assert.Equal(t, keyARN+"s3", encryption.String("rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyId"))
	versioning := one(t, g, "aws:s3/bucketVersioningV2:BucketVersioningV2", "staging-deployments")
	assert.Equal(t, "Enabled", versioning.String("versioningConfiguration.status"))

	_, expires := one(t, g, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "staging-deployments").
		Lookup("rules[0].noncurrentVersionExpiration")
	assert.False(t, expires, "a release names a version: without it the live color cannot scale out")

	var document struct{ Statement []policy.Statement }
	require.NoError(t, json.Unmarshal([]byte(one(t, g, "aws:s3/bucketPolicy:BucketPolicy", "staging-deployments").String("policy")), &document))
	var denied []policy.Condition
	for _, s := range document.Statement {
		assert.Equal(t, policy.Deny, s.Effect, "the roles say who may")
		if len(s.Action) == 1 && s.Action[0] == "s3:PutObject" {
			denied = append(denied, s.Condition)
			assert.Equal(t, []string{"arn:aws:s3:::staging-deployments-444444444444/*"}, s.Resource)
		}
	}
	assert.Equal(t, []policy.Condition{
		{"Null": {"s3:x-amz-server-side-encryption": "false"}},
		{"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": "false"}},
	}, denied, "an upload that names no encryption is let in and gets the default one")
}
