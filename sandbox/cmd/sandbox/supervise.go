package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/supervise"
)

// superviseCommand is the background process that owns the emulator; `up`
// starts it. It ignores what a terminal sends, because it has none.
func superviseCommand() *cobra.Command {
	return &cobra.Command{
		Use:    "supervise <emulator executable>",
		Hidden: true,
		Args:   cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, args []string) error {
			dir, err := os.Getwd()
			if err != nil {
				return err
			}
			l, err := layout.Find(dir)
			if err != nil {
				return err
			}
			signal.Ignore(os.Interrupt, syscall.SIGHUP)
			ctx, stop := signal.NotifyContext(command.Context(), syscall.SIGTERM)
			defer stop()
			syscall.CloseOnExec(supervise.ReportFD)
			err = supervise.Run(ctx, supervise.Config{
				Layout: l, Moto: args[0], Life: os.Stdin, Report: os.NewFile(supervise.ReportFD, "report"),
			})
			return fmt.Errorf("supervisor ends: %w", err)
		},
	}
}
