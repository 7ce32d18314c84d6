package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// scaling keeps each group at its targets. An idle group has no instance and so no
// metric, and stays at zero.
func (b *builder) scaling() error {
	for _, c := range color.Both() {
		if err := b.scaleByCPU(c); err != nil {
			return err
		}
		if err := b.scaleByRequests(c); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) scaleByCPU(c color.Color) error {
	return b.targetTracking(c, "cpu", b.args.Config.Fleet.CPUPercent, autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs{
		PredefinedMetricType: pulumi.String("ASGAverageCPUUtilization"),
	})
}

// scaleByRequests counts what the public load balancer sends; it exists only
// where that sends anything.
func (b *builder) scaleByRequests(c color.Color) error {
	if !b.args.Config.HTTPS() {
		return nil
	}
	public := b.args.TargetGroups[c].Public
	return b.targetTracking(c, "requests", b.args.Config.Fleet.RequestsPerTarget, autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs{
		PredefinedMetricType: pulumi.String("ALBRequestCountPerTarget"),
		ResourceLabel:        pulumi.Sprintf("%s/%s", public.LoadBalancerARNSuffix, public.ARNSuffix),
	}, pulumi.DependsOn(b.args.Listeners)) // AWS refuses the policy before one forwards to the target group
}

func (b *builder) targetTracking(c color.Color, name string, target int,
	metric autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs, more ...pulumi.ResourceOption,
) error {
	suffix := string(c) + "-" + name
	_, err := autoscaling.NewPolicy(b.ctx, b.child(suffix), &autoscaling.PolicyArgs{
		Name:                 pulumi.String(suffix),
		AutoscalingGroupName: b.fleet.Groups[c].Name,
		PolicyType:           pulumi.String("TargetTrackingScaling"),
		TargetTrackingConfiguration: autoscaling.PolicyTargetTrackingConfigurationArgs{
			PredefinedMetricSpecification: metric,
			TargetValue:                   pulumi.Float64(target),
		},
	}, b.parent(more...)...)
	return err
}
