package network_test

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"aws-platform/pkg/config"
	"aws-platform/pkg/config/configtest"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/network"
)

// admits evaluates a network ACL as AWS does: rules in the order of their
// numbers, the first that matches decides, and what none matches is denied.
func admits(rules []graph.Resource, protocol string, port int, address string) bool {
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b graph.Resource) int { return cmp.Compare(a.Int("ruleNumber"), b.Int("ruleNumber")) })
	for _, rule := range rules {
		everything := rule.String("protocol") == "-1"
		inRange := everything || (rule.Int("fromPort") <= port && port <= rule.Int("toPort"))
		if (everything || rule.String("protocol") == protocol) && inRange &&
			netip.MustParsePrefix(rule.String("cidrBlock")).Contains(netip.MustParseAddr(address)) {
			return rule.String("ruleAction") == "allow"
		}
	}
	return false
}

// entries returns the rules of a tier's ACL in one direction.
func entries(g *graph.Graph, tier, direction string) []graph.Resource {
	return g.Select(func(r graph.Resource) bool {
		return r.Type == "aws:ec2/networkAclRule:NetworkAclRule" &&
			strings.HasPrefix(r.Name, fmt.Sprintf("%s-%s-%s-", g.Stack, tier, direction))
	})
}

const (
	tcp      = "6"
	internet = "198.51.100.7"
	ownApp   = "10.20.64.9"
	ownLB    = "10.20.11.9"
	ownEdge  = "10.20.1.9"
	ownData  = "10.20.21.9"
	peerApp  = "10.21.64.9"
	peerLB   = "10.21.11.9"
	peerData = "10.21.21.9"
)

func TestNetworkACLsAreASecondWall(t *testing.T) {
	g := plan(t, production)
	for _, test := range []struct {
		tier, direction string
		port            int
		address         string
		want            bool
		reason          string
	}{
		{"public", "ingress", 443, internet, true, "the public load balancer serves HTTPS"},
		{"public", "ingress", 80, internet, true, "HTTP redirects"},
		{"public", "ingress", 22, internet, false, "SSH is closed"},
		{"public", "ingress", 3389, internet, false, "RDP is closed, although it is an ephemeral port"},
		{"public", "ingress", 40000, internet, true, "answers to the NAT gateways"},
		{"public", "ingress", 8443, internet, true, "the test listener, where the security group is the wall"},
		{"public", "ingress", 443, peerApp, false, "a peer has no business in the public tier"},
		{"public", "egress", 443, internet, true, "the way out through the NAT gateways"},
		{"public", "egress", 25, internet, false, "mail does not leave"},
		{"loadbalancer", "ingress", 443, ownApp, true, "own applications call each other"},
		{"loadbalancer", "ingress", 443, peerApp, true, "the one opening across the peering"},
		{"loadbalancer", "ingress", 8080, peerApp, false, "and on no other port"},
		{"loadbalancer", "ingress", 443, peerLB, false, "peer's app tier only"},
		{"loadbalancer", "ingress", 443, peerData, false, "peer's app tier only"},
		{"loadbalancer", "ingress", 443, internet, false, "internal means internal"},
		{"loadbalancer", "ingress", 3389, ownApp, false, "answers leave RDP out"},
		{"loadbalancer", "egress", 8080, ownApp, true, "to the application"},
		{"loadbalancer", "egress", 50000, peerApp, true, "answers to the peer's applications"},
		{"loadbalancer", "egress", 443, peerLB, false, "a load balancer starts nothing"},
		{"loadbalancer", "egress", 443, internet, false, "a load balancer starts nothing"},
		{"app", "ingress", 8080, ownLB, true, "the internal load balancer"},
		{"app", "ingress", 8080, ownEdge, true, "the public load balancer"},
		{"app", "ingress", 8080, internet, false, "nobody else"},
		{"app", "ingress", 8080, peerApp, false, "never the peer's applications directly"},
		{"app", "ingress", 443, peerApp, false, "never the peer's applications directly"},
		{"app", "ingress", 50000, peerLB, true, "answers of the peer's internal load balancers"},
		{"app", "ingress", 50000, peerApp, false, "answers of nobody else there"},
		{"app", "ingress", 22, ownApp, false, "Session Manager instead, even from inside"},
		{"app", "ingress", 3389, ownApp, false, "Session Manager instead, even from inside"},
		{"app", "ingress", 10250, ownApp, true, "nodes and pods among themselves"},
		{"app", "egress", 443, peerLB, true, "the peer's internal load balancers"},
		{"app", "egress", 443, peerApp, false, "nothing else at the peer"},
		{"app", "egress", 5432, peerData, false, "the peer's data least of all"},
		{"app", "egress", 5432, ownData, true, "own PostgreSQL"},
		{"app", "egress", 9098, ownData, true, "own Kafka"},
		{"app", "egress", 22, internet, false, "no SSH out"},
		{"public", "ingress", 1024, internet, true, "the first port of a NAT gateway"},
		{"public", "ingress", 65535, internet, true, "and the last"},
		{"public", "egress", 8080, ownApp, true, "the public load balancer calls the application"},
		{"public", "egress", 1024, internet, true, "answers to whichever port a client chose"},
		{"loadbalancer", "ingress", 1024, ownApp, true, "the application's answers to the first port of a load balancer"},
		{"loadbalancer", "ingress", 65535, ownApp, true, "and the last"},
		{"loadbalancer", "egress", 32768, ownApp, true, "answers to Linux's first ephemeral port"},
		{"loadbalancer", "egress", 60999, ownApp, true, "and the last"},
		{"loadbalancer", "egress", 61000, ownApp, false, "no client of ours has such a port"},
		{"app", "ingress", 32768, internet, true, "answers to Linux's first ephemeral port"},
		{"app", "ingress", 60999, internet, true, "and the last"},
		{"app", "ingress", 32767, internet, false, "no client of ours has such a port"},
		{"app", "egress", 1024, ownLB, true, "answers to the first port of a load balancer"},
		{"app", "egress", 65535, ownEdge, true, "and the last"},
		{"data", "egress", 32768, ownApp, true, "answers to Linux's first ephemeral port"},
		{"data", "ingress", 5432, ownApp, true, "PostgreSQL"},
		{"data", "ingress", 6379, ownApp, true, "Valkey"},
		{"data", "ingress", 9098, ownApp, true, "Kafka"},
		{"data", "ingress", 443, ownApp, true, "OpenSearch"},
		{"data", "ingress", 22, ownApp, false, "no other port"},
		{"data", "ingress", 9092, ownApp, false, "no plaintext Kafka"},
		{"data", "ingress", 5432, ownLB, false, "from the app tier only"},
		{"data", "ingress", 5432, peerApp, false, "never from a peer"},
		{"data", "ingress", 5432, peerData, false, "never from a peer"},
		{"data", "ingress", 5432, internet, false, "never from the internet"},
		{"data", "egress", 443, internet, false, "data starts nothing"},
		{"data", "egress", 50000, ownApp, true, "answers"},
		{"data", "egress", 50000, peerApp, false, "no answers to a peer"},
	} {
		rules := entries(g, test.tier, test.direction)
		require.NotEmpty(t, rules)
		assert.Equal(t, test.want, admits(rules, tcp, test.port, test.address), "%s %s %d %s: %s",
			test.tier, test.direction, test.port, test.address, test.reason)
	}
}

func TestPathMTUDiscoveryWorksWhereTheInternetIs(t *testing.T) {
	g := plan(t, production)
	for _, tier := range []string{"public", "app"} {
		for _, direction := range []string{"ingress", "egress"} {
			rule, err := g.One("aws:ec2/networkAclRule:NetworkAclRule", "production-"+tier+"-"+direction+"-path-mtu")
			require.NoError(t, err)
			assert.Equal(t, []any{"1", 3, 4, "allow"},
				[]any{rule.String("protocol"), rule.Int("icmpType"), rule.Int("icmpCode"), rule.String("ruleAction")}, "fragmentation needed")
		}
	}
}

// A changed entry keeps its number, which AWS gives to one entry at a time.
func TestACLEntriesAreDeletedBeforeTheyAreReplaced(t *testing.T) {
	rules := plan(t, production).OfType("aws:ec2/networkAclRule:NetworkAclRule")
	require.NotEmpty(t, rules)
	for _, rule := range rules {
		assert.True(t, rule.DeleteBeforeReplace, rule.Name)
	}
}

func TestEverySubnetIsBehindTheACLOfItsTier(t *testing.T) {
	g := plan(t, production)
	associations := g.OfType("aws:ec2/networkAclAssociation:NetworkAclAssociation")
	assert.Len(t, associations, 12)
	for _, association := range associations {
		subnet, known := g.ByID("aws:ec2/subnet:Subnet", association.String("subnetId"))
		require.True(t, known)
		acl, known := g.ByID("aws:ec2/networkAcl:NetworkAcl", association.String("networkAclId"))
		require.True(t, known)
		assert.Equal(t, subnet.String("tags.Tier"), acl.String("tags.Tier"), subnet.Name)
	}
}

// withPeers records an environment with zones and a peer for each of the octets.
func withPeers(zones string, octets ...int) (*graph.Graph, error) {
	decoded, err := config.Decode("staging", configtest.Environment{Stack: "staging", Octet: 10, Zones: zones}.Values())
	if err != nil {
		return nil, err
	}
	decoded.Network.Peers = map[string]config.Peer{}
	for _, octet := range octets {
		decoded.Network.Peers[fmt.Sprintf("peer-%d", octet)] = configtest.Peer(octet, zones)
	}
	return record.Run(program(decoded), record.Options{Project: "platform", Stack: "staging"})
}

// Whatever zones and peers there are, AWS takes the rules, and the data tier
// denies every peer before it allows anybody.
func TestRuleNumbersProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfNDistinct(rapid.SampledFrom([]rune("abcdefgh")), 2, 5, rapid.ID[rune]).Draw(t, "zones")
		octets := rapid.SliceOfNDistinct(rapid.IntRange(11, 49), 0, 2, rapid.ID[int]).Draw(t, "peers")
		g, err := withPeers(string(letters), octets...)
		if err != nil {
			t.Fatal(err)
		}
		checkNumbers(t, g, len(octets))
	})
}

func checkNumbers(t *rapid.T, g *graph.Graph, peers int) {
	for _, tier := range []string{"public", "loadbalancer", "app", "data"} {
		for _, direction := range []string{"ingress", "egress"} {
			rules := entries(g, tier, direction)
			numbers := map[int]string{}
			for _, rule := range rules {
				number := rule.Int("ruleNumber")
				if other := numbers[number]; other != "" || number < 1 || number > 32766 {
					t.Fatalf("%s: number %d is out of range or of %s too", rule.Name, number, other)
				}
				numbers[number] = rule.Name
			}
			if tier == "data" {
				checkDeniesFirst(t, rules, peers)
			}
		}
	}
}

// checkDeniesFirst holds that as many peers are denied as there are, and each
// before anything is allowed.
func checkDeniesFirst(t *rapid.T, rules []graph.Resource, peers int) {
	lastDeny, firstAllow, denied := 0, 1<<15, 0
	for _, rule := range rules {
		if rule.String("ruleAction") == "allow" {
			firstAllow = min(firstAllow, rule.Int("ruleNumber"))
		} else {
			denied, lastDeny = denied+1, max(lastDeny, rule.Int("ruleNumber"))
		}
	}
	if denied != peers || lastDeny >= firstAllow {
		t.Fatalf("%d of %d peers are denied, the last at %d; the first allow is at %d", denied, peers, lastDeny, firstAllow)
	}
}

func TestAPeerThatComesOrGoesTouchesNoOther(t *testing.T) {
	one, err := withPeers("abc", 20)
	require.NoError(t, err)
	two, err := withPeers("abc", 11, 20) // sorts before the other
	require.NoError(t, err)
	changed, single := compare(one, two)
	assert.Empty(t, changed)
	assert.NotEmpty(t, single)
	for _, name := range single {
		assert.Contains(t, name, "peer-11")
	}
}

func TestMoreRulesThanTheAccountTakesAreRefused(t *testing.T) {
	g, err := withPeers("abcdefgh", 11, 12, 13)
	for _, r := range g.Resources {
		assert.Contains(t, []string{"pulumi:pulumi:Stack", "pulumi:providers:aws"}, r.Type)
	}
	require.ErrorContains(t, err, "network.rulesPerNetworkAcl: 40: the app tier needs 55 ingress rules, and AWS's default deny rule counts too")
	assert.ErrorContains(t, err, "Transit Gateway")
}

func TestTheDefaultDenyRuleCountsToo(t *testing.T) {
	decoded, err := config.Decode(production.Stack, production.Values())
	require.NoError(t, err)
	args := argsOf(decoded)
	args.Config.RulesPerNetworkACL = 18 // 17 of the app tier, and AWS's own
	assert.Empty(t, network.CheckQuotas(args))
	args.Config.RulesPerNetworkACL = 17
	assert.Len(t, network.CheckQuotas(args), 1)
}

func TestMissingArgsAreRefusedAllAtOnce(t *testing.T) {
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := network.New(ctx, "x", network.Args{})
		return nil, err
	}, record.Options{Project: "platform", Stack: "staging"})
	for _, field := range []string{"Environment", "AccountID", "Region", "Partition", "ApplicationPort: 0", "StorePorts", "LogKeyARN", "LogRetentionDays: 0"} {
		assert.ErrorContains(t, err, field)
	}
}
