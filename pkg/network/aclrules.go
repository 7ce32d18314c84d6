package network

// The protocols of network ACL rules, as the API writes them.
const (
	all  = "-1"
	tcp  = "6"
	icmp = "1"
)

// Ports and ranges. Clients choose the port of an answer: Linux from
// linuxEphemeral (net.ipv4.ip_local_port_range), NAT gateways and load balancers
// from anyEphemeral (Amazon VPC User Guide, "Ephemeral ports").
const (
	sshPort   = 22
	httpPort  = 80
	httpsPort = 443
	rdpPort   = 3389
)

type ports struct{ from, to int }

var (
	linuxEphemeral = ports{32768, 60999}
	anyEphemeral   = ports{1024, 65535}
	// belowRDP and aboveRDP are anyEphemeral without RDP, for rules that let
	// something in: scanners judge each entry by itself (CIS AWS Foundations
	// Benchmark 5.2). A NAT gateway that picks 3389 must pick again.
	belowRDP = ports{1024, rdpPort - 1}
	aboveRDP = ports{rdpPort + 1, 65535}
	// fragmentationNeeded is the ICMP type and code without which path MTU
	// discovery fails and large packets vanish.
	fragmentationNeeded = ports{3, 4}
)

func only(port int) ports { return ports{port, port} }

// aclRule is one entry. Its number depends on what it says and on the zone's
// letter or the peer's index, never on how many others there are, because a
// rule that changes its number is replaced while another still has it.
type aclRule struct {
	name     string
	number   int
	egress   bool
	deny     bool
	protocol string
	ports
	cidr string
}

func (r aclRule) action() string {
	if r.deny {
		return "deny"
	}
	return "allow"
}

func (r aclRule) direction() string {
	if r.egress {
		return "egress"
	}
	return "ingress"
}

// The bases of rule numbers: lower ones are evaluated first.
const (
	adminAllows  = 10   // + 2 a range
	adminDenies  = 90   // 22 and 3389
	peerAllows   = 100  // + 32 a peer + zone
	peerDenies   = 2000 // + peer
	zoneAllows   = 3000 // + 100 a kind + zone
	widerAllows  = 8000 // VPC-wide and internet
	zonesAPeer   = 32
	kindDistance = 100
	// mostAdminRanges is how many fit in before the denies.
	mostAdminRanges = (adminDenies - adminAllows) / 2
)

// aclRules returns the entries of every tier.
func aclRules(args Args) map[Tier][]aclRule {
	r := aclWriter{args: args}
	return map[Tier][]aclRule{
		Public:       r.public(),
		LoadBalancer: r.loadBalancer(),
		App:          r.app(),
		Data:         r.data(),
	}
}

// aclWriter writes the entries of the tiers.
type aclWriter struct{ args Args }

// public: the internet on 80 and 443, the way out for NAT gateways, and answers.
func (w aclWriter) public() []aclRule {
	var in, out ruleList
	in.denyAdmin()
	w.denyPeers(&in)
	w.denyPeers(&out)
	in.allow("https-internet", tcp, only(httpsPort), anywhere)
	in.allow("http-internet", tcp, only(httpPort), anywhere)
	in.allow("answers-below-3389", tcp, belowRDP, anywhere)
	in.allow("answers-above-3389", tcp, aboveRDP, anywhere) // the test listener's 8443 too: there the security group is the wall
	in.allow("path-mtu", icmp, fragmentationNeeded, anywhere)
	out.allow("https-internet", tcp, only(httpsPort), anywhere)
	out.allow("http-internet", tcp, only(httpPort), anywhere)
	out.allow("answers", tcp, anyEphemeral, anywhere) // to clients, and to the app tier on the application port
	out.allow("path-mtu", icmp, fragmentationNeeded, anywhere)
	return both(in, out)
}

// loadBalancer: HTTPS from the app tier and the peers' app tiers, forwarded to
// the app tier's application port.
func (w aclWriter) loadBalancer() []aclRule {
	var in, out ruleList
	w.eachPeerZone(func(peer string, zone peerZone) {
		in.add(aclRule{name: "https-" + zone.name(peer, App), number: zone.number(), protocol: tcp, ports: only(httpsPort), cidr: zone.app})
		out.add(aclRule{name: "answers-" + zone.name(peer, App), number: zone.number(), protocol: tcp, ports: linuxEphemeral, cidr: zone.app})
	})
	w.denyPeers(&in)
	w.denyPeers(&out)
	w.eachZone(App, func(zone, cidr string, offset int) {
		in.zone("https-app-"+zone, 0, offset, tcp, only(httpsPort), cidr)
		in.zone("answers-below-3389-app-"+zone, 1, offset, tcp, belowRDP, cidr)
		in.zone("answers-above-3389-app-"+zone, 2, offset, tcp, aboveRDP, cidr)
		out.zone("application-app-"+zone, 0, offset, tcp, only(w.args.ApplicationPort), cidr)
		out.zone("answers-app-"+zone, 1, offset, tcp, linuxEphemeral, cidr)
	})
	return both(in, out)
}

// app: the application port from both load balancer tiers, its own tier,
// administrators where they may, and answers; out to the internet's 80 and 443,
// the VPC, and the peers' internal load balancers.
func (w aclWriter) app() []aclRule {
	var in, out ruleList
	w.admitAdmin(&in, &out)
	in.denyAdmin()
	w.eachPeerZone(func(peer string, zone peerZone) {
		in.add(aclRule{name: "answers-" + zone.name(peer, LoadBalancer), number: zone.number(), protocol: tcp, ports: linuxEphemeral, cidr: zone.loadBalancer})
		out.add(aclRule{name: "https-" + zone.name(peer, LoadBalancer), number: zone.number(), protocol: tcp, ports: only(httpsPort), cidr: zone.loadBalancer})
	})
	w.denyPeers(&in)
	w.denyPeers(&out)
	for kind, tier := range []Tier{LoadBalancer, Public} {
		w.eachZone(tier, func(zone, cidr string, offset int) {
			in.zone("application-"+string(tier)+"-"+zone, kind, offset, tcp, only(w.args.ApplicationPort), cidr)
		})
	}
	w.eachZone(App, func(zone, cidr string, offset int) {
		in.zone("app-"+zone, 2, offset, all, ports{}, cidr) // nodes and pods among themselves, endpoints
		out.zone("app-"+zone, 2, offset, all, ports{}, cidr)
	})
	in.allow("answers", tcp, linuxEphemeral, anywhere)
	in.allow("path-mtu", icmp, fragmentationNeeded, anywhere)
	out.allow("https", tcp, only(httpsPort), anywhere)
	out.allow("http", tcp, only(httpPort), anywhere)
	out.allow("vpc", tcp, anyEphemeral, w.args.Config.CIDR.String()) // answers to load balancers; the stores' ports
	out.allow("path-mtu", icmp, fragmentationNeeded, anywhere)
	return both(in, out)
}

// data: the stores' ports from the app tier and nothing else; peers are denied
// before anything is allowed.
func (w aclWriter) data() []aclRule {
	var in, out ruleList
	w.denyPeers(&in)
	w.denyPeers(&out)
	w.eachZone(App, func(zone, cidr string, offset int) {
		for kind, store := range w.args.StorePorts {
			if store.Port != 0 {
				in.zone(store.Store+"-app-"+zone, kind, offset, tcp, only(store.Port), cidr)
			}
		}
		out.zone("answers-app-"+zone, 0, offset, tcp, linuxEphemeral, cidr)
	})
	return both(in, out)
}
