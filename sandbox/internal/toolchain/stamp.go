package toolchain

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// sourceSum is the content sum of everything that decides what a Go module
// builds to: its files (tests and other modules inside it excepted), the
// compiler and the platform, and extra words such as linker flags.
func sourceSum(dir, goVersion string, extra ...string) (string, error) {
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, goVersion, runtime.GOOS, runtime.GOARCH, extra)
	files := 0
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != dir && otherModule(path, entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || !isSource(entry.Name()):
			return nil
		}
		files++
		return addFile(sum, dir, path)
	})
	if err == nil && files == 0 {
		err = errors.New("no source file there")
	}
	if err != nil {
		return "", fmt.Errorf("sources of %s: %w", dir, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

func otherModule(path, name string) bool {
	_, err := os.Stat(filepath.Join(path, "go.mod"))
	return err == nil || strings.HasPrefix(name, ".") || name == "testdata"
}

func isSource(name string) bool {
	return !strings.HasSuffix(name, "_test.go") && !strings.HasSuffix(name, ".md") && !strings.HasPrefix(name, ".")
}

// addFile feeds a file's path and content to sum.
func addFile(sum hash.Hash, dir, path string) error {
	relative, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	_, _ = fmt.Fprintln(sum, relative) // a hash takes everything
	_, err = io.Copy(sum, file)
	return err
}

// upToDate reports whether target exists and was built from sources of sum.
func upToDate(target, stamp, sum string) bool {
	if _, err := os.Stat(target); err != nil {
		return false
	}
	built, err := os.ReadFile(stamp)
	return err == nil && strings.TrimSpace(string(built)) == sum
}
