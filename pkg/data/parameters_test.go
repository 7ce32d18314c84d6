package data_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/data"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

func TestWhatIsPublished(t *testing.T) {
	g := plan(t, config.Production, `{}`)
	assert.Equal(t, map[string]string{
		"/production/kafka/bootstrapBrokers": "String", "/production/kafka/clusterArn": "String", "/production/kafka/port": "String",
		"/production/opensearch/endpoint": "String", "/production/opensearch/masterRoleArn": "String", "/production/opensearch/port": "String",
		"/production/opensearch/snapshotBucket": "String", "/production/opensearch/snapshotRoleArn": "String",
		"/production/postgresql/database": "String", "/production/postgresql/endpoint": "String", "/production/postgresql/port": "String",
		"/production/postgresql/secretArn": "SecureString", "/production/postgresql/username": "String",
		"/production/valkey/endpoint": "String", "/production/valkey/port": "String", "/production/valkey/readerEndpoint": "String",
		"/production/valkey/replicationGroupId": "String", "/production/valkey/username": "String",
	}, parameters(g))
	for name, want := range map[string]any{
		"postgresql-endpoint": one(t, g, instanceType, "production-postgresql").Outputs["address"], "postgresql-port": "5432",
		"postgresql-database": "platform", "postgresql-username": "app",
		"valkey-endpoint": one(t, g, groupType, "production-valkey").Outputs["primaryEndpointAddress"], "valkey-username": "production-valkey-app",
		"kafka-bootstrapBrokers": one(t, g, clusterType, "production-kafka").Outputs["bootstrapBrokersSaslIam"], "kafka-port": "9098",
		"opensearch-endpoint": one(t, g, domainType, "production-opensearch").Outputs["endpoint"], "opensearch-port": "443",
	} {
		assert.Equal(t, want, one(t, g, "aws:ssm/parameter:Parameter", "production-parameters-"+name).Inputs["insecureValue"], name)
	}
	secret := one(t, g, "aws:ssm/parameter:Parameter", "production-parameters-postgresql-secretArn")
	assert.Equal(t, keyARN+"parameters", secret.String("keyId"))
	assert.Equal(t, graph.Secret, secret.String("value"), "Pulumi keeps it encrypted too")
	assert.NotContains(t, secret.Inputs, "insecureValue")
}

func TestApplicationsReadTheirEnvironmentAlone(t *testing.T) {
	const path = `arn:aws:ssm:us-east-1:444444444444:parameter/staging/*`
	assert.JSONEq(t, `{"Version": "2012-10-17", "Statement": [
		{"Sid": "ReadsTheEnvironmentsParameters", "Effect": "Allow", "Resource": ["`+path+`"],
		 "Action": ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"]},
		{"Sid": "DecryptsThem", "Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["`+keyARN+`parameters"], "Condition": {
		 "StringEquals": {"kms:ViaService": "ssm.us-east-1.amazonaws.com"}, "StringLike": {"kms:EncryptionContext:PARAMETER_ARN": "`+path+`"}}}]}`,
		one(t, plan(t, config.Staging, `{}`), "aws:iam/policy:Policy", "staging-parameters-read").String("policy"))
}

func TestParametersAreRefusedBeforeAnythingIsRegistered(t *testing.T) {
	value := pulumi.String("v")
	for want, parameters := range map[string][]data.Parameter{
		`Parameters[0]: "postgresql/the port": is no name`:          {{Store: "postgresql", Name: "the port", Value: value}},
		`Parameters[0]: "a/b/c": is no name`:                        {{Store: "a/b", Name: "c", Value: value}},
		`Parameters[1]: "kafka/port": is listed already`:            {{Store: "kafka", Name: "port", Value: value}, {Store: "kafka", Name: "port", Value: value}},
		`Parameters[0].Value: nil: it is required`:                  {{Store: "kafka", Name: "port"}},
		`data.ParametersArgs.KeyARN: nil: it is required: pass the`: nil,
	} {
		arguments := data.ParametersArgs{
			Environment: "dev", AccountID: account, Region: "us-east-1", Partition: "aws", KeyARN: pulumi.String(keyARN + "parameters"), Parameters: parameters,
		}
		if parameters == nil {
			arguments.KeyARN = nil
		}
		g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
			_, err := data.NewParameters(ctx, "dev", arguments)
			return nil, err
		}, record.Options{Project: "platform", Stack: "dev"})
		require.ErrorContains(t, err, want)
		assert.Len(t, g.Resources, 1, "nothing is registered but the stack")
	}
}
