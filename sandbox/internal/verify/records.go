package verify

import (
	"fmt"
	"strings"
)

// namesLead: the names by which the load balancers are called are aliases of
// them. That the second zone is private is not judged: moto 5.2.1 forgets it.
func namesLead(n Network) (int, []Finding) {
	looked, findings := 0, []Finding(nil)
	for i, zone := range []string{plans[n.Environment].domain, plans[n.Environment].privateZone} {
		side := sides[i]
		balancer, _ := n.balancer(side)
		name := n.nameOf(side)
		records := n.records(zone, name)
		looked += len(records)
		if len(records) != 1 || balancer.DNSName == "" || !records[0].leadsTo(balancer) {
			findings = append(findings, Finding{
				name + " in zone " + zone, orNothing(wordRecords(records)), "an alias of " + orNothing(balancer.DNSName),
			})
		}
	}
	return looked, findings
}

// records are the address records of a name.
func (n Network) records(zone, name string) []Record {
	var found []Record
	for _, z := range n.Compute.Zones {
		for _, record := range z.Records {
			if z.Name == zone+"." && record.Name == name+"." && record.Type == "A" {
				found = append(found, record)
			}
		}
	}
	return found
}

// leadsTo knows that Route 53 writes names with a dot at the end, and its console
// with dualstack. before them.
func (r Record) leadsTo(b LoadBalancer) bool {
	target := strings.TrimPrefix(strings.TrimSuffix(r.AliasTarget.DNSName, "."), "dualstack.")
	return strings.EqualFold(target, b.DNSName) && r.AliasTarget.HostedZoneId == b.CanonicalHostedZoneId
}

func wordRecords(records []Record) string {
	var list []string
	for _, record := range records {
		list = append(list, fmt.Sprintf("%s %s of %s", record.Type, record.Name, orNothing(record.AliasTarget.DNSName)))
	}
	return strings.Join(list, ", ")
}
