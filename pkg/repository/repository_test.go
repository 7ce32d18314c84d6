package repository_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/repository"
)

const (
	root            = "../.."
	repositoryType  = "github:index/repository:Repository"
	permissionsType = "github:index/actionsRepositoryPermissions:ActionsRepositoryPermissions"
	accessType      = "github:index/actionsRepositoryAccessLevel:ActionsRepositoryAccessLevel"
	subjectType     = "github:index/actionsRepositoryOidcSubjectClaimCustomizationTemplate:ActionsRepositoryOidcSubjectClaimCustomizationTemplate"
	teamType        = "github:index/team:Team"
	memberType      = "github:index/teamRepository:TeamRepository"
	rulesetType     = "github:index/repositoryRuleset:RepositoryRuleset"
	environmentType = "github:index/repositoryEnvironment:RepositoryEnvironment"
	policyType      = "github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy"
	variableType    = "github:index/actionsVariable:ActionsVariable"
	accountType     = "github:index/actionsEnvironmentVariable:ActionsEnvironmentVariable"
)

// stackFile is the configuration of this repository.
func stackFile(t *testing.T) map[string]string {
	t.Helper()
	_, values, err := config.ReadStackFile(filepath.Join(root, "stacks", "github", "Pulumi.github.yaml"))
	require.NoError(t, err)
	return values
}

func decoded(t *testing.T) config.GitHub {
	t.Helper()
	cfg, err := config.DecodeGitHub(stackFile(t))
	require.NoError(t, err)
	return *cfg
}

func run(values map[string]string, preview bool) (*graph.Graph, error) {
	return record.Run(repository.Program, record.Options{
		Project: config.GitHubProjectName, Stack: "github", Config: values, Preview: preview,
	})
}

func planned(t *testing.T) *graph.Graph {
	t.Helper()
	g, err := run(stackFile(t), false)
	require.NoError(t, err)
	return g
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}

func TestTheRepository(t *testing.T) {
	for _, preview := range []bool{false, true} {
		g, err := run(stackFile(t), preview)
		require.NoError(t, err)
		made := one(t, g, repositoryType, "platform")
		assert.Equal(t, "platform", made.String("name"))
		assert.Equal(t, "private", made.String("visibility"))
		assert.True(t, made.Protect)
		for _, on := range []string{"allowSquashMerge", "allowUpdateBranch", "deleteBranchOnMerge", "vulnerabilityAlerts", "archiveOnDestroy", "hasIssues"} {
			assert.True(t, made.Bool(on), on)
		}
		for _, off := range []string{"allowMergeCommit", "allowRebaseMerge", "allowAutoMerge", "hasWiki", "hasProjects"} {
			value, set := made.Lookup(off)
			assert.True(t, set, "%s: GitHub's own default is true", off)
			assert.Equal(t, false, value, off)
		}
		assert.Equal(t, "PR_TITLE", made.String("squashMergeCommitTitle"))
		assert.Equal(t, "PR_BODY", made.String("squashMergeCommitMessage"))
		assert.Equal(t, enabledBoth, made.Inputs["securityAndAnalysis"])
		assert.NotContains(t, made.Inputs, "private", "visibility says it")
	}
}

var enabledBoth = map[string]any{
	"secretScanning":               map[string]any{"status": "enabled"},
	"secretScanningPushProtection": map[string]any{"status": "enabled"},
}

func TestOnlyTheListedActionsRun(t *testing.T) {
	g := planned(t)
	made := one(t, g, permissionsType, "platform")
	assert.True(t, made.Bool("enabled"))
	assert.Equal(t, "selected", made.String("allowedActions"))
	assert.False(t, made.Bool("allowedActionsConfig.githubOwnedAllowed"))
	assert.False(t, made.Bool("allowedActionsConfig.verifiedAllowed"))
	patterns := made.Strings("allowedActionsConfig.patternsAlloweds")
	require.NotEmpty(t, patterns)
	for i, action := range decoded(t).Actions.Allowed {
		assert.Equal(t, action+"@*", patterns[i])
	}
	assert.Len(t, patterns, len(decoded(t).Actions.Allowed))
	assert.True(t, one(t, g, subjectType, "platform").Bool("useDefault"), "or AWS' roles trust another subject")
	assert.Equal(t, "none", one(t, g, accessType, "platform").String("accessLevel"))
}

func TestAPublicRepositoryHasNoSettingThatGitHubRefuses(t *testing.T) {
	values := stackFile(t)
	values["platform-github:repository"] = strings.Replace(values["platform-github:repository"], `"private"`, `"public"`, 1)
	g, err := run(values, false)
	require.NoError(t, err)
	assert.Equal(t, "public", one(t, g, repositoryType, "platform").String("visibility"))
	assert.Empty(t, g.OfType(accessType))
}

func TestTeamsMayWriteAndNoMore(t *testing.T) {
	g := planned(t)
	assert.Len(t, g.OfType(teamType), 2)
	for _, name := range []string{"devops", "security"} {
		team, member := one(t, g, teamType, "platform-"+name), one(t, g, memberType, "platform-"+name)
		assert.Equal(t, name, team.String("name"))
		assert.Equal(t, "closed", team.String("privacy"))
		assert.True(t, team.Protect)
		value, set := team.Lookup("createDefaultMaintainer")
		assert.True(t, set)
		assert.Equal(t, false, value, "whoever runs the stack is no approver")
		assert.Equal(t, team.ID, member.String("teamId"))
		assert.Equal(t, "push", member.String("permission"))
	}
}

// gates are the approvals, and whose they are.
var gates = map[string]struct {
	team    string
	minutes int
}{
	"production-approval-1":     {"devops", 5},
	"production-approval-2":     {"devops", 5},
	"production-pci-approval-1": {"devops", 10},
	"production-pci-approval-2": {"devops", 10},
	"production-pci-security":   {"security", 10},
}

// open are the environments that nobody approves.
var open = []string{"dev", "drift", "peering", "production", "production-pci", "promotion", "staging"}

func TestEveryEnvironmentIsOfMainAloneAndNoAdministratorPasses(t *testing.T) {
	g := planned(t)
	names := slices.Concat(open, slices.Collect(maps.Keys(gates)))
	assert.Len(t, g.OfType(environmentType), len(names))
	assert.Len(t, g.OfType(policyType), len(names), "one branch each")
	for _, name := range names {
		made, policy := one(t, g, environmentType, "platform-"+name), one(t, g, policyType, "platform-"+name)
		assert.Equal(t, name, made.String("environment"))
		assert.True(t, made.Protect, name)
		bypass, set := made.Lookup("canAdminsBypass")
		assert.True(t, set, "%s: the default is true", name)
		assert.Equal(t, false, bypass, name)
		assert.Equal(t, map[string]any{"customBranchPolicies": true, "protectedBranches": false}, made.Inputs["deploymentBranchPolicy"], name)
		assert.Equal(t, name, policy.String("environment"))
		assert.Equal(t, "main", policy.String("branchPattern"), name)
		assert.NotContains(t, policy.Inputs, "tagPattern", name)
	}
}

func TestEveryGateHasOneTeamThatNeverApprovesItself(t *testing.T) {
	g := planned(t)
	for name, gate := range gates {
		made := one(t, g, environmentType, "platform-"+name)
		team, known := g.ByID(teamType, made.String("reviewers[0].teams[0]"))
		require.True(t, known, name)
		assert.Equal(t, gate.team, team.String("name"), name)
		number, err := strconv.ParseFloat(team.ID, 64)
		require.NoError(t, err)
		assert.Equal(t, []any{map[string]any{"teams": []any{number}}}, made.Inputs["reviewers"], "%s: one team and no single person", name)
		assert.True(t, made.Bool("preventSelfReview"), name)
		assert.Equal(t, gate.minutes, made.Int("waitTimer"), name)
		for _, member := range g.OfType(memberType) {
			assert.Contains(t, made.DependsOn, member.URN, "%s: a reviewer must be able to read the repository", name)
		}
	}
	for _, name := range open {
		made := one(t, g, environmentType, "platform-"+name)
		assert.NotContains(t, made.Inputs, "reviewers", name)
		assert.NotContains(t, made.Inputs, "waitTimer", "%s: a rollback takes less than five minutes", name)
	}
}

func TestReviewersAreUnknownBeforeTheTeamsExist(t *testing.T) {
	g, err := run(stackFile(t), true)
	require.NoError(t, err)
	assert.Len(t, g.OfType(environmentType), len(open)+len(gates))
	for name := range gates {
		assert.True(t, one(t, g, environmentType, "platform-"+name).Bool("preventSelfReview"), name)
	}
}

func TestRulesetOfMain(t *testing.T) {
	g := planned(t)
	assert.Len(t, g.OfType(rulesetType), 3)
	made := one(t, g, rulesetType, "platform-main")
	assert.Equal(t, "branch", made.String("target"))
	assert.Equal(t, []string{"refs/heads/main"}, made.Strings("conditions.refName.includes"))
	assert.Equal(t, map[string]any{
		"deletion": true, "nonFastForward": true, "requiredLinearHistory": true, "requiredSignatures": true,
		"pullRequest": map[string]any{
			"requiredApprovingReviewCount": 2.0, "requireCodeOwnerReview": true, "dismissStaleReviewsOnPush": true,
			"requireLastPushApproval": true, "requiredReviewThreadResolution": true,
		},
		"requiredStatusChecks": map[string]any{
			"strictRequiredStatusChecksPolicy": true,
			"requiredChecks": []any{
				map[string]any{"context": "check", "integrationId": 15368.0},
				map[string]any{"context": "preview", "integrationId": 15368.0},
			},
		},
	}, made.Inputs["rules"])
}

func TestTagsAreNeitherTheBranchNorMoved(t *testing.T) {
	g := planned(t)
	for name, want := range map[string]struct {
		ref   string
		rules map[string]any
	}{
		"platform-tag-main":     {"refs/tags/main", map[string]any{"creation": true, "update": true}},
		"platform-tag-versions": {"refs/tags/v*", map[string]any{"update": true, "deletion": true, "nonFastForward": true}},
	} {
		made := one(t, g, rulesetType, name)
		assert.Equal(t, "tag", made.String("target"))
		assert.Equal(t, []string{want.ref}, made.Strings("conditions.refName.includes"))
		assert.Equal(t, want.rules, made.Inputs["rules"])
	}
}

func TestNobodyBypassesARuleset(t *testing.T) {
	g := planned(t)
	for _, made := range g.OfType(rulesetType) {
		assert.Empty(t, made.Strings("bypassActors"), made.Name)
		assert.Empty(t, made.Inputs["bypassActors"], made.Name)
		assert.Empty(t, made.Strings("conditions.refName.excludes"), made.Name)
		assert.Equal(t, "active", made.String("enforcement"), made.Name)
		assert.True(t, made.Protect, made.Name)
	}
}

func TestVariables(t *testing.T) {
	g := planned(t)
	found := map[string]string{}
	for _, made := range g.OfType(variableType) {
		found[made.String("variableName")] = made.String("value")
	}
	assert.Equal(t, map[string]string{
		"AWS_ACCOUNT_ID_DEV": "333333333333", "AWS_ACCOUNT_ID_STAGING": "444444444444",
		"AWS_ACCOUNT_ID_PRODUCTION": "111111111111", "AWS_ACCOUNT_ID_PRODUCTION_PCI": "222222222222",
		"AWS_REGION": "us-east-1", "PULUMI_BACKEND_URL": "s3://example-platform-state?region=us-east-1", "PROMOTION_APP_ID": "1234567",
	}, found)
	assert.Len(t, g.OfType(accountType), 5)
	for name, account := range map[string]string{"peering": "111111111111", "dev": "333333333333", "staging": "444444444444", "production": "111111111111", "production-pci": "222222222222"} {
		made := one(t, g, accountType, "platform-"+name)
		assert.Equal(t, name, made.String("environment"))
		assert.Equal(t, "AWS_ACCOUNT_ID", made.String("variableName"))
		assert.Equal(t, account, made.String("value"))
	}
}

// The accounts that workflows are sent to are those that the environments live in.
func TestAccountsAreThoseOfTheEnvironments(t *testing.T) {
	cfg := decoded(t)
	for _, name := range config.EnvironmentNames() {
		_, values, err := config.ReadStackFile(filepath.Join(root, "Pulumi."+name+".yaml"))
		require.NoError(t, err)
		environment, err := config.Decode(name, values)
		require.NoError(t, err)
		assert.Equal(t, environment.AWS.AllowedAccountIDs, []string{cfg.Environments[name].AccountID}, name)
		assert.Equal(t, environment.AWS.Region, cfg.Variables.Region, name)
	}
	assert.Len(t, cfg.Environments, len(config.EnvironmentNames()))
}

func TestTheTokenIsNowhere(t *testing.T) {
	t.Setenv("GITHUB_TOKEN", "hunter2")
	g := planned(t)
	provider := one(t, g, "pulumi:providers:github", "github")
	assert.Equal(t, map[string]any{"owner": "example", "baseUrl": "https://api.github.com/"}, provider.Inputs)
	seen := 0
	for _, r := range g.Resources {
		if r.Custom && !strings.HasPrefix(r.Type, "pulumi:") {
			seen++
			assert.Equal(t, provider.URN, r.Provider, r.URN)
		}
		assert.NotContains(t, r.Type, "Secret", "a secret's value would be in the state")
	}
	assert.Greater(t, seen, 40)
}

// TestThePluginIsTheSDKs: the provider is registered by hand, with a version by hand.
func TestThePluginIsTheSDKs(t *testing.T) {
	module, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	assert.Equal(t, 1, strings.Count(string(module), "github.com/pulumi/pulumi-github/sdk/v6 v"+repository.PluginVersion))
}

func TestOutputs(t *testing.T) {
	g := planned(t)
	assert.Equal(t, "example/platform", g.Outputs["repository"])
	assert.Len(t, g.Outputs["environments"], len(open)+len(gates))
	assert.Equal(t, map[string]any{"SLACK_WEBHOOK_URL": "", "PROMOTION_APP_PRIVATE_KEY": "promotion"}, g.Outputs["secrets"])
}

// The nightly job finds its issue by a label, which must be there.
func TestTheLabelOfDriftIsThere(t *testing.T) {
	labels := planned(t).OfType("github:index/issueLabel:IssueLabel")
	require.Len(t, labels, 1)
	assert.Equal(t, "drift", labels[0].String("name"))
	assert.Equal(t, "platform", labels[0].String("repository"))
}
