package slo

import (
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
)

// builder carries what the steps of New share.
type builder struct {
	ctx  *pulumi.Context
	name string
	args Args
	slo  *SLO

	// explained is the name of the alarm that is in ALARM while something explains a burn; nil without.
	explained pulumi.StringInput
}

// watch makes the alarms of a burn: two a load balancer, and the one that acts.
func (b *builder) watch(burn Burn) error {
	var windows pulumi.StringArray // names, the long window's and then the short one's
	for _, balancer := range slices.Sorted(maps.Keys(b.args.Balancers)) {
		for _, alarm := range []alarms.Alarm{burn.longAlarm(b.args.AvailabilityPercent), burn.shortAlarm(b.args.AvailabilityPercent)} {
			made, err := b.metricAlarm(burn, balancer, alarm)
			if err != nil {
				return err
			}
			windows = append(windows, made.Name)
		}
	}
	return b.composite(burn, windows)
}

func (b *builder) metricAlarm(burn Burn, balancer string, alarm alarms.Alarm) (*cloudwatch.MetricAlarm, error) {
	// slo-fast-1h of public is slo-fast-public-1h.
	window := strings.TrimPrefix(alarm.Name, "slo-"+burn.Name)
	suffix := "-slo-" + burn.Name + "-" + balancer + window
	made, err := metricalarm.New(b.ctx, b.name+suffix, alarm, metricalarm.Args{
		Name:       b.args.Environment + suffix,
		RunbookURL: b.args.RunbookURL,
		Dimensions: pulumi.StringMap{"LoadBalancer": b.args.Balancers[balancer]},
	}, pulumi.Parent(b.slo))
	b.slo.Alarms = append(b.slo.Alarms, made)
	return made, err
}

// composite makes the alarm that acts.
func (b *builder) composite(burn Burn, windows pulumi.StringArray) error {
	alarm := burn.composite(b.args.AvailabilityPercent)
	suffix := "-" + alarm.Name
	suppressor, err := b.suppressor(burn)
	if err != nil {
		return err
	}
	topic := pulumi.StringArray{b.args.topic(alarm.Severity)}
	made, err := cloudwatch.NewCompositeAlarm(b.ctx, b.name+suffix, &cloudwatch.CompositeAlarmArgs{
		AlarmName:         pulumi.String(b.args.Environment + suffix),
		AlarmDescription:  pulumi.String(alarm.Description(b.args.RunbookURL)),
		AlarmRule:         windows.ToStringArrayOutput().ApplyT(rule).(pulumi.StringOutput),
		AlarmActions:      topic,
		OkActions:         topic,
		ActionsSuppressor: suppressor,
		Tags:              pulumi.StringMap{"Name": pulumi.String(b.args.Environment + suffix), "Severity": pulumi.String(alarm.Severity)},
	}, pulumi.Parent(b.slo))
	b.slo.Composites[burn.Name] = made
	return err
}

// rule joins names by twos: a load balancer's long and short windows.
func rule(names []string) string {
	var pairs []string
	for pair := range slices.Chunk(names, 2) {
		pairs = append(pairs, `(ALARM("`+strings.Join(pair, `") AND ALARM("`)+`"))`)
	}
	return strings.Join(pairs, " OR ")
}
