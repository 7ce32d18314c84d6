package tenancy_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/networkpolicies"
)

// policiesOf are the network policies of the namespace, and of no other.
func policiesOf(t *testing.T, g *graph.Graph) networkpolicies.Policies {
	t.Helper()
	policies, err := networkpolicies.Of(g, "web")
	require.NoError(t, err)
	require.NotEmpty(t, policies)
	require.Len(t, policies, len(g.OfType(networkpolicies.Type)))
	return policies
}

// objectAt follows names into an object; keys may contain dots and slashes.
func objectAt(of map[string]any, names ...string) map[string]any {
	for _, name := range names {
		of, _ = of[name].(map[string]any)
	}
	return of
}

// withPrefix are the labels below a domain.
func withPrefix(labels map[string]any, prefix string) map[string]any {
	found := map[string]any{}
	for key, value := range labels {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			found[rest] = value
		}
	}
	return found
}
