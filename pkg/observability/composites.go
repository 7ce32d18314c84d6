package observability

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
)

// composite makes the alarm that pages for a tier, and the one that silences it.
func (b *builder) composite(table alarms.Table, all []planned) error {
	children := b.children[table.Tier]
	if len(children) == 0 {
		return nil
	}
	suppressor, err := b.suppressor(table, all)
	if err != nil {
		return err
	}
	args := b.compositeArgs(table, "critical", table.Says, children)
	args.Actions = pulumi.StringArray{b.args.Topics[alarms.Critical]}
	args.Suppressor = suppressor
	b.observability.Composites[table.Tier], err = compositealarm.New(b.ctx, b.name+"-"+string(table.Tier)+"-critical", args, b.parent())
	if err != nil {
		return err
	}
	var explained pulumi.StringInput
	if suppressor != nil {
		explained = suppressor.Alarm
	}
	b.explain(table, explained, all)
	return nil
}

func (b *builder) compositeArgs(table alarms.Table, what, says string, children pulumi.StringArray) compositealarm.Args {
	return compositealarm.Args{
		Name:        b.args.Environment + "-" + string(table.Tier) + "-" + what,
		Description: alarms.Describe(says, alarms.Critical, table.Runbook, b.args.Config.RunbookURL),
		Severity:    string(alarms.Critical),
		Children:    children,
	}
}

// suppressor makes the alarm that is in ALARM while a tier below explains what the tier
// shows; nil where nothing does.
func (b *builder) suppressor(table alarms.Table, all []planned) (*compositealarm.Suppressor, error) {
	var children pulumi.StringArray
	for _, below := range table.Below {
		children = append(children, b.explaining[below]...)
	}
	if len(children) == 0 {
		return nil, nil //nolint:nilnil // no suppressor is no error
	}
	const explained = "explained"
	made, err := compositealarm.New(b.ctx, b.name+"-"+string(table.Tier)+"-"+explained,
		b.compositeArgs(table, explained, "An outage below pages, and explains what else is wrong here: this alarm silences that.", children), b.parent())
	if err != nil {
		return nil, err
	}
	return &compositealarm.Suppressor{Alarm: made.AlarmName, WaitSeconds: wait(table, all), ExtensionSeconds: compositealarm.ExtensionSeconds}, nil
}

// wait is how much later the slowest alarm that explains goes off than the fastest one of
// the tier, so that an outage of both is explained before it pages.
func wait(table alarms.Table, all []planned) int {
	slowest, fastest := 0, 0
	for _, p := range all {
		switch seconds := p.alarm.Seconds(); {
		case p.explains && slices.Contains(table.Below, p.tier):
			slowest = max(slowest, seconds)
		case p.spokenFor() && p.tier == table.Tier && (fastest == 0 || seconds < fastest):
			fastest = seconds
		}
	}
	return compositealarm.WaitSeconds(slowest, fastest)
}
