package config

import (
	"fmt"
	"strconv"
)

// inboundRules is the quota "Inbound or outbound rules per security group", which
// counts IPv4 and IPv6 apart (Amazon VPC User Guide, "Amazon VPC quotas").
const inboundRules = 60

const (
	adminPortsPath = "access.adminPorts"
	devopsPath     = "access.devopsIpRanges"
)

// families are how many IPv4 and IPv6 ranges may administer: each is a rule of a security group.
func (a Access) families() (ipv4, ipv6 int) {
	for _, prefix := range a.DevopsIPRanges {
		if prefix.Addr().Is4() {
			ipv4++
		} else {
			ipv6++
		}
	}
	return ipv4, ipv6
}

func adminPortsPCI(env Environment, found *Problems) {
	if env.Access.AdminPorts && env.PCI() {
		found.add(adminPortsPath, "true", "opens SSH and RDP where card data is processed", "remove it; Session Manager needs no open port")
	}
}

func adminPortsRanges(env Environment, found *Problems) {
	if env.Access.AdminPorts && len(env.Access.DevopsIPRanges) == 0 {
		found.add(adminPortsPath, "true", "opens 22 and 3389 to nobody, for "+devopsPath+" has no range",
			"name the ranges of the office and the VPN there, or remove the key")
	}
}

// adminPortsQuota counts the rules of the app tier's security group: 22 and 3389
// for each range, and the application port for each load balancer.
func adminPortsQuota(env Environment, found *Problems) {
	const balancers, ports = 2, 2
	ipv4, ipv6 := env.Access.families()
	ranges := max(ipv4, ipv6)
	if count := balancers + ports*ranges; env.Access.AdminPorts && count > inboundRules {
		found.add(devopsPath, strconv.Itoa(ranges)+" ranges", fmt.Sprintf("would be %d rules of the app tier's security group, which takes %d", count, inboundRules),
			fmt.Sprintf("name at most %d, or remove %s", (inboundRules-balancers)/ports, adminPortsPath))
	}
}
