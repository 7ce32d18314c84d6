// Command promote is the part of command platform that the jobs of a promotion need,
// under its name and with its syntax: it imports neither Pulumi nor the estate, and
// compiles in seconds, where platform takes minutes. A rollback waits for it.
package main

import (
	"os"

	"aws-platform/cmd/internal/cli"
	"aws-platform/cmd/internal/pipeline"
)

func main() {
	root := cli.Root("platform", "Decides what may go to which environment, and where it answers")
	root.AddCommand(pipeline.Promote(), pipeline.Address())
	os.Exit(cli.Execute(root, os.Args[1:], os.Stdout, os.Stderr))
}
