package firewall_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pgregory.net/rapid"

	"aws-platform/pkg/config"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/securitygroups"
)

// Whatever the arguments, only the public load balancer hears the internet, every
// rule is one port, and what one group may send the other hears.
func TestChainProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		args := anyArgs(t)
		g, err := record.Run(registered(args), options)
		if err != nil {
			t.Fatal(err)
		}
		groups, err := securitygroups.Read(g)
		if err != nil {
			t.Fatal(err)
		}
		if len(groups) != 7+len(args.Stores) {
			t.Fatalf("%d groups", len(groups))
		}
		checkOutside(t, args, groups)
		for _, rule := range securitygroups.Rules(groups) {
			if !rule.OnePort() || rule.Description == "" {
				t.Fatalf("%+v: not one port, or not described", rule)
			}
			if strings.HasPrefix(rule.Group, "production-data-") && rule.Direction == securitygroups.Egress {
				t.Fatalf("%+v: a store sends", rule)
			}
			checkPair(t, groups, rule)
		}
	})
}

// checkOutside holds that from outside the VPC come the internet to the public
// load balancer on 443 and 80, and administrators where they may.
func checkOutside(t *rapid.T, args firewall.Args, groups []securitygroups.Group) {
	allowed := map[string][]netip.Prefix{
		"production-public 443": args.Internet.CIDRs, "production-public 80": args.Internet.CIDRs, "production-public 8443": args.TestRanges,
		"production-app 22": args.AdminRanges, "production-app 3389": args.AdminRanges,
	}
	expected := 0
	for _, ranges := range allowed {
		expected += len(ranges)
	}
	if args.Internet.PrefixListID != "" {
		expected++
	}
	found := securitygroups.FromOutside(groups)
	if len(found) != expected {
		t.Fatalf("%d rules let somebody in from outside, not %d: %v", len(found), expected, found)
	}
	for _, rule := range found {
		if rule.Peer.PrefixList != "" && rule.Group == "production-public" && rule.From == 443 {
			continue
		}
		if !slices.Contains(allowed[fmt.Sprint(rule.Group, " ", rule.From)], rule.Peer.CIDR) {
			t.Fatalf("%+v: nobody configured that", rule)
		}
	}
}

// checkPair holds that a rule that names a group has its other end there: the
// egress the very ingress, the ingress an egress by name or by a range.
func checkPair(t *rapid.T, groups []securitygroups.Group, rule securitygroups.Rule) {
	if rule.Peer.Group == "" {
		return
	}
	from, to := rule.Group, rule.Peer.Group
	if rule.Direction == securitygroups.Ingress {
		from, to = to, from
	}
	flow := securitygroups.Flow{From: from, To: to, Protocol: rule.Protocol, FirstPort: rule.From, LastPort: rule.To}
	for _, open := range securitygroups.Flows(groups) {
		if open == flow {
			return
		}
	}
	t.Fatalf("%+v: the other end is not open", rule)
}

// anyArgs draws arguments that are not refused.
func anyArgs(t *rapid.T) firewall.Args {
	args := firewall.Args{
		Environment: "production", VPCID: pulumi.String("replaced by program"), VPCCIDR: netip.MustParsePrefix("10.20.0.0/16"),
		ApplicationPort: rapid.IntRange(1024, 3388).Draw(t, "port"),
		TestRanges:      ranges(t, "test"), AdminRanges: ranges(t, "admin"),
		OutboundHTTP: rapid.Bool().Draw(t, "http"),
	}
	if rapid.Bool().Draw(t, "list") {
		args.Internet = config.Internet{PrefixListID: "pl-3b927c52"}
	} else {
		args.Internet.CIDRs = rapid.SampledFrom([][]netip.Prefix{
			prefixes("0.0.0.0/0"), prefixes("198.51.100.0/24"), prefixes("0.0.0.0/1", "128.0.0.0/1"), prefixes("203.0.113.0/24", "0.0.0.0/0"),
		}).Draw(t, "internet")
	}
	names := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"postgresql", "valkey", "kafka", "opensearch", "app", "public"}), 0, 6, rapid.ID[string]).Draw(t, "stores")
	for _, name := range names {
		args.Stores = append(args.Stores, firewall.Store{Name: name, Port: rapid.SampledFrom([]int{443, 5432, 6379, 8080, 9098}).Draw(t, name)})
	}
	return args
}

// ranges draws up to five ranges of administrators.
func ranges(t *rapid.T, label string) []netip.Prefix {
	generator := rapid.Custom(func(t *rapid.T) netip.Prefix {
		if rapid.Bool().Draw(t, "ipv6") {
			return netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 0x01, 0x0d, 0xb8, rapid.Byte().Draw(t, "site")}), rapid.IntRange(40, 128).Draw(t, "bits"))
		}
		return netip.PrefixFrom(netip.AddrFrom4([4]byte{203, 0, rapid.Byte().Draw(t, "net"), 0}), rapid.IntRange(24, 32).Draw(t, "bits"))
	})
	return rapid.SliceOfNDistinct(generator, 0, 5, rapid.ID[netip.Prefix]).Draw(t, label)
}
