package trial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"syscall"
	"time"

	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/supervise"
)

// killed interrupts `sandbox up` in the middle of a deployment in each way that
// a machine knows, and wants nothing to be left each time.
func (t *Trial) killed(ctx context.Context) {
	for _, way := range []struct {
		what   string
		signal syscall.Signal
	}{
		{"SIGKILL", syscall.SIGKILL}, {"Ctrl-C", syscall.SIGINT}, {"a closed terminal", syscall.SIGHUP},
	} {
		t.check("up ended by "+way.what+" in the middle leaves no process", func() error {
			return errors.Join(t.interrupt(ctx, way.signal), t.stop())
		})
	}
	if runtime.GOOS == "linux" { // elsewhere the next up or down ends what is left
		t.check("a supervisor that is killed takes the control planes with it", func() error {
			return errors.Join(t.orphan(ctx), t.stop())
		})
	}
}

// orphan kills the supervisor of a cloud that is meant to stay, and wants its control
// planes to go with it.
func (t *Trial) orphan(ctx context.Context) error {
	if err := t.sandbox(ctx, "up", "--no-deploy"); err != nil {
		return err
	}
	record, err := supervise.Read(t.Layout)
	if err != nil {
		return err
	}
	programs, err := kubernetes.Programs(t.Layout.Kubernetes())
	if err != nil || len(programs) == 0 {
		return fmt.Errorf("found no control plane to kill the supervisor of: %w", err)
	}
	if err := syscall.Kill(record.Supervisor.PID, syscall.SIGKILL); err != nil {
		return fmt.Errorf("kill the supervisor: %w", err)
	}
	t.Printer.Linef("     %d programs of Kubernetes were running", len(programs))
	return t.allGone(20 * time.Second)
}

// interrupt starts a deployment, waits until resources are being created, and
// sends the signal to `sandbox up` alone.
func (t *Trial) interrupt(ctx context.Context, signal syscall.Signal) error {
	log, err := t.quiet("interrupted")
	if err != nil {
		return err
	}
	defer func() { _ = log.Close() }()
	cmd := t.command(ctx, t.Self, "up", "--stacks", environments[0])
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	if err := t.waitForCreation(ended); err != nil {
		return err
	}
	during, err := t.pids()
	if err != nil {
		return err
	}
	if err := cmd.Process.Signal(signal); err != nil {
		return fmt.Errorf("signal the running up: %w", err)
	}
	<-ended
	t.Printer.Linef("     %d processes were running", len(during))
	return t.allGone(20 * time.Second)
}

// waitForCreation returns when the deployment has created something.
func (t *Trial) waitForCreation(ended <-chan error) error {
	path := t.Layout.LogFile("interrupted")
	for deadline := time.Now().Add(5 * time.Minute); time.Now().Before(deadline); time.Sleep(200 * time.Millisecond) {
		select {
		case err := <-ended:
			return fmt.Errorf("up ended with code %d before it was interrupted, see %s", exitCode(err), path)
		default:
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if bytes.Contains(text, []byte("aws:")) && bytes.Contains(text, []byte(" created")) {
			return nil
		}
	}
	return fmt.Errorf("up created nothing within 5 minutes, see %s", path)
}
