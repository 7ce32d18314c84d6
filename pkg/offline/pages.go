package offline

import (
	"path/filepath"

	"aws-platform/pkg/config"
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
	var graphs []*graph.Graph
	for _, stack := range append([]string{PeeringStack}, config.EnvironmentNames()...) {
		g, err := Graph(root, stack)
		if err != nil {
			return nil, err
		}
		graphs = append(graphs, g)
	}
	network, err := docs.Network(graphs[0], graphs[1:]...)
	if err != nil {
		return nil, err
	}
	environments, err := configurations(root)
	if err != nil {
		return nil, err
	}
	return []Page{
		{Path: "docs/access.md", Text: docs.Access(environments...)},
		{Path: "docs/configuration.md", Text: config.Markdown()},
		{Path: "docs/network.md", Text: network},
		{Path: "docs/stores.md", Text: docs.Stores(graphs[1:]...)},
	}, nil
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
