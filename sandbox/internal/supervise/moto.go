package supervise

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"

	"aws-platform/sandbox/internal/process"
)

// startLimit is how long the emulator may take until it answers. It is a
// Python program that imports for several seconds.
const startLimit = 90 * time.Second

// moto is the running AWS emulator.
type moto struct {
	cmd      *exec.Cmd
	identity process.Identity
	endpoint string
	ended    chan error // receives once, when the process has ended
}

// startMoto runs the emulator on a free loopback port and waits until it
// answers. Its output goes to the file at logPath. It trusts the certificates in the file
// at trusted and no others.
func startMoto(ctx context.Context, executable, logPath, trusted string) (*moto, error) {
	log, err := os.Create(logPath)
	if err != nil {
		return nil, fmt.Errorf("log of the AWS emulator: %w", err)
	}
	defer func() { _ = log.Close() }()
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(executable, "-H", "127.0.0.1", "-p", strconv.Itoa(port))
	process.Own(cmd)
	cmd.Env = append(os.Environ(),
		"MOTO_IAM_LOAD_MANAGED_POLICIES=true", // attachments of AWS-managed policies resolve
		"MOTO_ACM_VALIDATION_WAIT=1",          // seconds until a certificate is issued
		"PYTHONUNBUFFERED=1",
		// SNS posts to the subscriber, and to nobody by a proxy of the user's.
		"REQUESTS_CA_BUNDLE="+trusted, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1",
	)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the AWS emulator: %w", err)
	}
	m := &moto{cmd: cmd, endpoint: fmt.Sprintf("http://127.0.0.1:%d", port), ended: make(chan error, 1)}
	go func() { m.ended <- cmd.Wait() }()
	if m.identity, err = process.Identify(cmd.Process.Pid); err != nil {
		return nil, fmt.Errorf("the AWS emulator ended at once, see %s: %w", logPath, err)
	}
	if err := m.waitHealthy(ctx); err != nil {
		m.stop()
		return nil, fmt.Errorf("%w; its log: %s", err, logPath)
	}
	return m, nil
}

// waitHealthy returns once the emulator answers, or with the reason why it
// will not.
func (m *moto) waitHealthy(ctx context.Context) error {
	limit := time.After(startLimit)
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if healthy(m.endpoint) {
				return nil
			}
		case err := <-m.ended:
			m.ended <- err
			return fmt.Errorf("the AWS emulator ended while starting (%v)", m.cmd.ProcessState)
		case <-limit:
			return fmt.Errorf("the AWS emulator did not answer at %s within %s", m.endpoint, startLimit)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// stop ends the emulator and everything it started. There is nothing to save,
// so nothing is asked of it.
func (m *moto) stop() { process.Stop(m.identity, 2*time.Second) }

// freePort asks the system for a loopback port that nobody uses.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
