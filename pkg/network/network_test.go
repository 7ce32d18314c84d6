package network_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/routing"
)

// production is the environment that most tests look at.
var production = configtest.Environment{
	Stack: "production", Octet: 20, Zones: "abc", Peers: map[string]int{"production-pci": 21},
}

func plan(t *testing.T, env configtest.Environment) *graph.Graph {
	t.Helper()
	g, err := record.Run(environment.Program, record.Options{Project: "platform", Stack: env.Stack, Config: env.Values()})
	require.NoError(t, err)
	return g
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
	for _, table := range routing.Tables(plan(t, production)) {
		found[table.Name] = out(table)
	}
	assert.Equal(t, want, found)
}

func TestEverySubnetUsesTheTableOfItsTierAndZone(t *testing.T) {
	used := 0
	for _, table := range routing.Tables(plan(t, production)) {
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
	for _, table := range routing.Tables(plan(t, production)) {
		var services []string
		for _, route := range table.Routes {
			if route.Kind == routing.Endpoint {
				services = append(services, route.Destination)
			}
		}
		if table.Tier == "app" || table.Tier == "data" {
			assert.Equal(t, []string{"dynamodb", "s3"}, services, table.Name)
		} else {
			assert.Empty(t, services, table.Name)
		}
	}
}

func TestSingleNATGatewayStaysInItsPinnedZone(t *testing.T) {
	dev := configtest.Environment{Stack: "dev", Octet: 0, Zones: "bc", Single: true}
	for _, zones := range []string{"bc", "bca"} { // a zone that sorts before the gateway's must not move it
		dev.Zones = zones
		g := plan(t, dev)
		assert.Len(t, g.OfType("aws:ec2/natGateway:NatGateway"), 1)
		for _, table := range routing.Tables(g) {
			if table.Tier == "app" {
				assert.Equal(t, "NAT gateway dev-nat-us-east-1b", out(table), table.Name)
			}
		}
	}
}

func TestWhatComesWithAVPCIsAdoptedAndEmptied(t *testing.T) {
	g := plan(t, production)
	for _, typ := range []string{"defaultRouteTable:DefaultRouteTable", "defaultSecurityGroup:DefaultSecurityGroup", "defaultNetworkAcl:DefaultNetworkAcl"} {
		found := g.OfType("aws:ec2/" + typ)
		require.Len(t, found, 1, typ)
		for _, property := range []string{"routes", "ingress", "egress", "subnetIds"} {
			assert.NotContains(t, found[0].Inputs, property, typ)
		}
	}
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
		key, err := g.One("aws:kms/key:Key", stack+"-logs")
		require.NoError(t, err)
		assert.Equal(t, key.Outputs["arn"], group.String("kmsKeyId"))
		assert.Equal(t, group.Outputs["arn"], log.String("logDestination"))
	}
}

func TestPreviewBeforeTheFirstDeploymentRegistersTheSame(t *testing.T) {
	options := record.Options{Project: "platform", Stack: "production", Config: production.Values(), Preview: true}
	preview, err := record.Run(environment.Program, options)
	require.NoError(t, err)
	urns := func(g *graph.Graph) []string {
		names := map[string]bool{}
		for _, r := range g.Resources {
			names[r.URN] = true
		}
		return slices.Sorted(maps.Keys(names))
	}
	assert.Equal(t, urns(plan(t, production)), urns(preview))
}
