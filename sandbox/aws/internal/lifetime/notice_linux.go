package lifetime

import (
	"syscall"

	"golang.org/x/sys/unix"
)

// askForNotice has the kernel send SIGTERM when the parent dies. It is only quicker
// than the watch, so a kernel that refuses is no error.
func askForNotice() {
	_ = unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(syscall.SIGTERM), 0, 0, 0)
}
