package fleet

import (
	"maps"
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

const (
	// graceSeconds is how long a new instance may fail the load balancers' health
	// check: first boot takes two or three minutes.
	graceSeconds = 300
	// warmupSeconds is how long a new instance's metrics do not count.
	warmupSeconds = 180
)

// launchPolicy is which template version and instance types a group launches. The
// program says the first one; from then on the runbooks do, by a release or by an
// instance refresh with a desired configuration. AWS rolls such a refresh back to what
// the group was configured with before it; one that the provider starts comes after the
// group has got the new version, so that it rolls back to that
// (hashicorp/terraform-provider-aws#34189).
const launchPolicy = "mixedInstancesPolicy"

// data is what releases, refreshes, the schedule (pkg/schedule) and scaling change of a
// group, and not the program: see doc.go. Without a certificate there are no runbooks,
// so that the launch policy stays the program's.
func (b *builder) data() []string {
	properties := []string{"minSize", "desiredCapacity", "suspendedProcesses"}
	if b.args.Config.HTTPS() {
		properties = append(properties, launchPolicy)
	}
	return properties
}

// groupMetrics are all that a group can report (Amazon EC2 Auto Scaling User
// Guide, "Amazon CloudWatch metrics for Amazon EC2 Auto Scaling"), but for those of
// warm pools and weighted capacity, which the fleet does not use.
var groupMetrics = []string{
	"GroupDesiredCapacity", "GroupInServiceInstances", "GroupMaxSize", "GroupMinSize",
	"GroupPendingInstances", "GroupStandbyInstances", "GroupTerminatingInstances", "GroupTotalInstances",
}

// size is how many instances a color has when an environment is new. From then on
// it belongs to the release runbook, the schedule and scaling.
type size struct {
	min, desired int
	suspended    []string
}

// firstSize: blue serves. Green is idle, and not scaled, as a release leaves the fleet
// that it retires.
func (b *builder) firstSize(c color.Color) size {
	if c == color.Blue {
		return size{min: b.args.Config.Fleet.Min, desired: b.args.Config.Fleet.Desired}
	}
	return size{suspended: []string{"AlarmNotification"}}
}

// groups makes the two groups.
func (b *builder) groups() error {
	for _, c := range color.Both() {
		if err := b.group(c); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) group(c color.Color) (err error) {
	first, targets := b.firstSize(c), b.args.TargetGroups[c]
	healthCheck := "EC2"
	if b.args.Config.HTTPS() {
		healthCheck = "ELB" // without a listener the load balancers check nobody
	}
	b.fleet.Groups[c], err = autoscaling.NewGroup(b.ctx, b.child(string(c)), &autoscaling.GroupArgs{
		Name:                   pulumi.String(b.physical(string(c))),
		MinSize:                pulumi.Int(first.min),
		DesiredCapacity:        pulumi.Int(first.desired),
		MaxSize:                pulumi.Int(b.args.Config.Fleet.Max),
		SuspendedProcesses:     pulumi.ToStringArray(first.suspended),
		VpcZoneIdentifiers:     b.args.SubnetIDs,
		TargetGroupArns:        pulumi.StringArray{targets.Public.ARN, targets.Internal.ARN},
		HealthCheckType:        pulumi.String(healthCheck),
		HealthCheckGracePeriod: pulumi.Int(graceSeconds),
		DefaultInstanceWarmup:  pulumi.Int(warmupSeconds),
		CapacityRebalance:      pulumi.Bool(true),
		MixedInstancesPolicy:   b.mixedInstances(),
		TerminationPolicies:    pulumi.ToStringArray([]string{"OldestLaunchTemplate", "Default"}),
		MetricsGranularity:     pulumi.String("1Minute"),
		EnabledMetrics:         pulumi.ToStringArray(groupMetrics),
		Tags:                   b.groupTags(c),
	}, b.parent(
		pulumi.IgnoreChanges(b.data()),
		// An instance that boots before its role may do anything, or before it may
		// reach AWS, fails its first boot.
		pulumi.DependsOn(append([]pulumi.Resource{b.fleet.instancePolicy}, b.args.Boot...)),
	)...)
	return err
}

// mixedInstances launches the preferred type first; above Min, a share of Spot.
//
// The base on demand follows Min of the configuration and not the group's minSize,
// which is ignored: whoever raises minSize by hand gets Spot instances, by the
// configured share, above the configured Min. Raise Min in the configuration too.
func (b *builder) mixedInstances() autoscaling.GroupMixedInstancesPolicyArgs {
	fleet := b.args.Config.Fleet
	var types autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArray
	for _, instanceType := range fleet.InstanceTypes {
		types = append(types, autoscaling.GroupMixedInstancesPolicyLaunchTemplateOverrideArgs{InstanceType: pulumi.String(instanceType)})
	}
	return autoscaling.GroupMixedInstancesPolicyArgs{
		InstancesDistribution: autoscaling.GroupMixedInstancesPolicyInstancesDistributionArgs{
			OnDemandAllocationStrategy:          pulumi.String("prioritized"),
			OnDemandBaseCapacity:                pulumi.Int(fleet.Min),
			OnDemandPercentageAboveBaseCapacity: pulumi.Int(100 - fleet.SpotPercentage),
			SpotAllocationStrategy:              pulumi.String("price-capacity-optimized"),
		},
		LaunchTemplate: autoscaling.GroupMixedInstancesPolicyLaunchTemplateArgs{
			LaunchTemplateSpecification: autoscaling.GroupMixedInstancesPolicyLaunchTemplateLaunchTemplateSpecificationArgs{
				LaunchTemplateId: b.fleet.Template.ID(),
				// A number: an instance refresh from or to $Latest cannot be rolled back.
				Version: b.fleet.Template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput),
			},
			Overrides: types,
		},
	}
}

// groupTags are the instances' tags once more: where a group and its template tag
// an instance differently, the group's tag stays. By Color a fleet is found.
func (b *builder) groupTags(c color.Color) autoscaling.GroupTagArray {
	tags := b.launchTags(string(c))
	tags["Color"] = string(c)
	var list autoscaling.GroupTagArray
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		list = append(list, autoscaling.GroupTagArgs{
			Key: pulumi.String(key), Value: pulumi.String(tags[key]), PropagateAtLaunch: pulumi.Bool(true),
		})
	}
	return list
}
