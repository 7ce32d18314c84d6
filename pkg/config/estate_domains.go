package config

// domains holds the public domains against each other and against the private zones
// of peers: the peering shares those, and a private zone answers for all below it.
func domains(environments []Environment, known map[string]Environment, found *Problems) {
	owner := map[string]string{}
	for _, env := range environments {
		domain := env.Compute.Domain
		if domain == "" {
			continue
		}
		path := env.Name + ": " + computeDomainPath
		if first, taken := owner[domain]; taken {
			found.add(path, domain, "is the domain of "+first+" too, and only one can have app."+domain, "give each its own")
		} else {
			owner[domain] = env.Name
		}
		for _, name := range env.Network.peerNames() {
			if zone := known[name].PrivateZoneName(); zone != "" && under(domain, zone) {
				found.add(path, domain, "is hidden by "+zone+", the private zone that the peer "+name+" shares", "name a domain that is not below it")
			}
		}
	}
}
