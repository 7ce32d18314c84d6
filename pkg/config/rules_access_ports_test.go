package config

const baseAccess = "    " + baseDevops

// ports opens the admin ports to ranges.
func ports(ranges string) string { return "    adminPorts: true\n    " + devops(ranges) }

var adminPortsCases = []ruleCase{
	{
		rule: "adminPortsPCI", stack: ProductionPCI, fixed: Production, old: baseAccess, wrong: ports("203.0.113.0/24"), right: ports("203.0.113.0/24"),
		lines: []string{`access.adminPorts: true: opens SSH and RDP where card data is processed: remove it; Session Manager needs no open port`},
	},
	{
		rule: "adminPortsRanges", old: baseAccess, wrong: ports(""), right: `    adminPorts: false` + "\n    " + devops(""),
		lines: []string{`access.adminPorts: true: opens 22 and 3389 to nobody, for access.devopsIpRanges has no range: name the ranges of the office and the VPN there, or remove the key`},
	},
}
