package mesh_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/peering/mesh"
	"aws-platform/pkg/routing"
)

// estate is production and production-pci, offline, and how they are peered.
type estate struct {
	graphs  []*graph.Graph
	outputs map[string]map[string]any
	peers   map[string]map[string]any
	matrix  map[string][]string
	preview bool
}

const otherAccount = "222222222222"

// pair returns the two environments; production-pci is in the account.
func pair(t *testing.T, account string) *estate {
	t.Helper()
	e := &estate{outputs: map[string]map[string]any{}, peers: map[string]map[string]any{}, matrix: map[string][]string{"production": {"production-pci"}}}
	for _, env := range []configtest.Environment{
		{Stack: "production", Octet: 20, Zones: "abc", Peers: map[string]int{"production-pci": 21}},
		{Stack: "production-pci", Octet: 21, Zones: "abc", Peers: map[string]int{"production": 20}, Account: account},
	} {
		g, err := record.Run(environment.Program, record.Options{Project: "platform", Stack: env.Stack, Config: env.Values()})
		require.NoError(t, err)
		e.graphs = append(e.graphs, g)
		e.outputs[env.Stack] = g.Outputs
		e.peers[env.Stack] = map[string]any{
			"stack": env.Stack, "region": "us-east-1",
			"roleArn": fmt.Sprintf("arn:aws:iam::%s:role/platform-peering", cmp.Or(env.Account, configtest.DefaultAccount)),
		}
	}
	return e
}

func (e *estate) plan() (*graph.Graph, error) {
	references := map[string]map[string]any{}
	for name, outputs := range e.outputs {
		references[mesh.StackName("organization", name)] = outputs
	}
	values := map[string]string{
		"platform-peering:tags": `{"project":"platform","costCenter":"1234","dataClassification":"internal","owner":"platform"}`,
	}
	for key, value := range map[string]any{"peers": e.peers, "matrix": e.matrix} {
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		values[config.PeeringProjectName+":"+key] = string(text)
	}
	return record.Run(mesh.Program, record.Options{Project: config.PeeringProjectName, Stack: "peering", Config: values, References: references, Preview: e.preview})
}

func (e *estate) mustPlan(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := e.plan()
	require.NoError(t, err)
	return g
}

// peeringRoutes returns "table destination" of every route by a peering.
func (e *estate) peeringRoutes(t *testing.T, peering *graph.Graph) []string {
	t.Helper()
	tables, err := routing.Tables(append(e.graphs, peering)...)
	require.NoError(t, err)
	var found []string
	for _, table := range tables {
		for _, route := range table.Routes {
			if route.Kind == routing.Peering {
				found = append(found, table.Name+" "+route.Destination)
			}
		}
	}
	slices.Sort(found)
	return found
}

// wantRoutes are the ways that design section 4 allows from one side to the other.
func wantRoutes(from, to string, fromOctet, toOctet int) []string {
	var want []string
	for i, zone := range []string{"us-east-1a", "us-east-1b", "us-east-1c"} {
		for j := range 3 {
			want = append(want, fmt.Sprintf("%s-app-%s 10.%d.%d.0/24", from, zone, toOctet, 11+j))
		}
		want = append(want, fmt.Sprintf("%s-loadbalancer 10.%d.%d.0/20", to, fromOctet, 64+16*i))
	}
	return want
}

func TestOnlyInternalLoadBalancersAreReachableAcross(t *testing.T) {
	e := pair(t, otherAccount)
	want := append(wantRoutes("production", "production-pci", 20, 21), wantRoutes("production-pci", "production", 21, 20)...)
	slices.Sort(want)
	assert.Equal(t, want, e.peeringRoutes(t, e.mustPlan(t)))
}

func TestNoDataPublicOrMainTableHasAPeeringRoute(t *testing.T) {
	e := pair(t, otherAccount)
	seen := 0
	tables, err := routing.Tables(append(e.graphs, e.mustPlan(t))...)
	require.NoError(t, err)
	for _, table := range tables {
		if table.Tier == "app" || table.Tier == "loadbalancer" {
			continue
		}
		seen++
		for _, route := range table.Routes {
			assert.NotEqual(t, routing.Peering, route.Kind, "%s: %s", table.Name, route.Destination)
		}
	}
	assert.Equal(t, 10, seen, "main, data and three public tables on each side")
}

func TestAdditionalRoutesFalseClosesOneWay(t *testing.T) {
	e := pair(t, otherAccount)
	e.peers["production"]["additionalRoutes"] = false
	want := wantRoutes("production-pci", "production", 21, 20)
	slices.Sort(want)
	assert.Equal(t, want, e.peeringRoutes(t, e.mustPlan(t)))
}

func TestEachSideActsInItsOwnAccount(t *testing.T) {
	g := pair(t, otherAccount).mustPlan(t)
	accounts := map[string]string{}
	for _, provider := range g.OfType("pulumi:providers:aws") {
		accounts[provider.URN] = provider.Strings("allowedAccountIds")[0]
		assert.Contains(t, provider.String("assumeRole.roleArn"), accounts[provider.URN])
	}
	for typ, want := range map[string]string{
		"aws:ec2/vpcPeeringConnection:VpcPeeringConnection":                 configtest.DefaultAccount,
		"aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": otherAccount,
	} {
		found := g.OfType(typ)
		require.Len(t, found, 1)
		assert.Equal(t, want, accounts[found[0].Provider], typ)
	}
	routes := g.OfType("aws:ec2/route:Route")
	assert.Len(t, routes, 24)
	for _, route := range routes {
		want := configtest.DefaultAccount
		if strings.Contains(route.Name, "-production-pci-app") || strings.Contains(route.Name, "-production-pci-loadbalancer") {
			want = otherAccount
		}
		assert.Equal(t, want, accounts[route.Provider], route.Name)
	}
}

func TestNamesResolveAcross(t *testing.T) {
	for name, test := range map[string]struct {
		account        string
		authorizations int
	}{
		"across accounts the zone's owner authorises first": {otherAccount, 2},
		"in one account there is nothing to authorise":      {configtest.DefaultAccount, 0},
	} {
		t.Run(name, func(t *testing.T) {
			e := pair(t, test.account)
			g := e.mustPlan(t)
			assert.Len(t, g.OfType("aws:route53/vpcAssociationAuthorization:VpcAssociationAuthorization"), test.authorizations)
			associations := map[string]string{}
			for _, association := range g.OfType("aws:route53/zoneAssociation:ZoneAssociation") {
				associations[association.String("zoneId")] = association.String("vpcId")
				assert.Len(t, association.DependsOn, test.authorizations/2, "%s waits for its authorization", association.Name)
			}
			own, peer := e.outputs["production"], e.outputs["production-pci"]
			assert.Equal(t, map[string]string{
				own["privateZoneId"].(string): peer["vpcId"].(string), peer["privateZoneId"].(string): own["vpcId"].(string),
			}, associations)
			for _, side := range []string{"requester", "accepter"} {
				options, err := g.One("aws:ec2/peeringConnectionOptions:PeeringConnectionOptions", "production-to-production-pci-"+side)
				require.NoError(t, err)
				assert.True(t, options.Bool(side+".allowRemoteVpcDnsResolution"))
			}
		})
	}
}

func TestDNSResolutionIsEachSidesOwn(t *testing.T) {
	e := pair(t, otherAccount)
	e.peers["production"]["dnsResolution"] = false
	g := e.mustPlan(t)
	for side, want := range map[string]bool{"requester": false, "accepter": true} {
		options, err := g.One("aws:ec2/peeringConnectionOptions:PeeringConnectionOptions", "production-to-production-pci-"+side)
		require.NoError(t, err)
		assert.Equal(t, want, options.Bool(side+".allowRemoteVpcDnsResolution"), side)
	}
}

func TestInOneAccountBothSidesTagTheConnectionAlike(t *testing.T) {
	g := pair(t, configtest.DefaultAccount).mustPlan(t)
	providers := g.OfType("pulumi:providers:aws")
	require.Len(t, providers, 2)
	assert.Equal(t, providers[0].Inputs["defaultTags"], providers[1].Inputs["defaultTags"])
	assert.NotEmpty(t, providers[0].String("defaultTags.tags.Owner"))
}

func TestPreviewRegistersTheSame(t *testing.T) {
	e := pair(t, otherAccount)
	update := e.mustPlan(t)
	e.preview = true
	preview := e.mustPlan(t)
	require.Len(t, preview.Resources, len(update.Resources))
	for _, route := range preview.OfType("aws:ec2/route:Route") {
		assert.NotEmpty(t, route.String("destinationCidrBlock"))
		assert.NotContains(t, route.Inputs, "vpcPeeringConnectionId", "it is unknown before the first deployment")
	}
}

func TestAcrossRegionsTheRequesterNamesThePeersRegion(t *testing.T) {
	e := pair(t, otherAccount)
	e.outputs["production-pci"]["region"], e.peers["production-pci"]["region"] = "eu-west-1", "eu-west-1"
	connection, err := e.mustPlan(t).One("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "production-to-production-pci")
	require.NoError(t, err)
	assert.Equal(t, "eu-west-1", connection.String("peerRegion"))
	assert.False(t, connection.Bool("autoAccept"))
	assert.Equal(t, otherAccount, connection.String("peerOwnerId"))
}

func TestInternalLoadBalancersHearThePeersAppTierOn443(t *testing.T) {
	e := pair(t, otherAccount)
	sources := map[string][]string{}
	for _, r := range e.mustPlan(t).OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
		assert.Equal(t, []any{"tcp", 443, 443}, []any{r.String("ipProtocol"), r.Int("fromPort"), r.Int("toPort")})
		sources[r.String("securityGroupId")] = append(sources[r.String("securityGroupId")], r.String("cidrIpv4"))
	}
	group := func(environment string) string {
		return e.outputs[environment][contract.InternalLoadBalancerSecurityGroupID].(string)
	}
	require.Len(t, sources, 2)
	assert.ElementsMatch(t, []string{"10.20.64.0/20", "10.20.80.0/20", "10.20.96.0/20"}, sources[group("production-pci")])
	assert.ElementsMatch(t, []string{"10.21.64.0/20", "10.21.80.0/20", "10.21.96.0/20"}, sources[group("production")])
}

func TestRefusedBeforeAnythingIsRegistered(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*estate)
		want   []string
	}{
		"another contract version": {func(e *estate) { e.outputs["production"]["contractVersion"] = 99.0 },
			[]string{"stack production: contract version differs: found 99, wanted 1: run `pulumi up -s production`"}},
		"a stack that is not deployed": {func(e *estate) { clear(e.outputs["production"]) },
			[]string{"stack production: no outputs: it is not deployed: run `pulumi up -s production`"}},
		"overlapping VPCs": {func(e *estate) { e.outputs["production-pci"]["vpcCidr"] = "10.20.128.0/17" },
			[]string{"matrix: production (10.20.0.0/16) overlaps production-pci (10.20.128.0/17)"}},
		"a malformed CIDR and another account and region, all at once": {func(e *estate) {
			e.outputs["production"]["vpcCidr"] = "10.20"
			e.peers["production"]["roleArn"] = "arn:aws:iam::999999999999:role/platform-peering"
			e.peers["production-pci"]["region"] = "eu-west-1"
		}, []string{
			"stack production: output vpcCidr", `peers[production].roleArn: "999999999999": stack production published "111111111111"`,
			`peers[production-pci].region: "eu-west-1": stack production-pci published "us-east-1"`,
		}},
		"another environment's stack": {func(e *estate) { e.outputs["production"]["environment"] = "staging" },
			[]string{`peers[production].stack: "production": stack production published "staging"`}},
		"an unknown peer": {func(e *estate) { e.matrix["production"] = []string{"nowhere"} }, []string{"nowhere: is not one of peers"}},
		"itself":          {func(e *estate) { e.matrix["production"] = []string{"production"} }, []string{"would be peered with itself"}},
		"both directions": {func(e *estate) { e.matrix["production-pci"] = []string{"production"} }, []string{"is the other direction of"}},
		"a pair twice": {func(e *estate) { e.matrix["production"] = []string{"production-pci", "production-pci"} },
			[]string{"is listed already"}},
		"a zone that the other side's network ACLs do not admit": {func(e *estate) {
			peers := e.outputs["production"]["peers"].(map[string]any)
			delete(peers["production-pci"].(map[string]any)["loadbalancerCidrs"].(map[string]any), "us-east-1c")
		}, []string{"stack production: network.peers[production-pci].zones[].loadbalancer"}},
	} {
		t.Run(name, func(t *testing.T) {
			e := pair(t, otherAccount)
			test.change(e)
			g, err := e.plan()
			for _, r := range g.Resources {
				assert.Contains(t, []string{"pulumi:pulumi:Stack", "pulumi:pulumi:StackReference"}, r.Type)
			}
			for _, want := range test.want {
				assert.ErrorContains(t, err, want)
			}
		})
	}
}
