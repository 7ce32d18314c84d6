package trial

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheClusterOfAStateIsComplete(t *testing.T) {
	for inputs, says := range map[string]string{
		`{"bootstrapSelfManagedAddons": false, "upgradePolicy": {"supportType": "STANDARD"}}`: "",
		`{"upgradePolicy": {"supportType": "STANDARD"}}`:                                      "bootstrapSelfManagedAddons",
		`{"bootstrapSelfManagedAddons": true, "upgradePolicy": {"supportType": "STANDARD"}}`:  "bootstrapSelfManagedAddons",
		`{"bootstrapSelfManagedAddons": false}`:                                               `upgradePolicy: found ""`,
		`{"bootstrapSelfManagedAddons": false, "upgradePolicy": {"supportType": "EXTENDED"}}`: `found "EXTENDED"`,
	} {
		path := filepath.Join(t.TempDir(), "export.json")
		text := `{"deployment": {"resources": [{"type": "aws:ec2/vpc:Vpc", "inputs": {}}, {"type": "aws:eks/cluster:Cluster", "inputs": ` + inputs + `}]}}`
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		if says == "" {
			assert.NoError(t, completed(path), inputs)
			continue
		}
		assert.ErrorContains(t, completed(path), says, inputs)
	}
	empty := filepath.Join(t.TempDir(), "export.json")
	require.NoError(t, os.WriteFile(empty, []byte(`{}`), 0o600))
	assert.ErrorContains(t, completed(empty), "found no EKS cluster")
	assert.Error(t, completed(filepath.Join(t.TempDir(), "none.json")))
}
