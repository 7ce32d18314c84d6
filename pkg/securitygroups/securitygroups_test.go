package securitygroups_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/securitygroups"
)

const (
	vpcType   = "aws:ec2/vpc:Vpc"
	groupType = "aws:ec2/securityGroup:SecurityGroup"
	inType    = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	outType   = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
)

type inputs = map[string]any

func resource(typ, name, id string, in inputs) graph.Resource {
	return graph.Resource{URN: "urn:pulumi:s::p::" + typ + "::" + name, Type: typ, Name: name, ID: id, Inputs: in}
}

func stack(t *testing.T, name string, resources ...graph.Resource) *graph.Graph {
	t.Helper()
	g, err := graph.New("platform", name, nil, resources)
	require.NoError(t, err)
	return g
}

func group(name string) graph.Resource {
	return resource(groupType, name, "sg-"+name, inputs{"vpcId": "vpc-1", "tags": inputs{"Tier": "app"}})
}

// rule is a rule of the group with further inputs; the port is both ends.
func rule(typ, name, group string, port float64, more inputs) graph.Resource {
	in := inputs{"securityGroupId": "sg-" + group, "ipProtocol": "tcp", "fromPort": port, "toPort": port, "description": name}
	for key, value := range more {
		in[key] = value
	}
	return resource(typ, name, "sgr-"+name, in)
}

var vpc = resource(vpcType, "one", "vpc-1", inputs{"cidrBlock": "10.0.0.0/16"})

func TestReadJoinsTheRulesOfAllStacks(t *testing.T) {
	one := stack(t, "one", vpc, group("lb"), group("app"),
		rule(outType, "out", "lb", 8080, inputs{"referencedSecurityGroupId": "sg-app"}),
		rule(inType, "in", "app", 8080, inputs{"referencedSecurityGroupId": "sg-lb"}),
		rule(inType, "foreign", "app", 443, inputs{"referencedSecurityGroupId": "sg-elsewhere"}),
		rule(inType, "list", "lb", 443, inputs{"prefixListId": "pl-1"}),
		rule(outType, "all", "app", 0, inputs{"ipProtocol": "-1", "cidrIpv6": "::/0"}))
	peering := stack(t, "peering", rule(inType, "peer", "lb", 443, inputs{"cidrIpv4": "10.1.0.0/16"}))
	groups, err := securitygroups.Read(peering, one)
	require.NoError(t, err)
	var lines [][]string
	for _, r := range securitygroups.Rules(groups) {
		lines = append(lines, []string{r.Environment, r.Group, string(r.Direction), r.Protocol, r.Port(), r.Peer.String(), r.Description})
	}
	assert.Equal(t, [][]string{
		{"one", "app", "ingress", "tcp", "443", "sg-elsewhere", "foreign"},
		{"one", "app", "ingress", "tcp", "8080", "lb", "in"},
		{"one", "app", "egress", "-1", "all", "::/0", "all"},
		{"one", "lb", "ingress", "tcp", "443", "10.1.0.0/16", "peer"},
		{"one", "lb", "ingress", "tcp", "443", "pl-1", "list"},
		{"one", "lb", "egress", "tcp", "8080", "app", "out"},
	}, lines)
	app, known := securitygroups.Of(groups, "app")
	require.True(t, known)
	assert.Equal(t, []string{"app", "10.0.0.0/16"}, []string{app.Tier, app.VPC.String()})
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	for want, resources := range map[string][]graph.Resource{
		"1 inline egress rules": {vpc, resource(groupType, "app", "sg-app", inputs{"vpcId": "vpc-1", "egress": []any{inputs{}}})},
		"1 inline ingress rules": {vpc, resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "d", "sg-d",
			inputs{"vpcId": "vpc-1", "ingress": []any{inputs{}}})},
		"does not read this type":                  {vpc, group("app"), resource("aws:ec2/securityGroupRule:SecurityGroupRule", "x", "sgrule-1", nil)},
		"is in none of the graphs: read the stack": {vpc, rule(inType, "in", "app", 443, inputs{"cidrIpv4": "10.0.0.0/8"})},
		"its VPC is in none of the graphs":         {group("app")},
		"0 peers: a rule has one":                  {vpc, group("app"), rule(inType, "in", "app", 443, nil)},
		"2 peers: a rule has one":                  {vpc, group("app"), rule(inType, "in", "app", 443, inputs{"cidrIpv4": "10.0.0.0/8", "prefixListId": "pl-1"})},
		"cidrIpv4: netip.ParsePrefix":              {vpc, group("app"), rule(inType, "in", "app", 443, inputs{"cidrIpv4": "everywhere"})},
	} {
		_, err := securitygroups.Read(stack(t, "one", resources...))
		assert.ErrorContains(t, err, want)
	}
}

func TestOnePort(t *testing.T) {
	for _, test := range []struct {
		rule securitygroups.Rule
		want bool
		port string
	}{
		{securitygroups.Rule{Protocol: "tcp", From: 443, To: 443}, true, "443"},
		{securitygroups.Rule{Protocol: "udp", From: 53, To: 53}, true, "53"},
		{securitygroups.Rule{Protocol: "tcp", From: 1024, To: 2048}, false, "1024-2048"},
		{securitygroups.Rule{Protocol: "tcp", From: 0, To: 0}, false, "0"},
		{securitygroups.Rule{Protocol: "icmp", From: 3, To: 3}, false, "3"},
		{securitygroups.Rule{Protocol: "-1", From: -1, To: -1}, false, "all"},
	} {
		assert.Equal(t, test.want, test.rule.OnePort(), test.rule)
		assert.Equal(t, test.port, test.rule.Port())
	}
}
