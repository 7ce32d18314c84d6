package config

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// mostRuleIndex is the highest rule index: a network ACL takes 40 rules in one
// direction at most (Amazon VPC User Guide, "Amazon VPC quotas").
const mostRuleIndex = 39

func peerPath(name string) string { return "network.peers[" + name + "]" }

func (n Network) peerNames() []string { return slices.Sorted(maps.Keys(n.Peers)) }

// peerVPCs are the ranges of the peers' VPCs.
func (n Network) peerVPCs() []block {
	var blocks []block
	for _, name := range n.peerNames() {
		blocks = append(blocks, block{peerPath(name) + ".cidr", n.Peers[name].CIDR})
	}
	return blocks
}

// subnets are the subnets of a peer, in a fixed order.
func (p Peer) subnets(path string) []block {
	var blocks []block
	for _, zone := range slices.Sorted(maps.Keys(p.Zones)) {
		at := path + ".zones[" + zone + "]"
		blocks = append(blocks, block{at + ".app", p.Zones[zone].App}, block{at + ".loadbalancer", p.Zones[zone].LoadBalancer})
	}
	return blocks
}

// peerSubnets are the subnets of all peers.
func (n Network) peerSubnets() []block {
	var blocks []block
	for _, name := range n.peerNames() {
		blocks = append(blocks, n.Peers[name].subnets(peerPath(name))...)
	}
	return blocks
}

func peerName(env Environment, found *Problems) {
	for _, name := range env.Network.peerNames() {
		switch {
		case name == env.Name:
			found.add(peerPath(name), name, "is this environment itself", "remove it")
		case !slices.Contains(EnvironmentNames(), name):
			found.add(peerPath(name), quoted(name), "is not an environment", "use one of "+strings.Join(EnvironmentNames(), ", "))
		}
	}
}

func peerRuleIndex(env Environment, found *Problems) {
	for _, name := range env.Network.peerNames() {
		path, index := peerPath(name)+".ruleIndex", env.Network.Peers[name].RuleIndex
		switch {
		case index == unset:
			found.missing(path, "set a number from 0 to 39 that no other peer has, and never change it")
		case index < 0 || index > mostRuleIndex:
			found.add(path, strconv.Itoa(index), "is not a place among the rules of a network ACL", "set a number from 0 to 39 that no other peer has")
		}
	}
}

func peerRuleIndexUnique(env Environment, found *Problems) {
	owner := map[int]string{}
	for _, name := range env.Network.peerNames() {
		index := env.Network.Peers[name].RuleIndex
		if first, taken := owner[index]; taken && index != unset {
			found.add(peerPath(name)+".ruleIndex", strconv.Itoa(index), "is the rule index of "+peerPath(first)+" already", "set a number from 0 to 39 that no other peer has")
			continue
		}
		owner[index] = name
	}
}

// peerRequired requires the range of each peer, and both subnets of each of its zones.
func peerRequired(env Environment, found *Problems) {
	for _, b := range append(env.Network.peerVPCs(), env.Network.peerSubnets()...) {
		if !b.prefix.IsValid() {
			found.missing(b.path, "set the range that the peer's own configuration has")
		}
	}
}

func peerHostBits(env Environment, found *Problems) {
	for _, b := range append(env.Network.peerVPCs(), env.Network.peerSubnets()...) {
		hostBits(b, found)
	}
}

func peerSize(env Environment, found *Problems) {
	for _, b := range env.Network.peerVPCs() {
		awsSize(b, "VPC", found)
	}
	for _, b := range env.Network.peerSubnets() {
		awsSize(b, "subnet", found)
	}
}

func peerPrivate(env Environment, found *Problems) {
	for _, b := range env.Network.peerVPCs() {
		privateRange(b, found)
	}
}

// peerOverlap: AWS refuses to peer VPCs that overlap, and a network ACL that
// denies a peer would deny the VPC itself.
func peerOverlap(env Environment, found *Problems) {
	vpcs := append([]block{env.Network.vpc()}, env.Network.peerVPCs()...)
	overlaps(slices.DeleteFunc(vpcs, func(b block) bool { return !b.prefix.IsValid() }), found)
}

// peerZoneName requires names of availability zones, all of one region: a VPC lies in one.
func peerZoneName(env Environment, found *Problems) {
	for _, name := range env.Network.peerNames() {
		region := ""
		for _, zone := range slices.Sorted(maps.Keys(env.Network.Peers[name].Zones)) {
			path, parts := peerPath(name)+".zones["+zone+"]", zonePattern.FindStringSubmatch(zone)
			switch {
			case parts == nil:
				found.add(path, quoted(zone), "is not the name of an availability zone", "write it as in us-east-1a")
			case region != "" && parts[1] != region:
				found.add(path, zone, "is not in "+region+" as the zones before it, and a VPC lies in one region", "name the zones of the peer's VPC")
			default:
				region = parts[1]
			}
		}
	}
}

func peerSubnetInside(env Environment, found *Problems) {
	for _, name := range env.Network.peerNames() {
		path, peer := peerPath(name), env.Network.Peers[name]
		outside(peer.subnets(path), block{path + ".cidr", peer.CIDR}, "the peer's", found)
	}
}

func peerSubnetOverlap(env Environment, found *Problems) {
	for _, name := range env.Network.peerNames() {
		subnets := env.Network.Peers[name].subnets(peerPath(name))
		overlaps(slices.DeleteFunc(subnets, func(b block) bool { return !b.prefix.IsValid() }), found)
	}
}
