package config

const (
	basePeerZone  = "us-east-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}"
	devPeer       = "      dev: {ruleIndex: 4, cidr: 10.0.0.0/16}\n"
	peersStart    = "    peers:\n"
	noEnvironment = ": is not an environment: use one of dev, production, production-pci, staging"
	itsOwnRange   = ": is required: set the range that the peer's own configuration has"
	noPlace       = ": is not a place among the rules of a network ACL: set a number from 0 to 39 that no other peer has"
)

var peerCases = []ruleCase{
	{
		rule: "peerName", old: "      staging:", wrong: "      stagin:", right: "      dev:",
		lines: []string{`network.peers[stagin]: stagin` + noEnvironment},
	},
	{
		rule: "peerName", old: "      staging:", wrong: "      production:", right: "      production-pci:",
		lines: []string{`network.peers[production]: production: is this environment itself: remove it`},
	},
	{
		rule: "peerRuleIndex", old: "ruleIndex: 3\n        ", wrong: "", right: "ruleIndex: 0\n        ",
		lines: []string{`network.peers[staging].ruleIndex: none: is required: set a number from 0 to 39 that no other peer has, and never change it`},
	},
	{
		rule: "peerRuleIndex", old: "ruleIndex: 3", wrong: "ruleIndex: 40", right: "ruleIndex: 39",
		lines: []string{`network.peers[staging].ruleIndex: 40` + noPlace},
	},
	{
		rule: "peerRuleIndex", old: "ruleIndex: 3", wrong: "ruleIndex: -1", right: "ruleIndex: 1",
		lines: []string{`network.peers[staging].ruleIndex: -1` + noPlace},
	},
	{
		rule: "peerRuleIndexUnique", old: peersStart, wrong: peersStart + "      dev: {ruleIndex: 3, cidr: 10.0.0.0/16}\n", right: peersStart + devPeer,
		lines: []string{`network.peers[staging].ruleIndex: 3: is the rule index of network.peers[dev] already: set a number from 0 to 39 that no other peer has`},
	},
	{
		rule: "peerRequired", old: "        cidr: 10.10.0.0/16\n", wrong: "", right: "        cidr: 10.10.0.0/16\n",
		lines: []string{`network.peers[staging].cidr: none` + itsOwnRange},
	},
	{
		rule: "peerRequired", old: basePeerZone, wrong: "us-east-1a: {app: 10.10.64.0/19}", right: basePeerZone,
		lines: []string{`network.peers[staging].zones[us-east-1a].loadbalancer: none` + itsOwnRange},
	},
	{
		rule: "peerHostBits", old: "app: 10.10.64.0/19", wrong: "app: 10.10.65.0/19", right: "app: 10.10.65.0/24",
		lines: []string{`network.peers[staging].zones[us-east-1a].app: 10.10.65.0/19: has host bits set: write 10.10.64.0/19`},
	},
	{
		rule: "peerSize", old: "cidr: 10.10.0.0/16", wrong: "cidr: 10.10.0.0/15", right: "cidr: 10.10.0.0/17",
		lines: []string{`network.peers[staging].cidr: 10.10.0.0/15` + notAVPC},
	},
	{
		rule: "peerSize", old: "loadbalancer: 10.10.5.0/24", wrong: "loadbalancer: 10.10.5.0/29", right: "loadbalancer: 10.10.5.0/28",
		lines: []string{`network.peers[staging].zones[us-east-1a].loadbalancer: 10.10.5.0/29` + notASubnet},
	},
	{
		rule: "peerPrivate", old: peersStart, wrong: peersStart + "      dev: {ruleIndex: 4, cidr: 11.0.0.0/16}\n", right: peersStart + devPeer,
		lines: []string{`network.peers[dev].cidr: 11.0.0.0/16` + notPrivate},
	},
	{
		rule: "peerOverlap", old: peersStart, wrong: peersStart + "      dev: {ruleIndex: 4, cidr: 10.20.128.0/17}\n", right: peersStart + devPeer,
		lines: []string{`network.peers[dev].cidr: 10.20.128.0/17: overlaps network.cidr (10.20.0.0/16)` + ownAddress},
	},
	{
		rule: "peerOverlap", old: peersStart, wrong: peersStart + "      dev: {ruleIndex: 4, cidr: 10.10.0.0/16}\n", right: peersStart + devPeer,
		lines: []string{`network.peers[staging].cidr: 10.10.0.0/16: overlaps network.peers[dev].cidr (10.10.0.0/16)` + ownAddress},
	},
	{
		rule: "peerZoneName", old: basePeerZone, wrong: "us-east-1: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}", right: "eu-west-1a: {app: 10.10.64.0/19, loadbalancer: 10.10.5.0/24}",
		lines: []string{`network.peers[staging].zones[us-east-1]: us-east-1: is not the name of an availability zone: write it as in us-east-1a`},
	},
	{
		rule: "peerZoneName", old: basePeerZone, wrong: basePeerZone + "\n          us-west-2a: {app: 10.10.96.0/19, loadbalancer: 10.10.6.0/24}",
		right: basePeerZone + "\n          us-east-1b: {app: 10.10.96.0/19, loadbalancer: 10.10.6.0/24}",
		lines: []string{`network.peers[staging].zones[us-west-2a]: us-west-2a: is not in us-east-1 as the zones before it, and a VPC lies in one region: name the zones of the peer's VPC`},
	},
	{
		rule: "peerSubnetInside", old: "loadbalancer: 10.10.5.0/24", wrong: "loadbalancer: 10.11.5.0/24", right: "loadbalancer: 10.10.255.0/24",
		lines: []string{`network.peers[staging].zones[us-east-1a].loadbalancer: 10.11.5.0/24: is not inside the peer's 10.10.0.0/16: choose a range inside it`},
	},
	{
		rule: "peerSubnetOverlap", old: "loadbalancer: 10.10.5.0/24", wrong: "loadbalancer: 10.10.70.0/24", right: "loadbalancer: 10.10.96.0/24",
		lines: []string{`network.peers[staging].zones[us-east-1a].loadbalancer: 10.10.70.0/24: overlaps network.peers[staging].zones[us-east-1a].app (10.10.64.0/19)` + ownAddress},
	},
}
