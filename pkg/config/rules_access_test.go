package config

const (
	baseDevops  = "devopsIpRanges: [203.0.113.0/24]"
	isWorld     = ": is the whole internet: name the ranges of the office and the VPN"
	isWide      = ": is wider than /16 (IPv4) or /32 (IPv6): name the ranges of the office and the VPN"
	cannotCome  = ": is private or reserved, nobody can come from it by the internet: name the public range from which administrators come"
	firstDevops = "access.devopsIpRanges[0]: "
)

func devops(ranges string) string { return "devopsIpRanges: [" + ranges + "]" }

func devopsCase(rule, wrong, right string, lines ...string) ruleCase {
	return ruleCase{rule: rule, old: baseDevops, wrong: devops(wrong), right: devops(right), lines: lines}
}

var accessCases = []ruleCase{
	devopsCase("devopsRequired", `office`, ``, firstDevops+`office: is not an IP range: write it in CIDR notation, as in 10.20.1.0/24`),
	devopsCase("devopsHostBits", `203.0.113.7/24`, `203.0.113.7/32`, firstDevops+`203.0.113.7/24: has host bits set: write 203.0.113.0/24`),
	devopsCase("devopsWorld", `0.0.0.0/0`, `203.0.113.0/24, 198.51.100.0/24, 192.0.2.0/24`, firstDevops+`0.0.0.0/0`+isWorld),
	devopsCase("devopsWorld", `"::/0"`, `"2001:db8::/32"`, firstDevops+`::/0`+isWorld),
	devopsCase("devopsWide", `203.0.0.0/15`, `203.0.0.0/16`, firstDevops+`203.0.0.0/15`+isWide),
	devopsCase("devopsWide", `0.0.0.0/1, 128.0.0.0/1`, `1.0.0.0/16`, firstDevops+`0.0.0.0/1`+isWide, `access.devopsIpRanges[1]: 128.0.0.0/1`+isWide),
	devopsCase("devopsWide", `"2001:db8::/31"`, `"2001:db8::/33"`, firstDevops+`2001:db8::/31`+isWide),
	devopsCase("devopsPrivate", `10.1.0.0/16`, `11.1.0.0/16`, firstDevops+`10.1.0.0/16`+cannotCome),
	devopsCase("devopsPrivate", `172.31.255.0/24`, `172.32.0.0/24`, firstDevops+`172.31.255.0/24`+cannotCome),
	devopsCase("devopsPrivate", `192.168.1.0/24`, `192.169.1.0/24`, firstDevops+`192.168.1.0/24`+cannotCome),
	devopsCase("devopsPrivate", `100.127.0.0/16`, `100.128.0.0/16`, firstDevops+`100.127.0.0/16`+cannotCome),
	devopsCase("devopsPrivate", `127.0.0.1/32`, `126.0.0.1/32`, firstDevops+`127.0.0.1/32`+cannotCome),
	devopsCase("devopsPrivate", `169.254.0.0/16`, `169.253.0.0/16`, firstDevops+`169.254.0.0/16`+cannotCome),
	devopsCase("devopsPrivate", `"fd12:3456::/32"`, `"2600::/32"`, firstDevops+`fd12:3456::/32`+cannotCome),
	devopsCase("devopsPrivate", `"fe80::/64"`, `"2001:db8::/64"`, firstDevops+`fe80::/64`+cannotCome),
	devopsCase("devopsPrivate", `"::1/128"`, `"2001:db8::1/128"`, firstDevops+`::1/128`+cannotCome),
	devopsCase("devopsPrivate", `"::ffff:203.0.113.0/120"`, `203.0.113.0/24`, firstDevops+`::ffff:203.0.113.0/120`+cannotCome),
	devopsCase("devopsPrivate", `0.1.0.0/16`, `1.1.0.0/16`, firstDevops+`0.1.0.0/16`+cannotCome),
	devopsCase("devopsPrivate", `"::/128"`, `"2600::/128"`, firstDevops+`::/128`+cannotCome),
	devopsCase("devopsPrivate", `224.0.0.0/24`, `223.255.255.0/24`, firstDevops+`224.0.0.0/24`+cannotCome),
	devopsCase("devopsPrivate", `"ff02::/32"`, `"2a00::/32"`, firstDevops+`ff02::/32`+cannotCome),
	devopsCase("devopsPrivate", `240.0.0.0/24`, `8.8.8.0/24`, firstDevops+`240.0.0.0/24`+cannotCome),
	devopsCase("devopsDuplicate", `203.0.113.0/24, 192.0.2.0/24, 203.0.113.0/24`, `203.0.113.0/24, 192.0.2.0/24, 203.0.113.0/25`,
		`access.devopsIpRanges[2]: 203.0.113.0/24: is listed already, at access.devopsIpRanges[0]: remove one`),
}
