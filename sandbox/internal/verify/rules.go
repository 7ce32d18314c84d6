package verify

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// exactMatrix compares every group of the VPC with its rows in the matrix. Groups
// are known by their Name tags, which are the names in the matrix.
func exactMatrix(matrix []Rule) func(Network) (int, []Finding) {
	return func(n Network) (int, []Finding) {
		wanted := map[string][]Rule{}
		for _, row := range matrix {
			if row.Environment != n.Environment {
				continue
			}
			rules := wanted[row.Group]
			if row.Protocol != none {
				rules = append(rules, row)
			}
			wanted[row.Group] = rules
		}
		findings := missingGroups(n, wanted)
		for _, group := range n.SecurityGroups {
			findings = append(findings, n.compare(group, wanted)...)
		}
		return len(n.SecurityGroups), findings
	}
}

// missingGroups are those of the matrix that are not there exactly once.
func missingGroups(n Network, wanted map[string][]Rule) []Finding {
	var findings []Finding
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		if found := len(n.named(name)); found != 1 {
			findings = append(findings, Finding{"security group " + name, fmt.Sprintf("%d of the name", found), "one, as docs/network.md says"})
		}
	}
	return findings
}

// compare names what a group has too many or too few of.
func (n Network) compare(group SecurityGroup, wanted map[string][]Rule) []Finding {
	resource := label(group.GroupId, group.Tags)
	rows, listed := wanted[tag(group.Tags, nameTag)]
	rules := n.rules(group)
	if !listed {
		return []Finding{{resource, fmt.Sprintf("a group with %d rules", len(rules)), "a group of docs/network.md"}}
	}
	var findings []Finding
	for _, rule := range rules {
		if !slices.ContainsFunc(rows, rule.is) {
			findings = append(findings, Finding{resource, rule.String(), "no such rule in docs/network.md"})
		}
	}
	for _, row := range rows {
		if !slices.ContainsFunc(rules, func(rule Rule) bool { return rule.is(row) }) {
			findings = append(findings, Finding{resource, "no such rule", row.String() + " as in docs/network.md"})
		}
	}
	return findings
}

// is compares a rule that was found with a row. Of a rule that names a prefix
// list the description is not compared: moto 5.2.1 forgets it. (That of a rule
// that names a group it loses in describe-security-group-rules alone, which is
// not asked.)
func (r Rule) is(row Rule) bool {
	described := r.Description == row.Description || strings.HasPrefix(r.Peer, prefixList)
	return described && r.Direction == row.Direction && r.Protocol == row.Protocol && r.Port == row.Port && r.Peer == row.Peer
}

// rules takes a group's permissions apart, one rule a peer.
func (n Network) rules(group SecurityGroup) []Rule {
	var list []Rule
	for i, permissions := range [][]Permission{group.IpPermissions, group.IpPermissionsEgress} {
		for _, p := range permissions {
			add := func(peer, description string) {
				list = append(list, Rule{n.Environment, tag(group.Tags, nameTag), directions[i], p.protocol(), p.port(), peer, description})
			}
			for _, r := range p.IpRanges {
				add(r.CidrIp, r.Description)
			}
			for _, r := range p.Ipv6Ranges {
				add(r.CidrIpv6, r.Description)
			}
			for _, l := range p.PrefixListIds {
				add(l.PrefixListId, "")
			}
			for _, g := range p.UserIdGroupPairs {
				add(n.groupName(g.GroupId), g.Description)
			}
		}
	}
	return list
}

func (p Permission) protocol() string {
	if p.IpProtocol == "-1" {
		return "all"
	}
	return p.IpProtocol
}

func (p Permission) port() string {
	switch {
	case p.FromPort == nil || p.ToPort == nil:
		return "all"
	case *p.FromPort == *p.ToPort:
		return strconv.Itoa(*p.FromPort)
	default:
		return fmt.Sprintf("%d-%d", *p.FromPort, *p.ToPort)
	}
}

// groupName is a group's Name tag, or its ID where it is none of this VPC.
func (n Network) groupName(id string) string {
	for _, group := range n.SecurityGroups {
		if group.GroupId == id && tag(group.Tags, nameTag) != "" {
			return tag(group.Tags, nameTag)
		}
	}
	return id
}

// named are the VPC's groups of a name.
func (n Network) named(name string) []SecurityGroup {
	return keep(n.SecurityGroups, func(g SecurityGroup) bool { return tag(g.Tags, nameTag) == name })
}
