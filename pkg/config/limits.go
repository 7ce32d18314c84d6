package config

import (
	"fmt"
	"net/netip"
)

// Limits that the tiers hold for callers who do not come from a stack file.
const (
	// MostApprovers is how many roles the action aws:approve takes (AWS Systems Manager
	// Automation runbook reference, "aws:approve").
	MostApprovers = 10
	// MostReleaseMinutes is the longest that a release may wait, or be watched: a day.
	MostReleaseMinutes = 24 * 60

	// The widest range that may administer, as prefix lengths: an office or a VPN,
	// never a provider's whole network.
	widestIPv4 = 16
	widestIPv6 = 32
)

// TooWideFact words what TooWide finds.
var TooWideFact = fmt.Sprintf("is wider than /%d (IPv4) or /%d (IPv6)", widestIPv4, widestIPv6)

// TooWide says whether a range is wider than administrators may come from.
func TooWide(prefix netip.Prefix) bool {
	if prefix.Addr().Is4() {
		return prefix.Bits() < widestIPv4
	}
	return prefix.Bits() < widestIPv6
}
