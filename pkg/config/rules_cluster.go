package config

import (
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"

	"aws-platform/pkg/engines"
)

var clusterRules = []rule{
	kubernetesVersion, publicAccessRanges, publicAccessWorld, publicAccessDuplicate, publicAccessPCI, publicAccessCount,
	clusterProtection, clusterGuardDuty, addOnName, addOnVersion, addOnKnown,
}

const clusterPath = "cluster."

// oldestKubernetes is the oldest version that a cluster may have: the one before leaves
// standard support on 2 December 2026.
const oldestKubernetes = "1.35"

// kubernetesVersions are the versions that may be chosen, the newest first.
func kubernetesVersions(env Environment) []string {
	names := versionNames(engines.Supported(engines.Kubernetes, env.today))
	if last := slices.Index(names, oldestKubernetes); last >= 0 {
		names = names[:last+1]
	}
	return slices.DeleteFunc(names, func(name string) bool { return len(missingAddOns(name)) > 0 })
}

// missingAddOns are the add-ons of which no version is known for a Kubernetes version.
func missingAddOns(version string) []string {
	return slices.DeleteFunc(engines.AddOns(), func(name string) bool {
		_, known := engines.AddOnVersion(version, name)
		return known
	})
}

func kubernetesVersion(env Environment, found *Problems) {
	const path = clusterPath + "version"
	name := env.Cluster.Version
	version, known := engines.Find(engines.Kubernetes, name)
	remedy := "set " + oneOf(kubernetesVersions(env))
	switch {
	case slices.Contains(kubernetesVersions(env), name):
	case !known:
		found.add(path, quoted(name), "is not a version of Kubernetes that the platform knows", remedy)
	case !version.Ended(env.today) && len(missingAddOns(name)) > 0 && name > oldestKubernetes:
		found.add(path, quoted(name), "has no versions of add-ons in the platform's table yet", remedy)
	case version.Ended(env.today):
		found.add(path, quoted(name), "left standard support on "+version.EndOfStandardSupport.Format(dateFormat)+" ("+engines.Source(engines.Kubernetes)+")", remedy)
	default:
		found.add(path, quoted(name), "leaves standard support on "+version.EndOfStandardSupport.Format(dateFormat)+", too soon to begin with", remedy)
	}
}

func (c Cluster) publicBlocks() []block {
	blocks := make([]block, len(c.PublicAccessCIDRs))
	for i, prefix := range c.PublicAccessCIDRs {
		blocks[i] = block{clusterPath + "publicAccessCidrs[" + strconv.Itoa(i) + "]", prefix}
	}
	return blocks
}

// publicAccessRanges refuses what EKS does not take: it knows IPv4 alone here.
func publicAccessRanges(env Environment, found *Problems) {
	for _, b := range env.Cluster.publicBlocks() {
		switch {
		case !b.prefix.IsValid():
			found.missing(b.path, "set a range, as in 203.0.113.0/24, or remove the entry")
		case !b.prefix.Addr().Is4():
			found.add(b.path, b.prefix.String(), "is no IPv4 range, and the endpoint has no IPv6 address", "remove it")
		default:
			hostBits(b, found)
		}
	}
}

func publicAccessWorld(env Environment, found *Problems) {
	for _, b := range env.Cluster.publicBlocks() {
		switch {
		case world(b.prefix):
			found.add(b.path, b.prefix.String(), "is the whole internet, to which the Kubernetes API is never open", "name the ranges of the office and the VPN, or none")
		case b.prefix.IsValid() && TooWide(b.prefix):
			found.add(b.path, b.prefix.String(), TooWideFact, "name the ranges of the office and the VPN")
		case b.prefix.IsValid() && slices.ContainsFunc(unroutable, func(private netip.Prefix) bool { return private.Overlaps(b.prefix) }):
			found.add(b.path, b.prefix.String(), "is private or reserved, nobody can come from it by the internet", "remove it: the private endpoint is always there")
		}
	}
}

func publicAccessDuplicate(env Environment, found *Problems) {
	blocks := env.Cluster.publicBlocks()
	noneTwice(prefixTexts(env.Cluster.PublicAccessCIDRs), func(i int) string { return blocks[i].path }, found)
}

func prefixTexts(prefixes []netip.Prefix) []string {
	texts := make([]string, len(prefixes))
	for i, prefix := range prefixes {
		texts[i] = prefix.String()
	}
	return texts
}

// publicAccessPCI: PCI DSS 1.4.1 wants controls between the internet and what handles cards.
func publicAccessPCI(env Environment, found *Problems) {
	if n := len(env.Cluster.PublicAccessCIDRs); env.PCI() && n > 0 {
		found.add(clusterPath+"publicAccessCidrs", strconv.Itoa(n)+" ranges", "open a public endpoint, which production-pci does not have", "remove the key")
	}
}

// mostPublicRanges is the quota "Public endpoint access CIDR ranges per cluster" (Amazon
// EKS User Guide, "View and manage Amazon EKS service quotas").
const mostPublicRanges = 40

func publicAccessCount(env Environment, found *Problems) {
	if n := len(env.Cluster.PublicAccessCIDRs); n > mostPublicRanges {
		found.add(clusterPath+"publicAccessCidrs", strconv.Itoa(n)+" ranges", fmt.Sprintf("are more than the %d that EKS takes", mostPublicRanges), "name fewer and wider ranges")
	}
}

func clusterProtection(env Environment, found *Problems) {
	if env.Production() && !env.Cluster.DeletionProtection {
		found.add(clusterPath+"deletionProtection", "false", "would let a mistake delete the cluster of "+env.Name, "remove the key")
	}
}

// clusterGuardDuty: PCI DSS 11.5.1 wants intrusion detection.
func clusterGuardDuty(env Environment, found *Problems) {
	if env.PCI() && !env.Cluster.GuardDuty {
		found.add(clusterPath+"guardDuty", "false", "leaves the nodes of production-pci without runtime monitoring", "remove the key")
	}
}

func addOnName(env Environment, found *Problems) {
	for _, name := range slices.Sorted(maps.Keys(env.Cluster.AddOns)) {
		if !slices.Contains(engines.AddOns(), name) {
			found.add(clusterPath+"addOns["+name+"]", quoted(env.Cluster.AddOns[name]), "is the version of an add-on that the platform does not install", "name one of "+oneOf(engines.AddOns()))
		}
	}
}

func addOnVersion(env Environment, found *Problems) {
	for _, name := range slices.Sorted(maps.Keys(env.Cluster.AddOns)) {
		known := engines.AddOnVersions(env.Cluster.Version, name)
		if version := env.Cluster.AddOns[name]; len(known) > 0 && !slices.Contains(known, version) {
			found.add(clusterPath+"addOns["+name+"]", quoted(version), "is no version that the platform knows for Kubernetes "+env.Cluster.Version, "set "+oneOf(known))
		}
	}
}

// addOnKnown keeps GuardDuty's agent out of the versions when it is not installed.
func addOnKnown(env Environment, found *Problems) {
	const agent = "aws-guardduty-agent"
	if version, set := env.Cluster.AddOns[agent]; set && !env.Cluster.GuardDuty {
		found.add(clusterPath+"addOns["+agent+"]", quoted(version), "is the version of an add-on that is not installed", "set cluster.guardDuty to true, or remove the entry")
	}
}
