package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const noDefaultProviders = "pulumi:disable-default-providers"

// TestProjectDeclaresWhatConfigKnows: Pulumi refuses a stack that lacks a
// declared key, and would inject a declared default behind the stack file's back.
func TestProjectDeclaresWhatConfigKnows(t *testing.T) {
	projects := []struct {
		folder, name string
		sections     []string
	}{
		{".", ProjectName, environmentSections},
		{filepath.Join("stacks", "peering"), PeeringProjectName, peeringSections},
		{filepath.Join("stacks", "github"), GitHubProjectName, githubSections},
		{filepath.Join("stacks", "account"), AccountProjectName, accountSections},
	}
	for _, wanted := range projects {
		path := filepath.Join("..", "..", wanted.folder, "Pulumi.yaml")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var project struct {
			Name   string                    `yaml:"name"`
			Config map[string]map[string]any `yaml:"config"`
		}
		if err := yaml.Unmarshal(text, &project); err != nil {
			t.Fatal(err)
		}
		if project.Name != wanted.name {
			t.Errorf("%s: project %q, wanted %q", path, project.Name, wanted.name)
		}
		checkDeclarations(t, path, project.Config, wanted.sections)
	}
}

func checkDeclarations(t *testing.T, path string, declared map[string]map[string]any, sections []string) {
	t.Helper()
	for _, section := range sections {
		key := declared[section]
		if key["type"] != "object" || key["default"] != nil {
			t.Errorf("%s: %s is declared as %v, wanted an object without a default", path, section, key)
		}
	}
	for name, key := range declared {
		if text, _ := key["description"].(string); text == "" {
			t.Errorf("%s: %s has no description", path, name)
		}
		if !strings.Contains(name, ":") && !slices.Contains(sections, name) {
			t.Errorf("%s: %s is declared, and the program does not know it", path, name)
		}
		if strings.Contains(name, ":") && name != noDefaultProviders {
			t.Errorf("%s: %s would be injected into every stack", path, name)
		}
	}
	barred, _ := declared[noDefaultProviders]["value"].([]any)
	if len(barred) != 1 || barred[0] != "*" {
		t.Errorf("%s: %s is %v, wanted [*]", path, noDefaultProviders, barred)
	}
}
