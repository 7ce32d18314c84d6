package slo

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
)

// Explained are the alarms that page for what a burn shows too.
type Explained struct {
	// Alarms are their names, from their own outputs; none is fine.
	Alarms pulumi.StringArray
	// Seconds is how long the slowest of them takes to go off.
	Seconds int
}

const (
	// fastestSeconds is how long a total outage takes to be a burn: CloudWatch looks at the
	// windows every minute.
	fastestSeconds = 60
	// waitSeconds is how long a page waits for a graver one of the same outage, whose metrics
	// come at the same minute.
	waitSeconds = 120
)

// explain makes the alarm that is in ALARM while one does that explains a burn.
func (b *builder) explain() error {
	if len(b.args.Explained.Alarms) == 0 {
		return nil
	}
	made, err := b.anyOf("-slo-explained", b.args.Explained.Alarms)
	if err != nil {
		return err
	}
	b.explained = made.AlarmName
	return nil
}

// anyOf makes an alarm that acts on nothing, and that others look at.
func (b *builder) anyOf(suffix string, names pulumi.StringArray) (*cloudwatch.CompositeAlarm, error) {
	return compositealarm.New(b.ctx, b.name+suffix, compositealarm.Args{
		Name: b.args.Environment + suffix, Severity: string(alarms.Critical), Children: names,
		Description: alarms.Describe("An outage pages, and explains why requests fail: this alarm silences a burn of the error budget.",
			alarms.Critical, runbook, b.args.RunbookURL),
	}, pulumi.Parent(b.slo))
}

// suppressor silences a burn that pages, while something pages already for the same outage:
// what explains it, and for the slow burn the fast one. Nothing silences a warning.
//
// The short window has the outage in it for a while after the end of it, and as long as
// that at least the alarm stays silent (Amazon CloudWatch User Guide, "Alarm suppression").
// An outage that goes on more slowly pages then.
func (b *builder) suppressor(burn Burn) (cloudwatch.CompositeAlarmActionsSuppressorPtrInput, error) {
	if burn.Severity != alarms.Critical {
		return nil, nil //nolint:nilnil // no suppressor is no error
	}
	var names pulumi.StringArray
	wait, extension := 0, int(burn.Short.Seconds())
	if b.explained != nil {
		names = append(names, b.explained)
		wait, extension = compositealarm.WaitSeconds(b.args.Explained.Seconds, fastestSeconds), max(extension, compositealarm.ExtensionSeconds)
	}
	if graver := b.slo.Composites[Burns()[0].Name]; graver != nil {
		names = append(names, graver.AlarmName)
		wait = max(wait, waitSeconds)
	}
	if len(names) == 0 {
		return nil, nil //nolint:nilnil // no suppressor is no error
	}
	by := names[0]
	if len(names) > 1 {
		made, err := b.anyOf("-slo-"+burn.Name+"-explained", names)
		if err != nil {
			return nil, err
		}
		by = made.AlarmName
	}
	return cloudwatch.CompositeAlarmActionsSuppressorArgs{Alarm: by, WaitPeriod: pulumi.Int(wait), ExtensionPeriod: pulumi.Int(extension)}, nil
}
