package checklist_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/graph"
)

func stack(t *testing.T, name string, resources ...graph.Resource) *graph.Graph {
	t.Helper()
	g, err := graph.New("platform", name, nil, resources)
	require.NoError(t, err)
	return g
}

func cluster(inputs map[string]any) graph.Resource {
	return graph.Resource{URN: "urn:cluster", Type: "eks:index:Cluster", Name: "production-eks", Inputs: inputs}
}

// What is not said is what AWS does by itself: a cluster's endpoint is public, for everybody.
func TestWhatIsNotSaidIsTheDefaultOfAWS(t *testing.T) {
	item, known := checklist.Of("eks-api")
	require.True(t, known)
	for name, c := range map[string]struct {
		inputs map[string]any
		holds  bool
	}{
		"nothing said":       {map[string]any{}, false},
		"private":            {map[string]any{"endpointPublicAccess": false}, true},
		"named ranges":       {map[string]any{"publicAccessCidrs": []any{"203.0.113.0/24"}}, true},
		"everybody of IPv6":  {map[string]any{"publicAccessCidrs": []any{"203.0.113.0/24", "::/0"}}, false},
		"public, no ranges":  {map[string]any{"endpointPublicAccess": true}, false},
		"public, and ranges": {map[string]any{"endpointPublicAccess": true, "publicAccessCidrs": []any{"203.0.113.0/24"}}, true},
	} {
		found := item.Evidence(checklist.Estate{"production": stack(t, "production", cluster(c.inputs))})
		require.Len(t, found, 1, name)
		assert.Equal(t, c.holds, found[0].Holds(), "%s: %v", name, found[0])
	}
}

func TestEvidenceIsOfTheStacksInScope(t *testing.T) {
	estate := checklist.Estate{
		"production": stack(t, "production"), "account-production": stack(t, "account-production"), "peering": stack(t, "peering"), "dev": stack(t, "dev"),
	}
	for _, item := range checklist.Items() {
		var stacks []string
		for _, found := range item.Evidence(estate) {
			stacks = append(stacks, found.Stack)
			assert.False(t, found.Holds(), "%s: an empty stack has nothing that holds", item.Key)
			assert.Equal(t, item.Exempt[found.Stack], found.Exempt)
		}
		want := map[checklist.Scope][]string{
			checklist.Environments: {"dev", "production"}, checklist.Accounts: {"account-production"}, checklist.Everywhere: {"account-production", "dev", "production"},
		}[item.Scope]
		assert.Equal(t, want, stacks, item.Key)
	}
	_, known := checklist.Of("nothing")
	assert.False(t, known)
}
