//go:build unix && !linux

package process

import (
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// dieWithParent has no counterpart in these kernels; the supervisor's pipe and
// OnParentExit do the work there.
func dieWithParent(*syscall.SysProcAttr) {}

// startTime asks ps, the one portable way.
func startTime(pid int) (string, error) {
	out, err := exec.Command("ps", "-o", "stat=,lstart=", "-p", strconv.Itoa(pid)).Output()
	fields := strings.Fields(string(out))
	if err != nil || len(fields) < 2 {
		return "", fmt.Errorf("process %d does not run", pid)
	}
	if strings.HasPrefix(fields[0], "Z") {
		return "", fmt.Errorf("process %d has ended", pid)
	}
	return strings.Join(fields[1:], " "), nil
}

// ResidentKiB returns the resident memory of a process in KiB, 0 when it is
// gone.
func ResidentKiB(pid int) int {
	out, err := exec.Command("ps", "-o", "rss=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return 0
	}
	kib, _ := strconv.Atoi(strings.TrimSpace(string(out)))
	return kib
}
