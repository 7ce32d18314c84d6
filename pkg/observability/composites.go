package observability

import (
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
)

// Composite is an alarm that pages.
type Composite struct {
	// Tier is whose outages it pages for.
	Tier  alarms.Tier
	Alarm *cloudwatch.CompositeAlarm
}

// paging is the name of the composite alarm of a tier or target, without what it begins with.
func paging(of string) string { return "-" + of + "-critical" }

// composites makes the alarms that page for a tier, and the one that silences them.
func (b *builder) composites(table alarms.Table, all []planned) error {
	groups := b.groups[table.Tier]
	if len(groups) == 0 {
		return nil
	}
	suppressor, err := b.suppressor(table, all)
	if err != nil {
		return err
	}
	for _, group := range groups {
		args := b.compositeArgs(table, paging(group), table.Says, b.children[group])
		args.Actions = pulumi.StringArray{b.args.Topics[alarms.Critical]}
		args.Suppressor = suppressor
		made, err := compositealarm.New(b.ctx, b.name+paging(group), args, b.parent())
		if err != nil {
			return err
		}
		b.observability.Composites = append(b.observability.Composites, Composite{Tier: table.Tier, Alarm: made})
	}
	b.explain(table, suppressor, all)
	return nil
}

// speak notes that a composite alarm is to page for a metric alarm: that of the tier, or of
// the target where each pages by itself.
func (b *builder) speak(p planned, name pulumi.StringInput) {
	group := string(p.tier)
	if p.eachTarget {
		group = p.target
	}
	if b.children[group] == nil {
		b.groups[p.tier] = append(b.groups[p.tier], group)
	}
	b.children[group] = append(b.children[group], name)
}

func (b *builder) compositeArgs(table alarms.Table, suffix, says string, children pulumi.StringArray) compositealarm.Args {
	return compositealarm.Args{
		Name:        b.args.Environment + suffix,
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
		for _, group := range b.groups[below] {
			children = append(children, b.children[group]...)
		}
	}
	if len(children) == 0 {
		return nil, nil //nolint:nilnil // no suppressor is no error
	}
	explained := "-" + string(table.Tier) + "-explained"
	made, err := compositealarm.New(b.ctx, b.name+explained,
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
		case p.spokenFor() && slices.Contains(table.Below, p.tier):
			slowest = max(slowest, seconds)
		case p.spokenFor() && p.tier == table.Tier && (fastest == 0 || seconds < fastest):
			fastest = seconds
		}
	}
	return compositealarm.WaitSeconds(slowest, fastest)
}
