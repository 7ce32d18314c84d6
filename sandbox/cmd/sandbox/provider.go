package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/progress"
)

func providerCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "provider",
		Short: "Find or fetch the Terraform provider, and print where it is",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a, release, err := openLocked(command)
			if err != nil {
				return err
			}
			defer release()
			// The path is for a script: what is being done goes elsewhere.
			a.builder.Printer = progress.New(command.ErrOrStderr())
			path, err := a.builder.TerraformProvider(command.Context())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(command.OutOrStdout(), path)
			return err
		},
	}
}
