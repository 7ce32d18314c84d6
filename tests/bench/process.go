package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"text/tabwriter"
	"time"
)

// benchProcess runs `platform graph production` as a person does, twice, and
// reports the second, warm one.
func benchProcess(table *tabwriter.Writer) error {
	folder, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	platform := filepath.Join(folder, "platform")
	if out, err := exec.Command("go", "build", "-o", platform, "./cmd/platform").CombinedOutput(); err != nil { //nolint:gosec // a path of our own
		return fmt.Errorf("go build ./cmd/platform: %w\n%s", err, out)
	}
	var seconds, megabytes float64
	for range 2 {
		command := exec.Command(platform, "graph", "production") //nolint:gosec // a path of our own
		start := time.Now()
		if err := command.Run(); err != nil {
			return fmt.Errorf("platform graph production: %w", err)
		}
		seconds = time.Since(start).Seconds()
		megabytes = float64(command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss) / maxrssPerMegabyte
	}
	fmt.Fprintln(table, "process\tseconds\tpeak memory\tgoal")
	fmt.Fprintf(table, "platform graph production\t%.2f\t%.0f MB\t2 s, 500 MB\n\n", seconds, megabytes)
	return nil
}
