package tfprotocol

import (
	"os/exec"
	"syscall"
)

// dieWithParent asks the kernel to kill the provider when the thread that started
// it ends. Go ends a thread only when a goroutine locked to it returns, so Start
// must not be called from a locked goroutine.
func dieWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
