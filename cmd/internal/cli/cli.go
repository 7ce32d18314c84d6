// Package cli is what the commands of this repository have in common: how they end,
// and how they say something.
package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"
)

// ErrReported is the error of a command that has printed already what is wrong.
var ErrReported = errors.New("reported")

// Root is a command line without commands, which prints errors by [Execute] alone.
func Root(use, short string) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short,
		SilenceErrors: true, // Execute prints them
		SilenceUsage:  true, // a wrong configuration is no wrong usage
	}
}

// Execute runs a command line and returns the exit status: 0, or 1 if anything failed
// or was found wrong.
func Execute(root *cobra.Command, args []string, stdout, stderr io.Writer) int {
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return 0
	}
	if !errors.Is(err, ErrReported) {
		_, _ = fmt.Fprintln(stderr, root.Name()+":", err)
	}
	return 1
}

// Say prints a line.
func Say(out io.Writer, line string) error {
	_, err := fmt.Fprintln(out, line)
	return err
}
