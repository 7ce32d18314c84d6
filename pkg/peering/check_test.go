package peering_test

import (
	"fmt"
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

// star makes one requester with n accepters, each denied by the other.
func star(n int) (map[string]peering.Side, map[string]map[string]string, []peering.Pair) {
	sides := map[string]peering.Side{"hub": side(0)}
	denied := map[string]map[string]string{"hub": {}}
	var pairs []peering.Pair
	for i := 1; i <= n; i++ {
		name := fmt.Sprintf("spoke-%d", i)
		sides[name] = side(i)
		denied["hub"][name] = sides[name].CIDR.String()
		denied[name] = map[string]string{"hub": sides["hub"].CIDR.String()}
		pairs = append(pairs, peering.Pair{Requester: "hub", Accepter: name})
	}
	return sides, denied, pairs
}

func TestCheckAcceptsAsManyAsAWSGrants(t *testing.T) {
	assert.NoError(t, peering.Check(star(peering.MaxPeeringsPerVPC)))
}

func TestCheckRefusesTooManyPeerings(t *testing.T) {
	err := peering.Check(star(peering.MaxPeeringsPerVPC + 1))
	require.ErrorContains(t, err, "matrix: hub: 126 peerings: AWS grants 125")
	assert.ErrorContains(t, err, "Transit Gateway")
}

func TestCheckRefusesTooManyRoutes(t *testing.T) {
	sides, denied, pairs := star(100)
	for name, s := range sides { // ten loadbalancer subnets a peer: 1,000 routes and the table's own
		for i := range 10 {
			s.LoadBalancerCIDRs[fmt.Sprintf("zone-%d", i)] = s.CIDR
		}
		sides[name] = s
	}
	err := peering.Check(sides, denied, pairs)
	require.ErrorContains(t, err, "matrix: hub: 1304 routes in one route table: AWS grants 1000")
	assert.ErrorContains(t, err, "Transit Gateway")
	for name, s := range sides {
		s.AppRoutes = false
		sides[name] = s
	}
	assert.NoError(t, peering.Check(sides, denied, pairs), "without app routes there are none to count")
}

func TestCheckNamesBothOfAnOverlapAnywhereInTheMatrix(t *testing.T) {
	sides, denied, pairs := star(2)
	moved := sides["spoke-2"]
	moved.CIDR = netip.MustParsePrefix("10.1.128.0/17")
	sides["spoke-2"] = moved
	denied["hub"]["spoke-2"] = moved.CIDR.String()
	err := peering.Check(sides, denied, pairs)
	assert.ErrorContains(t, err, "matrix: spoke-1 (10.1.0.0/16) overlaps spoke-2 (10.1.128.0/17)")
}

func TestCheckRefusesAPeerThatTheNetworkACLsDoNotDeny(t *testing.T) {
	sides, denied, pairs := star(1)
	denied["spoke-1"]["hub"] = "10.99.0.0/16"
	delete(denied["hub"], "spoke-1")
	err := peering.Check(sides, denied, pairs)
	require.ErrorContains(t, err, `stack hub: network.peers[spoke-1].cidr: "", wanted 10.1.0.0/16`)
	assert.ErrorContains(t, err, `stack spoke-1: network.peers[hub].cidr: "10.99.0.0/16", wanted 10.0.0.0/16`)
}
