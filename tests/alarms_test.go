package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/compute/balancer"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

const (
	metricAlarmType    = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeAlarmType = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
)

var (
	// described is how every description ends: package alarms words it.
	described = regexp.MustCompile(`\. Severity: (critical|warning|release)\. Runbook: (?:docs/runbooks|https://\S+)/([a-z0-9-]+\.md)$`)
	// referred are the alarms that a composite alarm's rule names.
	referred = regexp.MustCompile(`(?:ALARM|OK|INSUFFICIENT_DATA)\("([^"]+)"\)`)
)

// raised are the alarms of a stack, by the name that CloudWatch knows.
func raised(t *testing.T, g *graph.Graph) map[string]graph.Resource {
	t.Helper()
	all := map[string]graph.Resource{}
	for property, typ := range map[string]string{"name": metricAlarmType, "alarmName": compositeAlarmType} {
		for _, r := range g.OfType(typ) {
			name := r.String(property)
			require.NotEmpty(t, name, r.URN)
			assert.NotContains(t, all, name, "CloudWatch keeps one alarm of a name: the last")
			all[name] = r
		}
	}
	return all
}

func childrenOf(alarm graph.Resource) []string {
	var names []string
	for _, match := range referred.FindAllStringSubmatch(alarm.String("alarmRule"), -1) {
		names = append(names, match[1])
	}
	return names
}

func severity(alarm graph.Resource) string {
	found := described.FindStringSubmatch(alarm.String("alarmDescription"))
	if found == nil {
		return ""
	}
	return found[1]
}

// acting are the composite alarms that act and that an alarm is a child of, itself or in parts.
func acting(all map[string]graph.Resource, name string) []string {
	var found []string
	for parent, r := range all {
		if !slices.Contains(childrenOf(r), name) {
			continue
		}
		if len(r.Strings("alarmActions")) > 0 {
			found = append(found, parent)
		} else {
			found = append(found, acting(all, parent)...)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func eachAlarm(t *testing.T, do func(stack, name string, all map[string]graph.Resource)) {
	t.Helper()
	seen := 0
	for stack, g := range graphs(t) {
		all := raised(t, g)
		for name := range all {
			seen++
			do(stack, name, all)
		}
	}
	assert.Greater(t, seen, 300)
}

func runbookIsThere(t *testing.T, runbook, who string) {
	t.Helper()
	_, err := os.Stat(filepath.Join(root, "docs", "runbooks", runbook))
	assert.NoError(t, err, who)
}

func TestEveryAlarmHasARunbookAndEveryRunbookIsThere(t *testing.T) {
	eachAlarm(t, func(stack, name string, all map[string]graph.Resource) {
		description := all[name].String("alarmDescription")
		found := described.FindStringSubmatch(description)
		if assert.NotNil(t, found, "%s: %s: %q does not end with severity and runbook", stack, name, description) {
			runbookIsThere(t, found[2], stack+": "+name)
			assert.Equal(t, all[name].String("tags.Severity"), found[1], "%s: %s", stack, name)
			assert.LessOrEqual(t, len(description), 1024, name)
		}
	})
	for _, table := range alarms.Tables() { // those of targets that no environment has, too
		runbookIsThere(t, table.Runbook, string(table.Tier))
		for _, row := range table.Rows {
			runbookIsThere(t, row.Runbook, row.Key())
		}
	}
}

func TestSomebodyHearsOfEveryAlarmOnce(t *testing.T) {
	grave := 0
	eachAlarm(t, func(stack, name string, all map[string]graph.Resource) {
		alarm := all[name]
		if alarm.Type != metricAlarmType || severity(alarm) == string(alarms.Release) {
			return
		}
		if severity(alarm) == string(alarms.Critical) {
			grave++
		}
		heard := len(acting(all, name))
		if len(alarm.Strings("alarmActions")) > 0 {
			heard++
		}
		assert.Equal(t, 1, heard, "%s: %s acts on %v, and %v speak for it", stack, name, alarm.Strings("alarmActions"), acting(all, name))
	})
	assert.Greater(t, grave, 60)
}

func TestReleaseAlarmsTellNobody(t *testing.T) {
	eachAlarm(t, func(stack, name string, all map[string]graph.Resource) {
		if severity(all[name]) == string(alarms.Release) {
			assert.Empty(t, all[name].Strings("alarmActions"), "%s: %s", stack, name)
			assert.Empty(t, acting(all, name), "%s: %s", stack, name)
		}
	})
}

// What pages goes to the topics of those who are paged, and of its own stack.
func TestAlarmsActOnOneTopicOfTheirSeverity(t *testing.T) {
	topics := map[string][]string{
		string(alarms.Critical): {config.CriticalTopic, config.SecurityTopic}, string(alarms.Warning): {config.WarningTopic, config.SecurityTopic, config.CostTopic},
	}
	all := graphs(t)
	eachAlarm(t, func(stack, name string, alarms map[string]graph.Resource) {
		actions := alarms[name].Strings("alarmActions")
		assert.LessOrEqual(t, len(actions), 1, "%s: %s acts on two topics", stack, name)
		assert.Equal(t, actions, alarms[name].Strings("okActions"), "%s: %s: who hears of the beginning hears of the end", stack, name)
		for _, topic := range actions {
			made := all[stack].Select(func(r graph.Resource) bool { return r.Type == "aws:sns/topic:Topic" && r.Outputs["arn"] == topic })
			if assert.Len(t, made, 1, "%s: %s: %s is no topic of the stack", stack, name, topic) {
				end := made[0].String("name")[strings.LastIndex(made[0].String("name"), "-")+1:]
				assert.Contains(t, topics[severity(alarms[name])], end, "%s: %s", stack, name)
			}
		}
	})
}

func TestWhatCompositeAlarmsNameIsThereAndInNoCircle(t *testing.T) {
	composites, suppressed := 0, 0
	eachAlarm(t, func(stack, name string, all map[string]graph.Resource) {
		if all[name].Type != compositeAlarmType {
			return
		}
		composites++
		children := childrenOf(all[name])
		assert.NotEmpty(t, children, "%s: %s", stack, name)
		assert.LessOrEqual(t, len(children), 100, "%s: %s: CloudWatch takes no more", stack, name)
		assert.LessOrEqual(t, len(all[name].String("alarmRule")), 10240, "%s: %s: CloudWatch takes no more", stack, name)
		if suppressor := all[name].String("actionsSuppressor.alarm"); suppressor != "" {
			suppressed++
			assert.Positive(t, all[name].Int("actionsSuppressor.waitPeriod"), name)
			assert.LessOrEqual(t, all[name].Int("actionsSuppressor.waitPeriod"), 300, "%s: %s: nobody is paged for longer", stack, name)
		}
		for _, next := range nextTo(all[name]) {
			assert.Contains(t, all, next, "%s: %s names it", stack, name)
		}
		assert.False(t, leadsTo(all, name, name, map[string]bool{}), "%s: %s leads back to itself", stack, name)
	})
	assert.Greater(t, composites, 30)
	assert.Greater(t, suppressed, 10)
}

// One outage pages once: a burn is silent while the load balancers' alarm pages, or what
// silences that, and the slow one while the fast one does.
func TestTheBurnsAreSilentWhileATierPages(t *testing.T) {
	burns := 0
	eachAlarm(t, func(stack, name string, all map[string]graph.Resource) {
		environment, burn, isBurn := strings.Cut(name, "-slo-")
		if !isBurn || !slices.Contains([]string{"fast", "slow"}, burn) {
			return
		}
		burns++
		by := all[all[name].String("actionsSuppressor.alarm")]
		require.NotEmpty(t, by.Inputs, "%s: nothing silences %s", stack, name)
		assert.Empty(t, by.Strings("alarmActions"), "%s acts on nothing", by.Name)
		assert.Equal(t, burn == "slow", leadsTo(all, by.Name, environment+"-slo-fast", map[string]bool{}), name)
		for _, side := range balancer.Sides() {
			paging := environment + "-balancer-" + string(side) + "-critical"
			for _, silences := range []string{paging, all[paging].String("actionsSuppressor.alarm")} {
				assert.True(t, leadsTo(all, by.Name, silences, map[string]bool{}), "%s: %s does not silence %s", stack, silences, name)
			}
			assert.False(t, leadsTo(all, paging, name, map[string]bool{}), "%s silences what silences it", name)
		}
	})
	assert.Positive(t, burns)
}

// nextTo are the alarms on which another depends: its children, and what silences it.
func nextTo(alarm graph.Resource) []string {
	names := childrenOf(alarm)
	if suppressor := alarm.String("actionsSuppressor.alarm"); suppressor != "" {
		names = append(names, suppressor)
	}
	return names
}

func leadsTo(all map[string]graph.Resource, from, to string, seen map[string]bool) bool {
	for _, next := range nextTo(all[from]) {
		if next == to {
			return true
		}
		if !seen[next] {
			seen[next] = true
			if leadsTo(all, next, to, seen) {
				return true
			}
		}
	}
	return false
}

// Everything that an environment has of what the tables know is watched by every row.
func TestEveryEnvironmentIsWatched(t *testing.T) {
	for _, stack := range config.EnvironmentNames() {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		all := raised(t, g)
		for _, name := range []string{"network-critical", "opensearch-critical", "cluster-critical", "fleet-critical", "balancer-public-critical", "balancer-internal-critical"} {
			assert.Contains(t, all, stack+"-"+name)
		}
		for resource, watch := range map[string]string{
			"aws:ec2/natGateway:NatGateway": "NatGatewayId", "aws:rds/instance:Instance": "DBInstanceIdentifier", "aws:lb/loadBalancer:LoadBalancer": "LoadBalancer",
			"aws:autoscaling/group:Group": "AutoScalingGroupName", "aws:opensearch/domain:Domain": "DomainName", "aws:msk/cluster:Cluster": "Cluster Name",
		} {
			watched := map[string]bool{}
			for _, alarm := range g.OfType(metricAlarmType) {
				if value := dimension(alarm, watch); value != "" && severity(alarm) != string(alarms.Release) {
					watched[value] = true
				}
			}
			assert.Len(t, watched, len(g.OfType(resource)), "%s: %s", stack, resource)
		}
	}
}

// dimension is the value of a dimension of the alarm's first metric that has it.
func dimension(alarm graph.Resource, name string) string {
	for _, path := range []string{"dimensions.", "metricQueries[1].metric.dimensions.", "metricQueries[2].metric.dimensions."} {
		if value := alarm.String(path + name); value != "" {
			return value
		}
	}
	return ""
}

func TestNoticesAnAlarmWithoutSeverityOrRunbook(t *testing.T) {
	for text, want := range map[string]bool{
		"It is down. Severity: critical. Runbook: docs/runbooks/database.md":            true,
		"It is down. Severity: warning. Runbook: https://example.com/runbooks/kafka.md": true,
		"It is down. Runbook: docs/runbooks/database.md":                                false,
		"It is down. Severity: critical.":                                               false,
		"It is down. Severity: critical. Runbook: docs/runbooks/":                       false,
		"It is down. Severity: high. Runbook: docs/runbooks/database.md":                false,
	} {
		assert.Equal(t, want, described.MatchString(text), text)
	}
}

func TestCirclesAreNoticed(t *testing.T) {
	composite := func(rule, suppressor string) graph.Resource {
		return graph.Resource{Inputs: map[string]any{"alarmRule": rule, "actionsSuppressor": map[string]any{"alarm": suppressor}}}
	}
	all := map[string]graph.Resource{
		"a": composite(`ALARM("m")`, "b"), "b": composite(`ALARM("c") OR ALARM("m")`, ""), "c": composite(`ALARM("m")`, "a"),
		"d": composite(`(ALARM("b") AND ALARM("m"))`, ""), "m": {Inputs: map[string]any{}},
	}
	for name, circle := range map[string]bool{"a": true, "b": true, "c": true, "d": false, "m": false} {
		assert.Equal(t, circle, leadsTo(all, name, name, map[string]bool{}), name)
	}
}
