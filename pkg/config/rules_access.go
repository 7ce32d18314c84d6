package config

import (
	"net/netip"
	"slices"
	"strconv"
)

// unroutable are ranges from which nobody on the internet can come: they would
// admit whoever is on some private network. Documentation ranges (RFC 5737) are
// not among them, for they are this repository's examples.
var unroutable = prefixes(
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // RFC 1918
	"100.64.0.0/10",          // RFC 6598, carrier-grade NAT
	"127.0.0.0/8", "::1/128", // loopback
	"169.254.0.0/16", "fe80::/10", // link-local
	"fc00::/7",            // RFC 4193, unique local
	"0.0.0.0/8", "::/128", // this host
	"224.0.0.0/4", "ff00::/8", // multicast
	"240.0.0.0/4",   // reserved
	"::ffff:0:0/96", // IPv4 in IPv6
)

func (a Access) blocks() []block {
	blocks := make([]block, len(a.DevopsIPRanges))
	for i, prefix := range a.DevopsIPRanges {
		blocks[i] = block{devopsPath + "[" + strconv.Itoa(i) + "]", prefix}
	}
	return blocks
}

// world tells 0.0.0.0/0 and ::/0.
func world(prefix netip.Prefix) bool { return prefix.IsValid() && prefix.Bits() == 0 }

// devopsRequired refuses a range that is none, as only code could make it.
func devopsRequired(env Environment, found *Problems) {
	for _, b := range env.Access.blocks() {
		if !b.prefix.IsValid() {
			found.missing(b.path, "set a range, as in 203.0.113.0/24, or remove the entry")
		}
	}
}

func devopsHostBits(env Environment, found *Problems) {
	for _, b := range env.Access.blocks() {
		hostBits(b, found)
	}
}

func devopsWorld(env Environment, found *Problems) {
	for _, b := range env.Access.blocks() {
		if world(b.prefix) {
			found.add(b.path, b.prefix.String(), "is the whole internet", "name the ranges of the office and the VPN")
		}
	}
}

func devopsWide(env Environment, found *Problems) {
	for _, b := range env.Access.blocks() {
		if b.prefix.IsValid() && !world(b.prefix) && TooWide(b.prefix) {
			found.add(b.path, b.prefix.String(), TooWideFact, "name the ranges of the office and the VPN")
		}
	}
}

func devopsPrivate(env Environment, found *Problems) {
	for _, b := range env.Access.blocks() {
		if !b.prefix.IsValid() || world(b.prefix) {
			continue
		}
		// A range that is too wide overlaps something by its width alone.
		if slices.ContainsFunc(unroutable, func(private netip.Prefix) bool {
			return inside(private, b.prefix) || (!TooWide(b.prefix) && private.Overlaps(b.prefix))
		}) {
			found.add(b.path, b.prefix.String(), "is private or reserved, nobody can come from it by the internet",
				"name the public range from which administrators come")
		}
	}
}

func devopsDuplicate(env Environment, found *Problems) {
	blocks := env.Access.blocks()
	for i, b := range blocks {
		same := func(other block) bool { return other.prefix.Masked() == b.prefix.Masked() }
		if first := slices.IndexFunc(blocks, same); b.prefix.IsValid() && first < i {
			found.add(b.path, b.prefix.String(), "is listed already, at "+blocks[first].path, "remove one")
		}
	}
}
