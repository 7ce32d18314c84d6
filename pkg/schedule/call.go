package schedule

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

const (
	// lateSeconds is how long a call that fails is tried again: a stop that comes hours
	// later would stop what the morning has started.
	lateSeconds = 3600
	// mostAttempts is as many as there are; lateSeconds ends them.
	mostAttempts = 185
)

// group makes the group of the schedules.
func (b *builder) group() (err error) {
	physical := GroupName(b.args.Environment)
	b.schedule.Group, err = scheduler.NewScheduleGroup(b.ctx, b.name+"-hours", &scheduler.ScheduleGroupArgs{
		Name: pulumi.String(physical), Tags: pulumi.StringMap{"Name": pulumi.String(physical)},
	}, pulumi.Parent(b.schedule))
	return err
}

// call schedules a call of an API. The names in input are those of AWS' SDK, in PascalCase
// whatever the API's own are: the Scheduler refuses others as missing (Amazon EventBridge
// Scheduler User Guide, "Using universal targets").
func (b *builder) call(action, of, api string, input pulumi.Map) error {
	expression, _ := config.SchedulerCron(b.args.cron(action)) // validate has seen it
	physical := action + "-" + of
	_, err := scheduler.NewSchedule(b.ctx, b.name+"-"+physical, &scheduler.ScheduleArgs{
		Name:                       pulumi.String(physical),
		GroupName:                  b.schedule.Group.Name,
		Description:                pulumi.String(fmt.Sprintf("Night and weekend of %s: %s %s. See docs/cost.md", b.args.Environment, action, of)),
		ScheduleExpression:         pulumi.String(expression),
		ScheduleExpressionTimezone: pulumi.String(b.args.Config.TimeZone),
		FlexibleTimeWindow:         scheduler.ScheduleFlexibleTimeWindowArgs{Mode: pulumi.String("OFF")},
		Target: scheduler.ScheduleTargetArgs{
			Arn:     pulumi.String(fmt.Sprintf("arn:%s:scheduler:::aws-sdk:%s", b.args.Partition, api)),
			RoleArn: b.schedule.Role.Arn,
			Input:   pulumi.JSONMarshal(input),
			RetryPolicy: scheduler.ScheduleTargetRetryPolicyArgs{
				MaximumEventAgeInSeconds: pulumi.Int(lateSeconds), MaximumRetryAttempts: pulumi.Int(mostAttempts),
			},
		},
	}, pulumi.Parent(b.schedule), pulumi.DependsOn([]pulumi.Resource{b.policy}))
	return err
}
