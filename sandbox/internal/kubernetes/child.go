package kubernetes

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"time"

	"aws-platform/sandbox/internal/process"
)

// startLimit is how long a program may take until it answers; two cores start several at once.
const startLimit = 3 * time.Minute

// child is a running program of Kubernetes.
type child struct {
	name     string
	identity process.Identity
	ended    chan struct{}
	log      string
}

// start runs a program with its output in a log file. It dies with this process.
func start(name, log, executable string, args ...string) (*child, error) {
	out, err := os.Create(log)
	if err != nil {
		return nil, fmt.Errorf("log of %s: %w", name, err)
	}
	defer func() { _ = out.Close() }()
	cmd := exec.Command(executable, args...)
	process.Own(cmd)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	c := &child{name: name, ended: make(chan struct{}), log: log}
	go func() { _ = cmd.Wait(); close(c.ended) }()
	if c.identity, err = process.Identify(cmd.Process.Pid); err != nil {
		return nil, fmt.Errorf("%s ended at once: %w%s", name, err, c.lastWords())
	}
	return c, nil
}

// wait returns once ready does without an error, or with the reason why it will not.
func (c *child) wait(ctx context.Context, ready func() error) error {
	limit := time.After(startLimit)
	for {
		err := ready()
		if err == nil {
			return nil
		}
		select {
		case <-time.After(200 * time.Millisecond):
		case <-c.ended:
			return fmt.Errorf("%s ended while starting%s", c.name, c.lastWords())
		case <-limit:
			return fmt.Errorf("%s is not ready after %s (%w), see %s", c.name, startLimit, err, c.log)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// lastWords are the end of the program's log.
func (c *child) lastWords() string {
	raw, err := os.ReadFile(c.log)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	return ", see " + c.log + ": " + lines[len(lines)-1]
}

// running tells whether the program has not ended.
func (c *child) running() bool {
	select {
	case <-c.ended:
		return false
	default:
		return true
	}
}

// stop ends the program; nothing of it is kept.
func (c *child) stop() { process.Stop(c.identity, time.Second) }

// freePort asks the system for a loopback port that nobody uses.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	return listener.Addr().(*net.TCPAddr).Port, listener.Close()
}
