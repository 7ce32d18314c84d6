package fleet

import (
	"errors"
	"fmt"
	"regexp"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/required"
)

// environmentName is what goes into user data, names and ARNs as it is.
var environmentName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// validate returns every reason why the fleet cannot be made of args, in the order
// of the fields.
func validate(args Args) error {
	var problems []error
	if !environmentName.MatchString(args.Environment) {
		problems = append(problems, fmt.Errorf(
			"fleet.Args.Environment: %q: no name of an environment: write lower case letters, digits and hyphens, a letter first", args.Environment))
	}
	problems = append(problems, missing(args)...)
	problems = append(problems, validateConfig(args)...)
	problems = append(problems, validateTargets(args)...)
	if args.LogRetentionDays < 1 {
		problems = append(problems, fmt.Errorf("fleet.Args.LogRetentionDays: %d: not a time: write 1 or more days", args.LogRetentionDays))
	}
	return errors.Join(problems...)
}

// missing names the required fields that args leave out. The environment's name has
// a form of its own, which "" has not.
func missing(args Args) []error {
	return required.Missing("fleet.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition)[1:],
		required.Field{Name: "SubnetIDs", Value: args.SubnetIDs, Remedy: "pass the subnets of the app tier"},
		required.Field{Name: "SecurityGroupID", Value: args.SecurityGroupID, Remedy: "pass the security group of the app tier"},
		required.Field{Name: "EBSKeyARN", Value: args.EBSKeyARN, Remedy: "pass the KMS key of volumes"},
		required.Field{Name: "S3KeyARN", Value: args.S3KeyARN, Remedy: "pass the KMS key of buckets"},
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the KMS key of log groups"},
		required.Field{Name: "RunbookURL", Value: args.RunbookURL, Remedy: "pass the folder or URL of the runbooks"},
	)...)
}

// validateConfig checks what the steps rely on; the rest is package config's.
func validateConfig(args Args) []error {
	fleet := args.Config.Fleet
	var problems []error
	for _, rule := range []struct {
		broken bool
		path   string
		value  any
		fact   string
	}{
		{args.Config.ApplicationPort < 1, "ApplicationPort", args.Config.ApplicationPort, "no port: write one from 1 to 65535"},
		{args.Config.HealthCheckPath == "", "HealthCheckPath", `""`, "no path: write one that begins with /"},
		{len(fleet.InstanceTypes) == 0, "Fleet.InstanceTypes", "none", "nothing to launch: name an instance type at least"},
		{fleet.ImageParameter == "", "Fleet.ImageParameter", `""`, "no image: name a Systems Manager parameter that holds an AMI ID"},
		{fleet.RootVolumeGiB < 1, "Fleet.RootVolumeGiB", fleet.RootVolumeGiB, "no volume: write its size, 1 GiB or more"},
		{
			fleet.Min < 0 || fleet.Min > fleet.Desired || fleet.Desired > fleet.Max || fleet.Max < 1, "Fleet",
			fmt.Sprintf("min %d, desired %d, max %d", fleet.Min, fleet.Desired, fleet.Max), "out of order: write 0 <= min <= desired <= max, max 1 or more",
		},
		{fleet.SpotPercentage < 0 || fleet.SpotPercentage > 100, "Fleet.SpotPercentage", fleet.SpotPercentage, "no percentage: write 0 to 100"},
		{fleet.CPUPercent < 1, "Fleet.CPUPercent", fleet.CPUPercent, "no target: write 1 to 100"},
		{fleet.RequestsPerTarget < 1, "Fleet.RequestsPerTarget", fleet.RequestsPerTarget, "no target: write 1 or more requests a minute"},
	} {
		if rule.broken {
			problems = append(problems, fmt.Errorf("fleet.Args.Config.%s: %v: %s", rule.path, rule.value, rule.fact))
		}
	}
	return problems
}

func validateTargets(args Args) []error {
	var problems []error
	for _, side := range color.Both() {
		targets := args.TargetGroups[side]
		for _, target := range []Target{targets.Public, targets.Internal} {
			if target.ARN == nil || target.Name == nil || target.ARNSuffix == nil || target.LoadBalancerARNSuffix == nil {
				problems = append(problems, fmt.Errorf(
					"fleet.Args.TargetGroups[%s]: incomplete: give every field of its public and of its internal target group", side))
				break
			}
		}
	}
	if args.Config.HTTPS() && len(args.Listeners) == 0 {
		problems = append(problems, errors.New(
			"fleet.Args.Listeners: none: with a certificate they are required: give those that forward to the target groups"))
	}
	return problems
}
