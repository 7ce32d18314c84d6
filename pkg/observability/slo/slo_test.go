package slo_test

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/observability/slo"
)

const (
	metricAlarm    = "aws:cloudwatch/metricAlarm:MetricAlarm"
	compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	critical       = "arn:aws:sns:us-east-1:111111111111:production-critical"
	warning        = "arn:aws:sns:us-east-1:111111111111:production-warning"
)

func whole() slo.Args {
	return slo.Args{
		Environment: "production", RunbookURL: "docs/runbooks", AvailabilityPercent: 99.9,
		Balancers: map[string]pulumi.StringInput{
			"public": pulumi.String("app/production-public/0123456789abcdef"), "internal": pulumi.String("app/production-internal/fedcba9876543210"),
		},
		CriticalARN: pulumi.String(critical), WarningARN: pulumi.String(warning),
	}
}

func run(args slo.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := slo.New(ctx, "production", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		names := pulumi.StringArray{}
		for _, alarm := range made.Alarms {
			names = append(names, alarm.Name)
		}
		composites := pulumi.StringMap{}
		for burn, alarm := range made.Composites {
			composites[burn] = alarm.AlarmName
		}
		return pulumi.Map{"alarms": names, "composites": composites}, nil
	}, record.Options{Project: "platform", Stack: "production", Preview: preview})
}

func TestEachLoadBalancerIsWatchedOverBothWindows(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(whole(), preview)
		require.NoError(t, err)
		periods := map[string]int{}
		for _, alarm := range g.OfType(metricAlarm) {
			assert.Equal(t, alarm.Name, alarm.String("name"))
			assert.Empty(t, alarm.Strings("alarmActions"), "%s: the composite alarm acts", alarm.Name)
			assert.Empty(t, alarm.Strings("okActions"), alarm.Name)
			assert.True(t, strings.HasSuffix(alarm.String("alarmDescription"), "Runbook: docs/runbooks/slo.md"), alarm.Name)
			queries, _ := alarm.Inputs["metricQueries"].([]any)
			assert.Len(t, queries, 4)
			for _, query := range queries {
				query := graph.Resource{Inputs: query.(map[string]any)}
				if query.String("expression") != "" {
					continue
				}
				periods[alarm.Name] = query.Int("metric.period")
				side := "internal"
				if strings.Contains(alarm.Name, "public") {
					side = "public"
				}
				assert.Contains(t, query.String("metric.dimensions.LoadBalancer"), "app/production-"+side+"/")
				assert.Equal(t, "Sum", query.String("metric.stat"))
			}
		}
		want := map[string]int{}
		for _, side := range []string{"public", "internal"} {
			want["production-slo-fast-"+side+"-1h"], want["production-slo-fast-"+side+"-5m"] = 3600, 300
			want["production-slo-slow-"+side+"-6h"], want["production-slo-slow-"+side+"-30m"] = 21600, 1800
			want["production-slo-gradual-"+side+"-3d"], want["production-slo-gradual-"+side+"-6h"] = 259200, 21600
		}
		assert.Equal(t, want, periods)
	}
}

func TestOneAlarmABurnActsForAllLoadBalancers(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	for name, want := range map[string]struct{ rule, topic string }{
		"production-slo-fast": {`(ALARM("production-slo-fast-internal-1h") AND ALARM("production-slo-fast-internal-5m"))` +
			` OR (ALARM("production-slo-fast-public-1h") AND ALARM("production-slo-fast-public-5m"))`, critical},
		"production-slo-slow": {`(ALARM("production-slo-slow-internal-6h") AND ALARM("production-slo-slow-internal-30m"))` +
			` OR (ALARM("production-slo-slow-public-6h") AND ALARM("production-slo-slow-public-30m"))`, critical},
		"production-slo-gradual": {`(ALARM("production-slo-gradual-internal-3d") AND ALARM("production-slo-gradual-internal-6h"))` +
			` OR (ALARM("production-slo-gradual-public-3d") AND ALARM("production-slo-gradual-public-6h"))`, warning},
	} {
		alarm, err := g.One(compositeAlarm, name)
		require.NoError(t, err)
		assert.Equal(t, name, alarm.String("alarmName"))
		assert.Equal(t, want.rule, alarm.String("alarmRule"))
		assert.Equal(t, []string{want.topic}, alarm.Strings("alarmActions"))
		assert.Equal(t, []string{want.topic}, alarm.Strings("okActions"))
	}
	fast, err := g.One(compositeAlarm, "production-slo-fast")
	require.NoError(t, err)
	assert.Equal(t, "Requests fail so fast that 2 % of the error budget of 30 days at 99.9 % availability is spent in 1h."+
		" Severity: critical. Runbook: docs/runbooks/slo.md", fast.String("alarmDescription"))
}

func TestTheFastAlarmSpeaksForTheSlowOne(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	suppressors := map[string]any{}
	for _, alarm := range g.OfType(compositeAlarm) {
		suppressors[alarm.Name] = alarm.Inputs["actionsSuppressor"]
	}
	assert.Equal(t, map[string]any{
		"production-slo-fast":    nil,
		"production-slo-slow":    map[string]any{"alarm": "production-slo-fast", "waitPeriod": 120.0, "extensionPeriod": 1800.0},
		"production-slo-gradual": nil,
	}, suppressors)
}

// explained is whole, with alarms of tiers that page.
func explained(seconds int) slo.Args {
	args := whole()
	args.Explained = slo.Explained{Alarms: pulumi.ToStringArray([]string{"production-balancers-critical", "production-balancers-explained"}), Seconds: seconds}
	return args
}

func TestAnOutageThatPagesSilencesTheBurns(t *testing.T) {
	g, err := run(explained(300), false)
	require.NoError(t, err)
	for name, want := range map[string]struct {
		rule       string
		suppressor any
	}{
		"production-slo-explained":      {`ALARM("production-balancers-critical") OR ALARM("production-balancers-explained")`, nil},
		"production-slo-slow-explained": {`ALARM("production-slo-explained") OR ALARM("production-slo-fast")`, nil},
		"production-slo-fast":           {"", map[string]any{"alarm": "production-slo-explained", "waitPeriod": 300.0, "extensionPeriod": 600.0}},
		"production-slo-slow":           {"", map[string]any{"alarm": "production-slo-slow-explained", "waitPeriod": 300.0, "extensionPeriod": 1800.0}},
		"production-slo-gradual":        {"", nil},
	} {
		alarm, err := g.One(compositeAlarm, name)
		require.NoError(t, err)
		assert.Equal(t, want.suppressor, alarm.Inputs["actionsSuppressor"], name)
		if want.rule != "" {
			assert.Equal(t, want.rule, alarm.String("alarmRule"))
			assert.NotContains(t, alarm.Inputs, "alarmActions", "%s acts on nothing", name)
			assert.True(t, strings.HasSuffix(alarm.String("alarmDescription"), "Severity: critical. Runbook: docs/runbooks/slo.md"))
		}
	}
	assert.Len(t, g.OfType(compositeAlarm), 5)
}

// The wait outlasts the slowest alarm that explains, within ten minutes.
func TestABurnWaitsForWhatExplainsIt(t *testing.T) {
	for seconds, want := range map[int][2]int{60: {60, 120}, 120: {120, 120}, 3600: {300, 300}} {
		g, err := run(explained(seconds), false)
		require.NoError(t, err)
		for i, burn := range []string{"fast", "slow"} {
			alarm, err := g.One(compositeAlarm, "production-slo-"+burn)
			require.NoError(t, err)
			assert.Equal(t, want[i], alarm.Int("actionsSuppressor.waitPeriod"), "%s after %d s", burn, seconds)
		}
	}
}

func TestTheAlarmsAreHandedOn(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{"fast": "production-slo-fast", "slow": "production-slo-slow", "gradual": "production-slo-gradual"}, g.Outputs["composites"])
	assert.Len(t, g.Outputs["alarms"], 12)
}

func TestWithoutLoadBalancersThereIsNothingToWatch(t *testing.T) {
	args := whole()
	args.Balancers, args.Explained = nil, explained(300).Explained
	g, err := run(args, false)
	require.NoError(t, err)
	assert.Len(t, g.OfType(slo.TypeToken), 1)
	assert.Empty(t, g.OfType(metricAlarm))
	assert.Empty(t, g.OfType(compositeAlarm))
}

func TestWhatCannotBeWatchedIsRefused(t *testing.T) {
	for name, wrong := range map[string]func(*slo.Args){
		"Environment":         func(a *slo.Args) { a.Environment = "" },
		"RunbookURL":          func(a *slo.Args) { a.RunbookURL = "" },
		"CriticalARN":         func(a *slo.Args) { a.CriticalARN = nil },
		"WarningARN":          func(a *slo.Args) { a.WarningARN = nil },
		"Balancers[public]":   func(a *slo.Args) { a.Balancers["public"] = nil },
		"Explained.Seconds":   func(a *slo.Args) { a.Explained = explained(0).Explained },
		"AvailabilityPercent": func(a *slo.Args) { a.AvailabilityPercent = 100 },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			wrong(&args)
			g, err := run(args, false)
			require.ErrorContains(t, err, "slo.Args."+name+": ")
			assert.Empty(t, g.OfType(slo.TypeToken), "nothing is registered")
		})
	}
}
