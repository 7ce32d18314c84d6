package config

import (
	"cmp"
	"maps"
	"slices"
)

// Agree holds the environments of an estate against each other, as no single
// file can: what one says of a peer's addresses must be what the peer's own
// configuration says, and no two environments share addresses. A peer that is
// not among environments is left alone. Paths begin with the environment's name.
func Agree(environments ...Environment) Problems {
	var found Problems
	known := map[string]Environment{}
	for _, env := range environments {
		known[env.Name] = env
	}
	for _, env := range environments {
		for _, name := range env.Network.peerNames() {
			if actual, ok := known[name]; ok {
				peerAgrees(env, name, actual.Network, &found)
			}
		}
	}
	apart(environments, &found)
	domains(environments, known, &found)
	return found.sorted()
}

// peerAgrees holds what env says of a peer against the peer's own network.
func peerAgrees(env Environment, name string, actual Network, found *Problems) {
	path, peer := env.Name+": "+peerPath(name), env.Network.Peers[name]
	same(path+".cidr", peer.CIDR.String(), name, actual.CIDR.String(), found)
	for _, zone := range actual.ZoneNames() {
		if _, named := peer.Zones[zone]; !named && len(peer.Zones) > 0 {
			found.add(path+".zones", none, "lacks "+zone+", which "+name+" has: what the peering routes there, the network ACLs drop",
				"add the zone's app and loadbalancer subnets")
		}
	}
	for _, zone := range slices.Sorted(maps.Keys(peer.Zones)) {
		at := path + ".zones[" + zone + "]"
		subnets, exists := actual.Zones[zone]
		if !exists {
			found.add(at, zone, "is not a zone of "+name, "name one that Pulumi."+name+".yaml has")
			continue
		}
		same(at+".app", peer.Zones[zone].App.String(), name, subnets.App.String(), found)
		same(at+".loadbalancer", peer.Zones[zone].LoadBalancer.String(), name, subnets.LoadBalancer.String(), found)
	}
}

func same(path, value, name, actual string, found *Problems) {
	if value != actual {
		found.add(path, value, "is not what "+name+" has", "write "+actual+", or correct Pulumi."+name+".yaml")
	}
}

// apart refuses two environments with common addresses: they could never be peered.
func apart(environments []Environment, found *Problems) {
	var vpcs []block
	for _, env := range environments {
		vpcs = append(vpcs, block{env.Name + ": " + vpcPath, env.Network.CIDR})
	}
	slices.SortFunc(vpcs, func(a, b block) int { return cmp.Compare(a.path, b.path) })
	overlaps(vpcs, found)
}
