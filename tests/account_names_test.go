package tests

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// reachable are the names in IAM that the role which deploys an environment may administer:
// they begin with the environment's, and the account's must not.
func reachable(g *graph.Graph) (found []string, seen int) {
	for _, typ := range []string{"aws:iam/role:Role", "aws:iam/policy:Policy", "aws:iam/group:Group"} {
		for _, r := range g.OfType(typ) {
			seen++
			if !strings.HasPrefix(r.String("name"), "platform-") {
				found = append(found, r.URN)
			}
		}
	}
	return found, seen
}

func TestNoEnvironmentReachesWhatIsTheAccounts(t *testing.T) {
	for stack, g := range graphs(t) {
		found, seen := reachable(g)
		if offline.IsAccount(stack) {
			assert.Empty(t, found, stack)
			assert.Greater(t, seen, 15, stack)
			continue
		}
		assert.NotEmpty(t, found, "%s: the check sees names that begin otherwise", stack)
	}
}
