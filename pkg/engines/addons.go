package engines

import (
	"maps"
	"slices"
)

// addOnTable holds the versions of EKS add-ons by Kubernetes version, the newest first,
// as `aws eks describe-addon-versions --kubernetes-version <version>` lists them. No
// account was at hand to ask: they are those that public repositories pin, or quote from
// that command, for clusters of these versions by October 2026, so that newer ones may be
// out. aws-guardduty-agent is the newest one known, pinned for 1.34. Compare all with the
// command's answer before the first `up`. Nobody was found to pin any for 1.37 yet.
var addOnTable = map[string]map[string][]string{
	"1.36": {
		"vpc-cni":                         {"v1.23.2-eksbuild.1", "v1.23.1-eksbuild.1", "v1.22.4-eksbuild.3", "v1.22.3-eksbuild.1"},
		"coredns":                         {"v1.14.7-eksbuild.11", "v1.14.3-eksbuild.23", "v1.14.3-eksbuild.16", "v1.14.3-eksbuild.3"},
		"kube-proxy":                      {"v1.36.0-eksbuild.45", "v1.36.0-eksbuild.25", "v1.36.0-eksbuild.21", "v1.36.0-eksbuild.14"},
		"aws-ebs-csi-driver":              {"v1.66.0-eksbuild.1", "v1.63.1-eksbuild.1", "v1.59.0-eksbuild.1"},
		"eks-pod-identity-agent":          {"v1.4.0-eksbuild.3", "v1.3.10-eksbuild.3"},
		"metrics-server":                  {"v0.9.0-eksbuild.11", "v0.8.1-eksbuild.10", "v0.8.1-eksbuild.6"},
		"amazon-cloudwatch-observability": {"v6.7.0-eksbuild.1", "v5.4.0-eksbuild.1", "v5.2.3-eksbuild.1"},
		"aws-guardduty-agent":             {"v1.12.1-eksbuild.2"},
	},
	"1.35": {
		"vpc-cni":                         {"v1.23.2-eksbuild.1", "v1.23.1-eksbuild.1", "v1.22.4-eksbuild.3", "v1.22.1-eksbuild.2", "v1.21.1-eksbuild.8", "v1.21.1-eksbuild.5", "v1.21.1-eksbuild.3"},
		"coredns":                         {"v1.14.6-eksbuild.4", "v1.14.3-eksbuild.22", "v1.14.3-eksbuild.2", "v1.14.2-eksbuild.4", "v1.13.2-eksbuild.4", "v1.13.2-eksbuild.1"},
		"kube-proxy":                      {"v1.35.3-eksbuild.29", "v1.35.3-eksbuild.11", "v1.35.3-eksbuild.5", "v1.35.3-eksbuild.2", "v1.35.0-eksbuild.2"},
		"aws-ebs-csi-driver":              {"v1.66.0-eksbuild.1", "v1.63.1-eksbuild.1", "v1.59.0-eksbuild.1"},
		"eks-pod-identity-agent":          {"v1.4.0-eksbuild.3", "v1.4.0-eksbuild.2", "v1.3.10-eksbuild.3"},
		"metrics-server":                  {"v0.9.0-eksbuild.11", "v0.9.0-eksbuild.5", "v0.8.1-eksbuild.10", "v0.8.1-eksbuild.6", "v0.8.1-eksbuild.4", "v0.8.1-eksbuild.2"},
		"amazon-cloudwatch-observability": {"v6.7.0-eksbuild.1", "v5.4.0-eksbuild.1", "v5.2.3-eksbuild.1"},
		"aws-guardduty-agent":             {"v1.12.1-eksbuild.2"},
	},
}

// AddOns returns the names of the EKS add-ons that the platform uses, sorted.
func AddOns() []string {
	return slices.Sorted(maps.Keys(addOnTable[Default(Kubernetes).Name]))
}

// AddOnVersions returns the versions of an add-on that a Kubernetes version runs, the
// newest first; none where the table knows none.
func AddOnVersions(kubernetes, addOn string) []string {
	return slices.Clone(addOnTable[kubernetes][addOn])
}

// AddOnVersion returns what an add-on defaults to, the newest version.
func AddOnVersion(kubernetes, addOn string) (string, bool) {
	versions := addOnTable[kubernetes][addOn]
	if len(versions) == 0 {
		return "", false
	}
	return versions[0], true
}
