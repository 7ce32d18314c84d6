package delivery_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery"
	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

const (
	dev, production, pci = "333333333333", "111111111111", "222222222222"
	roleType             = "aws:iam/role:Role"
	policyType           = "aws:iam/policy:Policy"
)

func args(environment, account string, peers ...string) delivery.Args {
	return delivery.Args{
		Place: permissions.Place{
			Environment: environment, AccountID: account, Region: "us-east-1", Partition: "aws", PeerAccounts: peers, Applications: []string{"web"},
			State: permissions.State{Bucket: "example-state", KeyARN: "arn:aws:kms:us-east-1:111111111111:key/state"},
		},
		Repository:    trust.Repository{FullName: "example/platform"},
		HomeAccountID: dev, ReplicaAccountIDs: []string{production, pci},
	}
}

func run(args delivery.Args, preview bool) (*graph.Graph, error) {
	return record.Run(func(ctx *pulumi.Context, _ map[string]string) (pulumi.Map, error) {
		provider, err := aws.NewProvider(ctx, "aws", &aws.ProviderArgs{
			Region: pulumi.String("us-east-1"), AllowedAccountIds: pulumi.ToStringArray([]string{dev}),
		})
		if err != nil {
			return nil, err
		}
		_, err = delivery.New(ctx, "x", args, pulumi.Provider(provider))
		return nil, err
	}, record.Options{Project: "platform-account", Stack: "account-dev", Preview: preview})
}

func plan(t *testing.T, args delivery.Args) *graph.Graph {
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

func TestGitHubIsTheOneIdentityProvider(t *testing.T) {
	provider := one(t, plan(t, args("dev", dev)), "aws:iam/openIdConnectProvider:OpenIdConnectProvider", "x-github")
	assert.Equal(t, "https://token.actions.githubusercontent.com", provider.String("url"))
	assert.Equal(t, []string{"sts.amazonaws.com"}, provider.Strings("clientIdLists"))
	assert.True(t, provider.Protect)
	assert.NotContains(t, provider.Inputs, "thumbprintLists", "AWS looks at none of GitHub's")
}

// Which roles there are is a question of the account.
func TestRolesOfAnAccount(t *testing.T) {
	base := []string{permissions.Deploy, permissions.Pipeline, permissions.PipelineEC2, permissions.Preview}
	for name, c := range map[string]struct {
		args delivery.Args
		want []string
	}{
		"the registry's home": {args("dev", dev), append([]string{permissions.Build}, base...)},
		"another":             {args("staging", "444444444444"), base},
		"a peered one":        {args("production", production, production, pci), append([]string{permissions.Peering}, base...)},
	} {
		t.Run(name, func(t *testing.T) {
			var names []string
			for _, role := range plan(t, c.args).OfType(roleType) {
				names = append(names, role.String("name"))
			}
			assert.ElementsMatch(t, c.want, names)
		})
	}
}

func TestEveryRoleHasABoundaryAndTags(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(args("production", production, production, pci), preview)
		require.NoError(t, err)
		roles := g.OfType(roleType)
		require.Len(t, roles, 5)
		for _, role := range roles {
			assert.Equal(t, role.String("name"), role.Inputs["tags"].(map[string]any)["Name"], role.Name)
			want := one(t, g, policyType, role.Name+"-boundary")
			assert.Equal(t, permissions.BoundaryName(role.String("name")), want.String("name"))
			if !preview {
				assert.Equal(t, want.Outputs["arn"], role.String("permissionsBoundary"), role.Name)
			}
			assert.Contains(t, role.DependsOn, one(t, g, "aws:iam/openIdConnectProvider:OpenIdConnectProvider", "x-github").URN)
		}
	}
}

// Those that deploy a stack last as long as the workflow's job may, 180 minutes; nobody else does.
func TestHowLongASessionLasts(t *testing.T) {
	want := map[string]int{
		"platform-build": 3600, "platform-deploy": 10800, "platform-peering": 10800,
		"platform-pipeline": 3600, "platform-pipeline-ec2": 3600, "platform-preview": 3600,
	}
	got := map[string]int{}
	for _, a := range []delivery.Args{args("dev", dev), args("production", production, production, pci)} {
		for _, preview := range []bool{false, true} {
			g, err := run(a, preview)
			require.NoError(t, err)
			for _, role := range g.OfType(roleType) {
				got[role.String("name")] = int(role.Inputs["maxSessionDuration"].(float64))
				assert.Equal(t, want[role.String("name")], got[role.String("name")], role.Name)
			}
		}
	}
	assert.Equal(t, want, got)
}

// What IAM takes: 6,144 characters a policy without white space, ten policies a role.
func TestDocumentsAreWithinIAMsLimits(t *testing.T) {
	seen := 0
	for _, a := range []delivery.Args{args("dev", dev), args("production-pci", pci, production, pci)} {
		g := plan(t, a)
		attached := map[string]int{}
		for _, attachment := range g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
			attached[attachment.String("role")]++
		}
		for role, count := range attached {
			assert.LessOrEqual(t, count, 10, role)
		}
		for _, document := range g.OfType(policyType) {
			seen++
			assert.LessOrEqual(t, len(strings.Join(strings.Fields(document.String("policy")), "")), 6144, document.Name)
		}
	}
	assert.Greater(t, seen, 30)
}

func TestAPolicyThatIAMDoesNotTakeIsRefused(t *testing.T) {
	a := args("dev", dev)
	for i := range 120 {
		a.Applications = append(a.Applications, fmt.Sprintf("application-%d", i))
	}
	g, err := run(a, false)
	require.ErrorContains(t, err, "delivery: platform-pipeline: ")
	require.ErrorContains(t, err, "is longer than the 6144 of a managed policy: make two of it")
	assert.Empty(t, g.OfType(roleType))
}

func TestRefused(t *testing.T) {
	for want, change := range map[string]func(*delivery.Args){
		`delivery.Args.Environment: ""`:         func(a *delivery.Args) { a.Environment = "" },
		`delivery.Args.AccountID: ""`:           func(a *delivery.Args) { a.AccountID = "" },
		`delivery.Args.Repository.FullName: ""`: func(a *delivery.Args) { a.Repository.FullName = "" },
		`delivery.Args.HomeAccountID: ""`:       func(a *delivery.Args) { a.HomeAccountID = "" },
		`delivery.Args.Applications: nil`:       func(a *delivery.Args) { a.Applications = nil },
		`delivery.Args.State.Bucket: ""`:        func(a *delivery.Args) { a.State.Bucket = "" },
		`delivery.Args.State.KeyARN: ""`:        func(a *delivery.Args) { a.State.KeyARN = "" },
		"is the home itself":                    func(a *delivery.Args) { a.ReplicaAccountIDs = []string{dev} },
	} {
		a := args("dev", dev)
		change(&a)
		_, err := run(a, false)
		assert.ErrorContains(t, err, want)
	}
}
