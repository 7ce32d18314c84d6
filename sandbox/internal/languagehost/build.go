package languagehost

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// CacheVariable is the environment variable that names the folder in which
// compiled programs are kept between runs. Default: "programs" in PULUMI_HOME,
// or in the user's cache folder when that is not set either.
const CacheVariable = "SANDBOX_PROGRAM_CACHE"

// ProgramPath returns where the compiled program of folder dir is kept. Linking
// a program against the AWS SDK takes seconds and `go build` skips it when the
// file is up to date, so the place is the same on every run.
func ProgramPath(dir string) (string, error) {
	cache := os.Getenv(CacheVariable)
	if cache == "" && os.Getenv("PULUMI_HOME") != "" {
		cache = filepath.Join(os.Getenv("PULUMI_HOME"), "programs")
	}
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", fmt.Errorf("%s is not set and there is no cache folder: %w", CacheVariable, err)
		}
		cache = filepath.Join(user, "pulumi-language-go")
	}
	sum := sha256.Sum256([]byte(filepath.Clean(dir)))
	return filepath.Join(cache, filepath.Base(dir)+"-"+hex.EncodeToString(sum[:4])), nil
}

// Build compiles the program in folder dir to target, writing the compiler's
// messages to output.
func Build(ctx context.Context, dir, target string, output io.Writer) error {
	sources, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(sources) == 0 {
		return fmt.Errorf("%s: no .go file there, want the folder of a main package", dir)
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", target, ".")
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = output, output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("go build in %s: %w", dir, err)
	}
	if info, err := os.Stat(target); err != nil || info.Mode()&0o111 == 0 {
		return fmt.Errorf("%s: go build made no executable, is it package main?", dir)
	}
	return nil
}

// locked runs act while holding an exclusive lock beside target: two stacks of
// one project share a compiled program, and one must not start it while the
// other replaces it.
func locked(target string, act func() error) error {
	if err := os.MkdirAll(filepath.Dir(target), 0o750); err != nil {
		return fmt.Errorf("folder for compiled programs: %w", err)
	}
	lock, err := os.OpenFile(target+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("lock for compiled programs: %w", err)
	}
	//nolint:gosec // a file descriptor fits an int
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return errors.Join(fmt.Errorf("lock %s: %w", lock.Name(), err), lock.Close())
	}
	return errors.Join(act(), lock.Close()) // closing releases the lock
}
