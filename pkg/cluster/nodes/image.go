package nodes

import (
	"regexp"
	"strings"

	"aws-platform/pkg/config"
)

// The architectures, as EKS spells them in AMI types.
const (
	arm64 = "ARM_64"
	amd64 = "x86_64"
)

var (
	// graviton is a family of arm64 processors: a1, and those with a g after the
	// generation (Amazon EC2 Instance Types Guide, "naming conventions").
	graviton = regexp.MustCompile(`^(?:a1|[a-z]+[0-9]+[a-z]*g[a-z]*)$`)
	// accelerated is a family with GPUs or AWS' own accelerators, which want images with drivers.
	accelerated = regexp.MustCompile(`^(?:p|g|gr|inf|trn|dl|vt|f)[0-9]`)
)

func family(instanceType string) string {
	family, _, _ := strings.Cut(instanceType, ".")
	return family
}

func architecture(instanceType string) string {
	if graviton.MatchString(family(instanceType)) {
		return arm64
	}
	return amd64
}

// amiType is the kind of image that EKS takes for a group (Amazon EKS API Reference,
// Nodegroup, amiType). All instance types of a group have one architecture.
func amiType(group config.NodeGroup) string {
	architecture := architecture(group.InstanceTypes[0])
	if group.Image == config.Bottlerocket {
		return "BOTTLEROCKET_" + architecture
	}
	return "AL2023_" + architecture + "_STANDARD"
}
