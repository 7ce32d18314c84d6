package verify

import (
	"fmt"
	"slices"
)

// internalDoor: the internal load balancer is the one thing that the peering
// opens. It admits its own app tier and the peer's app subnets on 443. This is
// spelled out from the plan and not from the matrix, which the program writes.
func internalDoor(n, peer Network) (int, []Finding) {
	name := n.Environment + "-" + internal
	groups := n.named(name)
	if len(groups) != 1 {
		return len(groups), []Finding{{"security group " + name, fmt.Sprintf("%d of the name", len(groups)), "one"}}
	}
	wanted := []string{"tcp 443 from " + n.Environment + "-" + app}
	for _, cidr := range plans[peer.Environment].tiers[app] {
		wanted = append(wanted, "tcp 443 from "+cidr)
	}
	var found []string
	for _, rule := range n.rules(groups[0]) {
		if rule.Direction == ingress {
			found = append(found, fmt.Sprintf("%s %s from %s", rule.Protocol, rule.Port, rule.Peer))
		}
	}
	slices.Sort(found)
	var findings []Finding
	for _, extra := range without(found, wanted) {
		findings = append(findings, Finding{label(groups[0].GroupId, groups[0].Tags), extra, "nobody but the app tiers on 443"})
	}
	for _, absent := range without(wanted, found) {
		findings = append(findings, Finding{label(groups[0].GroupId, groups[0].Tags), "no rule", absent})
	}
	return 1, findings
}
