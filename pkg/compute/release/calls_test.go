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
		{"Variable": "{{ LiveSize.DesiredCapacity }}", "NumericGreater": 0}]}], "Default": "Unlock"}`,
	"VerifyRevision": `{"Service": "s3", "Api": "GetObjectAttributes", "Bucket": "production-deployments",
		"Key": "{{ RevisionKey }}", "VersionId": "{{ RevisionVersion }}", "ObjectAttributes": ["Checksum"],
		"PropertySelector": "$.Checksum.ChecksumSHA256", "DesiredValues": ["{{ RevisionSha256 }}"]}`,
	"ScaleUp": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-COLOR",
		"MinSize": "{{ LiveSize.MinSize }}", "DesiredCapacity": "{{ LiveSize.DesiredCapacity }}", "MixedInstancesPolicy": POLICY}`,
	"Deploy": `{"Service": "codedeploy", "Api": "CreateDeployment", "applicationName": "production", "deploymentGroupName": "production-COLOR",
		"description": "{{ automation:EXECUTION_ID }}", "fileExistsBehavior": "OVERWRITE",
		"autoRollbackConfiguration": {"enabled": false}, "revision": {"revisionType": "S3", "s3Location": {
		"bucket": "production-deployments", "key": "{{ RevisionKey }}", "version": "{{ RevisionVersion }}", "bundleType": "zip"}}}`,
	"AssertDeployed": `{"Service": "codedeploy", "Api": "GetDeployment", "deploymentId": "{{ Deploy.DeploymentId }}",
		"PropertySelector": "$.deploymentInfo.status", "DesiredValues": ["Succeeded"]}`,
	"IsComplete": `{"Choices": [{"NextStep": "AlarmIsQuiet", "And": [
		{"Variable": "{{ Deployed.Succeeded }}", "NumericGreater": 0},
		{"Variable": "{{ Deployed.Failed }}", "NumericEquals": 0},
		{"Variable": "{{ Deployed.Skipped }}", "NumericEquals": 0}]}], "Default": "ScaleDown"}`,
	"HoldOld": `{"Service": "autoscaling", "Api": "SuspendProcesses", "AutoScalingGroupName": "production-OTHER",
		"ScalingProcesses": ["AlarmNotification"]}`,
	"StopDeployment": `{"Service": "codedeploy", "Api": "StopDeployment", "deploymentId": "{{ Deploy.DeploymentId }}", "autoRollbackEnabled": false}`,
	"Lock": `{"Service": "ssm", "Api": "PutParameter", "Name": "/production/release", "Type": "String", "Value": "{{ automation:EXECUTION_ID }}",
		"Description": "A release, a refresh or the schedule is at work; see docs/runbooks/release.md", "Overwrite": false}`,
	"Unlock":     `{"Service": "ssm", "Api": "DeleteParameter", "Name": "/production/release"}`,
	"UnlockLive": `{"Service": "ssm", "Api": "DeleteParameter", "Name": "/production/release"}`,
	"Keep1":      `{"Duration": "PT1M"}`,
	"Quiet1": `{"Service": "cloudwatch", "Api": "DescribeAlarms", "AlarmNames": ["production-COLOR-unhealthy"], "AlarmTypes": ["CompositeAlarm"],
		"PropertySelector": "$.CompositeAlarms[0].StateValue", "DesiredValues": ["OK", "INSUFFICIENT_DATA"]}`,
	"RetireOld": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-OTHER", "MinSize": 0, "DesiredCapacity": 0}`,
	"ScaleDown": `{"Service": "autoscaling", "Api": "UpdateAutoScalingGroup", "AutoScalingGroupName": "production-COLOR", "MinSize": 0, "DesiredCapacity": 0}`,
	"ReleaseStands": `{"Service": "elbv2", "Api": "DescribeListeners", "ListenerArns": ["ELB/listener/test"],
		"PropertySelector": "$.Listeners[0].DefaultActions[0].TargetGroupArn", "DesiredValues": ["ELB/targetgroup/public-OTHER"]}`,
}

// refreshCalls are those of the document that replaces a live color's instances.
var refreshCalls = map[string]string{
	"Lock": calls["Lock"], "IsLive": calls["ReleaseStands"], "Unlock": calls["Unlock"],
	"Refresh": `{"Service": "autoscaling", "Api": "StartInstanceRefresh", "AutoScalingGroupName": "production-COLOR", "Strategy": "Rolling",
		"DesiredConfiguration": {"MixedInstancesPolicy": POLICY},
		"Preferences": {"AutoRollback": true, "AlarmSpecification": {"Alarms": ["production-COLOR-errors", "production-COLOR-hosts"]},
		"MinHealthyPercentage": 100, "MaxHealthyPercentage": 110, "SkipMatching": true}}`,
	"WaitRefreshed": `{"Service": "autoscaling", "Api": "DescribeInstanceRefreshes", "AutoScalingGroupName": "production-COLOR",
		"InstanceRefreshIds": ["{{ Refresh.InstanceRefreshId }}"], "PropertySelector": "$.InstanceRefreshes[0].Status",
		"DesiredValues": ["Successful", "Failed", "Cancelled", "RollbackSuccessful", "RollbackFailed"]}`,
	"AssertRefreshed": `{"Service": "autoscaling", "Api": "DescribeInstanceRefreshes", "AutoScalingGroupName": "production-COLOR",
		"InstanceRefreshIds": ["{{ Refresh.InstanceRefreshId }}"], "PropertySelector": "$.InstanceRefreshes[0].Status", "DesiredValues": ["Successful"]}`,
}

// policy is what instances are launched from, in place of POLICY.
const policy = `{"LaunchTemplate": {
	"LaunchTemplateSpecification": {"LaunchTemplateId": "lt-0123456789abcdef0", "Version": "7"},
	"Overrides": [{"InstanceType": "t3.medium"}, {"InstanceType": "t3a.medium"}]},
	"InstancesDistribution": {"OnDemandAllocationStrategy": "prioritized", "OnDemandBaseCapacity": 3,
	"OnDemandPercentageAboveBaseCapacity": 75, "SpotAllocationStrategy": "price-capacity-optimized"}}`

func TestWhatTheStepsSayToAWS(t *testing.T) {
	for _, c := range color.Both() {
		fill := strings.NewReplacer("COLOR", string(c), "OTHER", string(c.Other()), "ELB/", elbARN, "POLICY", policy)
		check := func(found document, calls map[string]string) {
			for name, want := range calls {
				text, err := json.Marshal(found.at(t, name).Inputs)
				require.NoError(t, err)
				assert.JSONEq(t, fill.Replace(want), string(text), name)
			}
		}
		check(runbook(t, args(), c), calls)
		check(refresh(t, args(), c), refreshCalls)
		assert.Len(t, refresh(t, args(), c).MainSteps, len(refreshCalls))
	}
}

// A step uses what a parameter or an earlier step gives, and nothing else.
func TestEveryReferenceIsGiven(t *testing.T) {
	for _, found := range documents(t) {
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
		assert.Greater(t, used, 2)
	}
}
