package config

import "strings"

// PublicName is the name of the application on the internet; empty without Domain.
func (c Compute) PublicName() string {
	if c.Domain == "" {
		return ""
	}
	return "app." + c.Domain
}

// InternalName is the name of the internal load balancer in a private zone.
func InternalName(privateZone string) string { return "internal." + privateZone }

// RequestedNames are the names of the certificate that is requested for Domain: the
// public one unless CertificateARN is given, and the internal one unless
// InternalCertificateARN is. None without Domain, in whose zone they are validated.
func (c Compute) RequestedNames(privateZone string) []string {
	if c.Domain == "" {
		return nil
	}
	var names []string
	if c.CertificateARN == "" {
		names = append(names, c.PublicName())
	}
	if c.InternalCertificateARN == "" && under(InternalName(privateZone), c.Domain) {
		names = append(names, InternalName(privateZone))
	}
	return names
}

// PrivateZoneName is the name of the environment's private zone; empty without a domain.
func (e Environment) PrivateZoneName() string {
	if e.Network.Domain == "" {
		return ""
	}
	return e.Name + "." + e.Network.Domain
}

// under tells whether a name is a domain or lies below it.
func under(name, domain string) bool { return name == domain || strings.HasSuffix(name, "."+domain) }
