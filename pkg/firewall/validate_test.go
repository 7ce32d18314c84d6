package firewall_test

import (
	"net/netip"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/firewall"
	"aws-platform/pkg/graph/record"
)

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*firewall.Args){
		`Environment: "": it is required`:                     func(a *firewall.Args) { a.Environment = "" },
		"VPCCIDR: invalid Prefix: is no IPv4 range":           func(a *firewall.Args) { a.VPCCIDR = netip.Prefix{} },
		"VPCCIDR: fd00::/56: is no IPv4 range":                func(a *firewall.Args) { a.VPCCIDR = netip.MustParsePrefix("fd00::/56") },
		"ApplicationPort: 0: is no TCP port":                  func(a *firewall.Args) { a.ApplicationPort = 0 },
		"ApplicationPort: 65536: is no TCP port":              func(a *firewall.Args) { a.ApplicationPort = 65536 },
		"ApplicationPort: 22: is a port of administration":    func(a *firewall.Args) { a.ApplicationPort = 22 },
		"ApplicationPort: 3389: is a port of administration":  func(a *firewall.Args) { a.ApplicationPort = 3389 },
		"Internet: none: nobody could reach":                  func(a *firewall.Args) { a.Internet = config.Internet{} },
		"Internet: pl-1: stands beside CIDRs":                 func(a *firewall.Args) { a.Internet.PrefixListID = "pl-1" },
		"Internet.CIDRs[0]: ::/0: is an IPv6 range":           func(a *firewall.Args) { a.Internet.CIDRs = prefixes("::/0") },
		"Internet.CIDRs[1]: 0.0.0.0/0: is listed already":     func(a *firewall.Args) { a.Internet.CIDRs = prefixes("0.0.0.0/0", "0.0.0.0/0") },
		"TestRanges[0]: 203.0.113.1/24: has host bits set":    func(a *firewall.Args) { a.TestRanges = prefixes("203.0.113.1/24") },
		"TestRanges[0]: 0.0.0.0/0: is wider than /16":         func(a *firewall.Args) { a.TestRanges = prefixes("0.0.0.0/0") },
		"TestRanges[0]: ::/0: is wider than /16":              func(a *firewall.Args) { a.TestRanges = prefixes("::/0") },
		"TestRanges[0]: ::ffff:203.0.113.0/120: is no range":  func(a *firewall.Args) { a.TestRanges = prefixes("::ffff:203.0.113.0/120") },
		"AdminRanges[0]: invalid Prefix: is no range":         func(a *firewall.Args) { a.AdminRanges = []netip.Prefix{{}} },
		"AdminRanges[0]: 128.0.0.0/1: is wider than /16":      func(a *firewall.Args) { a.AdminRanges = prefixes("128.0.0.0/1") },
		"AdminRanges[1]: 192.0.2.0/24: is listed already":     func(a *firewall.Args) { a.AdminRanges = prefixes("192.0.2.0/24", "192.0.2.0/24") },
		`Stores[0].Name: "Postgres|SQL": is no name`:          func(a *firewall.Args) { a.Stores[0].Name = "Postgres|SQL" },
		"Stores[1].Name: postgresql: is listed already":       func(a *firewall.Args) { a.Stores[1].Name = "postgresql" },
		"Stores[0].Port: -1: is no TCP port":                  func(a *firewall.Args) { a.Stores[0].Port = -1 },
		"Stores[0].Port: 22: is a port of administration":     func(a *firewall.Args) { a.Stores[0].Port = 22 },
		"compute.internet: 30: the public load balancer's":    func(a *firewall.Args) { a.Internet.CIDRs = many(30) },
		"access.devopsIpRanges: 30: the app tier's security ": func(a *firewall.Args) { a.AdminRanges = many(30) },
	} {
		t.Run(want, func(t *testing.T) {
			args := production()
			change(&args)
			g, err := record.Run(registered(args), options)
			require.ErrorContains(t, err, want)
			assert.Empty(t, g.OfType(firewall.TypeToken), "nothing is registered")
		})
	}
}

func TestMissingArgsAreRefusedAllAtOnce(t *testing.T) {
	_, err := record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		_, err := firewall.New(ctx, "x", firewall.Args{})
		return nil, err
	}, options)
	for _, field := range []string{"Environment", "VPCID", "VPCCIDR", "ApplicationPort", "Internet"} {
		assert.ErrorContains(t, err, "firewall.Args."+field)
	}
}

// many returns as many ranges.
func many(n int) []netip.Prefix {
	ranges := make([]netip.Prefix, n)
	for i := range ranges {
		ranges[i] = netip.PrefixFrom(netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}), 32)
	}
	return ranges
}

func TestQuotas(t *testing.T) {
	for name, test := range map[string]struct {
		args firewall.Args
		want string
	}{
		"ranges that just fit":          {args: firewall.Args{Internet: config.Internet{CIDRs: many(29)}, TestRanges: many(2), AdminRanges: many(29)}},
		"one test range too many":       {firewall.Args{Internet: config.Internet{CIDRs: many(29)}, TestRanges: many(3)}, "compute.internet: 29: the public load balancer's security group needs 61 IPv4 ingress rules, and AWS takes 60: "},
		"a prefix list that just fits":  {args: firewall.Args{Internet: config.Internet{PrefixListID: "pl-1"}, TestRanges: many(5)}},
		"a prefix list weighs as it is": {firewall.Args{Internet: config.Internet{PrefixListID: "pl-1"}, TestRanges: many(6)}, "compute.internet: pl-1: the public load balancer's security group needs 61 IPv4"},
		"too many administrators":       {firewall.Args{AdminRanges: many(30)}, "access.devopsIpRanges: 30: the app tier's security group needs 62 IPv4 ingress rules"},
		"IPv6 counts apart":             {args: firewall.Args{AdminRanges: append(many(29), prefixes("2001:db8::/32")...)}},
	} {
		t.Run(name, func(t *testing.T) {
			over := firewall.CheckQuotas(test.args)
			if test.want == "" {
				assert.Empty(t, over)
				return
			}
			require.Len(t, over, 1)
			assert.ErrorContains(t, over, test.want)
		})
	}
}
