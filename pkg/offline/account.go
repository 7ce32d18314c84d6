package offline

import (
	"path/filepath"
	"strings"

	"aws-platform/pkg/account"
	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/graph/record"
)

// AccountStacks are the stacks of the accounts, in the order of the environments.
func AccountStacks() []string {
	var stacks []string
	for _, name := range config.EnvironmentNames() {
		stacks = append(stacks, config.AccountStackPrefix+name)
	}
	return stacks
}

// IsAccount tells the stack of an account by its name.
func IsAccount(stack string) bool { return strings.HasPrefix(stack, config.AccountStackPrefix) }

// Account records the stack of an account.
func Account(root, stack string) (*graph.Graph, error) {
	_, values, err := config.ReadStackFile(filepath.Join(root, StackFile(stack)))
	if err != nil {
		return nil, err
	}
	return record.Run(account.Program, record.Options{Project: config.AccountProjectName, Stack: stack, Config: values})
}
