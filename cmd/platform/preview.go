package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"aws-platform/pkg/preview"
)

// previewCommand tells what a preview says.
func previewCommand() *cobra.Command {
	var title string
	var expectNoChanges bool
	command := &cobra.Command{
		Use:   "preview <preview.json>",
		Short: "Print what a preview says, as Markdown",
		Long: `Print what "pulumi preview --json" or "pulumi refresh --preview-only --json" wrote, as
Markdown: each step that changes something, with the names of the properties and never
their values. A resource in which only the role differs by which a stack is previewed or
deployed is no change: hence --expect-no-changes here and not Pulumi's own.`,
		Example: "  pulumi preview -s dev --json > dev.json; platform preview dev.json --title dev",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readExport(args[0], cmd.InOrStdin())
			if err != nil {
				return err
			}
			result, err := preview.Parse(text)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprint(cmd.OutOrStdout(), result.Markdown(title)); err != nil {
				return err
			}
			if expectNoChanges && len(result.Changes) > 0 {
				return fmt.Errorf("preview: %s: %d changes: none was expected", title, len(result.Changes))
			}
			return nil
		},
	}
	command.Flags().StringVar(&title, "title", "preview", "the `title`, such as the stack's name")
	command.Flags().BoolVar(&expectNoChanges, "expect-no-changes", false, "exit with 1 when there is a change")
	return command
}
