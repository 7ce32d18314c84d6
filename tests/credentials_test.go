package tests

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/credentials"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

// plaintext is what looks like a credential in a stack's inputs and outputs. Where
// Pulumi has a secret, the recorded graph has a placeholder.
func plaintext(g *graph.Graph) []credentials.Finding {
	found := credentials.Scan("outputs", g.Outputs)
	for _, r := range g.Resources {
		found = append(found, credentials.Scan(r.URN+" inputs", r.Inputs)...)
		found = append(found, credentials.Scan(r.URN+" outputs", r.Outputs)...)
	}
	return found
}

func TestNoStackHasACredentialInPlaintext(t *testing.T) {
	for _, stack := range append(config.EnvironmentNames(), offline.PeeringStack) {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		assert.Empty(t, plaintext(g), stack)
	}
}

// One that is planted is found, wherever it stands.
func TestACredentialInPlaintextIsFound(t *testing.T) {
	whole, err := offline.Environment(root, config.Production)
	require.NoError(t, err)
	const database = "aws:rds/instance:Instance"
	for property, value := range map[string]any{
		"password":           "hunter2",
		"tags.Note":          "AKIA" + "IOSFODNN7EXAMPLE",
		"restore.masterPass": map[string]any{"authToken": "hunter2"},
	} {
		found := plaintext(changed(whole, database, func(r *graph.Resource) { set(r, property, value) }))
		assert.Len(t, found, 2, "%s: in the inputs and in the outputs", property)
	}
	planted := *whole
	planted.Outputs = map[string]any{"adminPassword": "hunter2"}
	assert.Len(t, plaintext(&planted), 1, "in the outputs of the stack")
}
