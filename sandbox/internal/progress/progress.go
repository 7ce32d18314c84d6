// Package progress tells a person what a long step does, how long it usually
// takes, and that it is still alive.
package progress

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
)

// Heartbeat is how long nothing may happen on the screen.
const Heartbeat = 5 * time.Second

// tailLines is how much of a failed step's log is shown.
const tailLines = 25

// Printer writes whole lines from several goroutines and counts the time of
// each step.
type Printer struct {
	mu    sync.Mutex
	out   io.Writer
	last  time.Time
	steps []Timing
}

// Timing is how long one step took.
type Timing struct {
	Step string
	Took time.Duration
}

// New returns a printer to out.
func New(out io.Writer) *Printer { return &Printer{out: out, last: time.Now()} }

// Linef prints one line, in the style of fmt.Printf.
func (p *Printer) Linef(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = time.Now()
	_, _ = fmt.Fprintf(p.out, format+"\n", args...) // a screen that is gone is no reason to stop
}

// Timings returns the steps so far in the order they ended.
func (p *Printer) Timings() []Timing {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Timing(nil), p.steps...)
}

// Record adds the time of a step that was measured elsewhere.
func (p *Printer) Record(step string, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.steps = append(p.steps, Timing{Step: step, Took: took})
}

// quietFor is how long nothing was printed.
func (p *Printer) quietFor() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Since(p.last)
}

// Step runs do, whose output goes to the file at logPath. It announces what is
// done and how long that usually takes (empty when it is quick), keeps the
// screen alive meanwhile, and shows the end of the log when it fails.
func (p *Printer) Step(step, what, usually, logPath string, do func(log io.Writer) error) error {
	log, err := os.Create(logPath)
	if err != nil {
		return fmt.Errorf("log of step %s: %w", step, err)
	}
	announcement := fmt.Sprintf("%-16s %s", step, what)
	if usually != "" {
		announcement += " (usually " + usually + ")"
	}
	p.Linef("%s", announcement)

	began := time.Now()
	err = p.alive(step, began, func() error { return do(log) })
	err = errors.Join(err, log.Close())
	took := time.Since(began)
	if err != nil {
		p.Linef("%-16s failed after %s%s", step, Round(took), Tail(logPath))
		return fmt.Errorf("%s: %w", step, err)
	}
	p.Record(step, took)
	p.Linef("%-16s done in %s", step, Round(took))
	return nil
}

// alive runs do and prints the time passed whenever the screen was quiet for
// too long.
func (p *Printer) alive(step string, began time.Time, do func() error) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go p.Beat(ctx, step, began)
	return do()
}

// Beat prints a sign of life of step at every quiet interval until ctx ends.
func (p *Printer) Beat(ctx context.Context, step string, began time.Time) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if p.quietFor() >= Heartbeat {
				p.Linef("%-16s ... %s", step, Round(time.Since(began)))
			}
		}
	}
}

// Round words a duration as a person would: "0.4 s", "12 s", "4 min 44 s".
func Round(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	default:
		return fmt.Sprintf("%d min %d s", int(d.Minutes()), int(d.Seconds())%60)
	}
}

// Tail returns the last lines of a log, indented, below a line that names it;
// "" when the log says nothing.
func Tail(path string) string {
	raw, err := os.ReadFile(path)
	if err != nil || len(bytes.TrimSpace(raw)) == 0 {
		return ""
	}
	lines := strings.Split(string(bytes.TrimRight(raw, "\n")), "\n")
	if len(lines) > tailLines {
		lines = lines[len(lines)-tailLines:]
	}
	return ", the end of " + path + ":\n    " + strings.Join(lines, "\n    ")
}
