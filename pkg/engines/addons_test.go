package engines_test

import (
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/engines"
)

var build = regexp.MustCompile(`^v([0-9]+)\.([0-9]+)\.([0-9]+)-eksbuild\.([0-9]+)$`)

// numbers are those of an add-on's version: as text, eksbuild.9 is after eksbuild.25.
func numbers(t *testing.T, version string) []int {
	t.Helper()
	parts := build.FindStringSubmatch(version)
	require.NotNil(t, parts, version)
	all := make([]int, len(parts)-1)
	for i, part := range parts[1:] {
		all[i], _ = strconv.Atoi(part)
	}
	return all
}

func TestAddOns(t *testing.T) {
	assert.Equal(t, []string{
		"amazon-cloudwatch-observability", "aws-ebs-csi-driver", "aws-guardduty-agent", "coredns",
		"eks-pod-identity-agent", "kube-proxy", "metrics-server", "vpc-cni",
	}, engines.AddOns())
}

func TestTheAddOnsOfAVersionAreAllKnownOrNone(t *testing.T) {
	for _, kubernetes := range engines.Versions(engines.Kubernetes) {
		known := 0
		for _, addOn := range engines.AddOns() {
			if _, ok := engines.AddOnVersion(kubernetes.Name, addOn); ok {
				known++
			}
		}
		assert.Contains(t, []int{0, len(engines.AddOns())}, known, kubernetes.Name)
		if kubernetes == engines.Default(engines.Kubernetes) {
			assert.NotZero(t, known, "the default can be made")
		}
	}
}

func TestAddOnVersionsAreNewestFirst(t *testing.T) {
	for _, kubernetes := range engines.Versions(engines.Kubernetes) {
		for _, addOn := range engines.AddOns() {
			versions := engines.AddOnVersions(kubernetes.Name, addOn)
			for i, version := range versions[:max(0, len(versions)-1)] {
				assert.Positive(t, slices.Compare(numbers(t, version), numbers(t, versions[i+1])), "%s %s: %s", kubernetes.Name, addOn, version)
			}
			if len(versions) > 0 {
				newest, known := engines.AddOnVersion(kubernetes.Name, addOn)
				assert.True(t, known)
				assert.Equal(t, versions[0], newest)
				assert.Len(t, numbers(t, newest), 4)
			}
		}
	}
}

// TestKubeProxyIsOfItsKubernetesVersion: kube-proxy may not be newer than the API server.
func TestKubeProxyIsOfItsKubernetesVersion(t *testing.T) {
	for _, kubernetes := range []string{"1.35", "1.36"} {
		for _, version := range engines.AddOnVersions(kubernetes, "kube-proxy") {
			assert.Equal(t, "v"+kubernetes+".", version[:len(kubernetes)+2])
		}
	}
}

func TestUnknownAddOns(t *testing.T) {
	for _, test := range [][2]string{{"1.36", "karpenter"}, {"1.30", "coredns"}, {"", ""}} {
		_, known := engines.AddOnVersion(test[0], test[1])
		assert.False(t, known, test)
		assert.Empty(t, engines.AddOnVersions(test[0], test[1]), test)
	}
}

func TestAddOnVersionsCannotBeChangedFromOutside(t *testing.T) {
	engines.AddOnVersions("1.36", "coredns")[0] = "another"
	version, _ := engines.AddOnVersion("1.36", "coredns")
	assert.NotEqual(t, "another", version)
}

// TestKubernetesLeavesStandardSupport as AWS's calendar says.
func TestKubernetesLeavesStandardSupport(t *testing.T) {
	for name, day := range map[string]string{"1.34": "2026-12-02", "1.35": "2027-03-27", "1.36": "2027-08-02"} {
		version, known := engines.Find(engines.Kubernetes, name)
		require.True(t, known, name)
		assert.Equal(t, day, version.EndOfStandardSupport.Format("2006-01-02"), name)
	}
}
