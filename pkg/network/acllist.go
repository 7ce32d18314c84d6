package network

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ruleList collects the entries of one direction of one ACL.
type ruleList []aclRule

func (l *ruleList) add(rule aclRule) { *l = append(*l, rule) }

// allow adds a VPC-wide or internet rule; their numbers follow the order in the code.
func (l *ruleList) allow(name, protocol string, p ports, cidr string) {
	number := widerAllows
	for _, rule := range *l {
		if rule.number >= widerAllows {
			number += 10
		}
	}
	l.add(aclRule{name: name, number: number, protocol: protocol, ports: p, cidr: cidr})
}

// zone adds a rule of one zone; kind tells apart the rules that a zone has.
func (l *ruleList) zone(name string, kind, offset int, protocol string, p ports, cidr string) {
	l.add(aclRule{name: name, number: zoneAllows + kind*kindDistance + offset, protocol: protocol, ports: p, cidr: cidr})
}

// admitAdmin lets administrators in on SSH and RDP, and the answers out. An entry
// is named by its place, as it is numbered: a new list rewrites entries in place, and
// none takes the number that another still has. IPv6 ranges have no
// entry, because the VPC has no IPv6 address to reach.
func (w aclWriter) admitAdmin(in, out *ruleList) {
	for i, prefix := range w.args.AdminRanges {
		if !prefix.Addr().Is4() {
			continue
		}
		place, number, cidr := strconv.Itoa(i), adminAllows+2*i, prefix.String()
		in.add(aclRule{name: "ssh-admin-" + place, number: number, protocol: tcp, ports: only(sshPort), cidr: cidr})
		in.add(aclRule{name: "rdp-admin-" + place, number: number + 1, protocol: tcp, ports: only(rdpPort), cidr: cidr})
		out.add(aclRule{name: "answers-admin-" + place, number: number, protocol: tcp, ports: anyEphemeral, cidr: cidr})
	}
}

// denyAdmin refuses SSH and RDP from everybody else before anything is allowed:
// administration goes by Session Manager.
func (l *ruleList) denyAdmin() {
	l.add(aclRule{name: "deny-ssh", number: adminDenies, deny: true, protocol: tcp, ports: only(sshPort), cidr: anywhere})
	l.add(aclRule{name: "deny-rdp", number: adminDenies + 1, deny: true, protocol: tcp, ports: only(rdpPort), cidr: anywhere})
}

// both marks the directions and joins them.
func both(in, out ruleList) []aclRule {
	for i := range out {
		out[i].egress = true
	}
	return slices.Concat(in, out)
}

// denyPeers refuses whatever else comes from, or goes to, a peer's VPC.
func (w aclWriter) denyPeers(list *ruleList) {
	for _, name := range slices.Sorted(maps.Keys(w.args.Config.Peers)) {
		peer := w.args.Config.Peers[name]
		list.add(aclRule{name: "deny-" + name, number: peerDenies + peer.RuleIndex, deny: true, protocol: all, cidr: peer.CIDR.String()})
	}
}

// peerZone is what a rule needs to know of one zone of a peer.
type peerZone struct {
	zone              string
	index, offset     int
	app, loadBalancer string
}

func (z peerZone) name(peer string, tier Tier) string {
	return peer + "-" + string(tier) + "-" + z.zone
}

func (z peerZone) number() int {
	return peerAllows + z.index*zonesAPeer + z.offset
}

func (w aclWriter) eachPeerZone(visit func(peer string, zone peerZone)) {
	for _, name := range slices.Sorted(maps.Keys(w.args.Config.Peers)) {
		peer := w.args.Config.Peers[name]
		for _, zone := range slices.Sorted(maps.Keys(peer.Zones)) {
			visit(name, peerZone{zone, peer.RuleIndex, letter(zone), peer.Zones[zone].App.String(), peer.Zones[zone].LoadBalancer.String()})
		}
	}
}

func (w aclWriter) eachZone(tier Tier, visit func(zone, cidr string, offset int)) {
	for _, zone := range w.args.Config.ZoneNames() {
		visit(zone, tier.cidr(w.args.Config.Zones[zone]).String(), letter(zone))
	}
}

// letter is the place of a zone in its region: us-east-1a is 0. It stays the
// same whichever other zones there are.
func letter(zone string) int {
	return strings.IndexByte("abcdefghijklmnopqrstuvwxyz", zone[len(zone)-1])
}
