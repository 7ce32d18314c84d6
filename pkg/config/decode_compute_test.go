package config

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// decodeCompute decodes the base with another section platform:compute.
func decodeCompute(t *testing.T, stack, section string) Compute {
	t.Helper()
	env, err := Decode(stack, parse(t, stack, strings.Replace(base, baseCompute, section, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return env.Compute
}

// TestComputeDefaults: the defaults as compute.go documents them.
func TestComputeDefaults(t *testing.T) {
	want := Compute{
		Domain: "example.com", InternalCertificateARN: acmARN + "internal", ApplicationPort: 8080, HealthCheckPath: "/healthz",
		Internet:     Internet{CIDRs: prefixes("0.0.0.0/0")},
		LoadBalancer: LoadBalancer{DeletionProtection: true, IdleTimeoutSeconds: 60},
		WAF:          WAF{RateLimit: 2000},
		Fleet: Fleet{
			InstanceTypes: []string{"t3.medium", "t3a.medium"}, ImageParameter: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
			RootVolumeGiB: 30, Min: 3, Desired: 3, Max: 9, CPUPercent: 50, RequestsPerTarget: 1000,
		},
		Release: Release{ApproverRoleARNs: []string{approver}, ApprovalMinutes: 15, KeepMinutes: 30},
	}
	if got := decodeCompute(t, Production, baseCompute); !reflect.DeepEqual(got, want) {
		t.Errorf("production:\n%+v, wanted\n%+v", got, want)
	}
	if got := decodeCompute(t, ProductionPCI, baseCompute); !reflect.DeepEqual(got, want) {
		t.Errorf("production-pci:\n%+v, wanted\n%+v", got, want)
	}
	want.LoadBalancer.DeletionProtection = false
	want.Fleet.Min, want.Fleet.Desired, want.Fleet.Max = 1, 1, 2
	if got := decodeCompute(t, Dev, baseCompute); !reflect.DeepEqual(got, want) {
		t.Errorf("dev:\n%+v, wanted\n%+v", got, want)
	}
	staging := defaultFleet(Environment{Name: Staging})
	if staging.Min != 2 || staging.Desired != 2 || staging.Max != 4 {
		t.Errorf("staging: %d, %d, %d", staging.Min, staging.Desired, staging.Max)
	}
}

// TestGivenListsReplaceDefaults: no element of a default survives beside what is given.
func TestGivenListsReplaceDefaults(t *testing.T) {
	got := decodeCompute(t, Dev, `{internet: {cidrs: [203.0.113.0/24, 198.51.100.0/24]}, fleet: {instanceTypes: [m7i.large]}}`)
	if !slices.Equal(got.Fleet.InstanceTypes, []string{"m7i.large"}) {
		t.Errorf("instance types %v", got.Fleet.InstanceTypes)
	}
	if !slices.Equal(got.Internet.CIDRs, []netip.Prefix{netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("198.51.100.0/24")}) {
		t.Errorf("ranges %v", got.Internet.CIDRs)
	}
	if got := decodeCompute(t, Dev, `{internet: {prefixListId: pl-3b927c52}}`); len(got.Internet.CIDRs) != 0 {
		t.Errorf("ranges %v beside a prefix list", got.Internet.CIDRs)
	}
}

func TestGivenFieldsKeepOtherDefaults(t *testing.T) {
	got := decodeCompute(t, Dev, `{loadBalancer: {deletionProtection: true}, fleet: {max: 5}}`)
	if !got.LoadBalancer.DeletionProtection || got.LoadBalancer.IdleTimeoutSeconds != 60 {
		t.Errorf("load balancer %+v", got.LoadBalancer)
	}
	if got.Fleet.Min != 1 || got.Fleet.Max != 5 {
		t.Errorf("fleet %+v", got.Fleet)
	}
	if production := decodeCompute(t, Production, strings.Replace(baseCompute, baseName, baseName+", loadBalancer: {deletionProtection: false}", 1)); production.LoadBalancer.DeletionProtection {
		t.Error("a given false does not replace a default of true")
	}
}

func TestRequestedNames(t *testing.T) {
	const below, aside = "production.example.com", "production.example.internal"
	cases := []struct {
		reason  string
		compute Compute
		zone    string
		want    []string
	}{
		{"nothing can be validated without a domain", Compute{CertificateARN: "a"}, below, nil},
		{"both names", Compute{Domain: "example.com"}, below, []string{"app.example.com", "internal." + below}},
		{"the internal name is not in the zone of the domain", Compute{Domain: "example.com", InternalCertificateARN: "b"}, aside, []string{"app.example.com"}},
		{"the internal certificate is given", Compute{Domain: "example.com", InternalCertificateARN: "b"}, below, []string{"app.example.com"}},
		{"the public certificate is given", Compute{Domain: "example.com", CertificateARN: "a"}, below, []string{"internal." + below}},
		{"both certificates are given", Compute{Domain: "example.com", CertificateARN: "a", InternalCertificateARN: "b"}, below, nil},
		{"a longer domain with the same end is another", Compute{Domain: "ample.com"}, below, []string{"app.ample.com"}},
	}
	for _, c := range cases {
		t.Run(c.reason, func(t *testing.T) {
			if got := c.compute.RequestedNames(c.zone); !slices.Equal(got, c.want) {
				t.Errorf("%v, wanted %v", got, c.want)
			}
		})
	}
}
