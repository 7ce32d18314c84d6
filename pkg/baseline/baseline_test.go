package baseline_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const topic = "arn:aws:sns:us-east-1:222222222222:platform-security"

func whole() baseline.Args {
	on := config.Switch{Enabled: true}
	return baseline.Args{
		Environment: "production-pci", AccountID: "222222222222", Region: "us-east-1", Partition: "aws", PCI: true,
		Config: config.Baseline{
			RunbookURL:     "docs/runbooks",
			Subscriptions:  config.Subscriptions{Email: []string{"security@example.com"}},
			CloudTrail:     config.CloudTrail{Enabled: true, DataEvents: true, LogRetentionDays: 365, ObjectLock: config.ObjectLock{RetentionDays: 365}},
			Config:         config.AWSConfig{Enabled: true, ConformancePack: true, CreateRole: true},
			SessionManager: config.SessionManager{Enabled: true, IdleMinutes: 15, MaxMinutes: 60, LogRetentionDays: 365},
			GuardDuty:      on, SecurityHub: on, Inspector: on, AccessAnalyzer: on, Macie: on, AccountDefaults: on, MFA: on,
		},
		AdministratorARNs: []string{"arn:aws:iam::222222222222:role/platform-bootstrap"},
	}
}

func run(args baseline.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "production-pci", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"222222222222"}),
		})
		if err != nil {
			return nil, err
		}
		made, err := baseline.New(ctx, "production-pci", args, pulumi.Provider(provider))
		if err != nil {
			return nil, err
		}
		return pulumi.Map{"topic": made.TopicARN}, nil
	}, record.Options{Project: "platform-account", Stack: "account-production-pci", Preview: preview})
}

func TestEverythingIsHeardOfByTheAccountsTopic(t *testing.T) {
	g, err := run(whole(), false)
	require.NoError(t, err)
	assert.Equal(t, topic, g.Outputs["topic"])
	alarms := g.OfType("aws:cloudwatch/metricAlarm:MetricAlarm")
	require.NotEmpty(t, alarms)
	for _, alarm := range alarms {
		assert.Equal(t, []string{topic}, alarm.Strings("alarmActions"), alarm.Name)
	}
	targets := g.OfType("aws:cloudwatch/eventTarget:EventTarget")
	require.NotEmpty(t, targets)
	for _, target := range targets {
		assert.Equal(t, topic, target.String("arn"), target.Name)
		assert.Contains(t, target.String("roleArn"), "arn:aws:iam::222222222222:role/", target.Name)
	}
}

func TestCardDataIsWhatTheAccountIsJudgedBy(t *testing.T) {
	for name, pci := range map[string]bool{"platform-pci-dss": true, "platform-baseline": false} {
		args := whole()
		args.PCI = pci
		g, err := run(args, false)
		require.NoError(t, err)
		pack, err := g.One("aws:cfg/conformancePack:ConformancePack", "production-pci-config")
		require.NoError(t, err)
		assert.Equal(t, name, pack.String("name"))
		standards := 0
		for _, standard := range g.OfType("aws:securityhub/standardsSubscription:StandardsSubscription") {
			if standard.Name == "production-pci-security-hub-pci" {
				standards++
			}
		}
		assert.Equal(t, pci, standards == 1, "%s: PCI DSS is one of Security Hub's standards", name)
	}
}

func TestAPreviewKnowsItsParts(t *testing.T) {
	g, err := run(whole(), true)
	require.NoError(t, err)
	for _, part := range []string{"platform:baseline:Notify", "platform:baseline:Audit", "platform:baseline:Detection"} {
		assert.Len(t, g.OfType(part), 1, part)
	}
}

func TestAFieldThatIsMissingIsRefused(t *testing.T) {
	for name, empty := range map[string]func(*baseline.Args){
		"Environment":       func(a *baseline.Args) { a.Environment = "" },
		"AccountID":         func(a *baseline.Args) { a.AccountID = "" },
		"Region":            func(a *baseline.Args) { a.Region = "" },
		"Partition":         func(a *baseline.Args) { a.Partition = "" },
		"Config.RunbookURL": func(a *baseline.Args) { a.Config.RunbookURL = "" },
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			empty(&args)
			g, err := run(args, false)
			assert.ErrorContains(t, err, "baseline.Args."+name+": ")
			assert.Empty(t, g.OfType(baseline.TypeToken), "nothing is registered")
		})
	}
}
