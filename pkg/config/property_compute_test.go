package config

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func reports(rule rule, env Environment) bool {
	var found Problems
	rule(env, &found)
	return len(found) > 0
}

// TestFleetSizesAreTakenExactly: the rules take what EC2 Auto Scaling takes, and no
// more; in production at least three.
func TestFleetSizesAreTakenExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(-2, 6)
		name := rapid.SampledFrom(EnvironmentNames()).Draw(t, "environment")
		fleet := Fleet{Min: size.Draw(t, "min"), Desired: size.Draw(t, "desired"), Max: size.Draw(t, "max")}
		numbers := []int{fleet.Min, fleet.Desired, fleet.Max}
		right := slices.IsSorted(numbers) && numbers[0] >= 0 && numbers[2] > 0 &&
			(name == Dev || name == Staging || numbers[0] > 2)
		env := Environment{Name: name, Compute: Compute{Fleet: fleet}}
		refused := reports(fleetSizes, env) || reports(fleetOrder, env) || reports(fleetProduction, env)
		if refused == right {
			t.Fatalf("%s, %+v: refused %t", name, fleet, refused)
		}
	})
}

// TestApplicationPortsAreTakenExactly counts over every port there is.
func TestApplicationPortsAreTakenExactly(t *testing.T) {
	taken := 0
	for port := -1; port <= 70000; port++ {
		env := Environment{Compute: Compute{ApplicationPort: port}}
		count := 0
		for _, rule := range []rule{applicationPortReserved, applicationPortRange, applicationPortEphemeral} {
			if reports(rule, env) {
				count++
			}
		}
		if count > 1 {
			t.Errorf("port %d is refused %d times", port, count)
		}
		if count == 0 {
			taken++
		}
	}
	// 1024 to 32767 and 61000 to 65535, but for 3389, 8443, 5432, 6379 and 9098.
	if want := 32767 - 1024 + 1 + 65535 - 61000 + 1 - 5; taken != want {
		t.Errorf("%d ports are taken, wanted %d", taken, want)
	}
}

// TestInternetOverlapsAreReportedExactly uses sets of addresses as bits, which share
// no code with the prefixes' arithmetic.
func TestInternetOverlapsAreReportedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var internet Internet
		seen, overlap := new(big.Int), false
		for range rapid.IntRange(0, 6).Draw(t, "ranges") {
			prefix := nearby(t, "range", 18, 32).Masked()
			internet.CIDRs = append(internet.CIDRs, prefix)
			first, last := span(prefix)
			bits := new(big.Int).Lsh(big.NewInt(1), uint(last-first+1))
			bits.Sub(bits, big.NewInt(1)).Lsh(bits, uint(first-10<<24))
			overlap = overlap || new(big.Int).And(seen, bits).Sign() != 0
			seen.Or(seen, bits)
		}
		if got := reports(internetOverlap, Environment{Compute: Compute{Internet: internet}}); got != overlap {
			t.Fatalf("%v: reported %t", internet.CIDRs, got)
		}
	})
}

// TestArchitectures holds the families that tell the architecture in unusual places.
func TestArchitectures(t *testing.T) {
	families := map[string]string{
		arm64: "a1 t4g m6g m8gd c6gn c7gd g5g i4g im4gn is4gen r8g x2gd hpc7g i8g",
		amd64: "t2 t3 t3a m5dn m7i-flex g4dn g4ad g6 gr6 g6f inf2 trn1n x2iezn u-6tb1 u7i-12tb p6-b200 vt1 dl2q hpc7a z1d",
	}
	for want, names := range families {
		for _, family := range strings.Fields(names) {
			if !instanceTypePattern.MatchString(family + ".24xlarge") {
				t.Errorf("%s is no family", family)
			}
			if got := architectureOf(family + ".24xlarge"); got != want {
				t.Errorf("%s is of %s, wanted %s", family, got, want)
			}
		}
	}
}
