package verify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// tierOf is where the load balancer of a side has its subnets, and schemeOf what
// AWS calls its being reachable from the internet.
var (
	tierOf   = map[string]string{public: public, internal: loadBalancer}
	schemeOf = map[string]string{public: "internet-facing", internal: "internal"}
)

// balancersPlaced: two application load balancers, each in all zones of its tier,
// in its own security group, and no other load balancer in the VPC.
func balancersPlaced(n Network) (int, []Finding) {
	var findings []Finding
	for _, side := range sides {
		balancer, found := n.balancer(side)
		if !found {
			findings = append(findings, Finding{"load balancer " + n.Environment + "-" + side, nothing, "one"})
			continue
		}
		tier := strings.Join(n.subnetIDs(tierOf[side]), ", ")
		findings = append(findings, differences(balancer.LoadBalancerName, [][3]string{
			{"type", balancer.Type, "application"},
			{"scheme", balancer.scheme(), schemeOf[side]},
			{"state", balancer.State.Code, "active"},
			{"security groups", strings.Join(n.groupNames(balancer.SecurityGroups), ", "), n.Environment + "-" + side},
			{"subnets", strings.Join(balancer.subnets(), ", "), tier},
		})...)
	}
	for _, balancer := range n.Compute.LoadBalancers {
		if name, ours := strings.CutPrefix(balancer.LoadBalancerName, n.Environment+"-"); !ours || !slices.Contains(sides, name) {
			findings = append(findings, Finding{"load balancer " + balancer.LoadBalancerName, balancer.Scheme, "no other load balancer"})
		}
	}
	return len(n.Compute.LoadBalancers), findings
}

// balancersHardened compares the attributes. Cross-zone balancing is not among
// them: on an application load balancer it is always on, which moto denies.
func balancersHardened(n Network) (int, []Finding) {
	var findings []Finding
	for _, balancer := range n.Compute.LoadBalancers {
		var pairs [][3]string
		for _, want := range [][2]string{
			{"deletion_protection.enabled", fmt.Sprint(plans[n.Environment].protected)},
			{"routing.http.drop_invalid_header_fields.enabled", yes},
			{"routing.http.desync_mitigation_mode", "strictest"},
			{"routing.http2.enabled", yes},
			{"idle_timeout.timeout_seconds", "60"},
			{"access_logs.s3.enabled", yes},
			{"access_logs.s3.bucket", logBucket(n.Environment)},
			{"connection_logs.s3.enabled", yes},
			{"connection_logs.s3.bucket", logBucket(n.Environment)},
		} {
			pairs = append(pairs, [3]string{want[0], balancer.Attributes[want[0]], want[1]})
		}
		findings = append(findings, differences(balancer.LoadBalancerName, pairs)...)
	}
	return len(n.Compute.LoadBalancers), findings
}

// yes is how attributes say so.
const yes = "true"

// differences are the triples of a name, what was found and what was wanted
// that are not as wanted.
func differences(resource string, triples [][3]string) []Finding {
	var findings []Finding
	for _, t := range triples {
		if t[1] != t[2] {
			findings = append(findings, Finding{resource, t[0] + " " + orNothing(t[1]), orNothing(t[2])})
		}
	}
	return findings
}

// balancer is the load balancer of a side.
func (n Network) balancer(side string) (LoadBalancer, bool) {
	at := slices.IndexFunc(n.Compute.LoadBalancers, func(b LoadBalancer) bool {
		return b.LoadBalancerName == n.Environment+"-"+side
	})
	if at < 0 {
		return LoadBalancer{}, false
	}
	return n.Compute.LoadBalancers[at], true
}

// scheme is AWS's default where nothing is said: moto 5.2.1 says nothing of a load
// balancer that was made without a scheme.
func (b LoadBalancer) scheme() string { return cmp.Or(b.Scheme, "internet-facing") }

func (b LoadBalancer) subnets() []string {
	var ids []string
	for _, zone := range b.AvailabilityZones {
		ids = append(ids, zone.SubnetId)
	}
	slices.Sort(ids)
	return ids
}

// subnetIDs are the sorted IDs of a tier's subnets.
func (n Network) subnetIDs(tier string) []string {
	var ids []string
	for _, subnet := range n.Subnets {
		if tag(subnet.Tags, "Tier") == tier {
			ids = append(ids, subnet.SubnetId)
		}
	}
	slices.Sort(ids)
	return ids
}

// groupNames are the names of security groups by their IDs.
func (n Network) groupNames(ids []string) []string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = n.groupName(id)
	}
	slices.Sort(names)
	return names
}
