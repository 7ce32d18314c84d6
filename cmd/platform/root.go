package main

import (
	"io"

	"github.com/spf13/cobra"

	"aws-platform/cmd/internal/cli"
	"aws-platform/cmd/internal/pipeline"
)

// errReported is the error of a command that has printed already what is wrong.
var errReported = cli.ErrReported

// newRoot is the command line; a subcommand is a file of its own.
func newRoot() *cobra.Command {
	root := cli.Root("platform", "Answers questions about the estate, offline; promote asks GitHub")
	root.AddCommand(validateCommand(), graphCommand(), docsCommand(), credentialsCommand(), chartsCommand(), stacksCommand(), diffCommand(), previewCommand(),
		pipeline.Address(), pipeline.Promote())
	return root
}

// run executes the command line and returns the exit status: 0, or 1 if
// anything failed or was found wrong.
func run(args []string, stdout, stderr io.Writer) int {
	return cli.Execute(newRoot(), args, stdout, stderr)
}
