package workflows_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// What is pinned is kept fresh: every folder that has actions is looked at.
func TestDependabotKnowsTheActions(t *testing.T) {
	var config struct {
		Updates []struct {
			Ecosystem   string   `yaml:"package-ecosystem"`
			Directories []string `yaml:"directories"`
			Directory   string   `yaml:"directory"`
		} `yaml:"updates"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(read(t, filepath.Join(root, ".github", "dependabot.yml"))), &config))
	found := map[string][]string{}
	for _, update := range config.Updates {
		found[update.Ecosystem] = append(update.Directories, update.Directory)
	}
	assert.Subset(t, found["github-actions"], []string{"/", "/.github/actions/*"})
	assert.Subset(t, found["gomod"], []string{"/", "/tools"})
}
