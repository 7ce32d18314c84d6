package main

import (
	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

// stackFiles are the files of all stacks, the environments' first.
func stackFiles() []string {
	var files []string
	for _, name := range append(config.EnvironmentNames(), offline.PeeringStack, offline.GitHubStack) {
		files = append(files, offline.StackFile(name))
	}
	return files
}
