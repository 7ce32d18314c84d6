package nodes

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

const (
	// maxPrefix is what a group's name (63 characters at most) leaves for its beginning.
	maxPrefix = 37
	// minVolume is the size of Amazon Linux 2023's image for EKS, in GiB.
	minVolume = 20
	// maxTaints is how many EKS takes.
	maxTaints = 50
	path      = "nodes.Args"
)

var (
	name    = regexp.MustCompile(`^[a-z]([a-z0-9-]*[a-z0-9])?$`)
	version = regexp.MustCompile(`^1\.[0-9]+$`)
	effects = []string{"NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"}
)

// validate returns every reason why the nodes cannot be made of args, in the order of
// the fields.
func validate(args Args) error {
	problems := required.Missing(path, required.Place(args.Environment, args.AccountID, args.Region, args.Partition)...)
	if len(args.Config) == 0 {
		problems = append(problems, fmt.Errorf("%s.Config: none: nowhere for pods to run: give a node group at least", path))
	}
	for _, group := range slices.Sorted(maps.Keys(args.Config)) {
		problems = append(problems, validateGroup(args.Environment, group, args.Config[group])...)
	}
	if !version.MatchString(args.Version) {
		problems = append(problems, fmt.Errorf("%s.Version: %q: not a Kubernetes version: write <major>.<minor>, as in 1.36", path, args.Version))
	}
	problems = append(problems, required.Missing(path,
		required.Field{Name: "ClusterName", Value: args.ClusterName, Remedy: "pass the cluster's name"},
		required.Field{Name: "SubnetIDs", Value: args.SubnetIDs, Remedy: "pass the subnets of the app tier"},
		required.Field{Name: "SecurityGroupIDs", Value: args.SecurityGroupIDs, Remedy: "pass the security groups of the nodes"},
		required.Field{Name: "EBSKeyARN", Value: args.EBSKeyARN, Remedy: "pass the KMS key of volumes"},
	)...)
	return errors.Join(problems...)
}

// rule is one thing that a group can do wrong.
type rule struct {
	broken bool
	field  string
	value  any
	fact   string
}

func validateGroup(environment, group string, c config.NodeGroup) []error {
	rules := []rule{
		{!name.MatchString(group), "", fmt.Sprintf("%q", group), "not a name: write lower case letters, digits and hyphens, a letter first"},
		{
			len(prefix(environment, group)) > maxPrefix, "", fmt.Sprintf("%q", prefix(environment, group)),
			fmt.Sprintf("longer than the %d characters that the provider leaves: shorten the group's name", maxPrefix),
		},
		{
			c.Image != config.AmazonLinux2023 && c.Image != config.Bottlerocket, ".Image", fmt.Sprintf("%q", c.Image),
			"no image of ours: write " + config.AmazonLinux2023 + " or " + config.Bottlerocket,
		},
		{
			c.Capacity != config.OnDemand && c.Capacity != config.Spot, ".Capacity", fmt.Sprintf("%q", c.Capacity),
			"no capacity type: write " + config.OnDemand + " or " + config.Spot,
		},
		{
			c.Min < 0 || c.Min > c.Desired || c.Desired > c.Max || c.Max < 1, "",
			fmt.Sprintf("min %d, desired %d, max %d", c.Min, c.Desired, c.Max), "out of order: write 0 <= min <= desired <= max, max 1 or more",
		},
		{c.VolumeGiB < minVolume, ".VolumeGiB", c.VolumeGiB, fmt.Sprintf("smaller than the image: write %d or more", minVolume)},
		{c.MaxUnavailable < 1 || c.MaxUnavailable > 100, ".MaxUnavailable", c.MaxUnavailable, "no number of nodes for EKS: write 1 to 100"},
		{len(c.Taints) > maxTaints, ".Taints", len(c.Taints), fmt.Sprintf("more than EKS takes: write %d at most", maxTaints)},
	}
	var problems []error
	for _, rule := range slices.Concat(rules, instanceTypeRules(c), taintRules(c)) {
		if rule.broken {
			problems = append(problems, fmt.Errorf("%s.Config[%s]%s: %v: %s", path, group, rule.field, rule.value, rule.fact))
		}
	}
	return problems
}

func instanceTypeRules(c config.NodeGroup) []rule {
	const field = ".InstanceTypes"
	if len(c.InstanceTypes) == 0 {
		return []rule{{true, field, "none", "nothing to launch: name an instance type, as in t3.medium"}}
	}
	var rules []rule
	for _, instanceType := range c.InstanceTypes {
		rules = append(
			rules,
			rule{!strings.Contains(instanceType, "."), field, fmt.Sprintf("%q", instanceType), "not an instance type: write <family>.<size>, as in t3.medium"},
			rule{accelerated.MatchString(family(instanceType)), field, instanceType, "the images have no drivers for accelerators: write a type without"},
			rule{
				architecture(instanceType) != architecture(c.InstanceTypes[0]), field, strings.Join(c.InstanceTypes, ", "),
				"two architectures and one image: make a group for each",
			},
		)
	}
	return rules
}

func taintRules(c config.NodeGroup) []rule {
	var rules []rule
	for i, taint := range c.Taints {
		field := fmt.Sprintf(".Taints[%d]", i)
		rules = append(
			rules,
			rule{taint.Key == "", field + ".Key", `""`, "a taint without a key: write one"},
			rule{!slices.Contains(effects, taint.Effect), field + ".Effect", fmt.Sprintf("%q", taint.Effect), "no effect: write " + strings.Join(effects, ", or ")},
		)
	}
	return rules
}
