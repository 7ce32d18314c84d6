package tests

import (
	"maps"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
	"aws-platform/pkg/securitygroups"
)

// The ports that the design names (design, section 4).
const (
	httpPort, httpsPort, testPort, sshPort, rdpPort, dnsPort = 80, 443, 8443, 22, 3389, 53
)

// storePorts are the data stores, each with its own port.
var storePorts = map[string]int{"postgresql": 5432, "valkey": 6379, "kafka": 9098, "opensearch": 443}

// everybody is the internet.
var everybody = netip.MustParsePrefix("0.0.0.0/0")

// allGroups reads the security groups of every stack, with the rules that the
// peering stack adds.
func allGroups(t *testing.T) []securitygroups.Group {
	t.Helper()
	var graphs []*graph.Graph
	for _, stack := range stacks {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		graphs = append(graphs, g)
	}
	groups, err := securitygroups.Read(graphs...)
	require.NoError(t, err)
	require.Len(t, groups, 4*(7+len(storePorts)+1), "seven groups, one a store, and the VPC's own, in each environment")
	return groups
}

// named are the names of the groups that every environment has one of, sorted.
func named(suffix string) []string {
	names := make([]string, 0, 4)
	for _, environment := range config.EnvironmentNames() {
		names = append(names, environment+"-"+suffix)
	}
	slices.Sort(names)
	return names
}

// No path of rules leads from the internet to anything but the public load
// balancer; from named ranges come administrators, where they may.
func TestTheInternetReachesThePublicLoadBalancersAlone(t *testing.T) {
	all := environments(t)
	reached := map[string]bool{}
	for _, rule := range securitygroups.FromOutside(allGroups(t)) {
		env := all[rule.Environment]
		switch {
		case isInternet(env, rule) && rule.Group == env.Name+"-public" && (rule.From == httpsPort || rule.From == httpPort):
			reached[rule.Group] = true
		case isDevops(env, rule) && rule.Group == env.Name+"-public" && rule.From == testPort:
		case isDevops(env, rule) && isAdministration(env, rule):
		default:
			t.Errorf("%s lets %s in on %s %s (%s)", rule.Group, rule.Peer, rule.Protocol, rule.Port(), rule.Description)
		}
	}
	assert.Equal(t, named("public"), slices.Sorted(maps.Keys(reached)))
}

// isInternet tells a rule for the clients that configuration names.
func isInternet(env *config.Environment, rule securitygroups.Rule) bool {
	return slices.Contains(env.Compute.Internet.CIDRs, rule.Peer.CIDR) ||
		(rule.Peer.PrefixList != "" && rule.Peer.PrefixList == env.Compute.Internet.PrefixListID)
}

// isDevops tells a rule for the administrators' ranges, which are never the internet.
func isDevops(env *config.Environment, rule securitygroups.Rule) bool {
	return slices.Contains(env.Access.DevopsIPRanges, rule.Peer.CIDR) && rule.Peer.CIDR.Bits() > 0
}

// isAdministration tells a rule that opens 22 or 3389 where that may be.
func isAdministration(env *config.Environment, rule securitygroups.Rule) bool {
	return rule.Group == env.Name+"-app" && (rule.From == sshPort || rule.From == rdpPort) && env.Access.AdminPorts && !env.PCI()
}

// The way from the internet to the data is the application's: where the app
// tier passes nothing on, nothing comes further than the public load balancer.
func TestTheAppTierIsTheOnlyWayToTheData(t *testing.T) {
	flows := securitygroups.Flows(allGroups(t))
	public := named("public")
	assert.Equal(t, public, securitygroups.Reachable(flows, public, named("app")...))
	for _, internal := range named("internal") {
		assert.Equal(t, []string{internal}, securitygroups.Reachable(flows, []string{internal}, named("app")...))
	}
	reached := securitygroups.Reachable(flows, public)
	for store := range storePorts {
		assert.Subset(t, reached, named("data-"+store), "the flows are followed")
	}
}

// Who may talk to whom, whole: both ends of every way, in every environment and
// across the peering, are those of the design and no other.
func TestWhoMayTalkToWhom(t *testing.T) {
	var want []securitygroups.Flow
	all := environments(t)
	for name, env := range all {
		open := func(from, to string, port int) {
			want = append(want, securitygroups.Flow{From: from, To: name + "-" + to, Protocol: "tcp", FirstPort: port, LastPort: port})
		}
		open(name+"-public", "app", env.Compute.ApplicationPort)
		open(name+"-internal", "app", env.Compute.ApplicationPort)
		open(name+"-app", "internal", httpsPort)
		open(name+"-app", "endpoints", httpsPort)
		for store, port := range storePorts {
			open(name+"-app", "data-"+store, port)
		}
		// Kubernetes: the API from the nodes and the clients, kubelets and webhooks from the control
		// plane, and between nodes names, metrics and the mesh.
		open(name+"-nodes", "cluster", httpsPort)
		open(name+"-clients", "cluster", httpsPort)
		for _, port := range []int{10250, 10251, 9443, 15017} {
			open(name+"-cluster", "nodes", port)
		}
		for _, port := range []int{dnsPort, 10250, 15012, 15008} {
			open(name+"-nodes", "nodes", port)
		}
		want = append(want, securitygroups.Flow{From: name + "-nodes", To: name + "-nodes", Protocol: "udp", FirstPort: dnsPort, LastPort: dnsPort})
		for peer := range env.Network.Peers {
			open(peer+"-app", "internal", httpsPort)
		}
		require.Equal(t, []netip.Prefix{everybody}, env.Compute.Internet.CIDRs, "else the next is not so")
		for anybody, caller := range all { // what may send to the internet may call what the internet may
			open(anybody+"-app", "public", httpsPort)
			if caller.Compute.OutboundHTTP {
				open(anybody+"-app", "public", httpPort)
			}
		}
	}
	assert.ElementsMatch(t, want, securitygroups.Flows(allGroups(t)))
}

func TestEveryRuleIsOnePortAndSaysWhy(t *testing.T) {
	rules := securitygroups.Rules(allGroups(t))
	assert.Greater(t, len(rules), 4*20)
	for _, rule := range rules {
		assert.True(t, rule.OnePort(), "%s %s %s %s", rule.Group, rule.Direction, rule.Protocol, rule.Port())
		assert.NotEmpty(t, rule.Description, "%s %s %s", rule.Group, rule.Direction, rule.Peer)
	}
}

func TestStoresHearTheAppTierAndSendNothing(t *testing.T) {
	seen := 0
	for _, group := range allGroups(t) {
		store, is := strings.CutPrefix(group.Name, group.Environment+"-data-")
		if !is {
			continue
		}
		seen++
		assert.Empty(t, group.Egress, group.Name)
		require.Len(t, group.Ingress, 1, group.Name)
		assert.Equal(t, []any{"tcp", storePorts[store], group.Environment + "-app"},
			[]any{group.Ingress[0].Protocol, group.Ingress[0].From, group.Ingress[0].Peer.Group}, group.Name)
	}
	assert.Equal(t, 4*len(storePorts), seen)
}

func TestTheAppTierHearsTheLoadBalancersAlone(t *testing.T) {
	groups := allGroups(t)
	for name, env := range environments(t) {
		app, known := securitygroups.Of(groups, name+"-app")
		require.True(t, known)
		var peers []string
		for _, rule := range app.Ingress {
			if env.Access.AdminPorts && (rule.From == sshPort || rule.From == rdpPort) {
				continue
			}
			assert.Equal(t, env.Compute.ApplicationPort, rule.From, rule.Description)
			peers = append(peers, rule.Peer.String())
		}
		assert.ElementsMatch(t, []string{name + "-public", name + "-internal"}, peers)
	}
}

// The peering opens one thing: the other side's internal load balancer, on 443,
// to the subnets of the peer's app tier.
func TestTheInternalLoadBalancersHearTheAppTiersAlone(t *testing.T) {
	groups := allGroups(t)
	all := environments(t)
	ranges := 0
	for name, env := range all {
		want := []string{name + "-app"}
		for peer := range env.Network.Peers {
			for _, zone := range all[peer].Network.Zones {
				want = append(want, zone.App.String())
				ranges++
			}
		}
		internal, known := securitygroups.Of(groups, name+"-internal")
		require.True(t, known)
		var peers []string
		for _, rule := range internal.Ingress {
			assert.Equal(t, httpsPort, rule.From)
			peers = append(peers, rule.Peer.String())
		}
		assert.ElementsMatch(t, want, peers, name)
	}
	assert.Equal(t, 6, ranges, "three zones each way")
}

// What comes with a VPC lets nothing through (CIS AWS Foundations Benchmark 5.4).
func TestTheDefaultGroupsHaveNoRule(t *testing.T) {
	groups := allGroups(t)
	for _, name := range named("default") {
		group, known := securitygroups.Of(groups, name)
		require.True(t, known)
		assert.Empty(t, group.Ingress, name)
		assert.Empty(t, group.Egress, name)
	}
}
