package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
