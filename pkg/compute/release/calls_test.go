package release_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/compute/color"
)

// calls are what the steps say to AWS, for the color in place of COLOR and the
// other one in place of OTHER.
var calls = map[string]string{
	"IsIdle": `{"Service": "elbv2", "Api": "DescribeListeners", "ListenerArns": ["ELB/listener/test"],
		"PropertySelector": "$.Listeners[0].DefaultActions[0].TargetGroupArn", "DesiredValues": ["ELB/targetgroup/public-COLOR"]}`,
	"LiveSize": `{"Service": "autoscaling", "Api": "DescribeAutoScalingGroups", "AutoScalingGroupNames": ["production-OTHER"]}`,
	"IsReady": `{"Choices": [{"NextStep": "VerifyRevision", "And": [
		{"Variable": "{{ IdleSize.DesiredCapacity }}", "NumericEquals": 0},
		{"Variable": "{{ LiveSize.DesiredCapacity }}", "NumericGreater": 0}]}], "Default": "ReleaseStands"}`,
	"VerifyRevision": `{"Service": "s3", "Api": "GetObjectAttributes", "Bucket": "production-deployments",
		"Key": "{{ RevisionKey }}", "VersionId": "{{ RevisionVersion }}", "ObjectAttributes": ["Checksum"],
		"PropertySelector": "$.Checksum.ChecksumSHA256", "DesiredValues": ["{{ RevisionSha256 }}"]}`,
	"ScaleUp": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-COLOR",
		"MinSize": "{{ LiveSize.MinSize }}", "DesiredCapacity": "{{ LiveSize.DesiredCapacity }}"}`,
	"Deploy": `{"Service": "codedeploy", "Api": "CreateDeployment", "applicationName": "production", "deploymentGroupName": "production-COLOR",
		"description": "{{ automation:EXECUTION_ID }}", "fileExistsBehavior": "OVERWRITE", "revision": {"revisionType": "S3", "s3Location": {
		"bucket": "production-deployments", "key": "{{ RevisionKey }}", "version": "{{ RevisionVersion }}", "bundleType": "zip"}}}`,
	"AssertDeployed": `{"Service": "codedeploy", "Api": "GetDeployment", "deploymentId": "{{ Deploy.DeploymentId }}",
		"PropertySelector": "$.deploymentInfo.status", "DesiredValues": ["Succeeded"]}`,
	"IsComplete": `{"Choices": [{"NextStep": "AlarmIsQuiet", "And": [
		{"Variable": "{{ Deployed.Succeeded }}", "NumericGreater": 0},
		{"Variable": "{{ Deployed.Failed }}", "NumericEquals": 0},
		{"Variable": "{{ Deployed.Skipped }}", "NumericEquals": 0}]}], "Default": "ScaleDown"}`,
	"HoldOld": `{"Service": "autoscaling", "Api": "SuspendProcesses", "AutoScalingGroupName": "production-OTHER",
		"ScalingProcesses": ["AlarmNotification", "ScheduledActions"]}`,
	"Watch": `{"Service": "cloudwatch", "Api": "DescribeAlarms", "AlarmNames": ["production-COLOR-unhealthy"], "AlarmTypes": ["CompositeAlarm"],
		"PropertySelector": "$.CompositeAlarms[0].StateValue", "DesiredValues": ["ALARM"]}`,
	"RetireOld": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-OTHER", "MinSize": 0, "DesiredCapacity": 0}`,
	"ScaleDown": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-COLOR", "MinSize": 0, "DesiredCapacity": 0}`,
	"ReleaseStands": `{"Service": "elbv2", "Api": "DescribeListeners", "ListenerArns": ["ELB/listener/test"],
		"PropertySelector": "$.Listeners[0].DefaultActions[0].TargetGroupArn", "DesiredValues": ["ELB/targetgroup/public-OTHER"]}`,
}

func TestWhatTheStepsSayToAWS(t *testing.T) {
	for _, c := range color.Both() {
		found := runbook(t, args(), c)
		fill := strings.NewReplacer("COLOR", string(c), "OTHER", string(c.Other()), "ELB/", elbARN)
		for name, want := range calls {
			text, err := json.Marshal(found.at(t, name).Inputs)
			require.NoError(t, err)
			assert.JSONEq(t, fill.Replace(want), string(text), name)
		}
	}
}

// A step uses what a parameter or an earlier step gives, and nothing else.
func TestEveryReferenceIsGiven(t *testing.T) {
	for _, c := range color.Both() {
		found := runbook(t, args(), c)
		given := map[string]bool{"automation:EXECUTION_ID": true}
		for name := range found.Parameters {
			given[name] = true
		}
		used := 0
		for _, s := range found.MainSteps {
			text, err := json.Marshal(s.Inputs)
			require.NoError(t, err)
			for _, part := range strings.Split(string(text), "{{")[1:] {
				name, _, closed := strings.Cut(part, "}}")
				require.True(t, closed)
				assert.True(t, given[strings.TrimSpace(name)], "%s uses %s", s.Name, name)
				used++
			}
			for _, output := range s.Outputs {
				given[s.Name+"."+output.Name] = true
			}
		}
		assert.Greater(t, used, 10)
	}
}
