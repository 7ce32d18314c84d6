package tests

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

// environments reads the configuration of every environment.
func environments(t *testing.T) map[string]*config.Environment {
	t.Helper()
	all := map[string]*config.Environment{}
	for _, name := range config.EnvironmentNames() {
		stack, values, err := config.ReadStackFile(filepath.Join(root, "Pulumi."+name+".yaml"))
		require.NoError(t, err)
		all[name], err = config.Decode(stack, values)
		require.NoError(t, err)
	}
	require.Len(t, all, 4)
	return all
}

func TestEveryResourceIsOnAnExplicitProviderOfItsOwnAccount(t *testing.T) {
	all := environments(t)
	seen := 0
	for name, env := range all {
		g, err := offline.Environment(root, name)
		require.NoError(t, err)
		for _, r := range g.Resources {
			if !r.Custom || strings.HasPrefix(r.Type, "pulumi:providers:") {
				continue
			}
			seen++
			provider, known := g.ByURN(r.Provider)
			require.True(t, known, r.URN)
			if strings.HasPrefix(r.Type, "kubernetes:") {
				assert.Equal(t, name+"-kubernetes", provider.Name, r.URN)
				continue
			}
			assert.Equal(t, env.AWS.AllowedAccountIDs, provider.Strings("allowedAccountIds"), r.URN)
		}
	}
	assert.Greater(t, seen, 400)
}

func TestGeneratedPagesAreNotStale(t *testing.T) {
	pages, err := offline.Pages(root)
	require.NoError(t, err)
	require.NotEmpty(t, pages)
	for _, page := range pages {
		found, err := os.ReadFile(filepath.Join(root, page.Path))
		require.NoError(t, err)
		assert.Equal(t, page.Text, string(found), "%s is stale: write it anew with `make docs`", page.Path)
	}
}
