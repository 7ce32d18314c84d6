package environment_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/contract"
	"aws-platform/pkg/graph"
)

// numbers are the data tier's ACL entries that let in, by name.
func numbers(g *graph.Graph) map[string]int {
	found := map[string]int{}
	for _, r := range g.OfType("aws:ec2/networkAclRule:NetworkAclRule") {
		if rest, ok := strings.CutPrefix(r.Name, "staging-data-ingress-"); ok {
			found[rest] = r.Int("ruleNumber")
		}
	}
	return found
}

func TestAStoreThatIsSwitchedOffLeavesNothingAndMovesNothing(t *testing.T) {
	kinds := map[string]string{
		"postgresql": "aws:rds/instance:Instance", "valkey": "aws:elasticache/replicationGroup:ReplicationGroup",
		"kafka": "aws:msk/cluster:Cluster", "opensearch": "aws:opensearch/domain:Domain",
	}
	whole, err := run(staging.Values())
	require.NoError(t, err)
	all := numbers(whole)
	for store, kind := range kinds {
		t.Run(store, func(t *testing.T) {
			values := staging.Values()
			values["platform:data"] = `{"` + store + `": {"enabled": false}}`
			g, err := run(values)
			require.NoError(t, err)
			assert.Len(t, whole.OfType(kind), 1)
			assert.Empty(t, g.OfType(kind))
			for _, r := range g.Resources {
				assert.NotContains(t, r.Name, "data-"+store, "no group, no rule of one")
			}
			for name, number := range numbers(g) {
				assert.False(t, strings.HasPrefix(name, store+"-"), name)
				assert.Equal(t, all[name], number, "%s keeps its number", name)
			}
			assert.Len(t, numbers(g), len(all)-2, "an entry a zone less")
			for _, parameter := range g.OfType("aws:ssm/parameter:Parameter") {
				assert.NotContains(t, parameter.String("name"), "/"+store+"/")
			}
		})
	}
}

func TestAConfiguredPortIsOpenedInGroupAndNetworkACL(t *testing.T) {
	values := staging.Values()
	values["platform:data"] = `{"postgresql": {"port": 5433}}`
	g, err := run(values)
	require.NoError(t, err)
	ports := map[int]int{}
	for _, r := range g.OfType("aws:ec2/networkAclRule:NetworkAclRule") {
		if strings.HasPrefix(r.Name, "staging-data-ingress-postgresql-") {
			ports[r.Int("fromPort")]++
		}
	}
	assert.Equal(t, map[int]int{5433: 2}, ports)
	group, err := g.One("aws:ec2/securityGroup:SecurityGroup", "staging-data-postgresql")
	require.NoError(t, err)
	var rules []int
	for _, r := range g.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		if r.String("securityGroupId") == group.ID {
			rules = append(rules, r.Int("fromPort"), r.Int("toPort"))
		}
	}
	assert.Equal(t, []int{5433, 5433}, rules)
	database, err := g.One("aws:rds/instance:Instance", "staging-postgresql")
	require.NoError(t, err)
	assert.Equal(t, 5433, database.Int("port"))
	assert.Equal(t, []string{group.ID}, database.Strings("vpcSecurityGroupIds"))
}

func TestTheInstancesMayUseEveryStoreAndReadWhatIsPublished(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	role, err := g.One("aws:iam/role:Role", "staging-fleet")
	require.NoError(t, err)
	attached := map[string]bool{}
	for _, r := range g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
		if r.String("role") == role.ID {
			attached[r.String("policyArn")] = true
		}
	}
	values, err := contract.Read("staging", func(name string) (any, error) { return g.Outputs[name], nil })
	require.NoError(t, err)
	assert.Equal(t, []string{"kafka", "opensearch", "parameters", "postgresql", "valkey"}, slices.Sorted(maps.Keys(values.DataPolicyARNs)))
	for use, arn := range values.DataPolicyARNs {
		assert.True(t, attached[arn], use)
	}
	assert.Len(t, attached, len(values.DataPolicyARNs), "and nothing more")
}

func TestBackupsAreCopiedByAProviderOfTheOtherRegion(t *testing.T) {
	values := staging.Values()
	values["platform:backup"] = `{"copyRegion": "us-west-2"}`
	g, err := run(values)
	require.NoError(t, err)
	provider, err := g.One("pulumi:providers:aws", "staging-us-west-2")
	require.NoError(t, err)
	assert.Equal(t, "us-west-2", provider.String("region"))
	assert.Equal(t, []string{"111111111111"}, provider.Strings("allowedAccountIds"))
	vaults := map[string]bool{}
	for _, vault := range g.OfType("aws:backup/vault:Vault") {
		vaults[vault.Provider] = true
	}
	assert.Len(t, vaults, 2)
	assert.True(t, vaults[provider.URN])
}
