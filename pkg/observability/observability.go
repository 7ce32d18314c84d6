// Package observability watches one environment: a CloudWatch alarm for each target and
// each row of the tables of package alarms, those that the configuration adds, and the
// composite alarms by which one outage pages once.
//
// A warning acts on the warning topic, and a critical alarm on the critical one, but for an
// outage (alarms.Row.Explains), which acts on nothing: the composite alarm of its tier, or of
// its target where each fails by itself, is in ALARM while any of them is, and acts in their
// place. What it shows may have its cause in a tier below, so that it is silent while one of
// the outages there is in ALARM: a database that is down pages for the database, and not for
// the fleet and the load balancers too. A database whose storage is nearly full is no outage:
// it pages by itself, silences nothing, and keeps no composite alarm in ALARM, which would
// then act on no outage. An alarm that the configuration adds belongs to no tier, and acts by
// itself.
//
// Refused before anything is registered: a missing field, a target that is not whole, two
// alarms of one name, what package alarms refuses. Nothing is protected: an alarm keeps nothing.
//
// Children of the component, by name (names are API: they are part of the URN); those in
// CloudWatch are the same with the environment in place of <name>:
//
//	<name>-<target>-<row>      MetricAlarm; LogMetricFilter, of a row that counts log events
//	<name>-own-<alarm>         MetricAlarm that the configuration adds
//	<name>-<tier>-critical     CompositeAlarm that pages; none of a tier without an outage
//	<name>-<target>-critical   the same of each target, of a tier whose targets fail each by itself
//	<name>-<tier>-explained    CompositeAlarm that silences them, and acts on nothing; none of a
//	                           tier that depends on nothing that is watched
package observability

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:Observability" //nolint:gosec // the name of a type, no credential

// Args describe what is watched of one environment; every field is required.
type Args struct {
	// Environment begins the alarms' names.
	Environment string
	// Config is the validated configuration.
	Config config.Observability
	// Topics are the ARNs of the topics of the severities critical and warning.
	Topics map[alarms.Severity]pulumi.StringInput
	// Targets are what is watched.
	Targets []Target
}

// Observability is what watches one environment.
type Observability struct {
	pulumi.ResourceState

	// Alarms are the metric alarms, in the order of the tables, the targets and then the
	// configuration's own.
	Alarms []Alarm
	// Rows are the alarms as this environment has them, each once whatever its targets.
	Rows []alarms.Alarm
	// Composites are the composite alarms that page, in the order of the tables and targets.
	Composites []Composite
	// Explanations are the alarms that explain what shows at a tier, by tier; none of a tier
	// without an outage.
	Explanations map[alarms.Tier]Explanation
}

// Alarm is a metric alarm that was made.
type Alarm struct {
	// Name is the physical name, and ARN the alarm's.
	Name string
	ARN  pulumi.StringOutput
	// Tier is that of its row; empty of an alarm that the configuration adds.
	Tier alarms.Tier
	// Target is the name of what it watches; empty of an alarm that the configuration adds.
	Target   string
	Severity alarms.Severity
	// SpokenFor tells that a composite alarm acts in its place.
	SpokenFor bool
}

// builder carries what the steps of New share.
type builder struct {
	ctx           *pulumi.Context
	name          string
	args          Args
	observability *Observability

	// groups are the tiers or targets that have a composite alarm each, by tier, and children
	// the names of the alarms that it speaks for.
	groups   map[alarms.Tier][]string
	children map[string]pulumi.StringArray
}

// New validates args, registers nothing on an error, and otherwise the alarms.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Observability, error) {
	planned, err := plan(args)
	if err != nil {
		return nil, err
	}
	made := &Observability{Explanations: map[alarms.Tier]Explanation{}, Rows: rows(planned)}
	if err := ctx.RegisterComponentResource(TypeToken, name, made, opts...); err != nil {
		return nil, err
	}
	b := &builder{
		ctx: ctx, name: name, args: args, observability: made,
		groups: map[alarms.Tier][]string{}, children: map[string]pulumi.StringArray{},
	}
	for _, p := range planned {
		if err := b.alarm(p); err != nil {
			return nil, err
		}
	}
	for _, table := range alarms.Tables() {
		if err := b.composites(table, planned); err != nil {
			return nil, err
		}
	}
	arns := pulumi.StringArray{}
	for _, composite := range made.Composites {
		arns = append(arns, composite.Alarm.Arn)
	}
	return made, ctx.RegisterResourceOutputs(made, pulumi.Map{"pagingAlarmArns": arns})
}

// parent is the option of every child.
func (b *builder) parent() pulumi.ResourceOption { return pulumi.Parent(b.observability) }

// alarm makes a metric alarm.
func (b *builder) alarm(p planned) error {
	made, err := metricalarm.New(b.ctx, b.name+p.suffix(), p.alarm, metricalarm.Args{
		Name: b.args.Environment + p.suffix(), RunbookURL: b.args.Config.RunbookURL,
		Dimensions: p.dimensions, LogGroup: p.logGroup, Actions: b.actions(p),
	}, b.parent())
	if err != nil {
		return err
	}
	b.observability.Alarms = append(b.observability.Alarms, Alarm{
		Name: b.args.Environment + p.suffix(), ARN: made.Arn, Tier: p.tier, Target: p.target, Severity: p.alarm.Severity, SpokenFor: p.spokenFor(),
	})
	if p.spokenFor() {
		b.speak(p, made.Name)
	}
	return nil
}

// actions are the topic of the alarm's severity, where no composite alarm speaks for it.
func (b *builder) actions(p planned) pulumi.Array {
	if p.spokenFor() {
		return nil
	}
	return pulumi.Array{b.args.Topics[p.alarm.Severity]}
}

// rows are the alarms that were planned for targets, each once.
func rows(all []planned) []alarms.Alarm {
	var found []alarms.Alarm
	seen := map[string]bool{}
	for _, p := range all {
		if key := p.key; !seen[key] {
			seen[key] = true
			found = append(found, p.alarm)
		}
	}
	return found
}
