package config

const (
	adminPortsPath = "access.adminPorts"
	devopsPath     = "access.devopsIpRanges"
)

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
