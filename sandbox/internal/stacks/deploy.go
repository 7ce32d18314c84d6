package stacks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"aws-platform/sandbox/internal/progress"
)

// Waves orders stacks for deployment: the accounts, then the environments in them, which
// do not depend on each other, then what connects them. Destroy in the opposite order.
func Waves(list []Stack) [][]Stack {
	var accounts, environments, rest []Stack
	for _, stack := range list {
		switch stack.Project {
		case AccountProject:
			accounts = append(accounts, stack)
		case Production.Project:
			environments = append(environments, stack)
		default:
			rest = append(rest, stack)
		}
	}
	return [][]Stack{accounts, environments, rest}
}

// Deploy creates or updates the given stacks, those of a wave in parallel.
func (p Pulumi) Deploy(ctx context.Context, printer *progress.Printer, wanted []Stack) error {
	for _, wave := range Waves(wanted) {
		group, inner := errgroup.WithContext(ctx)
		for _, stack := range wave {
			group.Go(func() error { return p.up(inner, printer, stack) })
		}
		if err := group.Wait(); err != nil {
			return err
		}
	}
	return nil
}

// up creates the stack when it is new and runs `pulumi up` on it.
func (p Pulumi) up(ctx context.Context, printer *progress.Printer, stack Stack) error {
	if err := p.checkFile(stack); err != nil {
		return err
	}
	if err := p.Init(ctx, stack); err != nil {
		return err
	}
	return p.Run(ctx, printer, stack, "up", "--yes", "--skip-preview")
}

// Run runs a pulumi command on the stack. Its full output goes to a log, what
// it did line by line to printer.
func (p Pulumi) Run(ctx context.Context, printer *progress.Printer, stack Stack, args ...string) error {
	path := p.Layout.LogFile(args[0] + "-" + stack.Name)
	log, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("log of %s: %w", stack.Name, err)
	}
	defer func() { _ = log.Close() }()
	printer.Linef("%-16s pulumi %s -C %s -s %s", stack.Name, strings.Join(args, " "), stack.Dir, stack.Name)

	began := time.Now()
	beating, quiet := context.WithCancel(ctx)
	go printer.Beat(beating, stack.Name, began)
	shown := &lineWriter{emit: showEvents(printer, stack.Name)}
	cmd := p.Command(ctx, stack, args...)
	cmd.Stdout = io.MultiWriter(log, shown)
	cmd.Stderr = cmd.Stdout
	err = cmd.Run()
	quiet()
	shown.flush()

	took := time.Since(began)
	if err != nil {
		err = errors.Join(err, context.Cause(ctx))
		return fmt.Errorf("pulumi %s -s %s failed after %s, its output is in %s: %w",
			args[0], stack.Name, progress.Round(took), path, err)
	}
	printer.Record("pulumi "+args[0]+" "+stack.Name, took)
	return nil
}
