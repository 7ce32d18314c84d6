package network_test

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/network"
)

func TestInterfaceEndpointsAreInTheAppTierBehindTheirGroup(t *testing.T) {
	g := plan(t, production)
	for _, service := range []string{"ssm", "kms"} {
		endpoint, err := g.One("aws:ec2/vpcEndpoint:VpcEndpoint", "production-"+service)
		require.NoError(t, err)
		assert.Equal(t, "com.amazonaws.us-east-1."+service, endpoint.String("serviceName"))
		assert.True(t, endpoint.Bool("privateDnsEnabled"))
		assert.Equal(t, []string{endpointsGroup}, endpoint.Strings("securityGroupIds"))
		assert.Equal(t, "production-"+service, endpoint.String("tags.Name"))
		for _, id := range endpoint.Strings("subnetIds") {
			subnet, known := g.ByID("aws:ec2/subnet:Subnet", id)
			require.True(t, known)
			assert.Equal(t, "app", subnet.String("tags.Tier"))
		}
		assert.Len(t, endpoint.Strings("subnetIds"), 3)
	}
}

// Endpoints were children of the network before; a replacement would take the
// app tier off AWS's APIs, and fail, for a VPC takes a service's private name once.
func TestInterfaceEndpointsMoveAndAreNotReplaced(t *testing.T) {
	endpoint, err := plan(t, production).One("aws:ec2/vpcEndpoint:VpcEndpoint", "production-ssm")
	require.NoError(t, err)
	assert.Equal(t, "urn:pulumi:production::platform::platform:network:Endpoints$aws:ec2/vpcEndpoint:VpcEndpoint::production-ssm", endpoint.URN)
	assert.Equal(t, []string{"urn:pulumi:production::platform::platform:network:Network$aws:ec2/vpcEndpoint:VpcEndpoint::production-ssm"}, endpoint.Aliases)
}

// The firewall has the groups; what the network has is the default one, empty.
func TestTheNetworkHasNoSecurityGroupOfItsOwn(t *testing.T) {
	g := plan(t, production)
	assert.Empty(t, g.OfType("aws:ec2/securityGroup:SecurityGroup"))
	assert.Empty(t, g.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"))
}

func TestEndpointsSayWhatIsMissing(t *testing.T) {
	g, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := network.NewEndpoints(ctx, "x", network.EndpointsArgs{Region: "us-east-1"})
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging"})
	for _, missing := range []string{`Environment: ""`, "Network: nil", "SecurityGroupID: nil"} {
		require.ErrorContains(t, err, "network.EndpointsArgs."+missing+": it is required: pass the ")
	}
	require.NotContains(t, err.Error(), "Region")
	assert.Len(t, g.Resources, 1, "the stack alone")
}
