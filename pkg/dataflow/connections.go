package dataflow

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/routing"
	"aws-platform/pkg/securitygroups"
)

// The places that no graph has.
const (
	internet = "internet"
	resolver = "Route 53 Resolver"
)

// known says how connections of a port are encrypted whose server is no resource of AWS: the
// parts of Kubernetes (Kubernetes, "Ports and Protocols"; the parts' own documentation) and of
// Istio (Istio, "Application Requirements", "Ports used by Istio").
var known = map[int]string{
	53:    plain + ": DNS",
	9443:  "TLS: webhook of the AWS Load Balancer Controller",
	10250: "TLS: kubelet",
	10251: "TLS: metrics server",
	15008: "mutual TLS: HBONE",
	15012: "mutual TLS: istiod",
	15017: "TLS: webhook of istiod",
}

// connections are the ways that the security groups leave open.
func (d *Diagram) connections(groups []securitygroups.Group) {
	for _, rule := range securitygroups.FromOutside(groups) {
		if rule.Environment == d.Stack {
			to, _ := securitygroups.Of(groups, rule.Group)
			d.connect(d.outside(rule.Peer), to, rule.Protocol, rule.From, rule.To)
		}
	}
	for _, flow := range securitygroups.Flows(groups) {
		from, _ := securitygroups.Of(groups, flow.From)
		to, _ := securitygroups.Of(groups, flow.To)
		here := from.Environment == d.Stack || to.Environment == d.Stack
		// What is in another environment and has no route goes by the internet, as everybody's does.
		if here && (from.Environment == to.Environment || d.peered(from, to)) {
			d.connect(d.groupPlace(from), to, flow.Protocol, flow.FirstPort, flow.LastPort)
		}
	}
	for _, group := range groups {
		if group.Environment == d.Stack {
			d.outward(groups, group)
		}
	}
}

// outward are the egress rules to what has no security group.
func (d *Diagram) outward(groups []securitygroups.Group, from securitygroups.Group) {
	for _, rule := range from.Egress {
		flow := Flow{From: d.groupPlace(from), Protocol: protocol(rule.Protocol, rule.From, rule.To), What: rule.Description}
		inside := slices.ContainsFunc(groups, func(g securitygroups.Group) bool { return rule.Peer.CIDR == g.VPC })
		switch {
		case inside && rule.From == 53:
			flow.To, flow.Encryption = d.place(Place{Name: resolver, Kind: Service, In: InAccount}), known[53]
		case rule.Peer.Group != "" || inside:
			continue
		default:
			flow.To, flow.Encryption = d.outside(rule.Peer), byPort(rule.From)
			flow.What += d.wayOut(from)
		}
		d.Flows = append(d.Flows, flow)
	}
}

// peered tells whether the tier of one group has a route to that of the other by a peering.
func (d *Diagram) peered(from, to securitygroups.Group) bool {
	for _, table := range d.tables {
		for _, route := range table.Routes {
			if table.Environment == from.Environment && table.Tier == from.Tier && route.Kind == routing.Peering && d.leadsTo(route, to) {
				return true
			}
		}
	}
	return false
}

// leadsTo tells whether the destination of a route has a subnet of the group's tier.
func (d *Diagram) leadsTo(route routing.Route, to securitygroups.Group) bool {
	destination, err := netip.ParsePrefix(route.Destination)
	return err == nil && slices.ContainsFunc(d.graphs[to.Environment].OfType("aws:ec2/subnet:Subnet"), func(subnet graph.Resource) bool {
		members, err := netip.ParsePrefix(subnet.String("cidrBlock"))
		return err == nil && subnet.String("tags.Tier") == to.Tier && members.Overlaps(destination)
	})
}

// wayOut says by what the packets of a group's tier leave the VPC.
func (d *Diagram) wayOut(from securitygroups.Group) string {
	for _, table := range d.tables {
		for _, route := range table.Routes {
			if table.Environment == from.Environment && table.Tier == from.Tier && route.Default() {
				return ", by the " + string(route.Kind)
			}
		}
	}
	return ", to which no route leads"
}

func (d *Diagram) connect(from string, to securitygroups.Group, proto string, first, last int) {
	d.Flows = append(d.Flows, Flow{
		From: from, To: d.groupPlace(to), Protocol: protocol(proto, first, last),
		What: d.what(to, proto, first), Encryption: d.encryption(to, first),
	})
}

// what is the reason that the rule of the receiving group gives.
func (d *Diagram) what(to securitygroups.Group, proto string, port int) string {
	for _, rule := range to.Ingress {
		if rule.Protocol == proto && rule.From == port {
			what, _, _ := strings.Cut(rule.Description, " from ")
			return what
		}
	}
	return ""
}

func protocol(name string, first, last int) string {
	switch {
	case name == securitygroups.AnyProtocol:
		return "all"
	case first == last:
		return name + " " + strconv.Itoa(first)
	default:
		return fmt.Sprintf("%s %d-%d", name, first, last)
	}
}

func (d *Diagram) outside(peer securitygroups.Peer) string {
	if peer.CIDR.IsValid() && peer.CIDR.Bits() > 0 {
		return d.place(Place{Name: peer.String(), Kind: Outside, In: InWorld})
	}
	if peer.PrefixList != "" {
		return d.place(Place{Name: peer.PrefixList, Kind: Service, In: InAccount})
	}
	return d.place(Place{Name: internet, Kind: Outside, In: InWorld})
}

// groupPlace is the place of the members of a group: the store or the load balancer that it
// stands before, or the group itself.
func (d *Diagram) groupPlace(group securitygroups.Group) string {
	if group.Environment != d.Stack {
		return d.place(Place{Name: group.Name, Kind: Compute, In: InPeer})
	}
	if behind, is := d.storeBehind(group.ID); is {
		return d.storePlace(behind)
	}
	if balancer, is := d.balancerOf(group.ID); is {
		return d.place(Place{Name: balancer.Name, Kind: Balancer, In: d.Stack})
	}
	return d.place(d.instances(Place{Name: group.Name, Kind: Compute, In: d.Stack}, group.ID))
}

// instances adds the volumes that are launched in a security group, which keep data too.
func (d *Diagram) instances(p Place, group string) Place {
	for _, template := range d.environment.OfType("aws:ec2/launchTemplate:LaunchTemplate") {
		if !slices.Contains(template.Strings("vpcSecurityGroupIds"), group) {
			continue
		}
		p.Key = keyName(d.environment, template.String("blockDeviceMappings[0].ebs.kmsKeyId"))
		tags, _ := template.Inputs["tagSpecifications"].([]any)
		for _, properties := range tags {
			if of := (graph.Resource{Inputs: asMap(properties)}); of.String("resourceType") == "volume" {
				p.Classification = of.String("tags.DataClassification")
			}
		}
	}
	return p
}

func (d *Diagram) balancerOf(group string) (graph.Resource, bool) {
	for _, balancer := range d.environment.OfType(balancerType) {
		if slices.Contains(balancer.Strings("securityGroups"), group) {
			return balancer, true
		}
	}
	return graph.Resource{}, false
}

// encryption says how a connection to a member of the group is encrypted.
func (d *Diagram) encryption(to securitygroups.Group, port int) string {
	if to.Environment != d.Stack {
		return byPort(port)
	}
	if behind, is := d.storeBehind(to.ID); is {
		return stores[behind.Type].inTransit(d.environment, behind)
	}
	if balancer, is := d.balancerOf(to.ID); is {
		return d.listener(balancer, port)
	}
	if targets := d.targets(port); targets != "" && to.Tier == "app" {
		return targets
	}
	return byPort(port)
}

func (d *Diagram) listener(balancer graph.Resource, port int) string {
	for _, listener := range d.environment.OfType("aws:lb/listener:Listener") {
		if listener.String("loadBalancerArn") != balancer.ID || listener.Int("port") != port {
			continue
		}
		switch kind := listener.String("defaultActions[0].type"); {
		case listener.String("protocol") == "HTTPS":
			return "TLS, " + listener.String("sslPolicy")
		case kind == "redirect":
			return plain + ": redirects to HTTPS"
		case kind == "fixed-response":
			return plain + ": answers a fixed text"
		default:
			return plain
		}
	}
	return plain + ": nobody listens"
}

// targets says how load balancers speak to the port of the app tier.
func (d *Diagram) targets(port int) string {
	found := map[string]bool{}
	for _, group := range d.environment.OfType("aws:lb/targetGroup:TargetGroup") {
		if group.Int("port") == port {
			found[group.String("targetType")+" "+group.String("protocol")] = true
		}
	}
	var ways []string
	for _, way := range []struct{ seen, text string }{
		{"ip HTTPS", "pods: TLS"}, {"ip HTTP", "pods: " + plain}, {"instance HTTPS", "fleet: TLS"}, {"instance HTTP", "fleet: none, HTTP inside the VPC"},
	} {
		if found[way.seen] {
			ways = append(ways, way.text)
		}
	}
	return strings.Join(ways, "; ")
}

func byPort(port int) string {
	if text, is := known[port]; is {
		return text
	}
	if port == 443 {
		return "TLS"
	}
	return "unknown: say it in pkg/dataflow"
}
