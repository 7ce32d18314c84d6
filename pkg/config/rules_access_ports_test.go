package config

import (
	"fmt"
	"strings"
)

const baseAccess = "    " + baseDevops

// ports opens the admin ports to ranges.
func ports(ranges string) string { return "    adminPorts: true\n    " + devops(ranges) }

// rangeList are as many IPv4 ranges of one address each.
func rangeList(count int) string {
	ranges := make([]string, count)
	for i := range ranges {
		ranges[i] = fmt.Sprintf("203.0.113.%d/32", i)
	}
	return strings.Join(ranges, ", ")
}

var adminPortsCases = []ruleCase{
	{
		rule: "adminPortsPCI", stack: ProductionPCI, fixed: Production, old: baseAccess, wrong: ports("203.0.113.0/24"), right: ports("203.0.113.0/24"),
		lines: []string{`access.adminPorts: true: opens SSH and RDP where card data is processed: remove it; Session Manager needs no open port`},
	},
	{
		rule: "adminPortsRanges", old: baseAccess, wrong: ports(""), right: `    adminPorts: false` + "\n    " + devops(""),
		lines: []string{`access.adminPorts: true: opens 22 and 3389 to nobody, for access.devopsIpRanges has no range: name the ranges of the office and the VPN there, or remove the key`},
	},
	{
		rule: "adminPortsQuota", old: baseAccess, wrong: ports(rangeList(30)), right: ports(rangeList(29)),
		lines: []string{`access.devopsIpRanges: 30 ranges: would be 62 rules of the app tier's security group, which takes 60: name at most 29, or remove access.adminPorts`},
	},
}
