package verify

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"go4.org/netipx"
)

// adminPorts are closed everywhere; people come in by Session Manager.
var adminPorts = []int{22, 3389}

// aclAdminPorts evaluates each ACL's inbound entries in rule order, as AWS
// does: the first that matches a packet decides.
func aclAdminPorts(n Network) (int, []Finding) {
	var findings []Finding
	for _, acl := range n.ACLs {
		for _, port := range adminPorts {
			for _, hole := range acl.admits(port) {
				findings = append(findings, Finding{label(acl.NetworkAclId, acl.Tags), hole, fmt.Sprintf("no way in to %d", port)})
			}
		}
	}
	return len(n.ACLs), findings
}

// admits lists the entries by which a TCP packet to port gets in, with the
// sources that no earlier entry denies.
func (a ACL) admits(port int) []string {
	entries := slices.Clone(a.Entries)
	slices.SortFunc(entries, func(x, y ACLEntry) int { return x.RuleNumber - y.RuleNumber })
	var denied []netip.Prefix
	var holes []string
	for _, entry := range entries {
		if entry.Egress || !entry.matches(port) {
			continue
		}
		source, err := netip.ParsePrefix(cmp.Or(entry.CidrBlock, entry.Ipv6CidrBlock))
		if err == nil && entry.RuleAction == "deny" {
			denied = append(denied, source)
			continue
		}
		var left []netip.Prefix
		if err == nil {
			left, err = subtract(source, denied)
		}
		switch {
		case err != nil: // what cannot be judged is no wall
			holes = append(holes, fmt.Sprintf("entry %d with source %q", entry.RuleNumber, entry.CidrBlock))
		case len(left) > 0:
			holes = append(holes, fmt.Sprintf("entry %d admits %d from %s", entry.RuleNumber, port, prefixes(left)))
		}
	}
	return holes
}

// matches reports whether the entry is about TCP packets to port. "-1" is all
// protocols, "6" is TCP.
func (e ACLEntry) matches(port int) bool {
	switch {
	case e.Protocol == "-1":
		return true
	case e.Protocol != "6" && e.Protocol != "tcp":
		return false
	default:
		return e.PortRange == nil || e.PortRange.From <= port && port <= e.PortRange.To
	}
}

// subtract returns what is left of p without the denied prefixes.
func subtract(p netip.Prefix, denied []netip.Prefix) ([]netip.Prefix, error) {
	var builder netipx.IPSetBuilder
	builder.AddPrefix(p)
	for _, d := range denied {
		builder.RemovePrefix(d)
	}
	left, err := builder.IPSet()
	if err != nil {
		return nil, err
	}
	return left.Prefixes(), nil
}

// prefixes words a list of sources, the first few of it.
func prefixes(list []netip.Prefix) string {
	const shown = 3
	texts := make([]string, 0, shown)
	for _, p := range list[:min(shown, len(list))] {
		texts = append(texts, p.String())
	}
	if len(list) > shown {
		texts = append(texts, fmt.Sprintf("and %d more", len(list)-shown))
	}
	return strings.Join(texts, ", ")
}
