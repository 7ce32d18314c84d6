package offline

import (
	"path/filepath"
	"slices"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/config"
	"aws-platform/pkg/dataflow"
	"aws-platform/pkg/docs"
	"aws-platform/pkg/graph"
)

// Page is one generated page of the documentation.
type Page struct {
	// Path is relative to the repository, with slashes.
	Path string
	Text string
}

// Pages writes every generated page, from the types of the configuration and
// the graphs of the repository at root.
func Pages(root string) ([]Page, error) {
	estate, err := Estate(root)
	if err != nil {
		return nil, err
	}
	var graphs []*graph.Graph
	for _, stack := range append([]string{PeeringStack}, config.EnvironmentNames()...) {
		graphs = append(graphs, estate[stack])
	}
	network, err := docs.Network(graphs[0], graphs[1:]...)
	if err != nil {
		return nil, err
	}
	environments, err := configurations(root)
	if err != nil {
		return nil, err
	}
	flows, err := dataFlow(estate)
	if err != nil {
		return nil, err
	}
	return []Page{
		{Path: "docs/access.md", Text: docs.Access(environments...)},
		{Path: "docs/checklist.md", Text: docs.Checklist(estate)},
		{Path: "docs/configuration.md", Text: config.Markdown()},
		{Path: "docs/data-flow.md", Text: flows},
		{Path: "docs/network.md", Text: network},
		{Path: "docs/stores.md", Text: docs.Stores(graphs[1:]...)},
	}, nil
}

// Estate records the stacks of all environments and accounts, and the peering.
func Estate(root string) (checklist.Estate, error) {
	estate := checklist.Estate{}
	for _, stack := range slices.Concat([]string{PeeringStack}, config.EnvironmentNames(), AccountStacks()) {
		g, err := Graph(root, stack)
		if err != nil {
			return nil, err
		}
		estate[stack] = g
	}
	return estate, nil
}

// dataFlow draws the environments, the one with cardholder data first.
func dataFlow(estate checklist.Estate) (string, error) {
	var diagrams []*dataflow.Diagram
	for _, stack := range []string{config.ProductionPCI, config.Production, config.Staging, config.Dev} {
		d, err := dataflow.Of(estate, stack)
		if err != nil {
			return "", err
		}
		diagrams = append(diagrams, d)
	}
	return docs.DataFlow(diagrams...), nil
}

// configurations reads the stack files of the environments.
func configurations(root string) ([]config.Environment, error) {
	var environments []config.Environment
	for _, name := range config.EnvironmentNames() {
		_, values, err := config.ReadStackFile(filepath.Join(root, StackFile(name)))
		if err != nil {
			return nil, err
		}
		environment, err := config.Decode(name, values)
		if err != nil {
			return nil, err
		}
		environments = append(environments, *environment)
	}
	return environments, nil
}
