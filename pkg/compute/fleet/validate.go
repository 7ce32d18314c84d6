package fleet

import (
	"errors"
	"fmt"
	"regexp"

	"aws-platform/pkg/compute/color"
)

// environmentName is what goes into user data, names and ARNs as it is.
var environmentName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// validate returns every reason why the fleet cannot be made of args.
func validate(args Args) error {
	problems := append(validateConfig(args), validateTargets(args)...)
	if !environmentName.MatchString(args.Environment) {
		problems = append(problems, fmt.Errorf("fleet.Args.Environment: %q: lower case letters, digits and hyphens are required", args.Environment))
	}
	for name, value := range map[string]string{"AccountID": args.AccountID, "Region": args.Region, "Partition": args.Partition} {
		if value == "" {
			problems = append(problems, fmt.Errorf("fleet.Args.%s: empty: it is required", name))
		}
	}
	for name, missing := range map[string]bool{
		"SubnetIDs": args.SubnetIDs == nil, "SecurityGroupID": args.SecurityGroupID == nil,
		"EBSKeyARN": args.EBSKeyARN == nil, "S3KeyARN": args.S3KeyARN == nil, "LogKeyARN": args.LogKeyARN == nil,
	} {
		if missing {
			problems = append(problems, fmt.Errorf("fleet.Args.%s: nil: it is required", name))
		}
	}
	if args.LogRetentionDays < 1 {
		problems = append(problems, fmt.Errorf("fleet.Args.LogRetentionDays: %d: at least 1 is required", args.LogRetentionDays))
	}
	return errors.Join(problems...)
}

// validateConfig checks what the steps rely on; the rest is package config's.
func validateConfig(args Args) []error {
	var problems []error
	fleet := args.Config.Fleet
	if fleet.Min < 0 || fleet.Min > fleet.Desired || fleet.Desired > fleet.Max || fleet.Max < 1 {
		problems = append(problems, fmt.Errorf("fleet.Args.Config.Fleet: min %d, desired %d, max %d: 0 <= min <= desired <= max is required",
			fleet.Min, fleet.Desired, fleet.Max))
	}
	if len(fleet.InstanceTypes) == 0 || fleet.ImageParameter == "" || fleet.RootVolumeGiB < 1 {
		problems = append(problems, errors.New("fleet.Args.Config.Fleet: InstanceTypes, ImageParameter and RootVolumeGiB are required"))
	}
	if fleet.SpotPercentage < 0 || fleet.SpotPercentage > 100 {
		problems = append(problems, fmt.Errorf("fleet.Args.Config.Fleet.SpotPercentage: %d: 0 to 100 is required", fleet.SpotPercentage))
	}
	if fleet.CPUPercent < 1 || fleet.RequestsPerTarget < 1 {
		problems = append(problems, errors.New("fleet.Args.Config.Fleet: CPUPercent and RequestsPerTarget are required"))
	}
	if args.Config.ApplicationPort < 1 || args.Config.HealthCheckPath == "" {
		problems = append(problems, errors.New("fleet.Args.Config: ApplicationPort and HealthCheckPath are required"))
	}
	return problems
}

func validateTargets(args Args) []error {
	var problems []error
	for _, side := range color.Both() {
		targets := args.TargetGroups[side]
		for _, target := range []Target{targets.Public, targets.Internal} {
			if target.ARN == nil || target.Name == nil || target.ARNSuffix == nil || target.LoadBalancerARNSuffix == nil {
				problems = append(problems, fmt.Errorf("fleet.Args.TargetGroups[%s]: incomplete: a public and an internal target group are required", side))
				break
			}
		}
	}
	if args.Config.HTTPS() && len(args.Listeners) == 0 {
		problems = append(problems, errors.New("fleet.Args.Listeners: empty: with a certificate, the listeners that forward to the target groups are required"))
	}
	return problems
}
