package docs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/securitygroups"
)

// RulesHeading stands before the one table of the security group rules of all
// environments, which programs read: the sandbox holds AWS's answer against it.
const RulesHeading = "## Security group rules"

// nothing stands in a column of a group that has no rule in a direction.
const nothing = "-"

// writeRules writes the table: a row a rule, and one for each direction in which
// a group has none, so that "no egress" can be seen.
func writeRules(page *strings.Builder, groups []securitygroups.Group) {
	fmt.Fprintf(page, "\n%s\n\n", RulesHeading)
	page.WriteString("| environment | security group | direction | protocol | port | peer | description |\n|---|---|---|---|---|---|---|\n")
	for _, group := range groups {
		writeDirection(page, group, securitygroups.Ingress, group.Ingress)
		writeDirection(page, group, securitygroups.Egress, group.Egress)
	}
}

func writeDirection(page *strings.Builder, group securitygroups.Group, direction securitygroups.Direction, rules []securitygroups.Rule) {
	row := func(cells ...string) {
		fmt.Fprintf(page, "| %s |\n", strings.Join(slices.Concat([]string{group.Environment, group.Name, string(direction)}, cells), " | "))
	}
	for _, rule := range rules {
		row(rule.Protocol, rule.Port(), rule.Peer.String(), rule.Description)
	}
	if len(rules) == 0 {
		row(nothing, nothing, nothing, "nothing")
	}
}

// groupArrows are the ways that the security groups leave open: from outside, and
// between the tiers of an environment; those across the peering are the routes'.
func groupArrows(groups []securitygroups.Group) []arrow {
	ports := map[arrow][]int{}
	open := func(from, to string, port int) {
		way := arrow{from: from, to: to}
		ports[way] = append(ports[way], port)
	}
	for _, rule := range securitygroups.FromOutside(groups) {
		if to, known := securitygroups.Of(groups, rule.Group); known && to.Tier != "" {
			open(outside(rule.Peer), node(to.Environment, to.Tier), rule.From)
		}
	}
	for _, flow := range securitygroups.Flows(groups) {
		from, _ := securitygroups.Of(groups, flow.From)
		to, _ := securitygroups.Of(groups, flow.To)
		if from.Environment != to.Environment || from.Tier == to.Tier || from.Tier == "" || to.Tier == "" {
			continue
		}
		everybody := arrow{from: internet, to: node(to.Environment, to.Tier)}
		if !slices.Contains(ports[everybody], flow.FirstPort) { // else it is drawn already
			open(node(from.Environment, from.Tier), everybody.to, flow.FirstPort)
		}
	}
	arrows := make([]arrow, 0, len(ports))
	for way, numbers := range ports {
		arrows = append(arrows, arrow{way.from, way.to, list(numbers)})
	}
	return arrows
}

// outside is the box from which a peer outside every VPC comes.
func outside(peer securitygroups.Peer) string {
	if peer.CIDR.IsValid() && peer.CIDR.Bits() > 0 {
		return named
	}
	return internet
}

// list writes port numbers, each once, in order.
func list(ports []int) string {
	slices.Sort(ports)
	texts := make([]string, 0, len(ports))
	for _, port := range slices.Compact(ports) {
		texts = append(texts, strconv.Itoa(port))
	}
	return strings.Join(texts, ", ")
}
