package main

import (
	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/supervise"
)

func downCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "down",
		Short: "Stop what `up` started and remove its state; built tools stay",
		Args:  cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error {
			a, release, err := openLocked(command)
			if err != nil {
				return err
			}
			defer release()
			_, notRunning := supervise.Read(a.layout)
			if err := supervise.Stop(a.layout); err != nil {
				return err
			}
			if notRunning != nil {
				a.printer.Linef("the sandbox was not running, leftovers removed")
				return nil
			}
			a.printer.Linef("the sandbox is stopped and its state removed")
			return nil
		},
	}
}
