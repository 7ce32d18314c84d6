package config

const (
	baseVPC     = "    cidr: 10.20.0.0/16"
	baseZoneC   = "      us-east-1c: {public: 10.20.3.0/24, loadbalancer: 10.20.7.0/24, app: 10.20.128.0/19, data: 10.20.23.0/24}\n"
	baseDataB   = "data: 10.20.22.0/24"
	ownAddress  = ": give each its own addresses"
	insideVPC   = ": is not inside the VPC's 10.20.0.0/16: choose a range inside it"
	notASubnet  = ": is not of a size that AWS takes for a subnet: choose a length from /16 to /28"
	notAVPC     = ": is not of a size that AWS takes for a VPC: choose a length from /16 to /28"
	notPrivate  = ": is a public range, whose real owner could no longer be reached: choose one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10"
	isNoDomain  = ": is not a domain name: write it in lower case, without a dot at its end, as in example.internal"
	notInRegion = ": is not an availability zone of us-east-1: name one as in us-east-1a"
)

var vpcCases = []ruleCase{
	{
		rule: "vpcRequired", old: baseVPC + "\n", wrong: "", right: baseVPC + "\n",
		lines: []string{`network.cidr: none: is required: set the VPC's range, as in 10.20.0.0/16`},
	},
	{
		rule: "vpcHostBits", old: baseVPC, wrong: "    cidr: 10.20.1.5/16", right: baseVPC,
		lines: []string{`network.cidr: 10.20.1.5/16: has host bits set: write 10.20.0.0/16`},
	},
	{
		rule: "vpcSize", old: baseVPC, wrong: "    cidr: 10.16.0.0/13", right: baseVPC,
		lines: []string{`network.cidr: 10.16.0.0/13` + notAVPC},
	},
	{
		rule: "vpcSize", old: baseVPC, wrong: "    cidr: fd00:20::/32", right: baseVPC,
		lines: append([]string{`network.cidr: fd00:20::/32: is not an IPv4 range: write one as in 10.20.0.0/16`}, outsideAll("fd00:20::/32")...),
	},
	{
		rule: "vpcPrivate", old: baseVPC, wrong: "    cidr: 172.32.0.0/16", right: baseVPC,
		lines: append([]string{`network.cidr: 172.32.0.0/16` + notPrivate}, outsideAll("172.32.0.0/16")...),
	},
	{
		rule: "domainFormat", old: "    domain: example.internal\n", wrong: "", right: "    domain: a.b-c.example.internal\n",
		lines: []string{`network.domain: none: is required: set the private domain, as in example.internal`},
	},
	{
		rule: "domainFormat", old: "domain: example.internal", wrong: "domain: Example.internal.", right: "domain: example.internal",
		lines: []string{`network.domain: Example.internal.` + isNoDomain},
	},
	{
		rule: "domainFormat", old: "domain: example.internal", wrong: "domain: internal", right: "domain: a.internal",
		lines: []string{`network.domain: internal` + isNoDomain},
	},
	{
		rule: "domainFormat", old: "domain: example.internal", wrong: "domain: " + longDomain(244), right: "domain: " + longDomain(242),
		lines: []string{`network.domain: ` + longDomain(244) + `: is too long behind the environment's name: choose a shorter domain`},
	},
}

var zoneCases = []ruleCase{
	{
		rule: "zoneOfRegion", old: "us-east-1c: {", wrong: "us-west-2c: {", right: "us-east-1f: {",
		lines: []string{`network.zones[us-west-2c]: us-west-2c` + notInRegion},
	},
	{
		rule: "zoneOfRegion", old: "us-east-1c: {", wrong: "us-east-1-bos-1a: {", right: "us-east-1d: {",
		lines: []string{`network.zones[us-east-1-bos-1a]: us-east-1-bos-1a` + notInRegion},
	},
	{
		rule: "zoneCount", old: baseZoneC, wrong: "", right: baseZoneC,
		lines: []string{`network.zones: 2 zones: is fewer than the 3 that production needs: add zones, each with its own subnets`},
	},
	{
		rule: "zoneCount", stack: ProductionPCI, old: baseZoneC, wrong: "", right: baseZoneC,
		lines: []string{`network.zones: 2 zones: is fewer than the 3 that production-pci needs: add zones, each with its own subnets`},
	},
	{
		rule: "zoneCount", stack: Dev, old: baseZones, wrong: oneZone, right: twoZones,
		lines: []string{`network.zones: 1 zones: is fewer than the 2 that dev needs: add zones, each with its own subnets`},
	},
	{
		rule: "tierRequired", old: ", data: 10.20.22.0/24", wrong: "", right: ", data: 10.20.30.0/24",
		lines: []string{`network.zones[us-east-1b].data: none: is required: set the range of the zone's data subnet: every zone has all four tiers`},
	},
	{
		rule: "subnetHostBits", old: baseDataB, wrong: "data: 10.20.22.5/24", right: "data: 10.20.22.0/25",
		lines: []string{`network.zones[us-east-1b].data: 10.20.22.5/24: has host bits set: write 10.20.22.0/24`},
	},
	{
		rule: "subnetSize", old: baseDataB, wrong: "data: 10.20.22.0/29", right: "data: 10.20.22.0/28",
		lines: []string{`network.zones[us-east-1b].data: 10.20.22.0/29` + notASubnet},
	},
	{
		rule: "subnetSize", old: baseDataB, wrong: "data: fd00::/64", right: baseDataB,
		lines: []string{
			`network.zones[us-east-1b].data: fd00::/64: is not an IPv4 range: write one as in 10.20.0.0/16`,
			`network.zones[us-east-1b].data: fd00::/64` + insideVPC,
		},
	},
	{
		rule: "subnetInside", old: baseDataB, wrong: "data: 10.21.22.0/24", right: "data: 10.20.255.0/24",
		lines: []string{`network.zones[us-east-1b].data: 10.21.22.0/24` + insideVPC},
	},
	{
		rule: "subnetOverlap", old: baseDataB, wrong: "data: 10.20.6.128/25", right: "data: 10.20.8.0/24",
		lines: []string{`network.zones[us-east-1b].data: 10.20.6.128/25: overlaps network.zones[us-east-1b].loadbalancer (10.20.6.0/24)` + ownAddress},
	},
	{
		rule: "subnetOverlap", old: baseDataB, wrong: "data: 10.20.95.0/24", right: "data: 10.20.160.0/24",
		lines: []string{`network.zones[us-east-1b].data: 10.20.95.0/24: overlaps network.zones[us-east-1a].app (10.20.64.0/19)` + ownAddress},
	},
}
