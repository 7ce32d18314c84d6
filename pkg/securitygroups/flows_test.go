package securitygroups_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/securitygroups"
)

func tcp(from, to int, peer string) securitygroups.Rule { return proto("tcp", from, to, peer) }

// proto makes a rule; a peer that is no range is a group.
func proto(protocol string, from, to int, peer string) securitygroups.Rule {
	r := securitygroups.Rule{Protocol: protocol, From: from, To: to, Peer: securitygroups.Peer{Group: peer}}
	if prefix, err := netip.ParsePrefix(peer); err == nil {
		r.Peer = securitygroups.Peer{CIDR: prefix}
	}
	return r
}

// made is a group in a VPC; its rules come to know it.
func made(name, vpc string, in, out []securitygroups.Rule) securitygroups.Group {
	g := securitygroups.Group{Name: name, VPC: netip.MustParsePrefix(vpc), Ingress: in, Egress: out}
	for _, rules := range [][]securitygroups.Rule{in, out} {
		for i := range rules {
			rules[i].Group = name
		}
	}
	return g
}

func TestAFlowNeedsBothEnds(t *testing.T) {
	type rules = []securitygroups.Rule
	for _, test := range []struct {
		name    string
		out, in securitygroups.Rule
		want    []securitygroups.Flow
	}{
		{"the same port by name", tcp(443, 443, "b"), tcp(443, 443, "a"), []securitygroups.Flow{{"a", "b", "tcp", 443, 443}}},
		{"another port", tcp(443, 443, "b"), tcp(80, 80, "a"), nil},
		{"another protocol", proto("udp", 53, 53, "b"), tcp(53, 53, "a"), nil},
		{"another group", tcp(443, 443, "c"), tcp(443, 443, "a"), nil},
		{"from another group", tcp(443, 443, "b"), tcp(443, 443, "c"), nil},
		{"what ranges have in common", tcp(1, 500, "b"), tcp(400, 900, "a"), []securitygroups.Flow{{"a", "b", "tcp", 400, 500}}},
		{"everything to one port", proto("-1", -1, -1, "b"), tcp(443, 443, "a"), []securitygroups.Flow{{"a", "b", "tcp", 443, 443}}},
		{"one port to everything", proto("udp", 53, 53, "b"), proto("-1", -1, -1, "a"), []securitygroups.Flow{{"a", "b", "udp", 53, 53}}},
		{"the internet contains the VPC", tcp(443, 443, "0.0.0.0/0"), tcp(443, 443, "a"), []securitygroups.Flow{{"a", "b", "tcp", 443, 443}}},
		{"a subnet of the VPC", tcp(443, 443, "b"), tcp(443, 443, "10.1.64.0/19"), []securitygroups.Flow{{"a", "b", "tcp", 443, 443}}},
		{"a range elsewhere", tcp(443, 443, "b"), tcp(443, 443, "10.3.0.0/16"), nil},
		{"IPv6 is elsewhere", tcp(443, 443, "::/0"), tcp(443, 443, "a"), nil},
	} {
		a := made("a", "10.1.0.0/16", nil, rules{test.out})
		b := made("b", "10.2.0.0/16", rules{test.in}, nil)
		assert.Equal(t, test.want, securitygroups.Flows([]securitygroups.Group{a, b}), test.name)
	}
}

func TestWhoComesFromOutside(t *testing.T) {
	type rules = []securitygroups.Rule
	list := securitygroups.Rule{Group: "b", Protocol: "tcp", From: 443, To: 443, Peer: securitygroups.Peer{PrefixList: "pl-1"}}
	groups := []securitygroups.Group{
		made("a", "10.1.0.0/16", rules{tcp(1, 1, "b"), tcp(2, 2, "10.2.64.0/19"), tcp(3, 3, "10.1.0.0/16")}, nil),
		made("b", "10.2.0.0/16", rules{tcp(4, 4, "0.0.0.0/0"), tcp(5, 5, "::/0"), tcp(6, 6, "10.0.0.0/8"), tcp(7, 7, "203.0.113.0/24"), list}, nil),
	}
	var ports []int
	for _, rule := range securitygroups.FromOutside(groups) {
		ports = append(ports, rule.From)
		assert.Equal(t, "b", rule.Group)
	}
	assert.Equal(t, []int{4, 5, 6, 7, 443}, ports)
}

func TestReachable(t *testing.T) {
	flows := []securitygroups.Flow{{From: "lb", To: "app"}, {From: "app", To: "data"}, {From: "app", To: "lb"}, {From: "ops", To: "data"}}
	assert.Equal(t, []string{"app", "data", "lb"}, securitygroups.Reachable(flows, []string{"lb"}))
	assert.Equal(t, []string{"lb"}, securitygroups.Reachable(flows, []string{"lb"}, "app"))
	assert.Equal(t, []string{"data"}, securitygroups.Reachable(flows, []string{"data"}))
	assert.Empty(t, securitygroups.Reachable(flows, nil))
}
