package verify

import (
	"fmt"
	"strings"
)

// Finding is one thing that is not as it should be.
type Finding struct {
	Resource string // which, with its environment
	Found    string
	Wanted   string
}

// String words the finding for a person.
func (f Finding) String() string {
	return fmt.Sprintf("%s: found %s, wanted %s", f.Resource, f.Found, f.Wanted)
}

// Check is one demand on the estate.
type Check struct {
	Name string
	// run returns what violates the demand. looked counts what it judged: a
	// check that judged nothing has proved nothing and fails.
	run func(Estate) (looked int, findings []Finding)
}

// Result is how a check went.
type Result struct {
	Check    string
	Looked   int
	Findings []Finding
}

// OK reports whether the check judged something and found nothing wrong.
func (r Result) OK() bool { return r.Looked > 0 && len(r.Findings) == 0 }

// NetworkChecks are the demands on each environment by itself.
func NetworkChecks() []Check {
	return []Check{
		{"the addresses are those of the plan", eachNetwork(addressing)},
		{"every subnet uses the route table of its tier and zone", eachNetwork(subnetTables)},
		{"data and loadbalancer tables have no default route", eachNetwork(noDefaultRoute)},
		{"each zone's app table leaves by its NAT gateway", eachNetwork(ownNAT)},
		{"the main route table is empty", eachNetwork(emptyMainTable)},
		{"the default security group is empty", eachNetwork(emptyDefaultGroup)},
		{"the default network ACL is empty", eachNetwork(emptyDefaultACL)},
		{"flow logs record all traffic", eachNetwork(flowLogs)},
		{"no network ACL admits 22 or 3389", eachNetwork(aclAdminPorts)},
		{"no security group of the account admits 22 or 3389", eachNetwork(groupAdminPorts)},
	}
}

// StoreChecks are the demands on what keeps data, in each environment.
func StoreChecks() []Check {
	return []Check{
		{"a store admits the app tier on its port and nothing else", eachNetwork(storeDoors)},
		{"the database is encrypted, private, in the data tier and kept as planned", eachNetwork(databaseSafe)},
		{"the cache's subnet group holds data subnets only", eachNetwork(subnetGroupsPlaced)},
		{"the search domain is encrypted, private and without users of its own", eachNetwork(searchSafe)},
		{"parameters resolve, the sensitive one under its key", eachNetwork(parametersResolve)},
		{"no parameter looks like a credential", eachNetwork(parametersHarmless)},
		{"every service has a key of its own, which rotates", eachNetwork(keysRotate)},
		{"keys are used from their account by their services alone", eachNetwork(keysGuarded)},
		{"the vaults have their key, and are locked as planned", eachNetwork(vaultsLocked)},
		{"backups are kept for 35 days, a year, and to any second", eachNetwork(planKeeps)},
	}
}

// ServingChecks are the demands on each environment that serves.
func ServingChecks() []Check {
	return []Check{
		{"only the public load balancer admits the internet, on 443 and 80", eachServing(internetDoors)},
		{"both load balancers are active in the three zones of their tier", eachServing(balancersPlaced)},
		{"load balancers are hardened and write logs", eachServing(balancersHardened)},
		{"listeners speak TLS 1.2 or 1.3, plain HTTP only redirects", eachServing(listenersEncrypted)},
		{"certificates are issued for the names they serve", eachServing(certificatesIssued)},
		{"one color is live, the test listener leads to the other", eachServing(oneColorLive)},
		{"the public load balancer is behind its web ACL", eachServing(behindWebACL)},
		{"the web ACL's log redacts credentials", eachServing(webACLRedacts)},
		{"the live fleet is healthy in both target groups, the idle one is empty", eachServing(fleetHealthy)},
		{"instances are in the app tier without a public address", eachServing(fleetHidden)},
		{"instances launch with IMDSv2, an encrypted volume and no key pair", eachServing(templatesHardened)},
		{"log and deployment buckets are versioned, encrypted and closed", eachServing(bucketsClosed)},
		{"app.<domain> and internal.<zone> lead to the load balancers", eachServing(namesLead)},
		{"release runbooks name both listeners", eachServing(runbooksKnowListeners)},
	}
}

// MatrixChecks hold the security groups against the rules that docs/network.md
// lists. Those have the peering's among them, so that they are demanded only
// where it is deployed.
func MatrixChecks(matrix []Rule) []Check {
	return []Check{{"security groups are exactly the matrix of docs/network.md", eachNetwork(exactMatrix(matrix))}}
}

// PeeringChecks are the demands on the peering between two environments.
func PeeringChecks(a, b string) []Check {
	return []Check{
		{"the peering is active", pair(a, b, peeringActive)},
		{"DNS resolution is on at both sides of the peering", pair(a, b, peeringDNS)},
		{"app tables route to the peer's loadbalancer tier and to nothing else", pair(a, b, appRoutes)},
		{"loadbalancer tables route back to the peer's app tier and to nothing else", pair(a, b, loadBalancerRoutes)},
		{"no data, public or main table has a peering route", pair(a, b, closedTables)},
		{"the internal load balancer admits its own and the peer's app tier on 443 and nothing else", pair(a, b, internalDoor)},
	}
}

// Run judges the estate by each check, in order.
func Run(estate Estate, checks []Check) []Result {
	results := make([]Result, len(checks))
	for i, check := range checks {
		looked, findings := check.run(estate)
		if looked == 0 && len(findings) == 0 {
			findings = []Finding{{Resource: "the estate", Found: "nothing to judge", Wanted: "a deployed network"}}
		}
		results[i] = Result{Check: check.Name, Looked: looked, Findings: findings}
	}
	return results
}

// Failed reports whether any of the results is not OK.
func Failed(results []Result) bool {
	for _, result := range results {
		if !result.OK() {
			return true
		}
	}
	return false
}

// eachNetwork applies a check of one network to all of them, and marks its
// findings with the environment.
func eachNetwork(one func(Network) (int, []Finding)) func(Estate) (int, []Finding) {
	return func(estate Estate) (int, []Finding) {
		looked, all := 0, []Finding(nil)
		for _, network := range estate {
			n, findings := one(network)
			looked += n
			all = append(all, in(network, findings)...)
		}
		return looked, all
	}
}

// pair applies a check of two networks and their peering in both directions.
func pair(a, b string, one func(from, to Network) (int, []Finding)) func(Estate) (int, []Finding) {
	return func(estate Estate) (int, []Finding) {
		looked, all := 0, []Finding(nil)
		for _, way := range [][2]string{{a, b}, {b, a}} {
			from, okFrom := estate.find(way[0])
			to, okTo := estate.find(way[1])
			if !okFrom || !okTo {
				return 0, []Finding{{Resource: strings.Join(way[:], " and "), Found: "a VPC is missing", Wanted: "both"}}
			}
			n, findings := one(from, to)
			looked += n
			all = append(all, in(from, findings)...)
		}
		return looked, all
	}
}

func in(network Network, findings []Finding) []Finding {
	for i := range findings {
		findings[i].Resource = network.Environment + " " + findings[i].Resource
	}
	return findings
}
