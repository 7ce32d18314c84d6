package fleet

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/autoscaling"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// schedules stop and start the fleet, where it has a schedule. Each color has
// both: the idle one suspends them, and a release resumes them.
func (b *builder) schedules() error {
	schedule, fleet := b.args.Config.Fleet.Schedule, b.args.Config.Fleet
	if schedule == nil {
		return nil
	}
	for _, c := range color.Both() {
		if err := b.scheduled(c, "stop", schedule.Stop, 0, 0); err != nil {
			return err
		}
		if err := b.scheduled(c, "start", schedule.Start, fleet.Min, fleet.Desired); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) scheduled(c color.Color, action, cron string, least, desired int) error {
	suffix := string(c) + "-" + action
	_, err := autoscaling.NewSchedule(b.ctx, b.child(suffix), &autoscaling.ScheduleArgs{
		ScheduledActionName:  pulumi.String(suffix),
		AutoscalingGroupName: b.fleet.Groups[c].Name,
		Recurrence:           pulumi.String(cron),
		TimeZone:             pulumi.String(b.args.Config.Fleet.Schedule.TimeZone),
		MinSize:              pulumi.Int(least),
		DesiredCapacity:      pulumi.Int(desired),
		MaxSize:              pulumi.Int(b.args.Config.Fleet.Max),
	}, b.parent()...)
	return err
}
