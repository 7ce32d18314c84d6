package config

const (
	firstInternet = "compute.internet.cidrs[0]: "
	noClients     = ": is private or reserved, nobody can come from it by the internet: name the public range from which clients come"
	notAList      = ": is not the ID of a prefix list: write it as in pl-3b927c52"
)

// internetCase sets who may reach the public load balancer.
func internetCase(rule, wrong, right string, lines ...string) ruleCase {
	return computeCase(rule, "internet: {"+wrong+"}", "internet: {"+right+"}", lines...)
}

func cidrCase(rule, wrong, right string, lines ...string) ruleCase {
	return internetCase(rule, "cidrs: ["+wrong+"]", "cidrs: ["+right+"]", lines...)
}

var internetCases = []ruleCase{
	cidrCase("internetRequired", ``, `0.0.0.0/0`,
		`compute.internet.cidrs: none: lets nobody reach the public load balancer: name ranges or a prefixListId, or remove the key to let everybody in`),
	cidrCase("internetRequired", `office`, `198.51.100.0/24`, firstInternet+`office: is not an IP range: write it in CIDR notation, as in 10.20.1.0/24`),
	internetCase("internetSource", `prefixListId: pl-3b927c52, cidrs: [203.0.113.0/24]`, `prefixListId: pl-3b927c52, cidrs: []`,
		`compute.internet.prefixListId: pl-3b927c52: stands in place of ranges, and compute.internet.cidrs has some: remove one of the two`),
	internetCase("internetPrefixList", `prefixListId: com.amazonaws.global.cloudfront.origin-facing`, `prefixListId: pl-3b927c52`,
		`compute.internet.prefixListId: com.amazonaws.global.cloudfront.origin-facing`+notAList),
	internetCase("internetPrefixList", `prefixListId: pl-3b927c5`, `prefixListId: pl-0123456789abcdef0`, `compute.internet.prefixListId: pl-3b927c5`+notAList),
	cidrCase("internetIPv4", `"::/0"`, `0.0.0.0/0`, firstInternet+`::/0: is not an IPv4 range, and the load balancer has no other addresses: write one as in 203.0.113.0/24`),
	cidrCase("internetHostBits", `203.0.113.7/24`, `203.0.113.7/32`, firstInternet+`203.0.113.7/24: has host bits set: write 203.0.113.0/24`),
	cidrCase("internetPrivate", `10.20.0.0/16`, `11.20.0.0/16`, firstInternet+`10.20.0.0/16`+noClients),
	cidrCase("internetPrivate", `100.64.0.0/10`, `100.0.0.0/9`, firstInternet+`100.64.0.0/10`+noClients),
	cidrCase("internetOverlap", `203.0.113.0/24, 203.0.113.0/24`, `203.0.113.0/25, 203.0.113.128/25`,
		`compute.internet.cidrs[1]: 203.0.113.0/24: overlaps compute.internet.cidrs[0] (203.0.113.0/24)`+ownAddress),
	cidrCase("internetOverlap", `0.0.0.0/0, 203.0.113.0/24`, `0.0.0.0/1, 128.0.0.0/1`,
		`compute.internet.cidrs[1]: 203.0.113.0/24: overlaps compute.internet.cidrs[0] (0.0.0.0/0)`+ownAddress),
}
