package verify

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// private is where no packet from the internet comes from (RFC 1918).
var private = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
}

// internetDoors: of all groups of the account only the public load balancer's
// admits addresses of the internet: anybody on 443 and 80, and administrators on
// the test listener. Without the first two the application would not be reachable.
func internetDoors(n Network) (int, []Finding) {
	door := n.Environment + "-" + public
	var findings []Finding
	open := map[string]bool{}
	for _, group := range n.AccountGroups {
		for _, rule := range n.rules(group) {
			if rule.Direction != ingress || !fromOutside(rule.Peer) {
				continue
			}
			if rule.Group == door && group.VpcId == n.VPC.VpcId && n.mayEnter(rule) {
				open[rule.Port] = open[rule.Port] || rule.Peer == anywhere
				continue
			}
			findings = append(findings, Finding{label(group.GroupId, group.Tags), rule.String(), "no way in from there"})
		}
	}
	for _, port := range []string{"443", "80"} {
		if !open[port] {
			findings = append(findings, Finding{"security group " + door, "nobody on " + port, anywhere})
		}
	}
	return len(n.AccountGroups), findings
}

// mayEnter knows the rules by which the public load balancer is reached.
func (n Network) mayEnter(rule Rule) bool {
	switch fmt.Sprint(rule.Protocol, " ", rule.Port) {
	case "tcp 443", "tcp 80":
		return rule.Peer == anywhere
	case fmt.Sprintf("tcp %d", testPort):
		return slices.Contains(plans[n.Environment].devops, rule.Peer)
	default:
		return false
	}
}

// fromOutside reports whether a peer is anything but a group or a private range.
// A prefix list counts as outside: what is on it is not ours to say.
func fromOutside(peer string) bool {
	if !isRange(peer) {
		return strings.HasPrefix(peer, prefixList)
	}
	p, err := netip.ParsePrefix(peer)
	return err != nil || !slices.ContainsFunc(private, func(net netip.Prefix) bool {
		return net.Bits() <= p.Bits() && net.Contains(p.Addr())
	})
}

// isRange tells a range of addresses from a name.
func isRange(peer string) bool { return strings.Contains(peer, "/") }
