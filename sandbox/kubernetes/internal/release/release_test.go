package release

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDefinitions(t *testing.T) {
	_, err := Definitions("base")
	assert.ErrorContains(t, err, FolderVariable+" is not set")

	folder := t.TempDir()
	t.Setenv(FolderVariable, folder)
	_, err = Definitions("base")
	assert.ErrorContains(t, err, "fetch them with `make up`", "a chart whose definitions are missing would fail later and elsewhere")
	none, err := Definitions("ztunnel")
	require.NoError(t, err)
	assert.Empty(t, none)

	const text = "---\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com, creationTimestamp: null}\nstatus: {}\n---\nkind: Namespace\nmetadata: {name: b}\n---\n# nothing\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "base.yaml"), []byte(text), 0o600))
	found, err := Definitions("base")
	require.NoError(t, err)
	require.Len(t, found, 1, "definitions and nothing else")
	assert.Equal(t, "a.example.com", found[0].GetName())
	assert.NotContains(t, found[0].Object, "status")

	require.NoError(t, os.WriteFile(filepath.Join(folder, "base.yaml"), []byte("a: [\n"), 0o600))
	_, err = Definitions("base")
	assert.Error(t, err)
}
