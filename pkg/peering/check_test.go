package peering_test

import (
	"fmt"
	"maps"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/peering"
)

// side makes a side with three zones in 10.<octet>.0.0/16.
func side(octet int) peering.Side {
	s := peering.Side{
		CIDR:     netip.MustParsePrefix(fmt.Sprintf("10.%d.0.0/16", octet)),
		AppCIDRs: map[string]netip.Prefix{}, LoadBalancerCIDRs: map[string]netip.Prefix{}, AppRoutes: true,
	}
	for i, zone := range []string{"us-east-1a", "us-east-1b", "us-east-1c"} {
		s.AppCIDRs[zone] = netip.MustParsePrefix(fmt.Sprintf("10.%d.%d.0/19", octet, 64+32*i))
		s.LoadBalancerCIDRs[zone] = netip.MustParsePrefix(fmt.Sprintf("10.%d.%d.0/24", octet, 5+i))
	}
	return s
}

// star makes one requester with n accepters, each known to the other.
func star(n int) (map[string]peering.Side, []peering.Pair) {
	sides := map[string]peering.Side{"hub": side(0)}
	var pairs []peering.Pair
	for i := 1; i <= n; i++ {
		name := fmt.Sprintf("spoke-%d", i)
		sides[name] = side(i)
		introduce(sides, "hub", name)
		pairs = append(pairs, peering.Pair{Requester: "hub", Accepter: name})
	}
	return sides, pairs
}

// introduce makes two sides know each other as they are.
func introduce(sides map[string]peering.Side, a, b string) {
	for _, way := range [][2]string{{a, b}, {b, a}} {
		s, peer := sides[way[0]], sides[way[1]]
		if s.Peers == nil {
			s.Peers = map[string]peering.Known{}
		}
		s.Peers[way[1]] = peering.Known{CIDR: peer.CIDR, AppCIDRs: maps.Clone(peer.AppCIDRs), LoadBalancerCIDRs: maps.Clone(peer.LoadBalancerCIDRs)}
		sides[way[0]] = s
	}
}

func TestCheckAcceptsAMatrix(t *testing.T) {
	assert.NoError(t, peering.Check(star(125)))
}

func TestCheckRefusesTooManyRoutes(t *testing.T) {
	sides, pairs := star(100)
	for name, s := range sides { // ten more loadbalancer subnets a peer: 1,300 routes and the table's own
		for i := range 10 {
			s.LoadBalancerCIDRs[fmt.Sprintf("zone-%d", i)] = s.CIDR
		}
		sides[name] = s
	}
	for _, pair := range pairs {
		introduce(sides, pair.Requester, pair.Accepter)
	}
	err := peering.Check(sides, pairs)
	require.ErrorContains(t, err, "matrix: hub: 1304 routes in one route table: AWS grants 1000")
	assert.ErrorContains(t, err, "Transit Gateway")
	for name, s := range sides {
		s.AppRoutes = false
		sides[name] = s
	}
	assert.NoError(t, peering.Check(sides, pairs), "without app routes there are none to count")
}

func TestCheckNamesBothOfAnOverlapAnywhereInTheMatrix(t *testing.T) {
	sides, pairs := star(2)
	moved := sides["spoke-2"]
	moved.CIDR = netip.MustParsePrefix("10.1.128.0/17")
	sides["spoke-2"] = moved
	introduce(sides, "hub", "spoke-2")
	err := peering.Check(sides, pairs)
	assert.ErrorContains(t, err, "matrix: spoke-1 (10.1.0.0/16) overlaps spoke-2 (10.1.128.0/17)")
}

func TestCheckRefusesWhatTheNetworkACLsDoNotKnow(t *testing.T) {
	for name, test := range map[string]struct {
		change func(known *peering.Known)
		want   string
	}{
		"another VPC": {func(k *peering.Known) { k.CIDR = netip.MustParsePrefix("10.99.0.0/16") },
			"stack spoke-1: network.peers[hub].cidr: 10.99.0.0/16: hub published 10.0.0.0/16"},
		"a zone less": {func(k *peering.Known) { delete(k.LoadBalancerCIDRs, "us-east-1c") },
			"stack spoke-1: network.peers[hub].zones[].loadbalancer: [us-east-1a 10.0.5.0/24, us-east-1b 10.0.6.0/24]: hub published [us-east-1a 10.0.5.0/24, us-east-1b 10.0.6.0/24, us-east-1c 10.0.7.0/24]"},
		"other app subnets": {func(k *peering.Known) { k.AppCIDRs["us-east-1a"] = netip.MustParsePrefix("10.0.64.0/20") },
			"stack spoke-1: network.peers[hub].zones[].app: [us-east-1a 10.0.64.0/20,"},
		"nothing at all": {func(k *peering.Known) { *k = peering.Known{} },
			"stack spoke-1: network.peers[hub].cidr: invalid Prefix: hub published 10.0.0.0/16"},
	} {
		t.Run(name, func(t *testing.T) {
			sides, pairs := star(1)
			known := sides["spoke-1"].Peers["hub"]
			test.change(&known)
			sides["spoke-1"].Peers["hub"] = known
			err := peering.Check(sides, pairs)
			require.ErrorContains(t, err, test.want)
			assert.ErrorContains(t, err, "run `pulumi up -s spoke-1`")
		})
	}
}
