package docs_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/docs"
	"aws-platform/pkg/graph"
)

type inputs = map[string]any

func resource(typ, name, id string, in inputs) graph.Resource {
	return graph.Resource{URN: "urn:pulumi:s::p::" + typ + "::" + name, Type: typ, Name: name, ID: id, Inputs: in}
}

func group(name, tier string) graph.Resource {
	return resource("aws:ec2/securityGroup:SecurityGroup", name, "sg-"+name, inputs{"vpcId": "vpc-1", "tags": inputs{"Tier": tier}})
}

// rule is a rule of a group on a TCP port; the peer is a property and its value.
func rule(direction, name, of string, port float64, property, peer string) graph.Resource {
	return resource("aws:vpc/securityGroup"+direction+"Rule:SecurityGroup"+direction+"Rule", name, "sgr-"+name, inputs{
		"securityGroupId": "sg-" + of, "ipProtocol": "tcp", "fromPort": port, "toPort": port, "description": name, property: peer,
	})
}

func page(t *testing.T) string {
	t.Helper()
	environment, err := graph.New("platform", "one", inputs{"vpcCidr": "10.1.0.0/16"}, []graph.Resource{
		resource("aws:ec2/vpc:Vpc", "one", "vpc-1", inputs{"cidrBlock": "10.1.0.0/16"}),
		resource("aws:ec2/routeTable:RouteTable", "one-public", "rtb-1", inputs{"vpcId": "vpc-1", "tags": inputs{"Tier": "public"}}),
		resource("aws:ec2/routeTable:RouteTable", "one-app", "rtb-2", inputs{"vpcId": "vpc-1", "tags": inputs{"Tier": "app"}}),
		resource("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "one-default", "sg-default", inputs{"vpcId": "vpc-1"}),
		group("one-public", "public"), group("one-app", "app"),
		rule("Ingress", "HTTPS from the internet", "one-public", 443, "cidrIpv4", "0.0.0.0/0"),
		rule("Ingress", "Test listener from the office", "one-public", 8443, "cidrIpv4", "203.0.113.0/24"),
		rule("Egress", "Application to the app tier", "one-public", 8080, "referencedSecurityGroupId", "sg-one-app"),
		rule("Egress", "HTTPS to the internet", "one-app", 443, "cidrIpv4", "0.0.0.0/0"),
		rule("Ingress", "Application from the load balancer", "one-app", 8080, "referencedSecurityGroupId", "sg-one-public"),
	})
	require.NoError(t, err)
	peering, err := graph.New("peering", "peering", nil, []graph.Resource{
		rule("Ingress", "HTTPS from a peer", "one-app", 443, "cidrIpv4", "10.2.0.0/16"),
	})
	require.NoError(t, err)
	text, err := docs.Network(peering, environment)
	require.NoError(t, err)
	return text
}

func TestTheTableOfSecurityGroupRules(t *testing.T) {
	assert.Contains(t, page(t), `
## Security group rules

| environment | security group | direction | protocol | port | peer | description |
|---|---|---|---|---|---|---|
| one | one-app | ingress | tcp | 443 | 10.2.0.0/16 | HTTPS from a peer |
| one | one-app | ingress | tcp | 8080 | one-public | Application from the load balancer |
| one | one-app | egress | tcp | 443 | 0.0.0.0/0 | HTTPS to the internet |
| one | one-default | ingress | - | - | - | nothing |
| one | one-default | egress | - | - | - | nothing |
| one | one-public | ingress | tcp | 443 | 0.0.0.0/0 | HTTPS from the internet |
| one | one-public | ingress | tcp | 8443 | 203.0.113.0/24 | Test listener from the office |
| one | one-public | egress | tcp | 8080 | one-app | Application to the app tier |

## one: route tables
`)
	assert.Equal(t, 1, strings.Count(page(t), docs.RulesHeading+"\n"), "programs look for it")
}

func TestTheDiagramShowsWhatTheGroupsLeaveOpen(t *testing.T) {
	text := page(t)
	for _, line := range []string{
		"  ranges((\"named ranges\"))\n", "  internet -->|443| one_public\n", "  ranges -->|8443| one_public\n", "  one_public -->|8080| one_app\n",
	} {
		assert.Contains(t, text, line)
	}
	assert.NotContains(t, text, "one_app -->", "what everybody may call is drawn once, from the internet")
}

func TestAPageOfGroupsThatCannotBeReadIsNotWritten(t *testing.T) {
	peering, err := graph.New("peering", "peering", nil, []graph.Resource{rule("Ingress", "x", "gone", 443, "cidrIpv4", "10.2.0.0/16")})
	require.NoError(t, err)
	_, err = docs.Network(peering)
	assert.ErrorContains(t, err, "is in none of the graphs")
}
