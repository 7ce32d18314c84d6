package config

import (
	"encoding/binary"
	"fmt"
	"maps"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// span is the first and last address of a prefix: an oracle that shares no code
// with netip's arithmetic.
func span(prefix netip.Prefix) (first, last uint64) {
	octets := prefix.Addr().As4()
	size := uint64(1) << (32 - prefix.Bits())
	first = uint64(binary.BigEndian.Uint32(octets[:])) / size * size
	return first, first + size - 1
}

// nearby draws an IPv4 prefix in 10.0.0.0/14, so that collisions are frequent.
func nearby(t *rapid.T, label string, least, most int) netip.Prefix {
	octets := [4]byte{10}
	binary.BigEndian.PutUint32(octets[:], 10<<24|rapid.Uint32Range(0, 1<<18-1).Draw(t, label))
	return netip.PrefixFrom(netip.AddrFrom4(octets), rapid.IntRange(least, most).Draw(t, label+" bits"))
}

// drawNetwork draws a VPC and 2 to 8 zones, of any quality.
func drawNetwork(t *rapid.T) Network {
	network := Network{CIDR: nearby(t, "vpc", 14, 20).Masked(), Zones: map[string]Zone{}}
	for i := range rapid.IntRange(2, 8).Draw(t, "zones") {
		subnet := func(tier string) netip.Prefix { return nearby(t, fmt.Sprintf("%s %d", tier, i), 16, 28).Masked() }
		network.Zones[fmt.Sprintf("us-east-1%c", 'a'+i)] = Zone{subnet("public"), subnet("loadbalancer"), subnet("app"), subnet("data")}
	}
	return network
}

func TestOverlapsAreReportedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		network := drawNetwork(t)
		var want []string
		subnets := network.subnets()
		for i, later := range subnets {
			for _, earlier := range subnets[:i] {
				from, to := span(later.prefix)
				first, last := span(earlier.prefix)
				if from <= last && first <= to {
					want = append(want, later.path+" "+earlier.path)
				}
			}
		}
		var found Problems
		subnetOverlap(Environment{Network: network}, &found)
		var got []string
		for _, problem := range found {
			other, _, _ := strings.Cut(strings.TrimPrefix(problem.Fact, "overlaps "), " (")
			got = append(got, problem.Path+" "+other)
		}
		sameList(t, got, want)
	})
}

func TestOutsideIsReportedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		network := drawNetwork(t)
		first, last := span(network.CIDR)
		var want []string
		for _, subnet := range network.subnets() {
			if from, to := span(subnet.prefix); from < first || to > last {
				want = append(want, subnet.path)
			}
		}
		var found Problems
		subnetInside(Environment{Network: network}, &found)
		var got []string
		for _, problem := range found {
			got = append(got, problem.Path)
		}
		sameList(t, got, want)
	})
}

func TestHostBitsNameTheNetwork(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prefix := nearby(t, "prefix", 8, 32)
		first, _ := span(prefix)
		octets := prefix.Addr().As4()
		var found Problems
		hostBits(block{"x", prefix}, &found)
		if clean := uint64(binary.BigEndian.Uint32(octets[:])) == first; clean != (len(found) == 0) {
			t.Fatalf("%s: first address %t, reported %v", prefix, clean, found)
		}
		if len(found) == 0 {
			return
		}
		meant, err := netip.ParsePrefix(strings.TrimPrefix(found[0].Remedy, "write "))
		if err != nil {
			t.Fatal(err)
		}
		binary.BigEndian.PutUint32(octets[:], uint32(first))
		if meant != netip.PrefixFrom(netip.AddrFrom4(octets), prefix.Bits()) {
			t.Fatalf("%s: meant %s", prefix, meant)
		}
	})
}

// networkText writes a network's zones in the given order, as JSON.
func networkText(network Network, order []string) string {
	var zones []string
	for _, name := range order {
		var subnets []string
		for _, tier := range network.Zones[name].tiers() {
			subnets = append(subnets, fmt.Sprintf("%q:%q", tier.key, tier.prefix))
		}
		zones = append(zones, fmt.Sprintf("%q:{%s}", name, strings.Join(subnets, ",")))
	}
	return fmt.Sprintf(`{"cidr":%q,"domain":"example.internal","natGateways":"perZone","zones":{%s}}`, network.CIDR, strings.Join(zones, ","))
}

func TestOrderOfZonesDoesNotMatter(t *testing.T) {
	others := parse(t, Dev, base)
	rapid.Check(t, func(t *rapid.T) {
		network := drawNetwork(t)
		values := maps.Clone(others)
		values["platform:network"] = networkText(network, network.ZoneNames())
		env, err := Decode(Dev, values)
		values["platform:network"] = networkText(network, rapid.Permutation(network.ZoneNames()).Draw(t, "order"))
		shuffled, shuffledErr := Decode(Dev, values)
		if fmt.Sprint(err) != fmt.Sprint(shuffledErr) {
			t.Fatalf("errors differ:\n%v\n%v", err, shuffledErr)
		}
		if !reflect.DeepEqual(env, shuffled) {
			t.Fatalf("configurations differ:\n%+v\n%+v", env, shuffled)
		}
	})
}

// independent are mistakes of which none changes what is said of another.
var independent = []struct{ old, wrong, line string }{
	{"aws:region: us-east-1\n", "aws:region: us-east-1\n  aws:retryMode: x\n",
		"aws:retryMode: unknown key: would be ignored: the program uses explicit providers: remove it; set AWS_PROFILE, AWS_ENDPOINT_URL and the like in the shell"},
	{"111111111111:role/platform-deploy", "222222222222:role/platform-deploy", "aws:assumeRole.roleArn: arn:aws:iam::222222222222:role/platform-deploy: is a role of account 222222222222, " +
		"and aws:allowedAccountIds has 111111111111: name a role of the environment's own account"},
	{"domain: example.internal", "domain: internal", "network.domain: internal" + isNoDomain},
	{"perZone", "both", "network.natGateways: both: is not a number of NAT gateways that the platform knows: set perZone or single"},
	{"app: 10.20.64.0/19", "app: 10.20.64.1/19", "network.zones[us-east-1a].app: 10.20.64.1/19: has host bits set: write 10.20.64.0/19"},
	{"data: 10.20.22.0/24", "data: 10.30.22.0/24", "network.zones[us-east-1b].data: 10.30.22.0/24" + insideVPC},
	{"public: 10.20.3.0/24", "public: x", "network.zones[us-east-1c].public: x" + asRange},
	{"[ssm, ecr.api]", "[ssm, s3]", "network.interfaceEndpoints[1]: s3" + atNoCharge},
	{"ruleIndex: 3", "ruleIndex: 99", "network.peers[staging].ruleIndex: 99" + noPlace},
	{"platform:observability: {}", "platform:observability: {logs: {retentionDays: {network: 366}}}", "observability.logs.retentionDays[network]: 366" + notRetention + "400"},
	{"[203.0.113.0/24]", `["::/0"]`, firstDevops + "::/0" + isWorld},
	{baseName, baseName + ", applicationPort: 22, fleet: {min: -1, size: 3}", "compute.applicationPort: 22: is SSH's, which is closed unless access.adminPorts opens it" + anotherOne +
		"\ncompute.fleet.min: -1" + noCount + "0 or more\ncompute.fleet.min: -1" + tooFew + Production + inEach + "\ncompute.fleet.size: unknown key: " + wouldIgnore + allKeys},
	{"acm:us-east-1", "acm:us-west-2", "compute.internalCertificateArn: arn:aws:acm:us-west-2:111111111111:certificate/internal" +
		": is of the region us-west-2, and a load balancer takes only certificates of its own, us-east-1: name a certificate of us-east-1"},
	{"project: platform,", "", `tags.project: "": is empty or missing: every resource carries this tag: give it a value`},
	{"owner: platform-team", "owner: o, colour: red", "tags.colour: unknown key: " + wouldIgnore + allKeys},
}

func TestErrorsAreCompleteAndSorted(t *testing.T) {
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		text, want := base, []string{}
		for _, c := range independent {
			if strings.Count(text, c.old) != 1 {
				t.Fatalf("%q occurs %d times", c.old, strings.Count(text, c.old))
			}
			if rapid.Bool().Draw(t, c.old) {
				text = strings.Replace(text, c.old, c.wrong, 1)
				want = append(want, strings.Split(c.line, "\n")...)
			}
		}
		slices.Sort(want)
		var got []string
		if _, err := Decode(Production, parse(outer, Production, text)); err != nil {
			got = strings.Split(err.Error(), "\n")
		}
		sameList(t, got, want)
	})
}

// sameList compares two lists; a nil one is an empty one.
func sameList(t *rapid.T, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Fatalf("got:\n%s\nwanted:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
