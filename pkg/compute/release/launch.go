package release

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Template is the launch template that a release and a refresh bring in. Every
// field is required.
type Template struct {
	// ID is the launch template's.
	ID pulumi.StringInput
	// Version is the number of its newest version: neither an instance refresh to
	// $Latest nor one to $Default can be rolled back (Amazon EC2 Auto Scaling User
	// Guide, "Undo changes with a manual or auto rollback").
	Version pulumi.StringInput
	// ARN is what the role may launch from.
	ARN pulumi.StringInput
}

// launch is the mixed instances policy of a fleet that has what the program wants
// today, whole: a group that is updated takes the policy as it is given (Amazon EC2
// Auto Scaling API Reference, MixedInstancesPolicy). It says what
// pkg/compute/fleet/groups.go says when the environment is new.
func (r runbook) launch() map[string]any {
	instances := r.args.Instances
	var types []any
	for _, instanceType := range instances.InstanceTypes {
		types = append(types, map[string]any{"InstanceType": instanceType})
	}
	return map[string]any{
		"LaunchTemplate": map[string]any{
			"LaunchTemplateSpecification": map[string]any{
				"LaunchTemplateId": r.estate.Template, "Version": r.estate.TemplateVersion,
			},
			"Overrides": types,
		},
		"InstancesDistribution": map[string]any{
			"OnDemandAllocationStrategy":          "prioritized",
			"OnDemandBaseCapacity":                instances.Min,
			"OnDemandPercentageAboveBaseCapacity": 100 - instances.SpotPercentage,
			"SpotAllocationStrategy":              "price-capacity-optimized",
		},
	}
}
