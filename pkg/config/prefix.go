package config

import (
	"fmt"
	"net/netip"
)

// The sizes that AWS takes, as prefix lengths, for a VPC and for a subnet alike
// (Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks").
const (
	largestBlock  = 16
	smallestBlock = 28
)

// privateBlocks are where a VPC may lie: RFC 1918, and the shared address space
// of RFC 6598, which AWS recommends for pods when the others run short.
var privateBlocks = prefixes("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")

// block is a range and the key that holds it.
type block struct {
	path   string
	prefix netip.Prefix
}

func prefixes(texts ...string) []netip.Prefix {
	parsed := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		parsed[i] = netip.MustParsePrefix(text)
	}
	return parsed
}

// inside tells whether all of child lies in parent.
func inside(parent, child netip.Prefix) bool {
	return child.Bits() >= parent.Bits() && parent.Contains(child.Addr())
}

// hostBits refuses a prefix whose address is not that of its network.
func hostBits(b block, found *Problems) {
	if b.prefix.IsValid() && b.prefix != b.prefix.Masked() {
		found.add(b.path, b.prefix.String(), "has host bits set", "write "+b.prefix.Masked().String())
	}
}

// awsSize refuses a prefix that is no IPv4 block of a size that AWS takes.
func awsSize(b block, what string, found *Problems) {
	switch {
	case !b.prefix.IsValid():
	case !b.prefix.Addr().Is4():
		found.add(b.path, b.prefix.String(), "is not an IPv4 range", "write one as in 10.20.0.0/16")
	case b.prefix.Bits() < largestBlock || b.prefix.Bits() > smallestBlock:
		found.add(b.path, b.prefix.String(), fmt.Sprintf("is not of a size that AWS takes for a %s", what),
			fmt.Sprintf("choose a length from /%d to /%d", largestBlock, smallestBlock))
	}
}

// privateRange refuses an IPv4 prefix that is, even in part, public.
func privateRange(b block, found *Problems) {
	if !b.prefix.IsValid() || !b.prefix.Addr().Is4() {
		return
	}
	for _, private := range privateBlocks {
		if inside(private, b.prefix) {
			return
		}
	}
	found.add(b.path, b.prefix.String(), "is a public range, whose real owner could no longer be reached",
		"choose one within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10")
}

// overlaps reports every pair of blocks that share addresses, at the later one.
func overlaps(blocks []block, found *Problems) {
	for i, later := range blocks {
		for _, earlier := range blocks[:i] {
			if earlier.prefix.Overlaps(later.prefix) {
				found.add(later.path, later.prefix.String(),
					"overlaps "+earlier.path+" ("+earlier.prefix.String()+")", "give each its own addresses")
			}
		}
	}
}
