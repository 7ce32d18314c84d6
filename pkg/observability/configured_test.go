package observability_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms"
	"aws-platform/pkg/config"
	"aws-platform/pkg/observability"
)

func number(value float64) *float64 { return &value }

func TestTheConfigurationChangesAnAlarmOfAllTargets(t *testing.T) {
	args := whole()
	args.Config.Alarms = map[string]config.Alarm{
		"nat-gateway-packets-dropped": {Severity: "critical", Threshold: number(1), Periods: 5},
		"load-balancer-errors":        {Severity: "warning"},
	}
	g := deploy(t, args)
	for _, zone := range []string{"a", "b"} {
		alarm := one(t, g, metricAlarm, "production-nat-us-east-1"+zone+"-packets-dropped")
		assert.Equal(t, []int{1, 5, 5}, []int{alarm.Int("threshold"), alarm.Int("evaluationPeriods"), alarm.Int("datapointsToAlarm")})
		assert.Equal(t, []string{critical}, alarm.Strings("alarmActions"), "no outage: it acts by itself")
	}
	assert.Equal(t, []string{warning}, one(t, g, metricAlarm, "production-balancer-public-errors").Strings("alarmActions"))
	assert.NotContains(t, one(t, g, compositeAlarm, "production-balancer-public-critical").String("alarmRule"), `"production-balancer-public-errors"`)
}

func TestAnAlarmThatIsOffIsNotMade(t *testing.T) {
	args, off := whole(), false
	args.Config.Alarms = map[string]config.Alarm{"fleet-none-in-service": {Enabled: &off}, "queue-depth": {Enabled: &off}}
	g, made, err := run(args, false)
	require.NoError(t, err)
	_, err = g.One(metricAlarm, "production-fleet-blue-none-in-service")
	assert.ErrorContains(t, err, "found 0")
	_, err = g.One(metricAlarm, "production-own-queue-depth")
	assert.ErrorContains(t, err, "found 0")
	assert.NotContains(t, tiersThatPage(made), alarms.Compute, "it was the one outage")
}

func TestAnAlarmOfOnesOwnActsByItself(t *testing.T) {
	args := whole()
	depth := config.Alarm{
		Severity: "critical", Runbook: "incident-response.md", Namespace: "Shop/Orders", Metric: "Depth", Statistic: alarms.Maximum,
		Dimensions: map[string]string{"Queue": "orders"}, Comparison: alarms.Above, Threshold: number(100), Unit: "Count", PeriodSeconds: 60, Periods: 5,
	}
	mild := depth
	mild.Severity, mild.Dimensions = "warning", nil
	args.Config.Alarms = map[string]config.Alarm{"queue-depth": depth, "queue-depth-soon": mild}
	g := deploy(t, args)
	alarm := one(t, g, metricAlarm, "production-own-queue-depth")
	assert.Equal(t, []string{critical}, alarm.Strings("alarmActions"))
	assert.Equal(t, map[string]any{"Queue": "orders"}, alarm.Inputs["dimensions"])
	assert.Equal(t, "missing", alarm.String("treatMissingData"))
	assert.Equal(t, "The Maximum of Depth in Shop/Orders is more than 100 Count. Severity: critical. Runbook: docs/runbooks/incident-response.md", alarm.String("alarmDescription"))
	for _, composite := range g.OfType(compositeAlarm) {
		assert.NotContains(t, composite.String("alarmRule"), "production-own-")
	}
	other := one(t, g, metricAlarm, "production-own-queue-depth-soon")
	assert.Equal(t, []string{warning}, other.Strings("alarmActions"))
	assert.NotContains(t, other.Inputs, "dimensions")
}

func TestWhatCannotBeWatchedIsRefused(t *testing.T) {
	for want, change := range map[string]func(*observability.Args){
		"observability.Args.Environment: ":                                           func(a *observability.Args) { a.Environment = "" },
		"observability.Args.Config.RunbookURL: ":                                     func(a *observability.Args) { a.Config.RunbookURL = "" },
		"observability.Args.Topics[critical]: ":                                      func(a *observability.Args) { delete(a.Topics, alarms.Critical) },
		"observability.Args.Topics[warning]: ":                                       func(a *observability.Args) { delete(a.Topics, alarms.Warning) },
		"observability.Args.Targets: 0: ":                                            func(a *observability.Args) { a.Targets = nil },
		`Targets[0].Kind: "queue": no table has such: pass a kind of package alarms`: func(a *observability.Args) { a.Targets[0].Kind = "queue" },
		`Targets[0].Name: "Public": is not the name of a target`:                     func(a *observability.Args) { a.Targets[0].Name = "Public" },
		`Targets[0].Name: "own": is not the name of a target`:                        func(a *observability.Args) { a.Targets[0].Name = "own" },
		"Targets[0].Dimensions: []: are not those by which load-balancer is measured: pass [LoadBalancer]": func(a *observability.Args) {
			a.Targets[0].Dimensions = nil
		},
		"Targets[1].Dimensions: [LoadBalancer]: are not those by which target-group is measured: pass [LoadBalancer TargetGroup]": func(a *observability.Args) {
			delete(a.Targets[1].Dimensions, "TargetGroup")
		},
		"Targets[5].LogGroup: <nil>: ":                                  func(a *observability.Args) { a.Targets[5].LogGroup = nil },
		"Targets[0].LogGroup: x: ":                                      func(a *observability.Args) { a.Targets[0].LogGroup = pulumi.String("x") },
		"Targets[3].Without: quiet: postgresql has no such row":         func(a *observability.Args) { a.Targets[3].Without = []string{"quiet"} },
		"Targets[postgresql].Capacity: alarms.Row[postgresql-memory]: ": func(a *observability.Args) { delete(a.Targets[3].Capacity, alarms.Memory) },
		"production-fleet-blue-cpu: is the name of two alarms":          func(a *observability.Args) { a.Targets = append(a.Targets, target(alarms.Fleet, "fleet-blue")) },
		": has more than 89 characters: give the target a shorter name": func(a *observability.Args) { a.Targets[2].Name = strings.Repeat("x", 75) },
		"alarms.Alarm[cpu].Threshold: 101: ": func(a *observability.Args) {
			a.Config.Alarms = map[string]config.Alarm{"postgresql-cpu": {Threshold: number(101)}}
		},
	} {
		args := whole()
		change(&args)
		g, _, err := run(args, false)
		assert.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(observability.TypeToken), "nothing is registered: %s", want)
		assert.Empty(t, g.OfType(metricAlarm))
	}
}

// A rule takes a hundred children.
func TestATierOfManyTargetsIsSharedOut(t *testing.T) {
	args := whole()
	for n := 2; n <= 60; n++ {
		args.Targets = append(args.Targets, target(alarms.NATGateway, fmt.Sprintf("nat-%d", n)))
	}
	g := deploy(t, args)
	whole := children(one(t, g, compositeAlarm, "production-network-critical").String("alarmRule"))
	assert.Equal(t, []string{"production-network-critical-part-1", "production-network-critical-part-2"}, whole)
	spoken := 0
	for _, part := range whole {
		spoken += len(children(one(t, g, compositeAlarm, part).String("alarmRule")))
	}
	assert.Equal(t, 2*61, spoken)
}
