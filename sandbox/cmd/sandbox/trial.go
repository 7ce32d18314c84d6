package main

import (
	"os"
	"path/filepath"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/trial"
)

func endToEndCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "e2e",
		Short: "Deploy into a fresh cloud, verify, break, destroy; ends with: N passed, N failed",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			run, err := newTrial(command, "e2e")
			if err != nil {
				return err
			}
			if err := run.EndToEnd(command.Context()); err != nil {
				return errShown
			}
			return nil
		},
	}
}

func benchCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "bench",
		Short: "Measure time and memory of one environment, two in parallel, up again and destroy in a fresh cloud",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			run, err := newTrial(command, "bench")
			if err != nil {
				return err
			}
			figures, err := run.Bench(command.Context())
			list := newTable("step", "time", "peak memory of all processes")
			for _, figure := range figures {
				list.AppendRow(table.Row{figure.Step, progress.Round(figure.Took), mb(figure.PeakMB)})
			}
			run.Printer.Linef("\n%s", list.Render())
			if err == nil {
				run.Printer.Linef("\ntwo environments in parallel take %.2f times as long as one alone", trial.Ratio(figures))
			}
			return err
		},
	}
}

// newTrial builds what is missing and makes a sandbox beside the user's own.
func newTrial(command *cobra.Command, name string) (*trial.Trial, error) {
	a, err := open(command)
	if err != nil {
		return nil, err
	}
	release, err := lock(a.layout)
	if err != nil {
		return nil, err
	}
	defer release()
	tools, err := a.builder.Build(command.Context(), programDirs(stacks.Default)...)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	own := a.layout
	own.Data = filepath.Join(a.layout.Tools, name)
	return &trial.Trial{Layout: own, Printer: a.printer, Self: self, Moto: tools.Moto, Pulumi: tools.Pulumi, AWS: tools.AWS, Kubectl: tools.Kubectl}, nil
}
