package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"aws-platform/pkg/config"
)

// referenceCommand prints docs/configuration.md.
func referenceCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "reference",
		Short:   "Prints every configuration key as Markdown",
		Example: "  platform reference > docs/configuration.md",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprint(cmd.OutOrStdout(), config.Markdown())
			return err
		},
	}
}
