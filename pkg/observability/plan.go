package observability

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/compositealarm"
	"aws-platform/pkg/required"
)

// Target is one thing that is watched.
type Target struct {
	// Kind says which rows of the tables are its; required.
	Kind alarms.Kind
	// Name tells targets apart, and is in the names of its alarms, "nat-us-east-1a":
	// lower-case letters, digits and dashes; required.
	Name string
	// Dimensions are those of the kind's metrics (alarms.Kind.Dimensions); required.
	Dimensions pulumi.StringMap
	// LogGroup is the name of its log group; required of a kind whose rows count log events.
	LogGroup pulumi.StringInput
	// Capacity is how much it has; required of a kind that has rows whose threshold is a share.
	Capacity alarms.Capacity
	// Without are rows of the kind, by name, that are not for this target; none by default.
	Without []string
}

// own begins the names of the alarms that the configuration adds; no target has the name.
const own = "own"

// planned is an alarm before it is made.
type planned struct {
	alarm alarms.Alarm
	// target and key are what it watches, and its row's key; tier is empty of an own alarm.
	target, key string
	tier        alarms.Tier
	// explains is of a row that is an outage, eachTarget of a tier whose targets page each.
	explains, eachTarget bool
	dimensions           pulumi.StringMap
	logGroup             pulumi.StringInput
}

// suffix is the name without what it begins with.
func (p planned) suffix() string { return "-" + p.target + "-" + p.alarm.Name }

// spokenFor tells whether a composite alarm acts in its place. One that is no outage acts by
// itself: it may be in ALARM for days, in which a composite alarm would not change its state,
// and tell nobody of an outage.
func (p planned) spokenFor() bool { return p.explains && p.alarm.Severity == alarms.Critical }

// planner collects alarms and what is wrong with them.
type planner struct {
	args     Args
	planned  []planned
	problems []error
}

// plan is every alarm of the environment, or every reason why it cannot be watched.
func plan(args Args) ([]planned, error) {
	p := &planner{args: args, problems: required.Missing("observability.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "Config.RunbookURL", Value: args.Config.RunbookURL, Remedy: "pass the validated configuration"},
		required.Field{Name: "Topics[critical]", Value: args.Topics[alarms.Critical], Remedy: "pass the critical topic"},
		required.Field{Name: "Topics[warning]", Value: args.Topics[alarms.Warning], Remedy: "pass the warning topic"},
		required.Field{Name: "Targets", Value: len(args.Targets), Remedy: "pass what is watched"},
	)}
	for i, target := range args.Targets {
		p.checkTarget(fmt.Sprintf("observability.Args.Targets[%d]", i), target)
	}
	for _, table := range alarms.Tables() {
		for _, row := range table.Rows {
			for _, target := range args.Targets {
				if target.Kind == row.Kind && !slices.Contains(target.Without, row.Name) {
					p.add(table, row, target)
				}
			}
		}
	}
	p.addOwn()
	p.checkNames()
	return p.planned, errors.Join(p.problems...)
}

// add plans an alarm of the tables, as the configuration wants it.
func (p *planner) add(table alarms.Table, row alarms.Row, target Target) {
	settings := p.args.Config.Alarms[row.Key()]
	if settings.Off() {
		return
	}
	row = settings.Over(row)
	alarm, err := row.For(target.Capacity)
	if err != nil {
		p.problems = append(p.problems, fmt.Errorf("observability.Args.Targets[%s].Capacity: %w", target.Name, err))
		return
	}
	made := planned{
		alarm: alarm, target: target.Name, key: row.Key(), tier: table.Tier, explains: row.Explains, eachTarget: table.EachTarget,
		dimensions: target.Dimensions, logGroup: target.LogGroup,
	}
	if alarm.Pattern != "" { // the filter's metric has no dimension, and so a name of its own
		metric := alarm.Metrics[0]
		metric.Name = p.args.Environment + made.suffix()
		made.alarm.Metrics = []alarms.Metric{metric}
	}
	p.keep(made)
}

// addOwn plans the alarms that the configuration adds.
func (p *planner) addOwn() {
	for _, name := range p.args.Config.OwnAlarms() {
		settings := p.args.Config.Alarms[name]
		if settings.Off() {
			continue
		}
		made := planned{alarm: settings.Own(name), target: own, key: name}
		if len(settings.Dimensions) > 0 {
			made.dimensions = pulumi.ToStringMap(settings.Dimensions)
		}
		p.keep(made)
	}
}

// keep holds the alarm to what CloudWatch takes.
func (p *planner) keep(made planned) {
	if err := made.alarm.Validate(); err != nil {
		p.problems = append(p.problems, err)
	}
	p.planned = append(p.planned, made)
}

var targetName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (p *planner) checkTarget(path string, target Target) {
	add := func(field string, value any, fact string) {
		p.problems = append(p.problems, fmt.Errorf("%s.%s: %v: %s", path, field, value, fact))
	}
	if !targetName.MatchString(target.Name) || target.Name == own {
		add("Name", fmt.Sprintf("%q", target.Name), "is not the name of a target: use lower-case letters, digits and dashes, and not "+own)
	}
	want, known := target.Kind.Dimensions()
	if !known {
		add("Kind", fmt.Sprintf("%q", target.Kind), "no table has such: pass a kind of package alarms")
		return
	}
	if has := slices.Sorted(maps.Keys(target.Dimensions)); !slices.Equal(has, want) {
		add("Dimensions", has, fmt.Sprintf("are not those by which %s is measured: pass %v", target.Kind, want))
	}
	if (len(want) == 0) != (target.LogGroup != nil) {
		add("LogGroup", target.LogGroup, "a log group is what is watched where metrics have no dimensions, and nowhere else: pass it there alone")
	}
	for _, row := range target.Without {
		if _, _, there := alarms.Find(string(target.Kind) + "-" + row); !there {
			add("Without", row, fmt.Sprintf("%s has no such row: correct it", target.Kind))
		}
	}
}

// checkNames refuses two alarms of one name, of which CloudWatch would keep the last, and a
// name of which a hundred do not fit a composite alarm's rule.
func (p *planner) checkNames() {
	seen := map[string]bool{}
	for _, table := range alarms.Tables() {
		seen[paging(string(table.Tier))], seen["-"+string(table.Tier)+"-explained"] = true, true
	}
	for _, made := range p.planned {
		name := p.args.Environment + made.suffix()
		if seen[made.suffix()] {
			p.problems = append(p.problems, fmt.Errorf("observability.Args.Targets: %s: is the name of two alarms: give the targets other names", name))
		}
		if len(name) > compositealarm.LongestChild {
			p.problems = append(p.problems, fmt.Errorf("observability.Args.Targets: %s: has more than %d characters: give the target a shorter name than %s",
				name, compositealarm.LongestChild, made.target))
		}
		seen[made.suffix()] = true
	}
}
