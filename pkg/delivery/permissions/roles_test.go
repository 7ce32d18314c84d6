package permissions_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/delivery/permissions"
)

func TestPreviewReadsAndChangesNothing(t *testing.T) {
	seen := 0
	for _, document := range role(t, permissions.Preview).Policies {
		for _, statement := range document.Statements {
			for _, action := range statement.Action {
				seen++
				_, verb, _ := strings.Cut(action, ":")
				reads := strings.HasPrefix(verb, "Describe") || strings.HasPrefix(verb, "Get") || strings.HasPrefix(verb, "List") || strings.HasPrefix(verb, "View")
				assert.True(t, reads || slices.Contains([]string{"sts:AssumeRole", "kms:Decrypt", "inspector2:BatchGetAccountStatus"}, action), action)
			}
		}
	}
	assert.Greater(t, seen, 80)
}

func TestPreviewReadsNoData(t *testing.T) {
	ask(t, permissions.Preview, []question{
		{"a subnet", "ec2:DescribeSubnets", "*", nil, true},
		{"a bucket's policy", "s3:GetBucketPolicy", "arn:aws:s3:::production-logs-111111111111", nil, true},
		{"an object", "s3:GetObject", "arn:aws:s3:::production-logs-111111111111/x", nil, false},
		{"its environment's state", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production.json", nil, true},
		{"its account's state", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform-account/account-production.json", nil, true},
		{"the peering's state", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform-peering/peering.json", nil, true},
		{"a state of dev's", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/dev.json", nil, false},
		{"writes its state", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production.json", nil, false},
		{"takes a lock", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/locks/organization/platform/production/1.json", nil, false},
		{"the state's key", "kms:Decrypt", "arn:aws:kms:us-east-1:111111111111:key/state", nil, true},
		{"another key, and so no secret parameter", "kms:Decrypt", kmsKey, nil, false},
		{"a plain parameter", "ssm:GetParameter", "arn:aws:ssm:us-east-1:111111111111:parameter/production/kafka/port", nil, true},
		{"the AMI of AWS", "ssm:GetParameter", "arn:aws:ssm:us-east-1::parameter/aws/service/ami-amazon-linux-latest/x", nil, true},
		{"another parameter", "ssm:GetParameter", "arn:aws:ssm:us-east-1:111111111111:parameter/other/x", nil, false},
		{"a secret", "secretsmanager:GetSecretValue", "*", nil, false},
		{"the database's password", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds!db-1", nil, false},
		{"the endpoint of a topic", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:production/alarms/pagerduty-a1b2c3", nil, true},
		{"the endpoint of the account's topic", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:platform/alarms/pagerduty-a1b2c3", nil, true},
		{"the endpoint of another environment's topic", "secretsmanager:GetSecretValue", "arn:aws:secretsmanager:us-east-1:111111111111:secret:production-pci/alarms/pagerduty-a1b2c3", nil, false},
		{"rows", "dynamodb:GetItem", "*", nil, false},
		{"documents of the search domain", "es:ESHttpGet", "*", nil, false},
		{"log events", "logs:GetLogEvents", "*", nil, false},
		{"log events by a filter", "logs:FilterLogEvents", "*", nil, false},
		{"an image", "ecr:BatchGetImage", "*", nil, false},
		{"a console's password", "ec2:GetPasswordData", "*", nil, false},
		{"the other side's preview", "sts:AssumeRole", "arn:aws:iam::222222222222:role/platform-preview", nil, true},
		{"the deployment", "sts:AssumeRole", "arn:aws:iam::111111111111:role/platform-deploy", nil, false},
	})
}

func TestPeeringWritesRoutesOfTwoTiersAlone(t *testing.T) {
	tier := func(name string) map[string][]string { return map[string][]string{"aws:ResourceTag/Tier": {name}} }
	between := func(a, b string) map[string][]string {
		return map[string][]string{"ec2:RequesterVpc": {"arn:aws:ec2:us-east-1:" + a + ":vpc/vpc-1"}, "ec2:AccepterVpc": {"arn:aws:ec2:us-east-1:" + b + ":vpc/vpc-2"}}
	}
	const table, connection = "arn:aws:ec2:us-east-1:111111111111:route-table/rtb-1", "arn:aws:ec2:us-east-1:111111111111:vpc-peering-connection/pcx-1"
	ask(t, permissions.Peering, []question{
		{"a route of the app tier", "ec2:CreateRoute", table, tier("app"), true},
		{"a route of the loadbalancer tier", "ec2:CreateRoute", table, tier("loadbalancer"), true},
		{"a route of the data tier", "ec2:CreateRoute", table, tier("data"), false},
		{"a route of the public tier", "ec2:ReplaceRoute", table, tier("public"), false},
		{"a route of a table without a tier", "ec2:CreateRoute", table, nil, false},
		{"tags a table into a tier", "ec2:CreateTags", table, nil, false},
		{"tags the connection", "ec2:CreateTags", connection, nil, true},
		{"peers the two accounts", "ec2:CreateVpcPeeringConnection", connection, between(account, "222222222222"), true},
		{"peers a stranger", "ec2:CreateVpcPeeringConnection", connection, between(account, "999999999999"), false},
		{"accepts a stranger", "ec2:AcceptVpcPeeringConnection", connection, between("999999999999", account), false},
		{"the other side", "sts:AssumeRole", "arn:aws:iam::222222222222:role/platform-peering", nil, true},
		{"its state", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform-peering/peering.json", nil, true},
		{"an environment's outputs", "s3:GetObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production-pci.json", nil, true},
		{"an environment's state", "s3:PutObject", "arn:aws:s3:::example-state/.pulumi/stacks/platform/production-pci.json", nil, false},
		{"alarms in an emergency", "sns:Publish", "arn:aws:sns:us-east-1:111111111111:production-security", nil, true},
		{"a security group", "ec2:AuthorizeSecurityGroupIngress", "*", nil, false},
	})
}

func TestPipelineIsTheDeployerAndLittleElse(t *testing.T) {
	ask(t, permissions.Pipeline, []question{
		{"finds the cluster", "eks:DescribeCluster", "arn:aws:eks:us-east-1:111111111111:cluster/production-eks", nil, true},
		{"becomes the deployer", "sts:AssumeRole", "arn:aws:iam::111111111111:role/production-eks-deployer", nil, true},
		{"becomes the administrator", "sts:AssumeRole", "arn:aws:iam::111111111111:role/production-eks-devops", nil, false},
		{"deploys infrastructure", "sts:AssumeRole", "arn:aws:iam::111111111111:role/platform-deploy", nil, false},
		{"looks at the findings", "ecr:DescribeImageScanFindings", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, true},
		{"pulls for the signature", "ecr:BatchGetImage", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, true},
		{"pushes", "ecr:PutImage", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, false},
		{"alarms", "sns:Publish", "arn:aws:sns:us-east-1:111111111111:production-security", nil, true},
		{"access for itself", "eks:CreateAccessEntry", "arn:aws:eks:us-east-1:111111111111:cluster/production-eks", nil, false},
	})
}

func TestPipelineEC2ReleasesOneRevision(t *testing.T) {
	const bucket = "arn:aws:s3:::production-deployments-111111111111"
	ask(t, permissions.PipelineEC2, []question{
		{"uploads a revision", "s3:PutObject", bucket + "/api/1.zip", nil, true},
		{"deletes one", "s3:DeleteObject", bucket + "/api/1.zip", nil, false},
		{"reads its checksum", "s3:GetObjectAttributes", bucket + "/api/1.zip", nil, true},
		{"uploads to another bucket", "s3:PutObject", "arn:aws:s3:::production-load-balancer-logs-111111111111/x", nil, false},
		{"encrypts it", "kms:GenerateDataKey", kmsKey, map[string][]string{"kms:ResourceAliases": {"alias/production/s3"}, "kms:ViaService": {"s3.us-east-1.amazonaws.com"}}, true},
		{"encrypts with another key", "kms:GenerateDataKey", kmsKey, map[string][]string{"kms:ResourceAliases": {"alias/production/rds"}, "kms:ViaService": {"s3.us-east-1.amazonaws.com"}}, false},
		{"releases green", "ssm:StartAutomationExecution", "arn:aws:ssm:us-east-1:111111111111:automation-definition/production-release-green:$DEFAULT", nil, true},
		{"runs another document", "ssm:StartAutomationExecution", "arn:aws:ssm:us-east-1:111111111111:automation-definition/AWS-RunShellScript:1", nil, false},
		{"approves its own release", "ssm:SendAutomationSignal", "*", nil, false},
		{"passes the runbook's role", "iam:PassRole", iam + "role/production-release-1a2b3c4", map[string][]string{"iam:PassedToService": {"ssm.amazonaws.com"}}, true},
		{"passes it to an instance", "iam:PassRole", iam + "role/production-release-1a2b3c4", map[string][]string{"iam:PassedToService": {"ec2.amazonaws.com"}}, false},
		{"sees what a color has", "codedeploy:GetDeploymentGroup", "arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:production/production-blue", nil, true},
		{"goes around the release document", "codedeploy:CreateDeployment", "arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:production/production-blue", nil, false},
		{"a shell on an instance", "ssm:SendCommand", "*", nil, false},
		{"moves the traffic by hand", "elasticloadbalancing:ModifyListener", "*", nil, false},
	})
}

func TestBuildPushesTheApplicationsImages(t *testing.T) {
	ask(t, permissions.Build, []question{
		{"pushes", "ecr:PutImage", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, true},
		{"pushes another", "ecr:PutImage", "arn:aws:ecr:us-east-1:111111111111:repository/base", nil, false},
		{"deletes", "ecr:BatchDeleteImage", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, false},
		{"makes tags mutable", "ecr:PutImageTagMutability", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, false},
		{"lets others in", "ecr:SetRepositoryPolicy", "arn:aws:ecr:us-east-1:111111111111:repository/web", nil, false},
		{"assumes a role", "sts:AssumeRole", "arn:aws:iam::111111111111:role/platform-deploy", nil, false},
	})
}

// Dev may have no certificate, and so no release documents.
func TestOnlyDevIsDeployedToWithoutADocument(t *testing.T) {
	for environment, want := range map[string]bool{"dev": true, "staging": false, "production": false, "production-pci": false} {
		p := place()
		p.Environment = environment
		for _, role := range permissions.Roles(p) {
			q := question{"", "codedeploy:CreateDeployment", "arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:" + environment + "/" + environment + "-blue", nil, false}
			assert.Equal(t, want && role.Name == permissions.PipelineEC2, mayRequest(role, q), "%s: %s", environment, role.Name)
			q.resource = "arn:aws:codedeploy:us-east-1:111111111111:deploymentgroup:other/" + environment + "-blue"
			assert.False(t, mayRequest(role, q), "another application")
		}
	}
}
