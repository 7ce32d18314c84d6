// Package offline records the stacks of this repository from their files alone:
// no cloud, no credentials, no pulumi command.
package offline

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"aws-platform/pkg/config"
	"aws-platform/pkg/environment"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/peering/mesh"
)

// organization qualifies the stack references; it is the one of a self-managed backend.
const organization = "organization"

// PeeringStack is the name of the peering stack.
const PeeringStack = "peering"

// GitHubStack is the name of the repository's stack.
const GitHubStack = "github"

// StackFile is where the file of a stack lies, seen from the repository.
func StackFile(stack string) string {
	name := "Pulumi." + stack + ".yaml"
	if stack == GitHubStack {
		return filepath.Join("stacks", "github", name)
	}
	if stack == PeeringStack {
		return filepath.Join("stacks", "peering", name)
	}
	if IsAccount(stack) {
		return filepath.Join("stacks", "account", name)
	}
	return name
}

// Graph records a stack of the repository at root: an environment by its name,
// "account-<environment>", "peering" or "github". Errors are those of the stack's file and of its program.
func Graph(root, stack string) (*graph.Graph, error) {
	if stack == PeeringStack {
		return Peering(root)
	}
	if stack == GitHubStack {
		return GitHub(root)
	}
	if IsAccount(stack) {
		return Account(root, stack)
	}
	return Environment(root, stack)
}

// Environment records the stack of an environment.
func Environment(root, stack string) (*graph.Graph, error) {
	_, values, err := config.ReadStackFile(filepath.Join(root, StackFile(stack)))
	if err != nil {
		return nil, err
	}
	return record.Run(environment.Program, record.Options{Project: config.ProjectName, Stack: stack, Config: values})
}

// Peering records the peering stack. Its stack references are filled from the
// recorded graphs of the environments that its matrix names.
func Peering(root string) (*graph.Graph, error) {
	_, values, err := config.ReadStackFile(filepath.Join(root, StackFile(PeeringStack)))
	if err != nil {
		return nil, err
	}
	cfg, err := config.DecodePeering(values)
	if err != nil {
		return nil, err
	}
	references := map[string]map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(cfg.Peers)) {
		stack := cfg.Peers[name].Stack
		g, err := Environment(root, filepath.Base(stack))
		if err != nil {
			return nil, fmt.Errorf("peers[%s].stack: %w", name, err)
		}
		references[mesh.StackName(organization, stack)] = g.Outputs
	}
	return record.Run(mesh.Program, record.Options{
		Project: config.PeeringProjectName, Stack: PeeringStack, Organization: organization, Config: values, References: references,
	})
}
