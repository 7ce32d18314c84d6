package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/supervise"
)

func envCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "env",
		Short: `Print shell commands for: eval "$(make -s env)"`,
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a, err := open(command)
			if err != nil {
				return err
			}
			record, err := supervise.Read(a.layout)
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(command.OutOrStdout(), shellenv.For(a.layout, record.Endpoint).Shell())
			return err
		},
	}
}
