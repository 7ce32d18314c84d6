package network_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/network"
	"aws-platform/pkg/routing"
)

// production is the environment that most tests look at.
var production = configtest.Environment{
	Stack: "production", Octet: 20, Zones: "abc", Peers: map[string]int{"production-pci": 21},
}

// logKey is the key of the flow logs.
const logKey = "arn:aws:kms:us-east-1:111111111111:key/00000000-0000-0000-0000-000000000000"

// endpointsGroup is the security group of the interface endpoints.
const endpointsGroup = "sg-0123456789abcdef0"

// program registers the network of a configuration and nothing else, so that
// these tests compile no other tier.
func program(env *config.Environment) func(*pulumi.Context, map[string]string) (pulumi.Map, error) {
	return func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := newProvider(ctx, env.AWS.AccountID(), env.AWS.Region)
		if err != nil {
			return nil, err
		}
		net, err := network.New(ctx, env.Name, argsOf(env), pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		_, err = network.NewEndpoints(ctx, env.Name, network.EndpointsArgs{
			Environment: env.Name, Region: env.AWS.Region, Services: env.Network.InterfaceEndpoints,
			Network: net, SecurityGroupID: pulumi.String(endpointsGroup),
		}, pulumi.Provider(provider))
		return nil, err
	}
}

func newProvider(ctx *pulumi.Context, account, region string) (*aws.Provider, error) {
	return aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
		Region: pulumi.String(region), AllowedAccountIds: pulumi.ToStringArray([]string{account}),
	})
}

func argsOf(env *config.Environment) network.Args {
	return network.Args{
		Environment: env.Name, AccountID: env.AWS.AccountID(), Region: env.AWS.Region, Partition: env.AWS.Partition(),
		Config: env.Network, ApplicationPort: 8080, AdminRanges: adminRanges(env), LogKeyARN: pulumi.String(logKey),
		LogRetentionDays: env.Observability.Logs.Days(config.NetworkLogs),
		StorePorts:       []network.StorePort{{Store: "postgresql", Port: 5432}, {Store: "valkey", Port: 6379}, {Store: "kafka", Port: 9098}, {Store: "opensearch", Port: 443}},
	}
}

// adminRanges are from where administrators may come, as the environment passes them on.
func adminRanges(env *config.Environment) []netip.Prefix {
	if !env.Access.AdminPorts {
		return nil
	}
	return env.Access.DevopsIPRanges
}

func plan(t *testing.T, env configtest.Environment) *graph.Graph {
	t.Helper()
	decoded, err := config.Decode(env.Stack, env.Values())
	require.NoError(t, err)
	g, err := record.Run(program(decoded), record.Options{Project: "platform", Stack: env.Stack})
	require.NoError(t, err)
	return g
}

// tables are the route tables that AWS would have.
func tables(t *testing.T, g *graph.Graph) []routing.Table {
	t.Helper()
	found, err := routing.Tables(g)
	require.NoError(t, err)
	require.NotEmpty(t, found)
	return found
}

// out says where the default route of a table leads, "" for nowhere.
func out(table routing.Table) string {
	for _, route := range table.Routes {
		if route.Default() {
			return string(route.Kind) + " " + route.Target
		}
	}
	return ""
}

func TestEachTableLeadsWhereTheDesignSays(t *testing.T) {
	want := map[string]string{
		"production-main": "", "production-loadbalancer": "", "production-data": "",
		"production-public-us-east-1a": "internet gateway production",
		"production-public-us-east-1b": "internet gateway production",
		"production-public-us-east-1c": "internet gateway production",
		"production-app-us-east-1a":    "NAT gateway production-nat-us-east-1a",
		"production-app-us-east-1b":    "NAT gateway production-nat-us-east-1b",
		"production-app-us-east-1c":    "NAT gateway production-nat-us-east-1c",
	}
	found := map[string]string{}
	for _, table := range tables(t, plan(t, production)) {
		found[table.Name] = out(table)
	}
	assert.Equal(t, want, found)
}

func TestEverySubnetUsesTheTableOfItsTierAndZone(t *testing.T) {
	used := 0
	for _, table := range tables(t, plan(t, production)) {
		for _, subnet := range table.Subnets {
			used++
			assert.True(t, subnet == table.Name || strings.HasPrefix(subnet, table.Name+"-us-east-1"), "%s uses %s", subnet, table.Name)
		}
		if table.Tier == "main" {
			assert.Empty(t, table.Subnets)
			assert.Len(t, table.Routes, 1, "the main table has the local route and no other")
		}
	}
	assert.Equal(t, 12, used, "four tiers in three zones")
}

func TestOnlyAppAndDataTablesHaveGatewayEndpoints(t *testing.T) {
	with := 0
	for _, table := range tables(t, plan(t, production)) {
		var services []string
		for _, route := range table.Routes {
			if route.Kind == routing.Endpoint {
				services = append(services, route.Destination)
			}
		}
		if table.Tier == "app" || table.Tier == "data" {
			with++
			assert.Equal(t, []string{"dynamodb", "s3"}, services, table.Name)
		} else {
			assert.Empty(t, services, table.Name)
		}
	}
	assert.Equal(t, 4, with)
}

func TestSingleNATGatewayStaysInItsPinnedZone(t *testing.T) {
	dev := configtest.Environment{Stack: "dev", Octet: 0, Zones: "bc", Single: true}
	for _, zones := range []string{"bc", "bca"} { // a zone that sorts before the gateway's must not move it
		dev.Zones = zones
		g := plan(t, dev)
		assert.Len(t, g.OfType("aws:ec2/natGateway:NatGateway"), 1)
		for _, table := range tables(t, g) {
			if table.Tier == "app" {
				assert.Equal(t, "NAT gateway dev-nat-us-east-1b", out(table), table.Name)
			}
		}
	}
}

// What a list leaves out, the provider takes as it finds it; an empty list is
// what keeps these empty.
func TestWhatComesWithAVPCIsAdoptedAndKeptEmpty(t *testing.T) {
	g := plan(t, production)
	for typ, lists := range map[string][]string{
		"defaultRouteTable:DefaultRouteTable":       {"routes"},
		"defaultSecurityGroup:DefaultSecurityGroup": {"ingress", "egress"},
		"defaultNetworkAcl:DefaultNetworkAcl":       {"ingress", "egress"},
	} {
		found := g.OfType("aws:ec2/" + typ)
		require.Len(t, found, 1, typ)
		for _, list := range lists {
			assert.Equal(t, []any{}, found[0].Inputs[list], "%s %s", typ, list)
		}
	}
	acl, err := g.One("aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", "production-default")
	require.NoError(t, err)
	assert.Len(t, acl.DependsOn, 12, "it is adopted when every subnet has left it")
}

// compare returns the names of resources that are in both graphs and differ, and
// of those that are in one alone.
func compare(a, b *graph.Graph) (changed, single []string) {
	for _, pair := range [][2]*graph.Graph{{a, b}, {b, a}} {
		for _, resource := range pair[0].Resources {
			other, both := pair[1].ByURN(resource.URN)
			switch {
			case !both:
				single = append(single, resource.Name)
			case pair[0] == a && !assert.ObjectsAreEqual(resource.Inputs, other.Inputs):
				changed = append(changed, resource.Type+" "+resource.Name)
			}
		}
	}
	return changed, single
}

func TestAZoneThatComesGoesOrMovesTouchesNoOther(t *testing.T) {
	// An interface endpoint spans the zones: it gains or loses one subnet, in place.
	spanning := []string{"aws:ec2/vpcEndpoint:VpcEndpoint production-kms", "aws:ec2/vpcEndpoint:VpcEndpoint production-ssm"}
	for name, test := range map[string]struct {
		zones, moved string
		changed      []string
	}{
		"added":            {zones: "abcd", moved: "us-east-1d", changed: spanning},
		"removed":          {zones: "ac", moved: "us-east-1b", changed: spanning},
		"removed in front": {zones: "bc", moved: "us-east-1a", changed: spanning},
		"reordered":        {zones: "cab"},
	} {
		t.Run(name, func(t *testing.T) {
			env := production
			env.Stack, env.Zones = "staging", "abc" // an environment that may have two zones
			before := plan(t, env)
			env.Zones = test.zones
			changed, single := compare(before, plan(t, env))
			want := strings.Split(strings.ReplaceAll(strings.Join(test.changed, ","), "production", "staging"), ",")
			assert.Equal(t, strings.Join(want, ","), strings.Join(changed, ","))
			assert.Equal(t, test.moved != "", len(single) > 0)
			for _, resource := range single {
				assert.Contains(t, resource, test.moved)
			}
		})
	}
}

func TestFlowLogsRecordEverythingEncrypted(t *testing.T) {
	for stack, days := range map[string]int{"production": 90, "production-pci": 365} {
		env := production
		env.Stack, env.Peers = stack, nil
		g := plan(t, env)
		log, err := g.One("aws:ec2/flowLog:FlowLog", stack+"-flow-logs")
		require.NoError(t, err)
		assert.Equal(t, "ALL", log.String("trafficType"))
		assert.Equal(t, 60, log.Int("maxAggregationInterval"))
		for _, field := range []string{"${pkt-srcaddr}", "${flow-direction}", "${traffic-path}"} {
			assert.Contains(t, log.String("logFormat"), field)
		}
		group, err := g.One("aws:cloudwatch/logGroup:LogGroup", stack+"-flow-logs")
		require.NoError(t, err)
		assert.Equal(t, days, group.Int("retentionInDays"))
		assert.True(t, group.Protect)
		assert.Equal(t, logKey, group.String("kmsKeyId"))
		assert.Equal(t, group.Outputs["arn"], log.String("logDestination"))
	}
}

func TestPreviewBeforeTheFirstDeploymentRegistersTheSame(t *testing.T) {
	decoded, err := config.Decode(production.Stack, production.Values())
	require.NoError(t, err)
	preview, err := record.Run(program(decoded), record.Options{Project: "platform", Stack: "production", Preview: true})
	require.NoError(t, err)
	_, single := compare(plan(t, production), preview)
	assert.Empty(t, single)
	// What AWS does not decide is known before the first deployment.
	for _, subnet := range preview.OfType("aws:ec2/subnet:Subnet") {
		assert.NotEmpty(t, subnet.String("cidrBlock"), subnet.Name)
		assert.NotContains(t, subnet.Inputs, "vpcId", subnet.Name)
	}
}

func TestDNS(t *testing.T) {
	g := plan(t, production)
	vpc, err := g.One("aws:ec2/vpc:Vpc", "production")
	require.NoError(t, err)
	assert.True(t, vpc.Bool("enableDnsSupport"))
	assert.True(t, vpc.Bool("enableDnsHostnames"), "private DNS of the endpoints needs it")
	options, err := g.One("aws:ec2/vpcDhcpOptions:VpcDhcpOptions", "production")
	require.NoError(t, err)
	assert.Equal(t, "production.example.com", options.String("domainName"))
	assert.Equal(t, []string{"AmazonProvidedDNS"}, options.Strings("domainNameServers"))
	zone, err := g.One("aws:route53/zone:Zone", "production")
	require.NoError(t, err)
	assert.Equal(t, "production.example.com", zone.String("name"))
	assert.Equal(t, vpc.ID, zone.String("vpcs[0].vpcId"))
	assert.Equal(t, []string{"vpcs"}, zone.IgnoreChanges, "the peering stack adds VPCs")
}

func TestANATGatewayWaitsForTheInternetAndGivesItsAddressBack(t *testing.T) {
	g := plan(t, production)
	gateway := g.OfType("aws:ec2/internetGateway:InternetGateway")[0]
	gateways := g.OfType("aws:ec2/natGateway:NatGateway")
	require.Len(t, gateways, 3)
	for _, nat := range gateways {
		assert.Equal(t, []string{gateway.URN}, nat.DependsOn, nat.Name)
		assert.True(t, nat.DeleteBeforeReplace, nat.Name)
		subnet, known := g.ByID("aws:ec2/subnet:Subnet", nat.String("subnetId"))
		require.True(t, known)
		assert.Equal(t, "public", subnet.String("tags.Tier"))
	}
}
