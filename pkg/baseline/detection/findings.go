package detection

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/alarms/metricalarm"
	"aws-platform/pkg/config"
)

// prefix begins the names of what is the account's.
const prefix = "platform-"

// source is whose findings a rule hears.
type source struct {
	// name is in the rule's name.
	name string
	// says is the rule's description.
	says string
	// when tells whether the rule is made.
	when func(config.Baseline) bool
	// event and types are the event's source and detail-type.
	event, detailType string
	// detail is what the event must have.
	detail func(config.Baseline) map[string]any
	// message is what the topic's readers get.
	message message
}

// RuleNames are the names of all rules that can be made, sorted.
func RuleNames() []string {
	var names []string
	for _, s := range sources {
		names = append(names, s.rule())
	}
	slices.Sort(names)
	return names
}

// RuleARNs are their ARNs in an account and region: who, of EventBridge, publishes to the
// account's security topic. They are known before the rules are made, for the role by which
// they publish.
func RuleARNs(partition, region, account string) []string {
	var arns []string
	for _, name := range RuleNames() {
		arns = append(arns, fmt.Sprintf("arn:%s:events:%s:%s:rule/%s", partition, region, account, name))
	}
	return arns
}

func (s source) rule() string { return prefix + s.name + "-findings" }

// pattern is the rule's event pattern.
func (s source) pattern(of config.Baseline) string {
	text, err := json.Marshal(map[string]any{"source": []string{s.event}, "detail-type": []string{s.detailType}, "detail": s.detail(of)})
	if err != nil {
		panic(err) // only texts, lists and maps go in
	}
	return string(text)
}

// findings make the rules. They publish by a role, which every target of EventBridge can have
// since March 2025: a policy of a topic or of its key cannot tell the account's rules from
// others' (package topics).
func (b builder) findings() error {
	for _, s := range sources {
		if !s.when(b.args.Config) {
			continue
		}
		if err := b.rule(s); err != nil {
			return err
		}
		b.detection.RuleNames = append(b.detection.RuleNames, s.rule())
	}
	slices.Sort(b.detection.RuleNames)
	return nil
}

func (b builder) rule(s source) error {
	name := b.name + "-findings-" + s.name
	rule, err := cloudwatch.NewEventRule(b.ctx, name, &cloudwatch.EventRuleArgs{
		Name:         pulumi.String(s.rule()),
		Description:  pulumi.String(s.says),
		EventPattern: pulumi.String(s.pattern(b.args.Config)),
		Tags:         tags(s.rule()),
	}, b.child()...)
	if err != nil {
		return err
	}
	_, err = cloudwatch.NewEventTarget(b.ctx, name, &cloudwatch.EventTargetArgs{
		Rule:     rule.Name,
		TargetId: pulumi.String("topic"),
		Arn:      b.args.TopicARN,
		RoleArn:  b.args.EventsRoleARN,
		InputTransformer: cloudwatch.EventTargetInputTransformerArgs{
			InputPaths:    pulumi.ToStringMap(s.message.paths()),
			InputTemplate: pulumi.String(s.message.template(b.args)),
		},
	}, b.child()...)
	if err != nil {
		return err
	}
	return b.lost(s)
}

// lost raises an alarm when a finding did not reach the topic, by a role or a key that does
// not let EventBridge. CloudWatch publishes in another way, so that this is heard.
func (b builder) lost(s source) error {
	const fiveMinutes = 300
	_, err := metricalarm.New(b.ctx, b.name+"-findings-"+s.name+"-lost", alarms.Alarm{
		Name:       s.name + "-findings-lost",
		Says:       "EventBridge could not tell of a finding of " + s.message.of + ": look there, for nobody was told.",
		Metrics:    []alarms.Metric{{Namespace: "AWS/Events", Name: "FailedInvocations", Statistic: alarms.Sum}},
		Comparison: alarms.Above, Threshold: 0, Unit: alarms.Count,
		PeriodSeconds: fiveMinutes, Periods: 1, Datapoints: 1, Missing: alarms.NotBreaching,
		Severity: alarms.Critical, Runbook: findingsRunbook,
	}, metricalarm.Args{
		Name: s.rule() + "-lost", RunbookURL: b.args.Config.RunbookURL, Actions: pulumi.Array{b.args.TopicARN},
		Dimensions: pulumi.StringMap{"RuleName": pulumi.String(s.rule())},
	}, b.child()...)
	return err
}
