package firewall

import (
	"fmt"
	"net/netip"
	"strconv"

	"aws-platform/pkg/config"
)

// rulesPerGroup is the quota "Inbound or outbound rules per security group",
// which holds for IPv4 and IPv6 apart (Amazon VPC User Guide, "Amazon VPC quotas").
const rulesPerGroup = 60

// prefixListWeight is what CloudFront's origin-facing prefix list counts as
// (Amazon CloudFront Developer Guide, "Use the CloudFront managed prefix list").
const prefixListWeight = 55

// CheckQuotas returns every group that would have more rules than it may. It
// needs no more of args than the ranges and the stores, so that an environment
// can refuse a configuration before its first resource.
func CheckQuotas(args Args) config.Problems {
	test, admin := countRanges(args.TestRanges), countRanges(args.AdminRanges)
	internet, value := 2*len(args.Internet.CIDRs), strconv.Itoa(len(args.Internet.CIDRs)) // 443 and 80
	if list := args.Internet.PrefixListID; list != "" {
		internet, value = prefixListWeight, list
	}
	var over config.Problems
	for _, group := range []struct {
		path, value string
		need        int
		what        string
	}{
		{"compute.internet", value, internet + test.ipv4, "the public load balancer's security group needs %d IPv4 ingress rules"},
		{"access.devopsIpRanges", strconv.Itoa(len(args.TestRanges)), test.ipv6, "the public load balancer's security group needs %d IPv6 ingress rules"},
		{"access.devopsIpRanges", strconv.Itoa(len(args.AdminRanges)), 2 + 2*admin.ipv4, "the app tier's security group needs %d IPv4 ingress rules"},
		{"access.devopsIpRanges", strconv.Itoa(len(args.AdminRanges)), 2 + 2*admin.ipv6, "the app tier's security group needs %d IPv6 ingress rules"},
	} {
		if group.need > rulesPerGroup {
			over = append(over, config.Problem{
				Path: group.path, Value: group.value,
				Fact:   fmt.Sprintf(group.what+", and AWS takes %d", group.need, rulesPerGroup),
				Remedy: "name fewer and wider ranges",
			})
		}
	}
	return over
}

// families are numbers of ranges.
type families struct{ ipv4, ipv6 int }

func countRanges(prefixes []netip.Prefix) families {
	var n families
	for _, prefix := range prefixes {
		if prefix.Addr().Is4() {
			n.ipv4++
		} else {
			n.ipv6++
		}
	}
	return n
}
