package securitygroups

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"

	"aws-platform/pkg/graph"
)

// Direction is which way a rule lets packets go, seen from its group.
type Direction string

// The directions of a rule.
const (
	Ingress Direction = "ingress"
	Egress  Direction = "egress"
)

// AnyProtocol is the protocol of a rule that lets everything through.
const AnyProtocol = "-1"

// Group is one security group, as AWS would have it.
type Group struct {
	// Environment is the stack that has the group, Name its logical name there,
	// "production-app"; names are of one environment alone.
	Environment, Name string
	ID                string
	// Tier is the group's tag; empty where it has none.
	Tier string
	// VPC is the range of the group's VPC: where its members may be.
	VPC netip.Prefix
	// Ingress and Egress are sorted. They may come from other stacks than the
	// group, as those of the peering do.
	Ingress, Egress []Rule
}

// Rule is one rule of a group.
type Rule struct {
	// Environment and Group are those of the group that has the rule.
	Environment, Group string
	Direction          Direction
	// Protocol is tcp, udp, icmp, a number, or AnyProtocol.
	Protocol string
	// From and To are the first and the last port; both -1 for AnyProtocol.
	From, To    int
	Peer        Peer
	Description string
}

// Peer is the other end of a rule: one of the three.
type Peer struct {
	// CIDR is a range of addresses.
	CIDR netip.Prefix
	// PrefixList is the ID of a prefix list.
	PrefixList string
	// Group is the logical name of a security group; its ID where no graph has it.
	Group string
}

// String is the peer as people write it.
func (p Peer) String() string {
	if p.CIDR.IsValid() {
		return p.CIDR.String()
	}
	return cmp.Or(p.PrefixList, p.Group)
}

// Port is the rule's port as text: "443", "1024-2048", "all".
func (r Rule) Port() string {
	switch {
	case r.Protocol == AnyProtocol:
		return "all"
	case r.From == r.To:
		return strconv.Itoa(r.From)
	default:
		return fmt.Sprintf("%d-%d", r.From, r.To)
	}
}

// OnePort tells whether the rule lets one protocol through on one port.
func (r Rule) OnePort() bool {
	return (r.Protocol == "tcp" || r.Protocol == "udp") && r.From == r.To && r.From > 0
}

// Of returns the group with the name.
func Of(groups []Group, name string) (Group, bool) {
	if i := slices.IndexFunc(groups, func(g Group) bool { return g.Name == name }); i >= 0 {
		return groups[i], true
	}
	return Group{}, false
}

// Rules are all rules of the groups, sorted by environment, group, direction,
// protocol, port and peer.
func Rules(groups []Group) []Rule {
	var rules []Rule
	for _, group := range groups {
		rules = slices.Concat(rules, group.Ingress, group.Egress)
	}
	slices.SortFunc(rules, compare)
	return rules
}

// compare sorts ingress before egress, as people ask for it.
func compare(a, b Rule) int {
	return cmp.Or(
		cmp.Compare(a.Environment, b.Environment), cmp.Compare(a.Group, b.Group), -cmp.Compare(a.Direction, b.Direction),
		cmp.Compare(a.Protocol, b.Protocol), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To),
		cmp.Compare(a.Peer.String(), b.Peer.String()), cmp.Compare(a.Description, b.Description),
	)
}

// Read returns the groups of all graphs, sorted by environment and name.
func Read(graphs ...*graph.Graph) ([]Group, error) {
	r := newReader(graphs)
	for _, g := range graphs {
		for _, resource := range g.Resources {
			if err := r.rule(resource); err != nil {
				return nil, err
			}
		}
	}
	groups := make([]Group, 0, len(r.groups))
	for _, group := range r.groups {
		if !group.VPC.IsValid() {
			return nil, fmt.Errorf("%s %s: its VPC is in none of the graphs: read the stack that has it too", group.Environment, group.Name)
		}
		slices.SortFunc(group.Ingress, compare)
		slices.SortFunc(group.Egress, compare)
		groups = append(groups, *group)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.Environment, b.Environment), cmp.Compare(a.Name, b.Name))
	})
	return groups, nil
}
