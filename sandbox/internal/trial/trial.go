// Package trial tries the whole sandbox as a user would, in a sandbox of its
// own that disturbs no other: the end-to-end test and the figures of `bench`.
package trial

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
	"aws-platform/sandbox/internal/progress"
	"aws-platform/sandbox/internal/shellenv"
	"aws-platform/sandbox/internal/stacks"
	"aws-platform/sandbox/internal/supervise"
	"aws-platform/sandbox/internal/verify"
)

// Trial is one run in a sandbox of its own.
type Trial struct {
	Layout  layout.Layout // its Data folder is the trial's own
	Printer *progress.Printer
	Self    string // executable of the sandbox command
	Moto    string // executable of the AWS emulator
	Pulumi  string // executable
	AWS     string // executable of the AWS CLI
	Kubectl string // executable

	passed, failed int
}

// begin starts an empty cloud that ends with this process, however that ends.
// The returned function ends it earlier.
func (t *Trial) begin() (end func(), err error) {
	// All commands of the trial inherit it: it moves their data, and marks every
	// process that descends from them.
	if err := os.Setenv(layout.DataVariable, t.Layout.Data); err != nil {
		return nil, err
	}
	if err := t.stop(); err != nil {
		return nil, err
	}
	cloud, err := supervise.Start(t.Layout, t.Self, "supervise", t.Moto)
	if err != nil {
		return nil, err
	}
	return func() { cloud.Abandon(); _ = t.stop() }, nil
}

// mark is the entry of the process environment by which the trial's processes
// are recognised.
func (t *Trial) mark() string { return layout.DataVariable + "=" + t.Layout.Data }

// check runs one step of a test and counts how it went. It returns whether the
// step passed, so that what depends on it can be left out.
func (t *Trial) check(what string, do func() error) bool {
	began := time.Now()
	t.Printer.Linef("---- %s", what)
	err := do()
	took := progress.Round(time.Since(began))
	if err != nil {
		t.failed++
		t.Printer.Linef("FAIL %s (%s)\n     %v", what, took, err)
		return false
	}
	t.passed++
	t.Printer.Linef("PASS %s (%s)", what, took)
	return true
}

// sandbox runs a command of the sandbox with its output on the screen.
func (t *Trial) sandbox(ctx context.Context, args ...string) error {
	cmd := t.command(ctx, t.Self, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("sandbox %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// command prepares a program in the trial's environment, which ends with ctx.
func (t *Trial) command(ctx context.Context, path string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, path, args...)
	process.Own(cmd)
	cmd.Dir = t.Layout.Root
	cmd.Cancel = func() error { return process.SignalGroup(cmd.Process.Pid, syscall.SIGINT) }
	cmd.WaitDelay = 30 * time.Second
	return cmd
}

// pulumi returns the CLI on the trial's running cloud.
func (t *Trial) pulumi() (stacks.Pulumi, error) {
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return stacks.Pulumi{}, err
	}
	return stacks.Pulumi{Layout: t.Layout, Record: record, Path: t.Pulumi}, nil
}

// onEach runs a pulumi command on stacks one after the other.
func (t *Trial) onEach(ctx context.Context, list []stacks.Stack, args ...string) error {
	pulumi, err := t.pulumi()
	if err != nil {
		return err
	}
	for _, stack := range list {
		if err := pulumi.Run(ctx, t.Printer, stack, args...); err != nil {
			return fmt.Errorf("%w%s", err, stacks.Complaint(t.Layout.LogFile(args[0]+"-"+stack.Name)))
		}
	}
	return nil
}

// collector asks the AWS CLI about the trial's cloud.
func (t *Trial) collector() (verify.Collector, error) {
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return verify.Collector{}, err
	}
	return verify.Collector{Path: t.AWS, Environ: shellenv.For(t.Layout, record.Endpoint).Apply(os.Environ())}, nil
}

// stop takes the trial's cloud down.
func (t *Trial) stop() error { return supervise.Stop(t.Layout) }

// stackFiles returns the content of every stack file of the checkout: nothing
// that the sandbox does may change them.
func (t *Trial) stackFiles() (map[string]string, error) {
	contents := map[string]string{}
	for _, pattern := range []string{"Pulumi.*.yaml", filepath.Join("stacks", "*", "Pulumi.*.yaml")} {
		paths, err := filepath.Glob(filepath.Join(t.Layout.Root, pattern))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			raw, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			contents[path] = string(raw)
		}
	}
	return contents, nil
}

// quiet is where the output of commands goes that are expected to fail.
func (t *Trial) quiet(step string) (io.WriteCloser, error) {
	return os.Create(t.Layout.LogFile(step))
}
