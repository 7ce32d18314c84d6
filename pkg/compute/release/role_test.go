package release_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// needed are the IAM actions of an API call, by "service:Api" of a step (Service
// Authorization Reference; for S3 and CodeDeploy see role.go).
var needed = map[string][]string{
	"elbv2:DescribeListeners":               {"elasticloadbalancing:DescribeListeners"},
	"elbv2:ModifyListener":                  {"elasticloadbalancing:ModifyListener"},
	"autoscaling:DescribeAutoScalingGroups": {"autoscaling:DescribeAutoScalingGroups"},
	"autoscaling:UpdateAutoScalingGroup":    {"autoscaling:UpdateAutoScalingGroup", "ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"},
	"autoscaling:StartInstanceRefresh":      {"autoscaling:StartInstanceRefresh", "ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"},
	"autoscaling:DescribeInstanceRefreshes": {"autoscaling:DescribeInstanceRefreshes"},
	"ssm:PutParameter":                      {"ssm:PutParameter"},
	"ssm:DeleteParameter":                   {"ssm:DeleteParameter"},
	"autoscaling:SuspendProcesses":          {"autoscaling:SuspendProcesses"},
	"autoscaling:ResumeProcesses":           {"autoscaling:ResumeProcesses"},
	"s3:GetObjectAttributes":                {"s3:GetObjectVersion", "s3:GetObjectVersionAttributes", "kms:Decrypt"},
	"codedeploy:CreateDeployment": {"codedeploy:CreateDeployment", "codedeploy:GetApplicationRevision",
		"codedeploy:GetDeploymentConfig", "codedeploy:RegisterApplicationRevision"},
	"codedeploy:StopDeployment": {"codedeploy:StopDeployment"},
	"codedeploy:GetDeployment":  {"codedeploy:GetDeployment"},
	"cloudwatch:DescribeAlarms": {"cloudwatch:DescribeAlarms"},
}

type statement struct {
	Effect           string
	Action, Resource []string
	Principal        map[string]string
	Condition        map[string]map[string]string
}

// policies reads the trust and the permissions of the role.
func policies(t *testing.T) (trust, permissions []statement) {
	t.Helper()
	g, err := plan(args(), false)
	require.NoError(t, err)
	role, err := g.One("aws:iam/role:Role", "production-release")
	require.NoError(t, err)
	inline, err := g.One("aws:iam/rolePolicy:RolePolicy", "production-release")
	require.NoError(t, err)
	read := func(text string) []statement {
		var document struct{ Statement []statement }
		require.NoError(t, json.Unmarshal([]byte(text), &document))
		return document.Statement
	}
	return read(role.String("assumeRolePolicy")), read(inline.String("policy"))
}

func TestAutomationOfThisAccountAloneActsAsTheRole(t *testing.T) {
	trust, _ := policies(t)
	assert.Equal(t, []statement{{
		Effect: "Allow", Action: []string{"sts:AssumeRole"}, Principal: map[string]string{"Service": "ssm.amazonaws.com"},
		Condition: map[string]map[string]string{
			"StringEquals": {"aws:SourceAccount": "111111111111"},
			"ArnLike":      {"aws:SourceArn": "arn:aws:ssm:us-east-1:111111111111:automation-execution/*"},
		},
	}}, trust)
}

func TestTheRoleMayDoWhatTheStepsCallAndNothingElse(t *testing.T) {
	var want, may []string
	for _, found := range documents(t) {
		for _, s := range found.MainSteps {
			switch s.Action {
			case "aws:branch", "aws:approve", "aws:sleep": // they call nothing
			case "aws:executeScript":
				want = append(want, "autoscaling:DescribeAutoScalingGroups")
			default:
				api := s.Inputs["Service"].(string) + ":" + s.Inputs["Api"].(string)
				require.Contains(t, needed, api)
				want = append(want, needed[api]...)
			}
		}
	}
	_, permissions := policies(t)
	for _, s := range permissions {
		assert.Equal(t, "Allow", s.Effect)
		may = append(may, s.Action...)
	}
	slices.Sort(want)
	slices.Sort(may)
	assert.Equal(t, slices.Compact(want), slices.Compact(may))
}

func TestWhatChangesSomethingNamesItsResource(t *testing.T) {
	want := map[string][]string{
		"elasticloadbalancing:ModifyListener": {elbARN + "listener/public", elbARN + "listener/internal", elbARN + "listener/test"},
		"autoscaling:UpdateAutoScalingGroup":  {asgARN + "production-blue", asgARN + "production-green"},
		"autoscaling:StartInstanceRefresh":    {asgARN + "production-blue", asgARN + "production-green"},
		"ssm:PutParameter":                    {"arn:aws:ssm:us-east-1:111111111111:parameter/production/release"},
		"ssm:DeleteParameter":                 {"arn:aws:ssm:us-east-1:111111111111:parameter/production/release"},
		"ec2:CreateTags":                      {ec2ARN + "instance/*", ec2ARN + "volume/*"},
		"iam:PassRole":                        {"arn:aws:iam::111111111111:role/instance"},
		"autoscaling:SuspendProcesses":        {asgARN + "production-blue", asgARN + "production-green"},
		"s3:GetObjectVersion":                 {"arn:aws:s3:::production-deployments/*"},
		"kms:Decrypt":                         {keyARN},
		"codedeploy:CreateDeployment": {
			"arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:production/production-blue",
			"arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:production/production-green",
		},
		"codedeploy:RegisterApplicationRevision": {
			"arn:aws:codedeploy:us-east-1:111111111111:application:production",
			"arn:aws:codedeploy:us-east-1:111111111111:deploymentconfig:CodeDeployDefault.AllAtOnce",
		},
	}
	_, permissions := policies(t)
	seen := 0
	for _, s := range permissions {
		for _, action := range s.Action {
			assert.NotContains(t, action, "*")
			if resources, known := want[action]; known {
				seen++
				assert.Equal(t, resources, s.Resource, action)
			}
			if slices.Contains(s.Resource, "*") {
				assert.True(t, strings.Contains(action, ":Describe") || action == "ec2:RunInstances" && s.Condition["Bool"]["ec2:IsLaunchTemplateResource"] == "true",
					"%s: only what changes nothing, or the template names, is allowed everywhere", action)
			}
			if strings.HasPrefix(action, "kms:") {
				assert.Equal(t, "s3.us-east-1.amazonaws.com", s.Condition["StringEquals"]["kms:ViaService"])
			}
		}
	}
	assert.Equal(t, len(want), seen)
}

// Who may give a group a launch template could launch anything by it: the template
// must be the fleet's, and the role the instances'.
func TestInstancesAreLaunchedFromTheFleetsTemplateAlone(t *testing.T) {
	_, permissions := policies(t)
	template := ec2ARN + "launch-template/lt-0123456789abcdef0"
	seen := map[string]int{}
	for _, s := range permissions {
		for _, action := range s.Action {
			seen[action]++
			switch action {
			case "ec2:RunInstances":
				assert.Equal(t, template, s.Condition["ArnEquals"]["ec2:LaunchTemplate"])
			case "ec2:CreateTags":
				assert.Equal(t, "RunInstances", s.Condition["StringEquals"]["ec2:CreateAction"])
			case "iam:PassRole":
				assert.Equal(t, "ec2.amazonaws.com", s.Condition["StringEquals"]["iam:PassedToService"])
			}
		}
	}
	assert.Equal(t, []int{2, 1, 1}, []int{seen["ec2:RunInstances"], seen["ec2:CreateTags"], seen["iam:PassRole"]})
}
