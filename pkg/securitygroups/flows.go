package securitygroups

import (
	"cmp"
	"net/netip"
	"slices"
)

// Flow is a way that the rules leave open from one group to another.
type Flow struct {
	From, To string // logical names
	// Protocol is what both ends let through; AnyProtocol where both let everything.
	Protocol  string
	FirstPort int
	LastPort  int
}

// Flows are the ways that the rules leave open among the groups: one may send to
// another if an egress rule of the first and an ingress rule of the second let
// the same protocol and port through. A range counts for every group whose VPC it
// touches, for the members of a group may be anywhere in it. Sorted, each once.
func Flows(groups []Group) []Flow {
	var flows []Flow
	for _, from := range groups {
		for _, to := range groups {
			for _, out := range from.Egress {
				for _, in := range to.Ingress {
					if out.Peer.touches(to) && in.Peer.touches(from) {
						flows = append(flows, common(out, in)...)
					}
				}
			}
		}
	}
	slices.SortFunc(flows, func(a, b Flow) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To), cmp.Compare(a.Protocol, b.Protocol),
			cmp.Compare(a.FirstPort, b.FirstPort), cmp.Compare(a.LastPort, b.LastPort))
	})
	return slices.Compact(flows)
}

// touches tells whether a member of the group may be what the peer names. Nobody
// in a VPC is in a prefix list: those that AWS keeps are of public addresses.
func (p Peer) touches(g Group) bool {
	return p.Group == g.Name || (p.CIDR.IsValid() && p.CIDR.Overlaps(g.VPC))
}

// common is what an egress and an ingress rule let through both.
func common(out, in Rule) []Flow {
	flow := Flow{From: out.Group, To: in.Group, Protocol: out.Protocol, FirstPort: max(out.From, in.From), LastPort: min(out.To, in.To)}
	switch {
	case out.Protocol == AnyProtocol:
		flow.Protocol, flow.FirstPort, flow.LastPort = in.Protocol, in.From, in.To
	case in.Protocol == AnyProtocol:
		flow.FirstPort, flow.LastPort = out.From, out.To
	case out.Protocol != in.Protocol || flow.FirstPort > flow.LastPort:
		return nil
	}
	return []Flow{flow}
}

// FromOutside are the ingress rules by which somebody comes in who is in none of
// the groups' VPCs: ranges that are not wholly inside one, and prefix lists.
func FromOutside(groups []Group) []Rule {
	var rules []Rule
	for _, group := range groups {
		for _, rule := range group.Ingress {
			if rule.Peer.outside(groups) {
				rules = append(rules, rule)
			}
		}
	}
	slices.SortFunc(rules, compare)
	return rules
}

func (p Peer) outside(groups []Group) bool {
	if p.CIDR.IsValid() {
		return !slices.ContainsFunc(groups, func(g Group) bool { return inside(g.VPC, p.CIDR) })
	}
	return p.PrefixList != ""
}

// inside tells whether all of child lies in parent.
func inside(parent, child netip.Prefix) bool {
	return child.Bits() >= parent.Bits() && parent.Contains(child.Addr())
}

// Reachable are the names of the groups to which the flows lead from the start,
// over as many of them as it takes, never through one of without; the start is
// among them. It is who could be reached if whoever is on the way passed on all
// that comes. Sorted.
func Reachable(flows []Flow, start []string, without ...string) []string {
	reached := map[string]bool{}
	for next := start; len(next) > 0; {
		name := next[0]
		next = slices.Clone(next[1:])
		if reached[name] || slices.Contains(without, name) {
			continue
		}
		reached[name] = true
		for _, flow := range flows {
			if flow.From == name {
				next = append(next, flow.To)
			}
		}
	}
	names := make([]string, 0, len(reached))
	for name := range reached {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
