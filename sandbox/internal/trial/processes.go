package trial

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"aws-platform/sandbox/internal/process"
)

// running lists the processes that descend from the trial's commands, as "pid
// command". They inherit the trial's mark in their environment, so that
// processes which left their parents are found too.
func (t *Trial) running() ([]string, error) {
	var found []string
	pids, err := t.pids()
	for _, pid := range pids {
		out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
		if err == nil {
			found = append(found, fmt.Sprintf("%d %s", pid, strings.TrimSpace(string(out))))
		}
	}
	return found, err
}

// pids lists the numbers of those processes, without the calling one.
func (t *Trial) pids() ([]int, error) {
	if runtime.GOOS == "linux" {
		return t.pidsFromProc()
	}
	// `ps -E` appends the environment of the user's own processes.
	out, err := exec.Command("ps", "-A", "-E", "-o", "pid=,command=").Output()
	if err != nil {
		return nil, fmt.Errorf("list processes: %w", err)
	}
	var found []int
	for line := range strings.Lines(string(out)) {
		pid, err := strconv.Atoi(strings.Fields(line)[0])
		if err == nil && pid != os.Getpid() && strings.Contains(line, t.mark()) {
			found = append(found, pid)
		}
	}
	return found, nil
}

func (t *Trial) pidsFromProc() ([]int, error) {
	paths, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return nil, err
	}
	var found []int
	for _, path := range paths {
		environment, err := os.ReadFile(path)
		if err != nil {
			continue // ended meanwhile, or somebody else's
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if err == nil && pid != os.Getpid() && marked(environment, t.mark()) {
			found = append(found, pid)
		}
	}
	return found, nil
}

// marked reports whether a process environment has the entry.
func marked(environment []byte, entry string) bool {
	for part := range bytes.SplitSeq(environment, []byte{0}) {
		if string(part) == entry {
			return true
		}
	}
	return false
}

// allGone waits for the trial's processes to end and names those that do not.
func (t *Trial) allGone(limit time.Duration) error {
	for deadline := time.Now().Add(limit); ; time.Sleep(100 * time.Millisecond) {
		left, err := t.running()
		if err != nil || len(left) == 0 {
			return err
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("found processes after %s, wanted none:\n     %s", limit, strings.Join(left, "\n     "))
		}
	}
}

// residentMB is the resident memory of all the trial's processes together.
func (t *Trial) residentMB() int {
	pids, err := t.pids()
	if err != nil {
		return 0
	}
	total := 0
	for _, pid := range pids {
		total += process.ResidentKiB(pid)
	}
	return total / 1024
}
