package tests

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
	"aws-platform/pkg/promotion"
)

// The approvals that a promotion counts are those that the repository asks for: by the
// gate's name, its team, and a wait that is long enough to stop it.
func TestTheRepositoryHasTheGatesThatPromotionDemands(t *testing.T) {
	g, err := offline.GitHub(root)
	require.NoError(t, err)
	names := map[promotion.Team]string{}
	for role, name := range map[promotion.Team]string{promotion.DevOps: "platform-devops", promotion.Security: "platform-security"} {
		team, err := g.One("github:index/team:Team", name)
		require.NoError(t, err)
		names[role] = team.ID
	}
	demanded := map[string]bool{}
	for _, gate := range promotion.Gates() {
		demanded[gate.Environment] = true
		made, err := g.One("github:index/repositoryEnvironment:RepositoryEnvironment", "platform-"+gate.Environment)
		require.NoError(t, err)
		assert.Equal(t, gate.Environment, made.String("environment"))
		assert.Equal(t, names[gate.Team], made.String("reviewers[0].teams[0]"), gate.Environment)
		assert.GreaterOrEqual(t, made.Int("waitTimer"), gate.WaitMinutes, gate.Environment)
	}
	require.Len(t, demanded, 5)
	for _, made := range g.OfType("github:index/repositoryEnvironment:RepositoryEnvironment") {
		_, approved := made.Lookup("reviewers")
		assert.Equal(t, demanded[made.String("environment")], approved, "%s: no gate that nobody counts, and none that is missing", made.Name)
	}
}

// The repository, its teams and the bucket of the states are written where they are
// needed: here, in the accounts' files, and in what promotion reads.
func TestEverybodyMeansTheSameRepository(t *testing.T) {
	_, values, err := config.ReadStackFile(filepath.Join(root, offline.StackFile(offline.GitHubStack)))
	require.NoError(t, err)
	cfg, err := config.DecodeGitHub(values)
	require.NoError(t, err)
	name := cfg.Repository.Owner + "/" + cfg.Repository.Name

	policy, err := promotion.ReadPolicy(filepath.Join(root, ".github", "promotion.yaml"))
	require.NoError(t, err)
	assert.Equal(t, name, policy.Repository)
	assert.Equal(t, map[promotion.Team]string{promotion.DevOps: cfg.Teams.DevOps, promotion.Security: cfg.Teams.Security}, policy.Teams)

	for _, environment := range config.EnvironmentNames() {
		stack, values, err := config.ReadStackFile(filepath.Join(root, "stacks", "account", "Pulumi.account-"+environment+".yaml"))
		require.NoError(t, err)
		account, err := config.DecodeAccount(stack, values)
		require.NoError(t, err)
		assert.Equal(t, name, account.Delivery.Repository, environment)
		assert.Equal(t, cfg.Environments[environment].AccountID, account.AWS.AccountID(), environment)
		assert.Truef(t, strings.HasPrefix(cfg.Variables.BackendURL, "s3://"+account.Delivery.State.Bucket+"?"), "%s: its pipelines may read another bucket than PULUMI_BACKEND_URL", environment)
	}
}
