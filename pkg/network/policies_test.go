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
			"arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*", "arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*"]}]}`,
	} {
		endpoint, err := g.One("aws:ec2/vpcEndpoint:VpcEndpoint", "production-"+service)
		require.NoError(t, err)
		assert.Equal(t, "Gateway", endpoint.String("vpcEndpointType"))
		assert.Equal(t, "com.amazonaws.us-east-1."+service, endpoint.String("serviceName"))
		assert.JSONEq(t, want, endpoint.String("policy"))
	}
}

func TestInterfaceEndpointsAnswerTheAppTierOnHTTPS(t *testing.T) {
	g := plan(t, production)
	group, err := g.One("aws:ec2/securityGroup:SecurityGroup", "production-endpoints")
	require.NoError(t, err)
	for _, service := range []string{"ssm", "kms"} {
		endpoint, err := g.One("aws:ec2/vpcEndpoint:VpcEndpoint", "production-"+service)
		require.NoError(t, err)
		assert.True(t, endpoint.Bool("privateDnsEnabled"))
		assert.Equal(t, []string{group.ID}, endpoint.Strings("securityGroupIds"))
		for _, id := range endpoint.Strings("subnetIds") {
			subnet, known := g.ByID("aws:ec2/subnet:Subnet", id)
			require.True(t, known)
			assert.Equal(t, "app", subnet.String("tags.Tier"))
		}
		assert.Len(t, endpoint.Strings("subnetIds"), 3)
	}
	var sources []string
	for _, rule := range g.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		assert.Equal(t, []any{group.ID, "tcp", 443, 443},
			[]any{rule.String("securityGroupId"), rule.String("ipProtocol"), rule.Int("fromPort"), rule.Int("toPort")})
		sources = append(sources, rule.String("cidrIpv4"))
	}
	assert.ElementsMatch(t, []string{"10.20.64.0/20", "10.20.80.0/20", "10.20.96.0/20"}, sources)
	assert.Empty(t, g.OfType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"))
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
