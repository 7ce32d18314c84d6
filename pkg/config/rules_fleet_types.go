package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	instanceTypesPath  = "compute.fleet.instanceTypes"
	imageParameterPath = "compute.fleet.imageParameter"
)

// mostInstanceTypes is the quota of overrides in a mixed instances policy (Amazon
// EC2 Auto Scaling User Guide, "Quotas").
const mostInstanceTypes = 40

// instanceTypePattern is <family>.<size>: a family is a series, a generation and
// options, but for the high memory instances, as u-6tb1 (Amazon EC2 Instance Types
// Guide, "Amazon EC2 instance type naming conventions").
var instanceTypePattern = regexp.MustCompile(
	`^(?:u-[0-9]+tb[0-9]+|[a-z]{1,4}[0-9]+[a-z]*(?:-[a-z0-9]+)*)\.(?:nano|micro|small|medium|large|(?:[1-9][0-9]*)?xlarge|metal(?:-[1-9][0-9]*xl)?)$`)

// gravitonPattern is a family of arm64 processors: a1, and those with a g after the generation.
var gravitonPattern = regexp.MustCompile(`^(?:a1|[a-z]+[0-9]+[a-z]*g[a-z]*)$`)

// The architectures of processors, as images are named by them.
const (
	arm64 = "arm64"
	amd64 = "x86_64"
)

// architectureOf is the architecture of an instance type.
func architectureOf(instanceType string) string {
	family, _, _ := strings.Cut(instanceType, ".")
	if gravitonPattern.MatchString(family) {
		return arm64
	}
	return amd64
}

func instanceTypePath(i int) string { return instanceTypesPath + "[" + strconv.Itoa(i) + "]" }

func instanceTypeRequired(env Environment, found *Problems) {
	if len(env.Compute.Fleet.InstanceTypes) == 0 {
		found.add(instanceTypesPath, none, "leaves nothing to launch", "name a type, as in t3.medium, or remove the key")
	}
}

func instanceTypeFormat(env Environment, found *Problems) {
	for i, instanceType := range env.Compute.Fleet.InstanceTypes {
		if !instanceTypePattern.MatchString(instanceType) {
			found.add(instanceTypePath(i), quoted(instanceType), "is not an instance type", "write <family>.<size>, as in t3.medium or m7i-flex.large")
		}
	}
}

func instanceTypeDuplicate(env Environment, found *Problems) {
	noneTwice(env.Compute.Fleet.InstanceTypes, instanceTypePath, found)
}

func instanceTypeCount(env Environment, found *Problems) {
	if count := len(env.Compute.Fleet.InstanceTypes); count > mostInstanceTypes {
		found.add(instanceTypesPath, strconv.Itoa(count)+" types", fmt.Sprintf("is more than the %d that an auto scaling group takes", mostInstanceTypes), "name fewer")
	}
}

// instanceTypeArchitecture holds each type against the first one: an image is for
// one architecture, and the group has one image.
func instanceTypeArchitecture(env Environment, found *Problems) {
	types := env.Compute.Fleet.InstanceTypes
	for i, instanceType := range types {
		first, own := architectureOf(types[0]), architectureOf(instanceType)
		if instanceTypePattern.MatchString(types[0]) && instanceTypePattern.MatchString(instanceType) && own != first {
			found.add(instanceTypePath(i), instanceType, "has processors of "+own+", and "+types[0]+" has "+first+": one image cannot serve both", "name types of one architecture")
		}
	}
}

// imageParameterPattern is the name of a parameter in up to 15 levels (AWS Systems
// Manager User Guide, "Understanding requirements and constraints for parameter names").
var imageParameterPattern = regexp.MustCompile(`^(?:/[a-zA-Z0-9_.-]+){1,15}$`)

// longestParameter is the length of a parameter's name (the same page).
const longestParameter = 1011

func imageParameterFormat(env Environment, found *Problems) {
	if name := env.Compute.Fleet.ImageParameter; !imageParameterPattern.MatchString(name) || len(name) > longestParameter {
		found.add(imageParameterPath, quoted(name), "is not the name of a Systems Manager parameter",
			"begin it with a slash, and use letters, digits and _ . - in at most 15 levels, as in "+defaultImageParameter)
	}
}

// imageArchitecture holds the image against the first type, if its name says its architecture.
func imageArchitecture(env Environment, found *Problems) {
	fleet, image := env.Compute.Fleet, ""
	switch name := fleet.ImageParameter; {
	case strings.Contains(name, arm64):
		image = arm64
	case strings.Contains(name, amd64), strings.Contains(name, "amd64"):
		image = amd64
	}
	if image == "" || len(fleet.InstanceTypes) == 0 || !instanceTypePattern.MatchString(fleet.InstanceTypes[0]) {
		return
	}
	if first := fleet.InstanceTypes[0]; architectureOf(first) != image {
		found.add(imageParameterPath, fleet.ImageParameter, "is an image for "+image+", and "+first+" has processors of "+architectureOf(first),
			"name the image for "+architectureOf(first)+", or other instance types")
	}
}
