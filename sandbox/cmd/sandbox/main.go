// Command sandbox runs a developer's cloud on one machine: it puts engine,
// plugins and an AWS emulator in place, after which people use the ordinary
// `pulumi` and `aws` commands. See the README of its module.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/supervise"
	"aws-platform/sandbox/internal/toolchain"
)

func main() {
	// A closed terminal (SIGHUP) ends a command like Ctrl-C does.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	err := root().ExecuteContext(ctx)
	interrupted := ctx.Err() != nil
	stop()
	if err == nil {
		return
	}
	if interrupted {
		fmt.Fprintln(os.Stderr, "interrupted")
		os.Exit(130)
	}
	if !errors.Is(err, errShown) {
		fmt.Fprintln(os.Stderr, "error:", err)
	}
	os.Exit(1)
}

// errShown marks a failure whose explanation is already on the screen.
var errShown = errors.New("failed")

// root is the whole command line.
func root() *cobra.Command {
	command := &cobra.Command{
		Use:           "sandbox",
		Short:         "A local AWS for this repository's stacks",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	command.AddCommand(upCommand(), downCommand(), statusCommand(), envCommand(), buildCommand(), providerCommand(),
		verifyCommand(), endToEndCommand(), benchCommand(), superviseCommand())
	return command
}

// app is what most commands work with.
type app struct {
	layout  layout.Layout
	printer *progress.Printer
	builder *toolchain.Builder
}

// open finds the checkout around the working directory.
func open(command *cobra.Command) (app, error) {
	dir, err := os.Getwd()
	if err != nil {
		return app{}, err
	}
	l, err := layout.Find(dir)
	if err != nil {
		return app{}, err
	}
	printer := progress.New(command.OutOrStdout())
	return app{layout: l, printer: printer, builder: &toolchain.Builder{Layout: l, Printer: printer}}, nil
}

// openLocked opens the checkout for a command that changes it, which no other
// may do until release is called.
func openLocked(command *cobra.Command) (a app, release func(), err error) {
	if a, err = open(command); err != nil {
		return app{}, nil, err
	}
	release, err = lock(a.layout)
	return a, release, err
}

// running opens the checkout and its running cloud, with the CLI to use on it.
func running(command *cobra.Command) (app, stacks.Pulumi, error) {
	a, err := open(command)
	if err != nil {
		return app{}, stacks.Pulumi{}, err
	}
	record, err := supervise.Read(a.layout)
	if err != nil {
		return a, stacks.Pulumi{}, err
	}
	tools, err := a.builder.Find()
	if err != nil {
		return a, stacks.Pulumi{}, err
	}
	return a, stacks.Pulumi{Layout: a.layout, Record: record, Path: tools.Pulumi}, nil
}
