package main

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"aws-platform/sandbox/internal/layout"
)

// lock keeps two commands that start or stop one sandbox from running at the
// same time. The returned function releases it; so does the end of the process.
func lock(l layout.Layout) (func(), error) {
	if err := os.MkdirAll(l.Data, 0o750); err != nil {
		return nil, fmt.Errorf("folder of the sandbox: %w", err)
	}
	path := filepath.Join(l.Data, "lock")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock of the sandbox: %w", err)
	}
	//nolint:gosec // a file descriptor fits an int
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("another command is starting or stopping this sandbox (%s is locked), wait for it", path)
	}
	return func() { _ = file.Close() }, nil
}
