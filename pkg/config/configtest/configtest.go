// Package configtest makes valid configurations of any size for tests and
// benchmarks: as many zones, environments and peers as wanted.
package configtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"

	"aws-platform/pkg/config"
)

// Environment describes a configuration.
type Environment struct {
	// Stack is the environment's name; Octet the second octet of its VPC, 10.<octet>.0.0/16.
	Stack string
	Octet int
	// Zones are the letters of its zones in us-east-1, "abc", in the order in which
	// they are written down; at most eight.
	Zones string
	// Single asks for one NAT gateway, in the first of Zones.
	Single bool
	// Account is the environment's account; default DefaultAccount.
	Account string
	// Plain leaves out the domain, and with it HTTPS; for dev only.
	Plain bool
	// Peers are the octets of peers by environment name, each with the same zones.
	Peers map[string]int
}

// Domain is the domain of every environment, public and private: the private zone is
// <stack>.example.com, and the internal load balancer's name can be validated.
const Domain = "example.com"

// DefaultAccount is the account of an environment that names none.
const DefaultAccount = "111111111111"

// Values returns the configuration as the engine hands it to the program.
func (e Environment) Values() map[string]string {
	account := cmp.Or(e.Account, DefaultAccount)
	return map[string]string{
		"aws:region":             "us-east-1",
		"aws:allowedAccountIds":  `["` + account + `"]`,
		"aws:assumeRole":         `{"roleArn":"arn:aws:iam::` + account + `:role/platform-deploy"}`,
		"platform:network":       e.network(),
		"platform:access":        `{"devopsIpRanges":["203.0.113.0/24"]}`,
		"platform:compute":       e.compute(),
		"platform:data":          `{}`,
		"platform:cluster":       e.cluster(),
		"platform:observability": `{}`,
		"platform:backup":        `{}`,
		"platform:cost":          `{}`,
		"platform:tags":          `{"project":"platform","costCenter":"1234","dataClassification":"internal","owner":"platform"}`,
	}
}

// subnets returns the subnets of the zone with the letter.
func subnets(octet int, letter rune) map[string]string {
	i := int(letter - 'a')
	return map[string]string{
		"public":       fmt.Sprintf("10.%d.%d.0/24", octet, 1+i),
		"loadbalancer": fmt.Sprintf("10.%d.%d.0/24", octet, 11+i),
		"data":         fmt.Sprintf("10.%d.%d.0/24", octet, 21+i),
		"app":          fmt.Sprintf("10.%d.%d.0/20", octet, 64+16*i),
	}
}

// network writes the zones by hand, because their order must survive.
func (e Environment) network() string {
	zones := ""
	for _, letter := range e.Zones {
		zones += fmt.Sprintf(`,"us-east-1%c":%s`, letter, text(subnets(e.Octet, letter)))
	}
	network := map[string]any{
		"cidr": fmt.Sprintf("10.%d.0.0/16", e.Octet), "domain": Domain, "natGateways": config.NATPerZone,
		"interfaceEndpoints": []string{"ssm", "kms"}, "peers": e.peers(), "rulesPerNetworkAcl": 40,
	}
	if e.Single {
		network["natGateways"], network["natGatewayZone"] = config.NATSingle, "us-east-1"+e.Zones[:1]
	}
	fields := text(network)
	return fields[:len(fields)-1] + `,"zones":{` + zones[1:] + `}}`
}

func (e Environment) compute() string {
	if e.Plain {
		return "{}"
	}
	approver := "arn:aws:iam::" + cmp.Or(e.Account, DefaultAccount) + ":role/platform-release-approver"
	return text(map[string]any{"domain": Domain, "release": map[string]any{"approverRoleArns": []string{approver}}})
}

// cluster has a node in each zone, which production is asked for; three are the default.
func (e Environment) cluster() string {
	nodes := len(e.Zones)
	if nodes <= 3 {
		return "{}"
	}
	sizes := map[string]int{"min": nodes, "desired": nodes, "max": 2 * nodes}
	return text(map[string]any{"nodeGroups": map[string]any{"default": sizes}})
}

func (e Environment) peers() map[string]any {
	peers := map[string]any{}
	for name, octet := range e.Peers {
		zones := map[string]any{}
		for _, letter := range e.Zones {
			all := subnets(octet, letter)
			zones["us-east-1"+string(letter)] = map[string]string{"app": all["app"], "loadbalancer": all["loadbalancer"]}
		}
		// The octet is the index: it stays when another peer comes or goes.
		peers[name] = map[string]any{"ruleIndex": octet % 40, "cidr": fmt.Sprintf("10.%d.0.0/16", octet), "zones": zones}
	}
	return peers
}

// Peer returns what an environment's configuration says of a peer with the
// octet, for as many peers as there are no names of environments for.
func Peer(octet int, zones string) config.Peer {
	peer := config.Peer{
		RuleIndex: octet % 40, CIDR: netip.MustParsePrefix(fmt.Sprintf("10.%d.0.0/16", octet)), Zones: map[string]config.PeerZone{},
	}
	for _, letter := range zones {
		all := subnets(octet, letter)
		peer.Zones["us-east-1"+string(letter)] = config.PeerZone{
			App: netip.MustParsePrefix(all["app"]), LoadBalancer: netip.MustParsePrefix(all["loadbalancer"]),
		}
	}
	return peer
}

func text(value any) string {
	encoded, err := json.Marshal(value)
	if err != nil {
		panic(err) // only texts, numbers, lists and maps go in
	}
	return string(encoded)
}
