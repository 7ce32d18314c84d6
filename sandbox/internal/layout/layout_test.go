package layout

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func checkout(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "sandbox"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "sandbox", "go.mod"), nil, 0o644))
	t.Setenv(Variable, "")
	t.Setenv(DataVariable, "")
	return root
}

func TestFindLooksUpwards(t *testing.T) {
	root := checkout(t)
	deep := filepath.Join(root, "stacks", "peering")
	require.NoError(t, os.MkdirAll(deep, 0o755))
	l, err := Find(deep)
	require.NoError(t, err)
	assert.Equal(t, root, l.Root)
	assert.Equal(t, filepath.Join(root, ".sandbox"), l.Data)
	_, err = Find(t.TempDir())
	assert.ErrorContains(t, err, "no sandbox/go.mod")
}

func TestASecondSandboxSharesTheTools(t *testing.T) {
	root := checkout(t)
	t.Setenv(DataVariable, filepath.Join(root, "other"))
	l, err := Find(root)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(root, ".sandbox", "bin"), l.Bin())
	assert.Equal(t, filepath.Join(root, "other", "run.json"), l.RunFile())
	assert.Equal(t, filepath.Join(root, "other", "home", "plugins", "resource-aws-v"+AWSPluginVersion), l.Plugin("aws", AWSPluginVersion))
}

func TestForgetKeepsWhatWasBuilt(t *testing.T) {
	root := checkout(t)
	l, err := Find(root)
	require.NoError(t, err)
	require.NoError(t, l.Make())
	kept := []string{filepath.Join(l.Bin(), "pulumi"), filepath.Join(l.Plugin("aws", AWSPluginVersion), "p"), l.LogFile("up")}
	gone := []string{filepath.Join(l.State(), "s"), filepath.Join(l.Home(), "credentials.json"), l.RunFile(), filepath.Join(l.AWS(), "config"), filepath.Join(l.Kubernetes(), "certificates", "ca.key")}
	for _, path := range append(kept, gone...) {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, nil, 0o644))
	}
	require.NoError(t, l.Forget())
	for _, path := range kept {
		assert.FileExists(t, path)
	}
	for _, path := range gone {
		assert.NoFileExists(t, path)
	}
	assert.NoError(t, l.Forget(), "twice is fine")
}
