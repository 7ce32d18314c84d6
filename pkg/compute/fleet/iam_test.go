package fleet_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy"
)

const (
	roleType   = "aws:iam/role:Role"
	rolePolicy = "aws:iam/rolePolicy:RolePolicy"
)

// statements are those of a role's one policy.
func statements(t *testing.T, g *graph.Graph, name string) []policy.Statement {
	t.Helper()
	role, attached := one(t, g, roleType, name), one(t, g, rolePolicy, name)
	require.Equal(t, role.ID, attached.String("role"))
	var document struct{ Statement []policy.Statement }
	require.NoError(t, json.Unmarshal([]byte(attached.String("policy")), &document))
	return document.Statement
}

// resources are what a role may do an action on.
func resources(all []policy.Statement, action string) (found []string) {
	for _, s := range all {
		if s.Effect == policy.Allow && slices.Contains(s.Action, action) {
			found = append(found, s.Resource...)
		}
	}
	return found
}

func TestARoleMayDoNothingToEverything(t *testing.T) {
	anywhere := map[string][]string{ // the services in which AWS knows no resource for the action
		"staging-fleet":      {"ssm", "ssmmessages", "ec2messages", "cloudwatch"},
		"staging-codedeploy": {"autoscaling", "cloudwatch", "ec2", "elasticloadbalancing", "tag"},
	}
	for name, services := range anywhere {
		for _, s := range statements(t, plan(t, staging()), name) {
			for _, action := range s.Action {
				service, verb, _ := strings.Cut(action, ":")
				assert.NotContains(t, action, "*", s.Sid)
				if !slices.Contains(s.Resource, "*") {
					continue
				}
				assert.Contains(t, services, service, action)
				if name == "staging-codedeploy" {
					assert.True(t, strings.HasPrefix(verb, "Describe") || action == "tag:GetResources", "%s reads only", action)
				}
			}
		}
	}
}

func TestAnInstanceHasNothingToSayInSystemsManager(t *testing.T) {
	all := statements(t, plan(t, staging()), "staging-fleet")
	for _, action := range []string{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:PutParameter", "ssm:SendCommand"} {
		assert.Empty(t, resources(all, action), action)
	}
}

func TestAnInstanceReadsRevisionsAndWritesItsOwnLogsAndMetrics(t *testing.T) {
	g := plan(t, staging())
	all := statements(t, g, "staging-fleet")
	assert.Equal(t, []string{"arn:aws:s3:::staging-deployments-444444444444/*"}, resources(all, "s3:GetObject"))
	assert.Equal(t, []string{"arn:aws:s3:::staging-deployments-444444444444/*"}, resources(all, "s3:GetObjectVersion"))
	assert.Empty(t, resources(all, "s3:PutObject"))
	sessions := "arn:aws:logs:eu-west-1:444444444444:log-group:/platform/sessions"
	assert.Equal(t, []string{"arn:aws:kms:eu-west-1:444444444444:key/*", keyARN + "s3"}, resources(all, "kms:Decrypt"))
	logs := "arn:aws:logs:eu-west-1:444444444444:log-group:/staging/fleet"
	assert.Equal(t, []string{sessions, sessions + ":*", logs, logs + ":*"}, resources(all, "logs:PutLogEvents"))
	assert.Empty(t, resources(all, "logs:CreateLogGroup"))
	conditions := map[string]policy.Condition{}
	for _, s := range all {
		if s.Condition != nil {
			conditions[s.Sid] = s.Condition
		}
	}
	assert.Equal(t, map[string]policy.Condition{
		"WritesTheFleetsMetrics": {"StringEquals": {"cloudwatch:namespace": "staging/fleet"}},
		"DecryptsRevisions":      {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}},
		"DecryptsSessions":       {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/platform/sessions"}},
	}, conditions)
	role, profile := one(t, g, roleType, "staging-fleet"), one(t, g, "aws:iam/instanceProfile:InstanceProfile", "staging-fleet")
	assert.NotContains(t, role.Inputs, "managedPolicyArns")
	assert.Empty(t, g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment"), "nothing more by a managed policy")
	assert.Equal(t, role.ID, profile.String("role"))
	assert.Equal(t, profile.Outputs["arn"], one(t, g, launchTemplate, "staging-fleet").String("iamInstanceProfile.arn"))
}

func TestCodeDeployCannotMakeChangeOrDeleteGroups(t *testing.T) {
	all := statements(t, plan(t, staging()), "staging-codedeploy")
	for _, action := range []string{
		"autoscaling:CreateAutoScalingGroup", "autoscaling:UpdateAutoScalingGroup", "autoscaling:DeleteAutoScalingGroup",
		"autoscaling:AttachLoadBalancerTargetGroups", "autoscaling:SuspendProcesses", "ec2:TerminateInstances", "cloudwatch:PutMetricAlarm",
	} {
		assert.Empty(t, resources(all, action), action)
	}
	groups := "arn:aws:autoscaling:eu-west-1:444444444444:autoScalingGroup:*:autoScalingGroupName/staging-"
	assert.Equal(t, []string{groups + "blue", groups + "green"}, resources(all, "autoscaling:PutLifecycleHook"))
	target := balancerARN + "targetgroup/staging-"
	assert.Equal(t, []string{target + "public-blue/1", target + "internal-blue/1", target + "public-green/1", target + "internal-green/1"},
		resources(all, "elasticloadbalancing:RegisterTargets"))
	assert.Empty(t, resources(statements(t, plan(t, plain()), "staging-codedeploy"), "elasticloadbalancing:RegisterTargets"), "nothing to control")
}

func TestCodeDeployWorksForThisEnvironmentAlone(t *testing.T) {
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "codedeploy.amazonaws.com"}, "Condition": {
		"StringEquals": {"aws:SourceAccount": "444444444444"},
		"ArnLike": {"aws:SourceArn": "arn:aws:codedeploy:eu-west-1:444444444444:deploymentgroup:staging/staging-*"}}}]}`,
		one(t, plan(t, staging()), roleType, "staging-codedeploy").String("assumeRolePolicy"))
}
