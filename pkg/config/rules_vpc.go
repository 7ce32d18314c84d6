package config

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

const (
	vpcPath    = "network.cidr"
	domainPath = "network.domain"
)

// leastZones and leastZonesProduction are how many availability zones an
// environment spans: two survive the loss of one, three keep a quorum.
const (
	leastZones           = 2
	leastZonesProduction = 3
)

func (n Network) vpc() block { return block{vpcPath, n.CIDR} }

func vpcRequired(env Environment, found *Problems) {
	if !env.Network.CIDR.IsValid() {
		found.missing(vpcPath, "set the VPC's range, as in 10.20.0.0/16")
	}
}

func vpcHostBits(env Environment, found *Problems) { hostBits(env.Network.vpc(), found) }

func vpcSize(env Environment, found *Problems) { awsSize(env.Network.vpc(), "VPC", found) }

func vpcPrivate(env Environment, found *Problems) { privateRange(env.Network.vpc(), found) }

// domainPattern is a DNS name of two labels or more, in lower case (RFC 1123).
var domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)

// longestName is the length of a DNS name in text (RFC 1035).
const longestName = 253

func domainFormat(env Environment, found *Problems) {
	domain := env.Network.Domain
	switch {
	case domain == "":
		found.missing(domainPath, "set the private domain, as in example.internal")
	case !domainPattern.MatchString(domain):
		found.add(domainPath, quoted(domain), "is not a domain name", "write it in lower case, without a dot at its end, as in example.internal")
	case len(env.Name)+1+len(domain) > longestName:
		found.add(domainPath, quoted(domain), "is too long behind the environment's name", "choose a shorter domain")
	}
}

func zonePath(zone string) string { return "network.zones[" + zone + "]" }

// zonePattern is a region's code, and the letter of an availability zone. Local
// and Wavelength zones have longer names, and neither NAT gateways nor most services.
var zonePattern = regexp.MustCompile(`^([a-z]{2}(?:-gov)?-[a-z]+-[0-9]+)[a-z]$`)

func zoneOfRegion(env Environment, found *Problems) {
	region := env.AWS.Region
	if !knownRegion(region) {
		return
	}
	for _, zone := range env.Network.ZoneNames() {
		if parts := zonePattern.FindStringSubmatch(zone); parts == nil || parts[1] != region {
			found.add(zonePath(zone), quoted(zone), "is not an availability zone of "+region, "name one as in "+region+"a")
		}
	}
}

func zoneCount(env Environment, found *Problems) {
	least := leastZones
	if env.Production() {
		least = leastZonesProduction
	}
	if count := len(env.Network.Zones); count < least {
		found.add("network.zones", fmt.Sprintf("%d zones", count), fmt.Sprintf("is fewer than the %d that %s needs", least, quoted(env.Name)),
			"add zones, each with its own subnets")
	}
}

// tiers lists the subnets of a zone by the key of their tier.
func (z Zone) tiers() []struct {
	key    string
	prefix netip.Prefix
} {
	return []struct {
		key    string
		prefix netip.Prefix
	}{{"public", z.Public}, {"loadbalancer", z.LoadBalancer}, {"app", z.App}, {"data", z.Data}}
}

// subnets lists the subnets of the VPC in a fixed order, those that are missing as well.
func (n Network) subnets() []block {
	var all []block
	for _, name := range n.ZoneNames() {
		for _, tier := range n.Zones[name].tiers() {
			all = append(all, block{zonePath(name) + "." + tier.key, tier.prefix})
		}
	}
	return all
}

func tierRequired(env Environment, found *Problems) {
	for _, subnet := range env.Network.subnets() {
		if !subnet.prefix.IsValid() {
			tier := subnet.path[strings.LastIndex(subnet.path, ".")+1:]
			found.missing(subnet.path, "set the range of the zone's "+tier+" subnet: every zone has all four tiers")
		}
	}
}

func subnetHostBits(env Environment, found *Problems) {
	for _, subnet := range env.Network.subnets() {
		hostBits(subnet, found)
	}
}

func subnetSize(env Environment, found *Problems) {
	for _, subnet := range env.Network.subnets() {
		awsSize(subnet, "subnet", found)
	}
}

func subnetInside(env Environment, found *Problems) {
	outside(env.Network.subnets(), env.Network.vpc(), "the VPC's", found)
}

// outside reports the blocks that do not lie in the parent.
func outside(blocks []block, parent block, whose string, found *Problems) {
	for _, b := range blocks {
		if b.prefix.IsValid() && parent.prefix.IsValid() && !inside(parent.prefix, b.prefix) {
			found.add(b.path, b.prefix.String(), "is not inside "+whose+" "+parent.prefix.Masked().String(), "choose a range inside it")
		}
	}
}

func subnetOverlap(env Environment, found *Problems) {
	overlaps(slices.DeleteFunc(env.Network.subnets(), func(b block) bool { return !b.prefix.IsValid() }), found)
}
