package config

import (
	"net/netip"
	"path/filepath"
	"slices"
	"testing"
)

// repository are the environments of this repository's stack files.
func repository(t *testing.T) map[string]Environment {
	t.Helper()
	environments := map[string]Environment{}
	for _, name := range EnvironmentNames() {
		stack, values, err := ReadStackFile(filepath.Join("..", "..", "Pulumi."+name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		env, err := Decode(stack, values)
		if err != nil {
			t.Fatalf("%s:\n%v", name, err)
		}
		environments[name] = *env
	}
	return environments
}

// TestAddressingPlan holds the stack files against section 3 of the design.
func TestAddressingPlan(t *testing.T) {
	plan := map[string]struct {
		octet   byte
		account string
	}{
		Dev: {0, "333333333333"}, Staging: {10, "444444444444"}, Production: {20, "111111111111"}, ProductionPCI: {21, "222222222222"},
	}
	for name, env := range repository(t) {
		subnet := func(third byte, bits int) netip.Prefix {
			return netip.PrefixFrom(netip.AddrFrom4([4]byte{10, plan[name].octet, third}), bits)
		}
		if env.Network.CIDR != subnet(0, 16) || env.AWS.AccountID() != plan[name].account || env.AWS.Region != "us-east-1" {
			t.Errorf("%s: VPC %s in account %s, region %s", name, env.Network.CIDR, env.AWS.AccountID(), env.AWS.Region)
		}
		zones := map[string]Zone{
			"us-east-1a": {subnet(1, 24), subnet(5, 24), subnet(64, 19), subnet(21, 24)},
			"us-east-1b": {subnet(2, 24), subnet(6, 24), subnet(96, 19), subnet(22, 24)},
			"us-east-1c": {subnet(3, 24), subnet(7, 24), subnet(128, 19), subnet(23, 24)},
		}
		for zone, want := range zones {
			if env.Network.Zones[zone] != want {
				t.Errorf("%s: %s has %+v, wanted %+v", name, zone, env.Network.Zones[zone], want)
			}
		}
	}
}

func TestDevopsRangesOfTheEstate(t *testing.T) {
	want := map[string][]netip.Prefix{
		Dev: nil, Staging: nil,
		Production:    prefixes("203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"),
		ProductionPCI: prefixes("203.0.113.0/24"),
	}
	for name, env := range repository(t) {
		if !slices.Equal(env.Access.DevopsIPRanges, want[name]) {
			t.Errorf("%s: %v, wanted %v", name, env.Access.DevopsIPRanges, want[name])
		}
	}
}

func TestEstateAgrees(t *testing.T) {
	environments := repository(t)
	for name, peer := range map[string]string{Production: ProductionPCI, ProductionPCI: Production} {
		if _, known := environments[name].Network.Peers[peer]; !known {
			t.Errorf("%s does not know its peer %s", name, peer)
		}
	}
	all := []Environment{environments[Dev], environments[Staging], environments[Production], environments[ProductionPCI]}
	if problems := Agree(all...); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestAgreeReports(t *testing.T) {
	environments := repository(t)
	production, pci, staging := environments[Production], environments[ProductionPCI], environments[Staging]
	peer := production.Network.Peers[ProductionPCI]
	peer.CIDR = netip.MustParsePrefix("10.21.0.0/17")
	peer.Zones = map[string]PeerZone{
		"us-east-1a": {App: netip.MustParsePrefix("10.21.64.0/20"), LoadBalancer: netip.MustParsePrefix("10.21.5.0/25")},
		"us-east-1d": {},
	}
	production.Network.Peers = map[string]Peer{ProductionPCI: peer}
	staging.Network.CIDR = netip.MustParsePrefix("10.21.0.0/24")
	expect(t, Agree(production, pci, staging), []string{
		"production: network.peers[production-pci].cidr: 10.21.0.0/17: is not what production-pci has: write 10.21.0.0/16, or correct Pulumi.production-pci.yaml",
		"production: network.peers[production-pci].zones: none: lacks us-east-1b, which production-pci has: what the peering routes there, the network ACLs drop: add the zone's app and loadbalancer subnets",
		"production: network.peers[production-pci].zones: none: lacks us-east-1c, which production-pci has: what the peering routes there, the network ACLs drop: add the zone's app and loadbalancer subnets",
		"production: network.peers[production-pci].zones[us-east-1a].app: 10.21.64.0/20: is not what production-pci has: write 10.21.64.0/19, or correct Pulumi.production-pci.yaml",
		"production: network.peers[production-pci].zones[us-east-1a].loadbalancer: 10.21.5.0/25: is not what production-pci has: write 10.21.5.0/24, or correct Pulumi.production-pci.yaml",
		"production: network.peers[production-pci].zones[us-east-1d]: us-east-1d: is not a zone of production-pci: name one that Pulumi.production-pci.yaml has",
		"staging: network.cidr: 10.21.0.0/24: overlaps production-pci: network.cidr (10.21.0.0/16): give each its own addresses",
	})
	if problems := Agree(environments[Production], environments[Staging]); len(problems) > 0 {
		t.Errorf("a peer that is not given is held against something: %v", problems)
	}
}

func TestPeeringFileOfTheEstate(t *testing.T) {
	stack, values, err := ReadStackFile(filepath.Join("..", "..", "stacks", "peering", "Pulumi.peering.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	peering, err := DecodePeering(values)
	if err != nil {
		t.Fatal(err)
	}
	environments := repository(t)
	if stack != "peering" || len(peering.entries()) == 0 {
		t.Fatalf("stack %q with %d peerings", stack, len(peering.entries()))
	}
	for name, peer := range peering.Peers {
		env := environments[name]
		want := PeeringPeer{name, env.AWS.Region, "arn:aws:iam::" + env.AWS.AccountID() + ":role/platform-peering", true, true}
		if peer != want {
			t.Errorf("peer %s is %+v, wanted %+v", name, peer, want)
		}
	}
	for _, e := range peering.entries() {
		_, there := environments[e.requester].Network.Peers[e.accepter]
		_, back := environments[e.accepter].Network.Peers[e.requester]
		if !there || !back {
			t.Errorf("%s: %s and %s are not in each other's network.peers", e.path, e.requester, e.accepter)
		}
	}
}
