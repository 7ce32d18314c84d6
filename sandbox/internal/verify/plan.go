package verify

import (
	"fmt"
	"slices"
	"strings"
)

// plan is an environment's part of the addressing plan: section 3 of the
// design, written down a second time on purpose. A configuration that drifts
// from the plan deploys without complaint; this is where it is noticed.
type plan struct {
	vpc   string
	tiers map[string][]string // CIDRs in the order of the zones
	// singleNAT is the zone of the one NAT gateway, "" where each zone has its own.
	singleNAT string
	serving
	keeping
}

// keeping is how the environment's data is kept.
type keeping struct {
	multiAZ    bool // and protected from deletion
	backupDays int  // to any second
	copied     bool // to another region, from a locked vault
}

// zones are the zones of every example environment, in the plan's order.
var zones = []string{"us-east-1a", "us-east-1b", "us-east-1c"}

var plans = map[string]plan{
	"dev": planOf(0, serving{}, keeping{false, 7, false}).leavingBy("us-east-1a"),
	"staging": planOf(10, serving{
		domain: "stg.example.com", privateZone: "staging.stg.example.com",
		instances: 2,
	}, keeping{true, 7, false}).leavingBy("us-east-1a"),
	"production": planOf(20, serving{
		domain: "example.com", privateZone: "production.example.com",
		instances: 3, protected: true, devops: []string{"203.0.113.0/24", "198.51.100.0/24", "192.0.2.0/24"},
	}, keeping{true, 7, true}),
	"production-pci": planOf(21, serving{
		domain: "pci.example.com", privateZone: "production-pci.pci.example.com",
		instances: 3, protected: true, devops: []string{"203.0.113.0/24"},
	}, keeping{true, 35, true}),
}

// planOf is the plan for the VPC 10.x.0.0/16.
func planOf(x int, s serving, k keeping) plan {
	in := func(mask int, third ...int) []string {
		cidrs := make([]string, len(third))
		for i, octet := range third {
			cidrs[i] = fmt.Sprintf("10.%d.%d.0/%d", x, octet, mask)
		}
		return cidrs
	}
	return plan{
		serving: s,
		keeping: k,
		vpc:     fmt.Sprintf("10.%d.0.0/16", x),
		tiers: map[string][]string{
			public:       in(24, 1, 2, 3),
			loadBalancer: in(24, 5, 6, 7),
			app:          in(19, 64, 96, 128),
			data:         in(24, 21, 22, 23),
		},
	}
}

// leavingBy is the plan with one NAT gateway for all zones.
func (p plan) leavingBy(zone string) plan {
	p.singleNAT = zone
	return p
}

// addressing compares the VPC and its subnets with the plan.
func addressing(n Network) (int, []Finding) {
	want, known := plans[n.Environment]
	if !known {
		return 0, []Finding{{Resource: n.VPC.VpcId, Found: "an environment without a plan", Wanted: "one of the design's"}}
	}
	var findings []Finding
	if n.VPC.CidrBlock != want.vpc {
		findings = append(findings, Finding{label(n.VPC.VpcId, n.VPC.Tags), n.VPC.CidrBlock, want.vpc})
	}
	for _, tier := range []string{public, loadBalancer, app, data} {
		for i, zone := range zones {
			if found := subnetIn(n, tier, zone); found != want.tiers[tier][i] {
				findings = append(findings, Finding{"subnet " + tier + " in " + zone, orNothing(found), want.tiers[tier][i]})
			}
		}
		if extra := without(n.cidrs(tier), want.tiers[tier]); len(extra) > 0 {
			findings = append(findings, Finding{"tier " + tier, "further subnets " + strings.Join(extra, ", "), "none"})
		}
	}
	return 1 + len(n.Subnets), findings
}

// subnetIn is the CIDR of a tier's subnet in a zone, "" when there is none.
func subnetIn(n Network, tier, zone string) string {
	at := slices.IndexFunc(n.Subnets, func(s Subnet) bool {
		return tag(s.Tags, "Tier") == tier && s.AvailabilityZone == zone
	})
	if at < 0 {
		return ""
	}
	return n.Subnets[at].CidrBlock
}

// without returns the elements of list that are not in other.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(other, s) })
}

// nothing is the word for what is not there.
const nothing = "nothing"

func orNothing(text string) string {
	if text == "" {
		return nothing
	}
	return text
}
