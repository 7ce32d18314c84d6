package config

import "net/netip"

// Access says from where the environment may be administered.
type Access struct {
	// DevopsIPRanges are the public ranges from which administrators come. None
	// by default: Session Manager needs no open port.
	DevopsIPRanges []netip.Prefix `mapstructure:"devopsIpRanges"`
	// AdminPorts opens 22 and 3389 of the app tier to DevopsIPRanges; false by
	// default, and refused in production-pci.
	AdminPorts bool `mapstructure:"adminPorts"`
}
