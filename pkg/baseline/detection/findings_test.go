package detection_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/detection"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

// hubOff is whole without Security Hub, so that every rule is made in one of the two.
func hubOff() detection.Args {
	args := whole()
	args.Config.SecurityHub.Enabled = false
	return args
}

// rules are all rules by what they are called here, with their targets.
func rules(t *testing.T) (patterns map[string]any, targets map[string]graph.Resource) {
	t.Helper()
	patterns, targets = map[string]any{}, map[string]graph.Resource{}
	for _, args := range []detection.Args{hubOff(), whole()} {
		g := plan(t, args)
		for _, rule := range g.OfType("aws:cloudwatch/eventRule:EventRule") {
			var pattern any
			require.NoError(t, json.Unmarshal([]byte(rule.String("eventPattern")), &pattern))
			name := strings.TrimPrefix(rule.Name, "x-findings-")
			patterns[name], targets[name] = pattern, one(t, g, "aws:cloudwatch/eventTarget:EventTarget", rule.Name)
			assert.Equal(t, rule.String("name"), targets[name].String("rule"))
			assert.NotEmpty(t, rule.String("description"))
		}
	}
	return patterns, targets
}

// heard is an event, in the parts that matter, and the rule that hears it; none for nobody.
var heard = []struct{ why, event, by string }{
	{"a control that fails", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[
		{"Severity":{"Label":"HIGH"},"Workflow":{"Status":"NEW"},"RecordState":"ACTIVE"}]}}`, "security-hub"},
	{"a critical one", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[
		{"Severity":{"Label":"CRITICAL"},"Workflow":{"Status":"NEW"},"RecordState":"ACTIVE"}]}}`, "security-hub"},
	{"a medium one", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[
		{"Severity":{"Label":"MEDIUM"},"Workflow":{"Status":"NEW"},"RecordState":"ACTIVE"}]}}`, ""},
	{"one that somebody has taken up", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[
		{"Severity":{"Label":"HIGH"},"Workflow":{"Status":"NOTIFIED"},"RecordState":"ACTIVE"}]}}`, ""},
	{"one that is no more", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Imported","detail":{"findings":[
		{"Severity":{"Label":"HIGH"},"Workflow":{"Status":"NEW"},"RecordState":"ARCHIVED"}]}}`, ""},
	{"a button that a person pressed", `{"source":"aws.securityhub","detail-type":"Security Hub Findings - Custom Action","detail":{"findings":[
		{"Severity":{"Label":"HIGH"},"Workflow":{"Status":"NEW"},"RecordState":"ACTIVE"}]}}`, ""},
	{"GuardDuty, high", `{"source":"aws.guardduty","detail-type":"GuardDuty Finding","detail":{"severity":7}}`, "guardduty"},
	{"GuardDuty, critical", `{"source":"aws.guardduty","detail-type":"GuardDuty Finding","detail":{"severity":9.2}}`, "guardduty"},
	{"GuardDuty, medium", `{"source":"aws.guardduty","detail-type":"GuardDuty Finding","detail":{"severity":6.9}}`, ""},
	{"Inspector, high", `{"source":"aws.inspector2","detail-type":"Inspector2 Finding","detail":{"severity":"HIGH","status":"ACTIVE"}}`, "inspector"},
	{"Inspector, closed", `{"source":"aws.inspector2","detail-type":"Inspector2 Finding","detail":{"severity":"HIGH","status":"CLOSED"}}`, ""},
	{"Inspector, untriaged", `{"source":"aws.inspector2","detail-type":"Inspector2 Finding","detail":{"severity":"UNTRIAGED","status":"ACTIVE"}}`, ""},
	{"access from outside", `{"source":"aws.access-analyzer","detail-type":"Access Analyzer Finding","detail":{"status":"ACTIVE","isDeleted":false}}`, "access"},
	{"access that was archived", `{"source":"aws.access-analyzer","detail-type":"Access Analyzer Finding","detail":{"status":"ARCHIVED","isDeleted":false}}`, ""},
	{"what could not be analyzed", `{"source":"aws.access-analyzer","detail-type":"Access Analyzer Finding","detail":{"status":"ACTIVE","isDeleted":false,"error":"ACCESS_DENIED"}}`, ""},
	{"unused access", `{"source":"aws.access-analyzer","detail-type":"Unused Access Finding for IAM entities","detail":{"status":"ACTIVE","isDeleted":false}}`, ""},
	{"a card number", `{"source":"aws.macie","detail-type":"Macie Finding","detail":{"type":"SensitiveData:S3Object/Financial"}}`, "macie"},
	{"a name", `{"source":"aws.macie","detail-type":"Macie Finding","detail":{"type":"SensitiveData:S3Object/Personal"}}`, ""},
}

func TestWhoHearsWhat(t *testing.T) {
	patterns, _ := rules(t)
	require.Len(t, patterns, 5)
	for _, c := range heard {
		var event any
		require.NoError(t, json.Unmarshal([]byte(c.event), &event), c.event)
		for name, pattern := range patterns {
			assert.Equal(t, name == c.by, matches(pattern, event), "%s: %s", c.why, name)
		}
	}
}

// What Macie finds in policies comes by Security Hub, or directly where that is off.
func TestMaciesPolicyFindingsComeOnce(t *testing.T) {
	var event any
	require.NoError(t, json.Unmarshal([]byte(`{"source":"aws.macie","detail-type":"Macie Finding","detail":{"type":"Policy:IAMUser/S3BucketPublic"}}`), &event))
	for _, hub := range []bool{true, false} {
		args := whole()
		args.Config.SecurityHub.Enabled = hub
		var pattern any
		rule := one(t, plan(t, args), "aws:cloudwatch/eventRule:EventRule", "x-findings-macie")
		require.NoError(t, json.Unmarshal([]byte(rule.String("eventPattern")), &pattern))
		assert.Equal(t, !hub, matches(pattern, event))
	}
}

// A detector that is another's to run, and no Security Hub: nobody here is told twice.
func TestADetectorThatIsOffIsNotHeard(t *testing.T) {
	args := hubOff()
	args.Config.GuardDuty, args.Config.Inspector = config.Switch{}, config.Switch{}
	for _, rule := range plan(t, args).OfType("aws:cloudwatch/eventRule:EventRule") {
		assert.NotContains(t, []string{"x-findings-guardduty", "x-findings-inspector"}, rule.Name)
	}
}

func TestFindingsGoToTheTopic(t *testing.T) {
	_, targets := rules(t)
	for name, target := range targets {
		assert.Equal(t, topic, target.String("arn"), name)
		assert.Equal(t, publisher, target.String("roleArn"), name)
	}
}

func TestAFindingThatIsLostIsTold(t *testing.T) {
	g := plan(t, whole())
	rules := g.OfType("aws:cloudwatch/eventRule:EventRule")
	assert.Len(t, g.OfType("aws:cloudwatch/metricAlarm:MetricAlarm"), len(rules))
	for _, rule := range rules {
		alarm := one(t, g, "aws:cloudwatch/metricAlarm:MetricAlarm", rule.Name+"-lost")
		assert.Equal(t, map[string]any{"RuleName": rule.String("name")}, alarm.Inputs["dimensions"])
		assert.Equal(t, []string{"AWS/Events", "FailedInvocations"}, []string{alarm.String("namespace"), alarm.String("metricName")})
		assert.Equal(t, []string{topic}, alarm.Strings("alarmActions"))
		assert.Contains(t, alarm.String("alarmDescription"), "Runbook: https://example.com/runbooks/security-findings.md")
	}
}

// matches is EventBridge's comparison, of what the patterns here have (Amazon EventBridge User
// Guide, "Creating event patterns").
func matches(pattern, event any) bool {
	switch p := pattern.(type) {
	case map[string]any:
		return slices.ContainsFunc(each(event), func(one any) bool {
			object, is := one.(map[string]any)
			for key, wanted := range p {
				if !is || !matches(wanted, object[key]) {
					return false
				}
			}
			return true
		})
	case []any:
		return slices.ContainsFunc(p, func(wanted any) bool {
			return slices.ContainsFunc(each(event), func(one any) bool { return equals(wanted, one) })
		})
	default:
		panic("not a pattern")
	}
}

// each is a list's elements; a single value is a list of one.
func each(value any) []any {
	if list, is := value.([]any); is {
		return list
	}
	return []any{value}
}

func equals(wanted, found any) bool {
	comparison, is := wanted.(map[string]any)
	if !is {
		return wanted == found
	}
	for operator, value := range comparison {
		switch operator {
		case "numeric":
			limit := value.([]any)
			number, is := found.(float64)
			return is && limit[0] == ">=" && number >= limit[1].(float64)
		case "prefix":
			text, is := found.(string)
			return is && strings.HasPrefix(text, value.(string))
		case "exists":
			return value == (found != nil)
		}
	}
	panic("not a comparison")
}
