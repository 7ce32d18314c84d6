package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

const (
	// minHealthyPercent and maxHealthyPercent of the desired capacity: a new instance
	// is launched before an old one goes, one in ten at a time.
	minHealthyPercent = 100
	maxHealthyPercent = 110
)

// refresh replaces the instances when the launch template or the choice of types
// changes, and puts the old ones back where it fails or one of the color's alarms
// goes off.
func (b *builder) refresh(c color.Color) autoscaling.GroupInstanceRefreshArgs {
	return autoscaling.GroupInstanceRefreshArgs{
		Strategy: pulumi.String("Rolling"),
		Preferences: autoscaling.GroupInstanceRefreshPreferencesArgs{
			AutoRollback:         pulumi.Bool(true),
			AlarmSpecification:   autoscaling.GroupInstanceRefreshPreferencesAlarmSpecificationArgs{Alarms: b.alarmNames(c)},
			MinHealthyPercentage: pulumi.Int(minHealthyPercent),
			MaxHealthyPercentage: pulumi.Int(maxHealthyPercent),
			SkipMatching:         pulumi.Bool(true),
		},
	}
}
