package tenancy_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/networkpolicies"
)

// subnet draws a subnet of a VPC of the plan, 10.<octet>.<third>.0/24.
func subnet(t *rapid.T, label string) netip.Prefix {
	return netip.PrefixFrom(netip.AddrFrom4([4]byte{
		10, byte(rapid.IntRange(0, 5).Draw(t, label+" VPC")), byte(rapid.IntRange(0, 30).Draw(t, label)), 0,
	}), 24)
}

func subnets(t *rapid.T, label string, least int) []netip.Prefix {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) netip.Prefix { return subnet(t, label) }), least, 4).Draw(t, label)
}

func draw(t *rapid.T) tenancy.Args {
	args := web()
	args.ApplicationPort = rapid.SampledFrom([]int{8080, 8443, 3000}).Draw(t, "application port")
	args.LoadBalancerCIDRs = subnets(t, "load balancers", 1)
	args.HTTPSCIDRs = subnets(t, "HTTPS", 0)
	args.Internet = rapid.Bool().Draw(t, "internet")
	args.Stores = nil
	for i := range rapid.IntRange(0, 3).Draw(t, "stores") {
		args.Stores = append(args.Stores, tenancy.Store{
			Name: fmt.Sprintf("store%d", i), Port: rapid.SampledFrom([]int{5432, 6379, 9098, 443}).Draw(t, "store's port"), CIDRs: subnets(t, "data", 1),
		})
	}
	return args
}

// private draws an address that is nobody's on the internet: anywhere in the ranges, or
// in a subnet that args name, or just beside one.
func private(t *rapid.T, args tenancy.Args) netip.Addr {
	bytes := rapid.SampledFrom([][4]byte{{10}, {172, 16}, {172, 31}, {192, 168}, {100, 64}, {100, 127}, {169, 254}}).Draw(t, "range")
	last := byte(rapid.IntRange(0, 255).Draw(t, "last"))
	switch rapid.IntRange(0, 2).Draw(t, "where") {
	case 0:
		third := byte(rapid.IntRange(0, 255).Draw(t, "third"))
		return netip.AddrFrom4([4]byte{bytes[0], bytes[1], third, last})
	case 1:
		at := subnet(t, "any").Addr().As4()
		return netip.AddrFrom4([4]byte{at[0], at[1], at[2], last})
	}
	named := slices.Concat(args.LoadBalancerCIDRs, args.HTTPSCIDRs)
	for _, store := range args.Stores {
		named = append(named, store.CIDRs...)
	}
	at := rapid.SampledFrom(named).Draw(t, "named").Addr().As4()
	beside := byte(rapid.IntRange(0, 1).Draw(t, "beside"))
	return netip.AddrFrom4([4]byte{at[0], at[1], at[2] + beside, last})
}

func within(ranges []netip.Prefix, address netip.Addr) bool {
	return slices.ContainsFunc(ranges, func(prefix netip.Prefix) bool { return prefix.Contains(address) })
}

// Whatever the arguments: a private address is reached where they name it, on the port
// that they name, and nowhere else; and only load balancers come in.
func TestOnlyNamedPrivateAddressesAreReached(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		args := draw(t)
		g, err := run(args)
		require.NoError(t, err)
		rules, err := networkpolicies.Of(g, "web")
		require.NoError(t, err)
		for range 40 {
			address := private(t, args)
			port := rapid.SampledFrom([]int{22, 53, 80, 443, 3000, 5432, 6379, 8080, 8443, 9098, 10250, 15008}).Draw(t, "port")
			out := port == 443 && within(args.HTTPSCIDRs, address)
			for _, store := range args.Stores {
				out = out || port == store.Port && within(store.CIDRs, address)
			}
			out = out || port == 80 && address == netip.MustParseAddr("169.254.170.23") // the Pod Identity Agent
			in := port == args.ApplicationPort && (within(args.LoadBalancerCIDRs, address) || address == netip.MustParseAddr("169.254.7.127"))
			require.Equal(t, out, rules.Admits(networkpolicies.Egress, at(address.String()), tcp, port), "to %s:%d", address, port)
			require.Equal(t, in, rules.Admits(networkpolicies.Ingress, at(address.String()), tcp, port), "from %s to %d", address, port)
			require.False(t, rules.Admits(networkpolicies.Egress, at(address.String()), udp, port), "UDP to %s:%d", address, port)
		}
		public := at("198.51.100.9")
		require.Equal(t, args.Internet, rules.Admits(networkpolicies.Egress, public, tcp, 443))
		require.False(t, rules.Admits(networkpolicies.Ingress, public, tcp, args.ApplicationPort))
	})
}
