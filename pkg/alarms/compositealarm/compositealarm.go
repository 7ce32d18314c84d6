// Package compositealarm makes CloudWatch alarms that speak for others: each is in ALARM
// when any of its children is.
//
// CloudWatch takes 100 children and 10,240 characters a rule (CloudWatch API reference,
// PutCompositeAlarm). More children are shared out among parts, which the alarm then has
// as its children.
//
// Refused before anything is registered: a missing field, no child. A rule that is too
// long is refused when the children's names are known.
//
// Resources, by name (names are API: they are part of the URN):
//
//	<name>              CompositeAlarm
//	<name>-part-<n>     CompositeAlarm, from 1 on, of more than 100 children
package compositealarm

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/required"
)

// The limits of a rule.
const (
	// MostChildren are of one alarm.
	MostChildren = 100
	// longestRule is in characters.
	longestRule = 10240
)

// LongestChild is the longest name that a child may have for a hundred such to fit a rule.
const LongestChild = longestRule/MostChildren - len(`ALARM("") OR `)

// Args say what an alarm speaks for, and who hears of it.
type Args struct {
	// Name is the physical name; required.
	Name string
	// Description is what whoever is paged reads (alarms.Describe); required.
	Description string
	// Severity is the tag of that name; required.
	Severity string
	// Children are the names of the alarms; required, and from their own outputs, as
	// CloudWatch refuses a child that is not there yet.
	Children pulumi.StringArray
	// Actions hear of the alarm, and of its end: topics; none for one that only others look at.
	Actions pulumi.StringArray
	// Suppressor silences the actions while it is in ALARM; none by default.
	Suppressor *Suppressor
}

// Suppressor silences an alarm's actions (Amazon CloudWatch User Guide, "Suppressing
// composite alarm actions").
type Suppressor struct {
	// Alarm is its name.
	Alarm pulumi.StringInput
	// WaitSeconds is how long the alarm waits for it before it acts, ExtensionSeconds how
	// long it stays silent when it has ended.
	WaitSeconds, ExtensionSeconds int
}

// New validates args, registers nothing on an error, and otherwise the alarm.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*cloudwatch.CompositeAlarm, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	children := args.Children
	if len(children) > MostChildren {
		var err error
		if children, err = parts(ctx, name, args, opts...); err != nil {
			return nil, err
		}
	}
	made := &cloudwatch.CompositeAlarmArgs{
		AlarmName:        pulumi.String(args.Name),
		AlarmDescription: pulumi.String(args.Description),
		AlarmRule:        children.ToStringArrayOutput().ApplyT(rule).(pulumi.StringOutput),
		AlarmActions:     args.Actions,
		OkActions:        args.Actions,
		Tags:             tags(args),
	}
	if s := args.Suppressor; s != nil {
		made.ActionsSuppressor = cloudwatch.CompositeAlarmActionsSuppressorArgs{
			Alarm: s.Alarm, WaitPeriod: pulumi.Int(s.WaitSeconds), ExtensionPeriod: pulumi.Int(s.ExtensionSeconds),
		}
	}
	return cloudwatch.NewCompositeAlarm(ctx, name, made, opts...)
}

func tags(args Args) pulumi.StringMap {
	return pulumi.StringMap{"Name": pulumi.String(args.Name), "Severity": pulumi.String(args.Severity)}
}

// parts share the children out, and act on nothing.
func parts(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (pulumi.StringArray, error) {
	names, n := pulumi.StringArray{}, 0
	for children := range slices.Chunk(args.Children, MostChildren) {
		n++
		suffix := fmt.Sprintf("-part-%d", n)
		part, err := New(ctx, name+suffix, Args{
			Name: args.Name + suffix, Description: args.Description, Severity: args.Severity, Children: children,
		}, opts...)
		if err != nil {
			return nil, err
		}
		names = append(names, part.AlarmName)
	}
	return names, nil
}

// rule is in ALARM when any of the alarms is.
func rule(names []string) (string, error) {
	text := `ALARM("` + strings.Join(names, `") OR ALARM("`) + `")`
	if len(text) > longestRule {
		return "", fmt.Errorf("compositealarm.Args.Children: a rule of %d characters: CloudWatch takes %d: give the alarms shorter names", len(text), longestRule)
	}
	return text, nil
}

// validate returns every reason why the alarm cannot be made.
func validate(args Args) error {
	problems := required.Missing("compositealarm.Args",
		required.Field{Name: "Name", Value: args.Name, Remedy: "pass the physical name"},
		required.Field{Name: "Description", Value: args.Description, Remedy: "pass what is wrong, how grave it is and the runbook"},
		required.Field{Name: "Severity", Value: args.Severity, Remedy: "pass the severity"},
		required.Field{Name: "Children", Value: len(args.Children), Remedy: "pass the names of the alarms that it speaks for"},
	)
	if args.Suppressor != nil {
		problems = append(problems, required.Missing("compositealarm.Args.Suppressor",
			required.Field{Name: "Alarm", Value: args.Suppressor.Alarm, Remedy: "pass the name of the alarm that silences this one"},
			required.Field{Name: "WaitSeconds", Value: args.Suppressor.WaitSeconds, Remedy: "say how long to wait for it"},
			required.Field{Name: "ExtensionSeconds", Value: args.Suppressor.ExtensionSeconds, Remedy: "say how long to stay silent after it"},
		)...)
	}
	return errors.Join(problems...)
}
