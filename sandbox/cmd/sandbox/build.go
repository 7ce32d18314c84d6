package main

import (
	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/stacks"
)

func buildCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "build",
		Short: "Find or build the engine, the language host, the AWS plugin and the programs",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a, release, err := openLocked(command)
			if err != nil {
				return err
			}
			defer release()
			tools, err := a.builder.Build(command.Context(), programDirs(stacks.Default)...)
			if err != nil {
				return err
			}
			a.printer.Linef("%d built or fetched\npulumi              %s\naws plugin          %s\nterraform provider  %s\nmoto_server         %s",
				tools.Built, tools.Pulumi, tools.Plugin, tools.Provider, tools.Moto)
			return nil
		},
	}
}
