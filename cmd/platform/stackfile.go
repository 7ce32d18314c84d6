package main

import (
	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

// stackFiles are the files of all stacks, the environments' first.
func stackFiles() []string {
	var files []string
	names := append(config.EnvironmentNames(), offline.PeeringStack, offline.GitHubStack)
	for _, name := range append(names, offline.AccountStacks()...) {
		files = append(files, offline.StackFile(name))
	}
	return files
}
