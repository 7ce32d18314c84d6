package fleet

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
	"aws-platform/pkg/compute/color"
)

// compositeAlarm is in ALARM where any alarm of the color is: the one that a
// release watches.
func (b *builder) compositeAlarm(c color.Color) (err error) {
	suffix := string(c) + "-release"
	says := "Something is wrong with the " + string(c) + " fleet of " + b.args.Environment + "."
	b.fleet.CompositeAlarms[c], err = compositealarm.New(b.ctx, b.child(suffix), compositealarm.Args{
		Name: b.physical(suffix), Severity: string(alarms.Release), Children: b.alarmNames(c),
		Description: alarms.Describe(says, alarms.Release, runbook, b.args.RunbookURL),
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
