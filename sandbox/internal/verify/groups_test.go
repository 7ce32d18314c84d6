package verify

import (
	"fmt"
	"slices"
	"strings"
)

// soundRules are the rules of an environment's groups; a group without a rule in
// a direction has a row of hyphens.
func soundRules(environment, peer string) []Rule {
	var rules []Rule
	add := func(group, direction, protocol, port, peer, description string) {
		rules = append(rules, Rule{environment, environment + "-" + group, direction, protocol, port, peer, description})
	}
	its := func(group string) string { return environment + "-" + group }
	add(public, ingress, "tcp", "443", anywhere, "HTTPS from the internet")
	add(public, ingress, "tcp", "80", anywhere, "HTTP from the internet")
	for _, cidr := range plans[environment].devops {
		add(public, ingress, "tcp", "8443", cidr, "Test listener from devops range "+cidr)
	}
	add(public, egress, "tcp", "8080", its(app), "Application to the app tier")
	add(internal, ingress, "tcp", "443", its(app), "HTTPS from the app tier")
	for _, cidr := range plans[peer].tiers[app] {
		add(internal, ingress, "tcp", "443", cidr, "HTTPS from the app tier of "+peer)
	}
	add(internal, egress, "tcp", "8080", its(app), "Application to the app tier")
	add(app, ingress, "tcp", "8080", its(public), "Application from the public load balancer")
	add(app, ingress, "tcp", "8080", its(internal), "Application from the internal load balancer")
	add(app, egress, "tcp", "443", anywhere, "HTTPS to the internet")
	add(app, egress, "udp", "53", plans[environment].vpc, "DNS to the VPC")
	add("endpoints", ingress, "tcp", "443", its(app), "HTTPS from the app tier")
	add("endpoints", egress, none, none, none, "nothing")
	for _, store := range stores {
		add(app, egress, "tcp", fmt.Sprint(store.port), its("data-"+store.name), "Store of the app tier")
		add("data-"+store.name, ingress, "tcp", fmt.Sprint(store.port), its(app), "Connections from the app tier")
		add("data-"+store.name, egress, none, none, none, "nothing")
	}
	add("default", ingress, none, none, none, "nothing")
	add("default", egress, none, none, none, "nothing")
	return rules
}

// soundPage is docs/network.md with the rules of both environments.
func soundPage() string {
	var page strings.Builder
	page.WriteString("# Network\n\n| a | b |\n|---|---|\n| c | d |\n\n" + MatrixHeading + "\n\nEvery rule.\n\n| ")
	page.WriteString(strings.Join(matrixColumns, " | ") + " |\n|---|---|---|---|---|---|---|\n")
	for _, r := range slices.Concat(soundRules("production", "production-pci"), soundRules("production-pci", "production")) {
		fmt.Fprintf(&page, "| %s | %s | %s | %s | %s | %s | %s |\n", r.Environment, r.Group, r.Direction, r.Protocol, r.Port, r.Peer, r.Description)
	}
	return page.String() + "\n## Another heading\n\n| not | a rule |\n"
}

// addGroups makes groups with the sound rules, and those that every VPC has.
func (n *Network) addGroups(peer string) {
	n.SecurityGroups = []SecurityGroup{{GroupId: groupID(n.Environment + "-default"), GroupName: "default", Tags: tags("Name", n.Environment+"-default")}}
	for _, rule := range soundRules(n.Environment, peer) {
		id := groupID(rule.Group)
		if !slices.ContainsFunc(n.SecurityGroups, func(g SecurityGroup) bool { return g.GroupId == id }) {
			n.SecurityGroups = append(n.SecurityGroups, SecurityGroup{GroupId: id, Tags: tags("Name", rule.Group)})
		}
		if rule.Protocol != none {
			group := n.securityGroup(strings.TrimPrefix(rule.Group, n.Environment+"-"))
			way := map[string]*[]Permission{ingress: &group.IpPermissions, egress: &group.IpPermissionsEgress}[rule.Direction]
			*way = append(*way, permission(rule))
		}
	}
	for i := range n.SecurityGroups {
		n.SecurityGroups[i].VpcId = n.VPC.VpcId
	}
	// The same array, as both lists show the same groups.
	n.AccountGroups = n.SecurityGroups
}

func groupID(name string) string { return "sg-" + name }

// permission is a rule as describe-security-groups shows it.
func permission(r Rule) Permission {
	var port int
	if _, err := fmt.Sscan(r.Port, &port); err != nil {
		panic(err)
	}
	p := Permission{IpProtocol: r.Protocol, FromPort: &port, ToPort: &port}
	if isRange(r.Peer) {
		p.IpRanges = []IPv4Peer{{r.Peer, r.Description}}
	} else {
		p.UserIdGroupPairs = []GroupPeer{{groupID(r.Peer), r.Description}}
	}
	return p
}

// securityGroup returns a group of the network to break, by the end of its name.
func (n *Network) securityGroup(suffix string) *SecurityGroup {
	at := slices.IndexFunc(n.SecurityGroups, func(g SecurityGroup) bool { return tag(g.Tags, "Name") == n.Environment+"-"+suffix })
	if at < 0 {
		panic("no security group " + suffix)
	}
	return &n.SecurityGroups[at]
}

// admit opens a TCP port of a group.
func (n *Network) admit(group string, port int, peer string) {
	broken := n.securityGroup(group)
	broken.IpPermissions = append(broken.IpPermissions, permission(Rule{Protocol: "tcp", Port: fmt.Sprint(port), Peer: peer}))
}
