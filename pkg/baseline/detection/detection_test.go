package detection_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/baseline/detection"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	topic     = "arn:aws:sns:us-east-1:222222222222:platform-security"
	publisher = "arn:aws:iam::222222222222:role/platform-events"
)

// whole is the account of card data with everything on.
func whole() detection.Args {
	on := config.Switch{Enabled: true}
	return detection.Args{
		Environment: "production-pci", AccountID: "222222222222", Region: "us-east-1", Partition: "aws", PCI: true,
		TopicARN: pulumi.String(topic), EventsRoleARN: pulumi.String(publisher),
		Config: config.Baseline{
			RunbookURL: "https://example.com/runbooks", Config: config.AWSConfig{Enabled: true},
			GuardDuty: on, SecurityHub: on, Inspector: on, AccessAnalyzer: on, Macie: on, AccountDefaults: on, MFA: on, CostAllocationTags: on,
		},
	}
}

func run(args detection.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{"222222222222"}),
		})
		if err != nil {
			return nil, err
		}
		_, err = detection.New(ctx, "x", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform-account", Stack: "account-production-pci", Preview: preview})
}

func plan(t *testing.T, args detection.Args) *graph.Graph {
	t.Helper()
	g, err := run(args, false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

// made are the names of what is made, without the component and the provider.
func made(g *graph.Graph) []string {
	var names []string
	for _, r := range g.Resources {
		if strings.HasPrefix(r.Type, "aws:") {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names) // a rule and its target, an attachment and its policy
}

// Each switch takes away its own, and nothing of another's.
func TestASwitchThatIsOffTakesAwayItsOwn(t *testing.T) {
	all := made(plan(t, whole()))
	var seen []string
	for name, c := range map[string]struct {
		off         func(*config.Baseline)
		gone, added []string
	}{
		"guardDuty": {off: func(b *config.Baseline) { b.GuardDuty.Enabled = false }, gone: []string{
			"x-guardduty", "x-guardduty-ebs-malware-protection", "x-guardduty-eks-audit-logs", "x-guardduty-lambda-network-logs",
			"x-guardduty-rds-login-events", "x-guardduty-runtime-monitoring", "x-guardduty-s3-data-events",
		}},
		"securityHub": {
			off:   func(b *config.Baseline) { b.SecurityHub.Enabled = false },
			gone:  []string{"x-findings-security-hub", "x-findings-security-hub-lost", "x-security-hub", "x-security-hub-cis", "x-security-hub-fsbp", "x-security-hub-pci"},
			added: []string{"x-findings-guardduty", "x-findings-guardduty-lost", "x-findings-inspector", "x-findings-inspector-lost"}, // whose findings it told of
		},
		"inspector":      {off: func(b *config.Baseline) { b.Inspector.Enabled = false }, gone: []string{"x-inspector"}},
		"accessAnalyzer": {off: func(b *config.Baseline) { b.AccessAnalyzer.Enabled = false }, gone: []string{"x-external-access", "x-findings-access", "x-findings-access-lost", "x-unused-access"}},
		"macie":          {off: func(b *config.Baseline) { b.Macie.Enabled = false }, gone: []string{"x-findings-macie", "x-findings-macie-lost", "x-macie", "x-macie-cardholder-data"}},
		"mfa":            {off: func(b *config.Baseline) { b.MFA.Enabled = false }, gone: []string{"x-people", "x-people-require-mfa", "x-require-mfa"}},
		"accountDefaults": {off: func(b *config.Baseline) { b.AccountDefaults.Enabled = false }, gone: []string{
			"x-ebs-encryption", "x-ebs-snapshots", "x-images", "x-instance-metadata", "x-passwords", "x-s3", "x-serial-console",
		}},
		"costAllocationTags": {off: func(b *config.Baseline) { b.CostAllocationTags.Enabled = false }, gone: []string{
			"x-cost-tag-CostCenter", "x-cost-tag-Environment", "x-cost-tag-Owner", "x-cost-tag-Project",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			args := whole()
			c.off(&args.Config)
			assert.Subset(t, all, c.gone)
			left := slices.DeleteFunc(slices.Clone(all), func(name string) bool { return slices.Contains(c.gone, name) })
			assert.ElementsMatch(t, append(left, c.added...), made(plan(t, args)))
		})
		seen = append(seen, c.gone...)
	}
	assert.ElementsMatch(t, all, seen, "every resource belongs to a switch")
}

func TestEverythingOffMakesNothing(t *testing.T) {
	args := whole()
	args.Config = config.Baseline{RunbookURL: "https://example.com/runbooks"}
	assert.Empty(t, made(plan(t, args)))
}

func TestPreviewAndUpdateMakeTheSame(t *testing.T) {
	preview, err := run(whole(), true)
	require.NoError(t, err)
	assert.Equal(t, made(plan(t, whole())), made(preview))
	for _, r := range preview.Resources {
		if strings.HasPrefix(r.Type, "aws:") {
			assert.Contains(t, r.Parent, detection.TypeToken, r.Name)
		}
	}
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*detection.Args){
		`detection.Args.Environment: ""`:                 func(a *detection.Args) { a.Environment = "" },
		`detection.Args.AccountID: ""`:                   func(a *detection.Args) { a.AccountID = "" },
		`detection.Args.Region: ""`:                      func(a *detection.Args) { a.Region = "" },
		`detection.Args.Partition: ""`:                   func(a *detection.Args) { a.Partition = "" },
		`detection.Args.Config.RunbookURL: ""`:           func(a *detection.Args) { a.Config.RunbookURL = "" },
		`detection.Args.TopicARN: nil`:                   func(a *detection.Args) { a.TopicARN = nil },
		`detection.Args.EventsRoleARN: nil`:              func(a *detection.Args) { a.EventsRoleARN = nil },
		"its controls are rules of AWS Config, which is": func(a *detection.Args) { a.Config.Config.Enabled = false },
	} {
		args := whole()
		change(&args)
		g, err := run(args, false)
		require.ErrorContains(t, err, want)
		assert.Empty(t, g.OfType(detection.TypeToken), "nothing is registered")
	}
}
