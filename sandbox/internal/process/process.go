// Package process starts and ends operating system processes so that none
// outlives its reason to run.
//
// Three rules hold for every process the sandbox starts: it leads a process
// group of its own, so that a group signal reaches its children and nobody
// else's; where the kernel can tell it (Linux), it dies with the process that
// started it; and it is only ever signalled after its identity was verified by
// its start time, because process numbers are reused.
package process

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// Identity names one process for as long as the machine runs: a process
// number together with the moment that process began.
type Identity struct {
	PID int `json:"pid"`
	// Started is the operating system's own notation of the start time. It is
	// only ever compared, never parsed.
	Started string `json:"started"`
}

// Identify returns the identity of the running process pid, or an error when
// there is none.
func Identify(pid int) (Identity, error) {
	started, err := startTime(pid)
	if err != nil {
		return Identity{}, err
	}
	return Identity{PID: pid, Started: started}, nil
}

// Self returns the identity of the calling process.
func Self() (Identity, error) { return Identify(os.Getpid()) }

// Alive reports whether the process still runs; a different process that was
// given the same number does not count, nor does a dead one that its parent
// has not collected yet.
func (id Identity) Alive() bool {
	if id.PID <= 0 {
		return false
	}
	now, err := startTime(id.PID)
	return err == nil && now == id.Started
}

// Own prepares cmd so that it leads its own process group and, where the
// kernel supports it, is killed when the calling process ends.
func Own(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	dieWithParent(cmd.SysProcAttr)
}

// Detach prepares cmd to outlive the caller: a session of its own, without a
// controlling terminal.
func Detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
}

// SignalGroup sends sig to every process in the group that pid leads. A group
// that is already gone is not an error.
func SignalGroup(pid int, sig syscall.Signal) error {
	err := syscall.Kill(-pid, sig)
	if errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}

// Stop ends the process id: SIGTERM first, SIGKILL to its whole group when it
// is still there after grace. It does nothing when the process is already gone
// or its number belongs to another process now.
func Stop(id Identity, grace time.Duration) {
	if !id.Alive() {
		return
	}
	_ = syscall.Kill(id.PID, syscall.SIGTERM)
	if WaitGone(id, grace) {
		return
	}
	_ = SignalGroup(id.PID, syscall.SIGKILL)
	_ = syscall.Kill(id.PID, syscall.SIGKILL)
	WaitGone(id, time.Second)
}

// WaitGone waits until the process has ended and reports whether it did so
// within the limit.
func WaitGone(id Identity, limit time.Duration) bool {
	const step = 20 * time.Millisecond
	for waited := time.Duration(0); id.Alive(); waited += step {
		if waited >= limit {
			return false
		}
		time.Sleep(step)
	}
	return true
}

// OnParentExit calls act once the process that started this one has ended. It
// asks once a second, which every system supports.
func OnParentExit(act func()) {
	parent := os.Getppid()
	go func() {
		for os.Getppid() == parent {
			time.Sleep(time.Second)
		}
		act()
	}()
}
