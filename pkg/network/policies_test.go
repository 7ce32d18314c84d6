package network_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGatewayEndpointsServeThisAccountAlone(t *testing.T) {
	g := plan(t, production)
	for service, want := range map[string]string{
		"dynamodb": `{"Version": "2012-10-17", "Statement": [{"Sid": "ThisAccount", "Effect": "Allow", "Principal": "*",
			"Action": ["dynamodb:*"], "Resource": ["*"],
			"Condition": {"StringEquals": {"aws:PrincipalAccount": "111111111111", "aws:ResourceAccount": "111111111111"}}}]}`,
		"s3": `{"Version": "2012-10-17", "Statement": [{"Sid": "ThisAccount", "Effect": "Allow", "Principal": "*",
			"Action": ["s3:*"], "Resource": ["*"],
			"Condition": {"StringEquals": {"aws:PrincipalAccount": "111111111111", "aws:ResourceAccount": "111111111111"}}},
			{"Sid": "AWSOwnedDownloads", "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [
			"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*",
			"arn:aws:s3:::aws-codedeploy-us-east-1/*", "arn:aws:s3:::aws-ssm-us-east-1/*",
			"arn:aws:s3:::amazon-ssm-us-east-1/*", "arn:aws:s3:::patch-baseline-snapshot-us-east-1/*"]},
			{"Sid": "PublicImages", "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject"], "Resource": [
			"arn:aws:s3:::prod-registry-k8s-io-us-east-1/*", "arn:aws:s3:::quayio-production-s3/*", "arn:aws:s3:::docker-images-prod/*"]}]}`,
	} {
		endpoint, err := g.One("aws:ec2/vpcEndpoint:VpcEndpoint", "production-"+service)
		require.NoError(t, err)
		assert.Equal(t, "Gateway", endpoint.String("vpcEndpointType"))
		assert.Equal(t, "com.amazonaws.us-east-1."+service, endpoint.String("serviceName"))
		assert.JSONEq(t, want, endpoint.String("policy"))
	}
}

func TestOnlyTheFlowLogServiceOfThisAccountWritesFlowLogs(t *testing.T) {
	g := plan(t, production)
	role, err := g.One("aws:iam/role:Role", "production-flow-logs")
	require.NoError(t, err)
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sts:AssumeRole"],
		"Principal": {"Service": "vpc-flow-logs.amazonaws.com"}, "Condition": {
		"StringEquals": {"aws:SourceAccount": "111111111111"},
		"ArnLike": {"aws:SourceArn": "arn:aws:ec2:us-east-1:111111111111:vpc-flow-log/*"}}}]}`, role.String("assumeRolePolicy"))
	policy, err := g.One("aws:iam/rolePolicy:RolePolicy", "production-flow-logs")
	require.NoError(t, err)
	assert.Equal(t, role.ID, policy.String("role"))
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
		"Action": ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"], "Resource": [
		"arn:aws:logs:us-east-1:111111111111:log-group:/production/vpc/flow-logs",
		"arn:aws:logs:us-east-1:111111111111:log-group:/production/vpc/flow-logs:*"]}]}`, policy.String("policy"))
}
