package supervise

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"time"

	"aws-platform/sandbox/internal/kubernetes"
	"aws-platform/sandbox/internal/layout"
	"aws-platform/sandbox/internal/process"
)

// ReportFD is the descriptor on which a supervisor started by Start reports.
const ReportFD = 3

// Cloud is a running local cloud as its starter sees it.
type Cloud struct {
	Record Record
	// Fresh is true when the cloud was started by this call and is empty.
	Fresh    bool
	lifeline io.WriteCloser // nil when somebody else started the cloud
}

// Start returns the running cloud of l, or starts one with the command line
// command (a program that calls Run with its standard input as lifeline and
// ReportFD as report). A cloud that ended without a trace leaves a state that
// describes nothing; it is removed first.
func Start(l layout.Layout, command ...string) (*Cloud, error) {
	record, err := Read(l)
	if err == nil {
		return &Cloud{Record: record}, nil
	}
	if err := Stop(l); err != nil {
		return nil, err
	}
	if err := l.Make(); err != nil {
		return nil, fmt.Errorf("folders of the sandbox: %w", err)
	}
	lifeline, err := spawn(l, command)
	if err != nil {
		return nil, err
	}
	if record, err = Read(l); err != nil {
		return nil, errors.Join(fmt.Errorf("the cloud started and ended at once: %w", err), lifeline.Close())
	}
	return &Cloud{Record: record, Fresh: true, lifeline: lifeline}, nil
}

// spawn starts the supervisor in a session of its own and waits for its report.
func spawn(l layout.Layout, command []string) (io.WriteCloser, error) {
	log, err := os.Create(l.LogFile("supervisor"))
	if err != nil {
		return nil, fmt.Errorf("log of the supervisor: %w", err)
	}
	defer func() { _ = log.Close() }()
	reading, reporting, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("pipe to the supervisor: %w", err)
	}
	defer func() { _ = reading.Close() }()

	cmd := exec.Command(command[0], command[1:]...)
	process.Detach(cmd)
	cmd.Stdout, cmd.Stderr = log, log
	cmd.ExtraFiles = []*os.File{reporting} // becomes ReportFD
	lifeline, err := cmd.StdinPipe()
	if err != nil {
		return nil, errors.Join(err, reporting.Close())
	}
	err = cmd.Start()
	_ = reporting.Close()
	if err != nil {
		return nil, fmt.Errorf("start the supervisor: %w", err)
	}
	go func() { _ = cmd.Wait() }() // no zombie while this process lives

	line, err := bufio.NewReader(reading).ReadString('\n')
	if strings.TrimSpace(line) == "ready" {
		return lifeline, nil
	}
	_ = lifeline.Close()
	if err != nil {
		return nil, fmt.Errorf("the supervisor ended without a word, see %s", log.Name())
	}
	return nil, errors.New(strings.TrimSpace(line))
}

// Keep makes the cloud outlive this process.
func (c *Cloud) Keep() error {
	if c.lifeline == nil {
		return nil
	}
	if _, err := io.WriteString(c.lifeline, keepWord+"\n"); err != nil {
		return fmt.Errorf("tell the supervisor to keep the cloud: %w", err)
	}
	return c.lifeline.Close()
}

// Abandon takes down a cloud that this process started and did not keep.
func (c *Cloud) Abandon() {
	if c.lifeline == nil {
		return
	}
	_ = c.lifeline.Close()
	process.WaitGone(c.Record.Supervisor, 5*time.Second)
}

// Stop ends what run.json names, verified by start time, and removes the state
// that described the cloud. It is not an error when nothing runs.
func Stop(l layout.Layout) error {
	record, err := read(l)
	if err == nil {
		process.Stop(record.Supervisor, 10*time.Second)
		process.Stop(record.Moto, time.Second)
		programs, err := kubernetes.Programs(l.Kubernetes())
		if err != nil {
			return err
		}
		for _, program := range programs {
			process.Stop(program.Identity, time.Second)
		}
	}
	if err := l.Forget(); err != nil {
		return fmt.Errorf("remove the sandbox's state: %w", err)
	}
	return nil
}
