package compositealarm_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/alarms/compositealarm"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	compositeType = "aws:cloudwatch/compositeAlarm:CompositeAlarm"
	topic         = "arn:aws:sns:us-east-1:111111111111:production-critical"
)

func run(args compositealarm.Args) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"111111111111"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = compositealarm.New(ctx, "logical", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform", Stack: "production"})
}

func args(children ...string) compositealarm.Args {
	return compositealarm.Args{
		Name: "production-data-critical", Description: "Down.", Severity: "critical",
		Children: pulumi.ToStringArray(children), Actions: pulumi.StringArray{pulumi.String(topic)},
	}
}

func TestAnyChildIsAnAlarm(t *testing.T) {
	given := args("a", "b")
	given.Suppressor = &compositealarm.Suppressor{Alarm: pulumi.String("below"), WaitSeconds: 240, ExtensionSeconds: 600}
	g, err := run(given)
	require.NoError(t, err)
	made, err := g.One(compositeType, "logical")
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"alarmName": "production-data-critical", "alarmDescription": "Down.", "alarmRule": `ALARM("a") OR ALARM("b")`,
		"alarmActions": []any{topic}, "okActions": []any{topic},
		"actionsSuppressor": map[string]any{"alarm": "below", "waitPeriod": 240.0, "extensionPeriod": 600.0},
		"tags":              map[string]any{"Name": "production-data-critical", "Severity": "critical"},
	}, made.Inputs)
}

func named(count, length int) []string {
	names := make([]string, count)
	for i := range names {
		names[i] = fmt.Sprintf("%0*d", length, i)
	}
	return names
}

func TestMoreChildrenThanARuleTakesAreSharedOut(t *testing.T) {
	g, err := run(args(named(201, compositealarm.LongestChild)...))
	require.NoError(t, err)
	whole, err := g.One(compositeType, "logical")
	require.NoError(t, err)
	assert.Equal(t, `ALARM("production-data-critical-part-1") OR ALARM("production-data-critical-part-2") OR ALARM("production-data-critical-part-3")`,
		whole.String("alarmRule"))
	children := 0
	for n := 1; n <= 3; n++ {
		part, err := g.One(compositeType, fmt.Sprintf("logical-part-%d", n))
		require.NoError(t, err)
		children += strings.Count(part.String("alarmRule"), "ALARM(")
		assert.NotContains(t, part.Inputs, "alarmActions", "the whole acts")
		assert.Equal(t, "Down.", part.String("alarmDescription"))
	}
	assert.Equal(t, 201, children)
}

func TestAHundredChildrenOfTheLongestNamesFit(t *testing.T) {
	g, err := run(args(named(100, compositealarm.LongestChild)...))
	require.NoError(t, err)
	assert.Len(t, g.OfType(compositeType), 1)
	_, err = run(args(named(100, compositealarm.LongestChild+1)...))
	assert.ErrorContains(t, err, "compositealarm.Args.Children: a rule of ")
}

func TestWhatSpeaksForNobodyIsRefused(t *testing.T) {
	for want, change := range map[string]func(*compositealarm.Args){
		"compositealarm.Args.Name: ":        func(a *compositealarm.Args) { a.Name = "" },
		"compositealarm.Args.Description: ": func(a *compositealarm.Args) { a.Description = "" },
		"compositealarm.Args.Severity: ":    func(a *compositealarm.Args) { a.Severity = "" },
		"compositealarm.Args.Children: 0: ": func(a *compositealarm.Args) { a.Children = nil },
		"compositealarm.Args.Suppressor.Alarm: ": func(a *compositealarm.Args) {
			a.Suppressor = &compositealarm.Suppressor{WaitSeconds: 1, ExtensionSeconds: 1}
		},
		"compositealarm.Args.Suppressor.WaitSeconds: ": func(a *compositealarm.Args) {
			a.Suppressor = &compositealarm.Suppressor{Alarm: pulumi.String("x"), ExtensionSeconds: 1}
		},
		"compositealarm.Args.Suppressor.ExtensionSeconds: ": func(a *compositealarm.Args) {
			a.Suppressor = &compositealarm.Suppressor{Alarm: pulumi.String("x"), WaitSeconds: 1}
		},
	} {
		given := args("a")
		change(&given)
		g, err := run(given)
		assert.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(compositeType), "nothing is registered")
	}
}
