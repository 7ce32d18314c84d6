package dataflow_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/dataflow"
	"aws-platform/pkg/graph"
)

// small is an environment of an application and a database, with a bucket that nobody uses.
func small(t *testing.T, force string) map[string]*graph.Graph {
	t.Helper()
	resource := func(typ, name, id string, inputs map[string]any) graph.Resource {
		return graph.Resource{URN: "urn:" + typ + name, Type: typ, Name: name, ID: id, Inputs: inputs, Provider: "urn:pulumi:providers:awsproduction"}
	}
	rule := func(typ, name string, inputs map[string]any) graph.Resource {
		inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"], inputs["description"] = "tcp", 5432.0, 5432.0, "Connections from the app tier"
		return resource(typ, name, name, inputs)
	}
	const group = "aws:ec2/securityGroup:SecurityGroup"
	g, err := graph.New("platform", "production", nil, []graph.Resource{
		resource("pulumi:providers:aws", "production", "", map[string]any{"region": "us-east-1", "defaultTags": map[string]any{"tags": map[string]any{"DataClassification": "confidential"}}}),
		resource("aws:ec2/vpc:Vpc", "production", "vpc-1", map[string]any{"cidrBlock": "10.0.0.0/16"}),
		resource(group, "production-app", "sg-app", map[string]any{"vpcId": "vpc-1"}),
		resource(group, "production-data-postgresql", "sg-data", map[string]any{"vpcId": "vpc-1"}),
		rule("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", map[string]any{"securityGroupId": "sg-app", "referencedSecurityGroupId": "sg-data"}),
		rule("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "in", map[string]any{"securityGroupId": "sg-data", "referencedSecurityGroupId": "sg-app"}),
		resource("aws:rds/instance:Instance", "production-postgresql", "db-1", map[string]any{"vpcSecurityGroupIds": []any{"sg-data"}, "parameterGroupName": "p", "kmsKeyId": "arn:key"}),
		resource("aws:rds/parameterGroup:ParameterGroup", "p", "p", map[string]any{"name": "p", "parameters": []any{map[string]any{"name": "rds.force_ssl", "value": force}}}),
		resource("aws:s3/bucketV2:BucketV2", "b", "b", map[string]any{"bucket": "nobodys"}),
	})
	require.NoError(t, err)
	return map[string]*graph.Graph{"production": g}
}

func TestAConnectionIsWhatBothEndsLetThrough(t *testing.T) {
	d, err := dataflow.Of(small(t, "1"), "production")
	require.NoError(t, err)
	assert.Equal(t, []dataflow.Flow{{
		From: "production-app", To: "production-postgresql", What: "Connections", Protocol: "tcp 5432", Encryption: "TLS, forced by the server",
	}}, d.Flows)
	assert.Contains(t, d.Places, dataflow.Place{
		Name: "production-postgresql", Kind: dataflow.Store, In: "production", Classification: "confidential", Key: "KMS arn:key",
	})
	assert.Equal(t, []string{"nobodys"}, d.Missing())
}

func TestADatabaseThatDoesNotForceTLSIsTold(t *testing.T) {
	d, err := dataflow.Of(small(t, "0"), "production")
	require.NoError(t, err)
	assert.Equal(t, "none", d.Flows[0].Encryption)
}
