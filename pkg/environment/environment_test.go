package environment_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

var staging = configtest.Environment{Stack: "staging", Octet: 10, Zones: "ab", Peers: map[string]int{"dev": 11}}

func run(values map[string]string) (*graph.Graph, error) {
	return record.Run(environment.Program, record.Options{Project: "platform", Stack: "staging", Config: values})
}

func TestTheProviderIsTheConfiguredAccountAndRole(t *testing.T) {
	values := staging.Values()
	values["aws:assumeRole"] = `{"roleArn": "arn:aws:iam::111111111111:role/deploy", "externalId": "42", "sessionName": "pipeline"}`
	values["aws:defaultTags"] = `{"tags": {"Team": "blue"}}`
	g, err := run(values)
	require.NoError(t, err)
	provider, err := g.One("pulumi:providers:aws", "staging")
	require.NoError(t, err)
	assert.Equal(t, "us-east-1", provider.String("region"))
	assert.Equal(t, []string{"111111111111"}, provider.Strings("allowedAccountIds"))
	assert.Equal(t, map[string]any{
		"roleArn": "arn:aws:iam::111111111111:role/deploy", "externalId": "42", "sessionName": "pipeline",
	}, provider.Inputs["assumeRole"])
	assert.Equal(t, map[string]any{
		"Environment": "staging", "ManagedBy": "pulumi", "Project": "platform", "CostCenter": "1234",
		"DataClassification": "internal", "Owner": "platform", "Team": "blue",
	}, provider.Inputs["defaultTags"].(map[string]any)["tags"])
	assert.Len(t, g.OfType("pulumi:providers:aws"), 1)
}

func TestASessionIsNamedAfterItsEnvironment(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	provider, err := g.One("pulumi:providers:aws", "staging")
	require.NoError(t, err)
	assert.Equal(t, "pulumi-staging", provider.String("assumeRole.sessionName"))
	_, has := provider.Lookup("assumeRole.externalId")
	assert.False(t, has)
}

// What another stack reads is what this one registered.
func TestTheContractIsTotalAndTrue(t *testing.T) {
	g, err := run(staging.Values())
	require.NoError(t, err)
	assert.Equal(t, slices.Sorted(maps.Keys(contract.Outputs{}.Map())), slices.Sorted(maps.Keys(g.Outputs)))

	values, err := contract.Read("staging", func(name string) (any, error) { return g.Outputs[name], nil })
	require.NoError(t, err)
	vpc, err := g.One("aws:ec2/vpc:Vpc", "staging")
	require.NoError(t, err)
	assert.Equal(t, vpc.ID, values.VPCID)
	for tier, ids := range map[string]map[string]string{
		"public": values.PublicSubnetIDs, "loadbalancer": values.LoadBalancerSubnetIDs, "app": values.AppSubnetIDs, "data": values.DataSubnetIDs,
	} {
		require.Len(t, ids, 2, tier)
		for zone, id := range ids {
			subnet, known := g.ByID("aws:ec2/subnet:Subnet", id)
			require.True(t, known)
			assert.Equal(t, []string{tier, zone}, []string{subnet.String("tags.Tier"), subnet.String("availabilityZone")})
		}
	}
	for zone, id := range values.AppRouteTableIDs {
		table, known := g.ByID("aws:ec2/routeTable:RouteTable", id)
		require.True(t, known)
		assert.Equal(t, []string{"app", zone}, []string{table.String("tags.Tier"), table.String("tags.Zone")})
	}
	assert.Equal(t, contract.Peer{
		CIDR:              "10.11.0.0/16",
		AppCIDRs:          map[string]string{"us-east-1a": "10.11.64.0/20", "us-east-1b": "10.11.80.0/20"},
		LoadBalancerCIDRs: map[string]string{"us-east-1a": "10.11.11.0/24", "us-east-1b": "10.11.12.0/24"},
	}, values.Peers["dev"])
}

func TestNothingIsRegisteredOfAConfigurationThatIsRefused(t *testing.T) {
	tooMany := staging
	tooMany.Zones = "abcdefgh"
	tooMany.Peers = map[string]int{"dev": 11, "production": 12, "production-pci": 13}
	wrong := staging.Values()
	wrong["platform:nonsense"] = "{}"
	ranges := staging.Values()
	addresses := make([]string, 61)
	for i := range addresses {
		addresses[i] = fmt.Sprintf(`"203.0.113.%d/32"`, i)
	}
	ranges["platform:access"] = `{"devopsIpRanges": [` + strings.Join(addresses, ",") + `]}`
	for name, test := range map[string]struct {
		values map[string]string
		want   string
	}{
		"more rules than a security group takes": {ranges, "compute.internet: 1: the public load balancer's security group needs 63 IPv4 ingress rules"},
		"wrong in itself":                        {wrong, "nonsense: unknown key"},
		"more than an account takes":             {tooMany.Values(), "network.rulesPerNetworkAcl: 40"},
		"no configuration at all":                {map[string]string{}, "network: none: is required"},
	} {
		t.Run(name, func(t *testing.T) {
			g, err := run(test.values)
			require.ErrorContains(t, err, test.want)
			assert.Len(t, g.Resources, 1, "the stack alone")
		})
	}
}
