package config

import (
	"net/netip"
	"regexp"
	"slices"
	"strconv"
)

const internetPath = "compute.internet.cidrs"

func (i Internet) blocks() []block {
	blocks := make([]block, len(i.CIDRs))
	for n, prefix := range i.CIDRs {
		blocks[n] = block{internetPath + "[" + strconv.Itoa(n) + "]", prefix}
	}
	return blocks
}

// internetRequired refuses a list without a range, and a range that is none.
func internetRequired(env Environment, found *Problems) {
	if internet := env.Compute.Internet; len(internet.CIDRs) == 0 && internet.PrefixListID == "" {
		found.add(internetPath, none, "lets nobody reach the public load balancer", "name ranges or a prefixListId, or remove the key to let everybody in")
	}
	for _, b := range env.Compute.Internet.blocks() {
		if !b.prefix.IsValid() {
			found.missing(b.path, "set a range, as in 203.0.113.0/24, or remove the entry")
		}
	}
}

const prefixListPath = "compute.internet.prefixListId"

func internetSource(env Environment, found *Problems) {
	if internet := env.Compute.Internet; internet.PrefixListID != "" && len(internet.CIDRs) > 0 {
		found.add(prefixListPath, quoted(internet.PrefixListID), "stands in place of ranges, and "+internetPath+" has some", "remove one of the two")
	}
}

var prefixListPattern = regexp.MustCompile(`^pl-[0-9a-f]{8,17}$`)

func internetPrefixList(env Environment, found *Problems) {
	if id := env.Compute.Internet.PrefixListID; id != "" && !prefixListPattern.MatchString(id) {
		found.add(prefixListPath, quoted(id), "is not the ID of a prefix list", "write it as in pl-3b927c52")
	}
}

func internetIPv4(env Environment, found *Problems) {
	for _, b := range env.Compute.Internet.blocks() {
		if b.prefix.IsValid() && !b.prefix.Addr().Is4() {
			found.add(b.path, b.prefix.String(), "is not an IPv4 range, and the load balancer has no other addresses", "write one as in 203.0.113.0/24")
		}
	}
}

func internetHostBits(env Environment, found *Problems) {
	for _, b := range env.Compute.Internet.blocks() {
		hostBits(b, found)
	}
}

func internetPrivate(env Environment, found *Problems) {
	for _, b := range env.Compute.Internet.blocks() {
		if b.prefix.IsValid() && b.prefix.Addr().Is4() && slices.ContainsFunc(unroutable, func(private netip.Prefix) bool { return inside(private, b.prefix) }) {
			found.add(b.path, b.prefix.String(), "is private or reserved, nobody can come from it by the internet", "name the public range from which clients come")
		}
	}
}

func internetOverlap(env Environment, found *Problems) {
	overlaps(slices.DeleteFunc(env.Compute.Internet.blocks(), func(b block) bool { return !b.prefix.IsValid() }), found)
}
