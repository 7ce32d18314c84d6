package fleet

import (
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/compute/color"
)

// compositeAlarm is in ALARM where any alarm of the color is: the one that a
// release watches.
func (b *builder) compositeAlarm(c color.Color) (err error) {
	suffix := string(c) + "-release"
	b.fleet.CompositeAlarms[c], err = cloudwatch.NewCompositeAlarm(b.ctx, b.child(suffix), &cloudwatch.CompositeAlarmArgs{
		AlarmName:        pulumi.String(b.physical(suffix)),
		AlarmDescription: pulumi.String("Something is wrong with the " + string(c) + " fleet of " + b.args.Environment + "."),
		AlarmRule: b.alarmNames(c).ToStringArrayOutput().ApplyT(func(names []string) string {
			return `ALARM("` + strings.Join(names, `") OR ALARM("`) + `")`
		}).(pulumi.StringOutput),
		Tags: b.tags(suffix),
	}, b.parent()...)
	return err
}

// alarmNames are the names of a color's alarms, in the order in which they are made.
func (b *builder) alarmNames(c color.Color) pulumi.StringArray {
	var names pulumi.StringArray
	for _, alarm := range b.fleet.Alarms[c] {
		names = append(names, alarm.Name)
	}
	return names
}
