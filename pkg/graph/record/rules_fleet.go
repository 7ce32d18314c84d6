package record

import "aws-platform/pkg/graph"

const cloudWatchARN = "arn:$partition:cloudwatch:$region:$account:alarm:"

// fleetRules are the rules of auto scaling, alarms and CodeDeploy.
var fleetRules = map[string]rule{
	"aws:ec2/launchTemplate:LaunchTemplate": {"lt-$urn17", map[string]string{
		"arn": ec2ARN + "launch-template/$id", "name": "$name-$urn7",
	}},
	"aws:autoscaling/group:Group":                       {"$in.name", map[string]string{"arn": "arn:$partition:autoscaling:$region:$account:autoScalingGroup:$uuid:autoScalingGroupName/$in.name"}},
	"aws:autoscaling/policy:Policy":                     {"$in.name", map[string]string{"arn": "arn:$partition:autoscaling:$region:$account:scalingPolicy:$uuid:autoScalingGroupName/$in.autoscalingGroupName:policyName/$in.name"}},
	"aws:iam/instanceProfile:InstanceProfile":           {"$name-$urn7", map[string]string{"name": "$id", "arn": "arn:$partition:iam::$account:instance-profile/$id", "uniqueId": "AIPA$urn17"}},
	"aws:iam/rolePolicyAttachment:RolePolicyAttachment": {"$in.role-$urn17", nil},
	"aws:cloudwatch/metricAlarm:MetricAlarm":            {"$in.name", map[string]string{"arn": cloudWatchARN + "$in.name"}},
	"aws:cloudwatch/compositeAlarm:CompositeAlarm":      {"$in.alarmName", map[string]string{"arn": cloudWatchARN + "$in.alarmName"}},
	"aws:codedeploy/application:Application":            {"$uuid:$in.name", map[string]string{"arn": "arn:$partition:codedeploy:$region:$account:application:$in.name", "applicationId": "$uuid"}},
	"aws:codedeploy/deploymentGroup:DeploymentGroup": {"$uuid", map[string]string{
		"arn": "arn:$partition:codedeploy:$region:$account:deploymentgroup:$in.appName/$in.deploymentGroupName", "deploymentGroupId": "$uuid",
	}},
}

// firstVersion numbers the version that a new launch template has: numbers, as the
// SDK wants them.
func firstVersion(_ graph.Resource, id string, outputs map[string]any) string {
	outputs["latestVersion"], outputs["defaultVersion"] = 1, 1
	return id
}
