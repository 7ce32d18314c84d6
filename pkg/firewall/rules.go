package firewall

import (
	"net/netip"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/vpc"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	tcp = "tcp"
	udp = "udp"
)

// service is what is reached: one protocol and one port.
type service struct {
	name, words string
	protocol    string
	port        int
}

// The services that have a port of their own; the application and the stores
// have theirs from Args.
var (
	https = service{"https", "HTTPS", tcp, 443}
	http  = service{"http", "HTTP", tcp, 80}
	test  = service{"test", "Test listener", tcp, TestListenerPort}
	ssh   = service{"ssh", "SSH", tcp, 22}
	rdp   = service{"rdp", "RDP", tcp, 3389}
	// Long answers come by TCP (RFC 7766).
	dnsUDP = service{"dns-udp", "DNS", udp, 53}
	dnsTCP = service{"dns-tcp", "DNS", tcp, 53}
)

// peer is the other end of a rule: one of the four ways to name it.
type peer struct {
	name, words                   string
	group, ipv4, ipv6, prefixList pulumi.StringPtrInput
}

const everywhere = "0.0.0.0/0"

// internet is everybody; the load balancer and the app tier have IPv4 addresses alone.
var internet = peer{name: "internet", words: "the internet", ipv4: pulumi.String(everywhere)}

// inRange is a range of addresses as a peer; words say whose it is.
func inRange(prefix netip.Prefix, words string) peer {
	text := prefix.String()
	if text == everywhere {
		return internet
	}
	p := peer{name: strings.NewReplacer("/", "-", ":", "_").Replace(text), words: words + " " + text}
	if prefix.Addr().Is4() {
		p.ipv4 = pulumi.String(text)
	} else {
		p.ipv6 = pulumi.String(text)
	}
	return p
}

// inPrefixList is a prefix list as a peer.
func inPrefixList(id string) peer {
	return peer{name: id, words: "prefix list " + id, prefixList: pulumi.String(id)}
}

// admit lets from reach a service of the group.
func (b *builder) admit(to group, s service, from peer) error {
	suffix := to.suffix + "-" + s.name + "-from-" + from.name
	made, err := vpc.NewSecurityGroupIngressRule(b.ctx, b.child(suffix), &vpc.SecurityGroupIngressRuleArgs{
		SecurityGroupId:           to.ID(),
		Description:               pulumi.String(s.words + " from " + from.words),
		IpProtocol:                pulumi.String(s.protocol),
		FromPort:                  pulumi.Int(s.port),
		ToPort:                    pulumi.Int(s.port),
		ReferencedSecurityGroupId: from.group,
		CidrIpv4:                  from.ipv4,
		CidrIpv6:                  from.ipv6,
		PrefixListId:              from.prefixList,
		Tags:                      b.tags(suffix),
	}, b.parent()...)
	b.firewall.Ready = append(b.firewall.Ready, made)
	return err
}

// send lets the group reach a service of to.
func (b *builder) send(from group, s service, to peer) error {
	suffix := from.suffix + "-" + s.name + "-to-" + to.name
	made, err := vpc.NewSecurityGroupEgressRule(b.ctx, b.child(suffix), &vpc.SecurityGroupEgressRuleArgs{
		SecurityGroupId:           from.ID(),
		Description:               pulumi.String(s.words + " to " + to.words),
		IpProtocol:                pulumi.String(s.protocol),
		FromPort:                  pulumi.Int(s.port),
		ToPort:                    pulumi.Int(s.port),
		ReferencedSecurityGroupId: to.group,
		CidrIpv4:                  to.ipv4,
		CidrIpv6:                  to.ipv6,
		PrefixListId:              to.prefixList,
		Tags:                      b.tags(suffix),
	}, b.parent()...)
	b.firewall.Ready = append(b.firewall.Ready, made)
	return err
}

// connect lets one group reach a service of another: both ends of it.
func (b *builder) connect(from, to group, s service) error {
	if err := b.send(from, s, to.peer()); err != nil {
		return err
	}
	return b.admit(to, s, from.peer())
}
