package offline

import (
	"path/filepath"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
	"aws-platform/pkg/repository"
)

// GitHub records the repository's stack.
func GitHub(root string) (*graph.Graph, error) {
	_, values, err := config.ReadStackFile(filepath.Join(root, StackFile(GitHubStack)))
	if err != nil {
		return nil, err
	}
	return record.Run(repository.Program, record.Options{Project: config.GitHubProjectName, Stack: GitHubStack, Config: values})
}
