// The repository's stack: `pulumi -C stacks/github up -s github` keeps the settings of
// the GitHub repository, its environments and its approval gates. README.md says how.
package main

import (
	"aws-platform/pkg/program"
	"aws-platform/pkg/repository"
)

func main() { program.Main(repository.Program) }
