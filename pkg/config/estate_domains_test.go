package config

import "testing"

func TestDomainsAgree(t *testing.T) {
	environment := func(name, private, public string, peers ...string) Environment {
		env := Environment{Name: name, Network: Network{Domain: private, Peers: map[string]Peer{}}, Compute: Compute{Domain: public}}
		for _, peer := range peers {
			env.Network.Peers[peer] = Peer{}
		}
		return env
	}
	cases := map[string]struct {
		environments []Environment
		lines        []string
	}{
		"one domain each": {environments: []Environment{environment(Production, "example.com", "example.com"), environment(Staging, "stg.example.com", "stg.example.com")}},
		"none at all":     {environments: []Environment{environment(Dev, "example.com", ""), environment(Staging, "example.com", "")}},
		"the same domain": {
			environments: []Environment{environment(Production, "example.com", "example.com"), environment(Staging, "example.com", "example.com")},
			lines:        []string{"staging: compute.domain: example.com: is the domain of production too, and only one can have app.example.com: give each its own"},
		},
		"hidden by a peer's private zone": {
			environments: []Environment{environment(Production, "example.com", "example.com"), environment(ProductionPCI, "example.com", "pci.production.example.com", Production)},
			lines: []string{"production-pci: compute.domain: pci.production.example.com: is hidden by production.example.com, the private zone that the peer production shares: " +
				"name a domain that is not below it"},
		},
		"below the private zone of one that is no peer": {
			environments: []Environment{environment(Production, "example.com", "example.com"), environment(ProductionPCI, "example.com", "pci.production.example.com")},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var found Problems
			known := map[string]Environment{}
			for _, env := range c.environments {
				known[env.Name] = env
			}
			domains(c.environments, known, &found)
			var err error
			if len(found) > 0 {
				err = found.sorted()
			}
			expect(t, err, c.lines)
		})
	}
}
