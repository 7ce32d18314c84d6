package verify

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCollectAsksForTheStores(t *testing.T) {
	estate, err := fakeCLI(t).Collect(t.Context(), "production")
	require.NoError(t, err)
	found := estate[0].Stores
	require.Len(t, found.Databases, 1)
	d := found.Databases[0]
	assert.Equal(t, []any{"production-postgresql", "db.local", "arn:k", "arn:k", true, []SubnetOfGroup{{"subnet-1"}}},
		[]any{d.DBInstanceIdentifier, d.Endpoint.Address, d.KmsKeyId, d.MasterUserSecret.KmsKeyId, d.MultiAZ, d.DBSubnetGroup.Subnets})
	assert.Equal(t, []CacheSubnetGroup{{"production-valkey", []SubnetOfGroup{{"subnet-1"}}}}, found.CacheSubnetGroups)
	require.NotNil(t, found.Search)
	assert.Equal(t, "production-opensearch", found.Search.DomainName)
	assert.Equal(t, []string{"subnet-1"}, found.Search.VPCOptions.SubnetIds)
	assert.Equal(t, []Parameter{{"/production/a", "SecureString", "v"}}, found.Parameters)
	assert.Equal(t, map[string]string{"/production/a": "arn:p", "/production/b": ""}, found.ParameterKeys)
}

func TestCollectAsksForKeysAndVaults(t *testing.T) {
	estate, err := fakeCLI(t).Collect(t.Context(), "production")
	require.NoError(t, err)
	found := estate[0].Stores
	assert.Equal(t, map[string]Key{"rds": {"k-1", true, "of k-1"}}, found.Keys, "AWS's own keys are not asked for")
	assert.Equal(t, map[string]Vault{
		"us-east-1": {"production", "in us-east-1", true, 7, 366, nil}, "us-west-2": {"production", "in us-west-2", true, 7, 366, nil},
	}, found.Vaults)
	require.Len(t, found.BackupRules, 1)
	assert.Equal(t, "of p-2", found.BackupRules[0].RuleName, "of the plan that has the environment's name")
}

func TestCollectFindsOneVaultWhereNothingIsCopied(t *testing.T) {
	estate, err := fakeCLI(t).Collect(t.Context(), "dev")
	require.NoError(t, err)
	assert.Len(t, estate[0].Stores.Vaults, 1)
	assert.Nil(t, estate[0].Stores.Search, "a domain that is not there is for a check to judge")
}

// Version 1 of the AWS CLI asks rds.amazonaws.com in us-east-1, whatever AWS_ENDPOINT_URL says.
func TestOnlyRDSIsToldTheEndpointTwice(t *testing.T) {
	collector := Collector{Environ: []string{"A=1", "AWS_ENDPOINT_URL=http://127.0.0.1:7"}}
	assert.Equal(t, []string{"--endpoint-url", "http://127.0.0.1:7"}, collector.endpoint("rds"))
	assert.Empty(t, collector.endpoint("ec2"))
	assert.Empty(t, Collector{}.endpoint("rds"))
}
