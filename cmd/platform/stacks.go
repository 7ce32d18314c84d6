package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"aws-platform/pkg/changes"
)

// stacksCommand says which stacks a change concerns.
func stacksCommand() *cobra.Command {
	var changed string
	var through bool
	command := &cobra.Command{
		Use:   "stacks --changed FILE",
		Short: "Print the stacks that changed files concern, a line each",
		Long: `Print the stacks that the changed files concern, a line each, in the order in which they
are deployed. FILE holds a path a line, as "git diff --no-renames --name-only" prints them
with core.quotePath=false; - is standard input. With --through the stacks that the pipeline deploys: all up to the last
one that is concerned.`,
		Example: "  git -c core.quotePath=false diff --no-renames --name-only origin/main... | platform stacks --changed -",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			text, err := readExport(changed, cmd.InOrStdin())
			if err != nil {
				return fmt.Errorf("stacks: --changed: %w", err)
			}
			of := changes.Stacks
			if through {
				of = changes.Through
			}
			for _, stack := range of(paths(string(text))) {
				if _, err := fmt.Fprintln(cmd.OutOrStdout(), stack); err != nil {
					return err
				}
			}
			return nil
		},
	}
	command.Flags().StringVar(&changed, "changed", "", "the `file` of changed paths, or - for standard input")
	command.Flags().BoolVar(&through, "through", false, "all stacks up to the last one that is concerned")
	if err := command.MarkFlagRequired("changed"); err != nil {
		panic(fmt.Errorf("stacks: %w: the flag is defined above", err))
	}
	return command
}

// paths are the lines of a text; a path may have spaces.
func paths(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '\n' })
}
