package main

import (
	"path/filepath"

	"aws-platform/pkg/config"
)

// peeringStack is the one stack of the project platform-peering.
const peeringStack = "peering"

// stackFile is where the file of a stack lies, seen from the root of the repository.
func stackFile(stack string) string {
	if stack == peeringStack {
		return filepath.Join("stacks", "peering", "Pulumi."+peeringStack+".yaml")
	}
	return "Pulumi." + stack + ".yaml"
}

// stackFiles are the files of all stacks, the environments' first.
func stackFiles() []string {
	var files []string
	for _, name := range config.EnvironmentNames() {
		files = append(files, stackFile(name))
	}
	return append(files, stackFile(peeringStack))
}
