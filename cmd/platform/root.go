package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// errReported is the error of a command that has printed already what is wrong.
var errReported = errors.New("reported")

// newRoot is the command line; a subcommand is a file of its own.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "platform",
		Short:         "Answers questions about the estate, offline",
		SilenceErrors: true, // run prints them
		SilenceUsage:  true, // a wrong configuration is no wrong usage
	}
	root.AddCommand(validateCommand(), graphCommand(), docsCommand(), credentialsCommand(), chartsCommand(), stacksCommand(), diffCommand(), previewCommand(), addressCommand(), promoteCommand())
	return root
}

// run executes the command line and returns the exit status: 0, or 1 if
// anything failed or was found wrong.
func run(args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return 0
	}
	if !errors.Is(err, errReported) {
		_, _ = fmt.Fprintln(stderr, "platform:", err)
	}
	return 1
}
