package verify

import (
	"fmt"
	"strings"
)

// groupAdminPorts: a security group rule admits by itself, whatever its source
// is, and there is no order that could take it back. Groups of other VPCs count too:
// an interface of the account may have them tomorrow.
func groupAdminPorts(n Network) (int, []Finding) {
	var findings []Finding
	for _, group := range n.AccountGroups {
		for _, port := range adminPorts {
			for _, rule := range group.IpPermissions {
				if rule.matches(port) && rule.sources() != "" {
					findings = append(findings, Finding{
						label(group.GroupId, group.Tags), fmt.Sprintf("%d from %s", port, rule.sources()), "no way in",
					})
				}
			}
		}
	}
	return len(n.AccountGroups), findings
}

func (p Permission) matches(port int) bool {
	switch {
	case p.IpProtocol == "-1":
		return true
	case p.IpProtocol != "tcp" && p.IpProtocol != "6":
		return false
	case p.FromPort == nil || p.ToPort == nil:
		return true
	default:
		return *p.FromPort <= port && port <= *p.ToPort
	}
}

// sources words whom a rule admits, "" for nobody.
func (p Permission) sources() string {
	var list []string
	for _, r := range p.IpRanges {
		list = append(list, r.CidrIp)
	}
	for _, r := range p.Ipv6Ranges {
		list = append(list, r.CidrIpv6)
	}
	for _, l := range p.PrefixListIds {
		list = append(list, l.PrefixListId)
	}
	for _, g := range p.UserIdGroupPairs {
		list = append(list, g.GroupId)
	}
	return strings.Join(list, ", ")
}
