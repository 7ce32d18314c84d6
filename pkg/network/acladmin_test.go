package network_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/network"
)

// administered records production with the ranges of administrators.
func administered(t *testing.T, ranges ...string) *graph.Graph {
	t.Helper()
	g, err := record.Run(program(withRanges(t, ranges...)), record.Options{Project: "platform", Stack: production.Stack})
	require.NoError(t, err)
	return g
}

func withRanges(t *testing.T, ranges ...string) *config.Environment {
	t.Helper()
	decoded, err := config.Decode(production.Stack, production.Values())
	require.NoError(t, err)
	decoded.Access = config.Access{AdminPorts: true}
	for _, text := range ranges {
		decoded.Access.DevopsIPRanges = append(decoded.Access.DevopsIPRanges, netip.MustParsePrefix(text))
	}
	return decoded
}

func TestAdministratorsReachTheAppTierAndNobodyElseDoes(t *testing.T) {
	g := administered(t, "192.0.2.0/24", "2001:db8::/48", "203.0.113.0/24")
	const administrator, first = "203.0.113.9", "192.0.2.9"
	for _, test := range []struct {
		tier, direction string
		port            int
		address         string
		want            bool
	}{
		{"app", "ingress", 22, administrator, true},
		{"app", "ingress", 3389, administrator, true},
		{"app", "ingress", 22, first, true},
		{"app", "ingress", 5985, administrator, false},
		{"app", "egress", 1024, administrator, true},
		{"app", "egress", 65535, first, true},
		{"app", "ingress", 22, internet, false},
		{"app", "ingress", 3389, peerApp, false},
		{"app", "egress", 50000, internet, false},
		{"public", "ingress", 22, administrator, false},
		{"loadbalancer", "ingress", 22, administrator, false},
		{"data", "ingress", 22, administrator, false},
	} {
		assert.Equal(t, test.want, admits(entries(g, test.tier, test.direction), tcp, test.port, test.address),
			"%s %s %d %s", test.tier, test.direction, test.port, test.address)
	}
	for _, rule := range g.OfType("aws:ec2/networkAclRule:NetworkAclRule") {
		assert.NotContains(t, rule.String("cidrBlock"), "2001:db8", "the VPC has no IPv6")
	}
}

func TestWithoutRangesNoAdminPortIsOpen(t *testing.T) {
	closed, open := plan(t, production), administered(t, "203.0.113.0/24")
	changed, single := compare(closed, open)
	assert.Empty(t, changed)
	assert.Len(t, single, 3, "SSH, RDP and the answers")
}

// AWS takes a number once: a range that moves in the list changes what stands at
// a number, and never takes one that another still has.
func TestARangeThatMovesKeepsEveryNumber(t *testing.T) {
	before, after := administered(t, "203.0.113.0/24", "192.0.2.0/24"), administered(t, "192.0.2.0/24", "203.0.113.0/24")
	numbers := func(g *graph.Graph) map[string]int {
		byName := map[string]int{}
		for _, rule := range g.OfType("aws:ec2/networkAclRule:NetworkAclRule") {
			byName[rule.Name] = rule.Int("ruleNumber")
		}
		return byName
	}
	assert.Equal(t, numbers(before), numbers(after))
}

func TestRangesCountForTheQuota(t *testing.T) {
	args := argsOf(withRanges(t, "203.0.113.0/24", "192.0.2.0/24", "2001:db8::/48"))
	args.Config.RulesPerNetworkACL = 22 // 17 of the app tier, two a range, and AWS's own
	assert.Empty(t, network.CheckQuotas(args))
	args.Config.RulesPerNetworkACL = 21
	over := network.CheckQuotas(args)
	require.Len(t, over, 1)
	assert.ErrorContains(t, over, "the app tier needs 21 ingress rules")
}

func TestMoreRangesThanHaveAPlaceAreRefused(t *testing.T) {
	args := argsOf(withRanges(t, slices.Repeat([]string{"2001:db8::/48"}, 41)...))
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := network.New(ctx, "production", args)
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
	assert.ErrorContains(t, err, "network.Args.AdminRanges: 41: at most 40")
}
