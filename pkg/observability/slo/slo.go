// Package slo holds the application to its objective of availability: the share of
// requests, over 30 days, that its load balancers and what is behind them answer with
// anything but 5xx. What is left to 100 % is the error budget, and alarms say how fast it
// is spent (Google, Site Reliability Workbook, "Alerting on SLOs").
//
// Each load balancer is held to the objective by itself, so that the many requests of one
// do not hide the failures of another; one alarm speaks for all of them. The metric alarms
// have no action. For each burn rate (see Burns) a composite alarm is in ALARM when a load
// balancer's long and short windows are, and acts:
//
//	fast      14.4 times the budget over 1 hour and 5 minutes    critical topic
//	slow      6 times over 6 hours and 30 minutes                critical topic
//	gradual   the budget itself, over 3 days and 6 hours         warning topic
//
// One outage pages once: fast is silent while an alarm is in ALARM that pages for what it
// shows (Args.Explained), slow while one of them or fast is.
//
// Refused before anything is registered: a missing field, an objective that alarms cannot
// watch. Nothing is protected: an alarm keeps nothing. Without load balancers, which
// dev has without a domain, there are no alarms.
//
// Children of the component, by name (names are API: they are part of the URN); those in
// CloudWatch are the same with the environment in place of <name>:
//
//	<name>-slo-<burn>                       CompositeAlarm
//	<name>-slo-explained                    CompositeAlarm that silences fast, and acts on nothing
//	<name>-slo-slow-explained               CompositeAlarm, the same of slow; neither without Args.Explained
//	<name>-slo-<burn>-<balancer>-<window>   MetricAlarm; 1h and 5m, 6h and 30m, 3d and 6h
package slo

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:observability:SLO" //nolint:gosec // a type, not a credential

// Args describe the objective of one environment; every field is required unless it says
// otherwise.
type Args struct {
	// Environment begins the alarms' names.
	Environment string
	// RunbookURL is the folder or URL of the runbooks.
	RunbookURL string
	// AvailabilityPercent is the objective, from config.LeastAvailabilityPercent to less than 100.
	AvailabilityPercent float64
	// Balancers are the load balancers that forward requests, by name ("public"): the ARN
	// suffix of each, as metrics name it. None is fine.
	Balancers map[string]pulumi.StringInput
	// Explained are the alarms that page for what a burn shows too; none by default.
	Explained Explained
	// CriticalARN and WarningARN are the topics.
	CriticalARN, WarningARN pulumi.StringInput
}

// SLO is the objective of one environment.
type SLO struct {
	pulumi.ResourceState

	// Alarms are the metric alarms, in the order of Burns and then of the load balancers'
	// names. None of them acts.
	Alarms []*cloudwatch.MetricAlarm
	// Composites are the alarms that act, by the name of the burn; none without load balancers.
	Composites map[string]*cloudwatch.CompositeAlarm
}

// New validates args, registers nothing on an error, and otherwise the alarms.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*SLO, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	slo := &SLO{Composites: map[string]*cloudwatch.CompositeAlarm{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, slo, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, slo: slo}
	if len(args.Balancers) > 0 {
		if err := b.explain(); err != nil {
			return nil, err
		}
		for _, burn := range Burns() {
			if err := b.watch(burn); err != nil {
				return nil, err
			}
		}
	}
	return slo, ctx.RegisterResourceOutputs(slo, pulumi.Map{"availabilityPercent": pulumi.Float64(args.AvailabilityPercent)})
}

// validate returns every reason why the objective cannot be watched.
func validate(args Args) error {
	problems := required.Missing("slo.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "RunbookURL", Value: args.RunbookURL, Remedy: "pass the folder or URL of the runbooks"},
		required.Field{Name: "CriticalARN", Value: args.CriticalARN, Remedy: "pass the critical topic"},
		required.Field{Name: "WarningARN", Value: args.WarningARN, Remedy: "pass the warning topic"},
	)
	if len(args.Explained.Alarms) > 0 {
		problems = append(problems, required.Missing("slo.Args",
			required.Field{Name: "Explained.Seconds", Value: args.Explained.Seconds, Remedy: "say how long the slowest of its alarms takes to go off"})...)
	}
	for _, balancer := range slices.Sorted(maps.Keys(args.Balancers)) {
		problems = append(problems, required.Missing("slo.Args",
			required.Field{Name: "Balancers[" + balancer + "]", Value: args.Balancers[balancer], Remedy: "pass the load balancer's ARN suffix"})...)
	}
	if objective := args.AvailabilityPercent; !(objective >= config.LeastAvailabilityPercent && objective < 100) {
		problems = append(problems, fmt.Errorf("slo.Args.AvailabilityPercent: %v: alarms cannot watch its error budget: pass the validated configuration", objective))
	}
	return errors.Join(problems...)
}

// topic is who hears of a severity.
func (a Args) topic(severity alarms.Severity) pulumi.StringInput {
	if severity == alarms.Critical {
		return a.CriticalARN
	}
	return a.WarningARN
}
