package addons

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"aws-platform/pkg/engines"
	"aws-platform/pkg/required"
)

const path = "addons.Args"

// minimumEBSMinor is the first minor version of the driver, of 1, that tags by cluster as
// its role wants it.
const minimumEBSMinor = 58

// release is a version of an add-on, as EKS writes it.
var release = regexp.MustCompile(`^v([0-9]+)\.([0-9]+)\.[0-9]+-eksbuild\.[0-9]+$`)

// validate returns every reason why the add-ons cannot be made of args, in the order of
// the fields.
func validate(args Args) error {
	problems := required.Missing(path, required.Place(args.Environment, args.AccountID, args.Region, args.Partition)...)
	problems = append(problems, validateVersions(args)...)
	problems = append(problems, required.Missing(path,
		required.Field{Name: "ClusterName", Value: args.ClusterName, Remedy: "pass the cluster's name"},
		required.Field{Name: "EBSKeyARN", Value: args.EBSKeyARN, Remedy: "pass the KMS key of volumes"},
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the KMS key of log groups"},
	)...)
	if args.LogRetentionDays < 1 {
		problems = append(problems, fmt.Errorf("%s.LogRetentionDays: %d: not a time: write 1 or more days", path, args.LogRetentionDays))
	}
	return errors.Join(problems...)
}

// validateVersions finds add-ons without a version, and overrides that are none.
func validateVersions(args Args) []error {
	var problems []error
	var names []string
	for _, a := range slices.Concat(base(), rest(args)) {
		names = append(names, a.name)
		if _, pinned := engines.AddOnVersion(args.Version, a.name); !pinned && args.Overrides[a.name] == "" {
			problems = append(problems, fmt.Errorf(
				"%s.Version: %q: no version of the add-on %s is known for it: add it to pkg/engines, or override it", path, args.Version, a.name))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(args.Overrides)) {
		override := args.Overrides[name]
		at := fmt.Sprintf("%s.Overrides[%s]: %q", path, name, override)
		switch {
		case !slices.Contains(append(names, guardDutyAgent), name):
			problems = append(problems, fmt.Errorf("%s: not an add-on of ours: write one of %s", at, strings.Join(names, ", ")))
		case !release.MatchString(override):
			problems = append(problems, fmt.Errorf("%s: not a version of an add-on: write it as EKS does, v1.2.3-eksbuild.1", at))
		case name == ebsCSI && tooOld(override):
			problems = append(problems, fmt.Errorf("%s: its role knows volumes by tags that the driver sets from v1.%d on: write that or later", at, minimumEBSMinor))
		}
	}
	return problems
}

// tooOld tells whether a release of the EBS CSI driver is older than its role.
func tooOld(version string) bool {
	parts := release.FindStringSubmatch(version)
	major, _ := strconv.Atoi(parts[1])
	minor, _ := strconv.Atoi(parts[2])
	return major == 1 && minor < minimumEBSMinor || major < 1
}
