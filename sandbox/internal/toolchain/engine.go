package toolchain

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// oldestEngine is the first minor release of pulumi 3 that the sandbox was
// made for: secrets settings kept in the state, and the plugin protocol of the
// program's SDK.
const oldestEngine = 200

// findEngine returns the PATH's pulumi if it will do. The sandbox's own build
// in folder own does not count, or it would never be rebuilt.
func findEngine(own string) (string, error) {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		candidate := filepath.Join(dir, "pulumi")
		if sameDir(dir, own) || !executable(candidate) {
			continue
		}
		return candidate, engineFits(candidate)
	}
	return "", fmt.Errorf("no pulumi on the PATH, building it")
}

// engineFits refuses an engine that is too old or has no language host beside
// it: the sandbox lets the engine use bundled plugins only.
func engineFits(candidate string) error {
	out, err := exec.Command(candidate, "version").Output()
	if err != nil {
		return fmt.Errorf("%s version: %w, building another", candidate, err)
	}
	version := strings.TrimSpace(string(out))
	if minor, ok := minorOf3(version); !ok || minor < oldestEngine {
		return fmt.Errorf("%s is %s, want v3.%d or newer, building v%s", candidate, version, oldestEngine, EngineVersion)
	}
	real, err := filepath.EvalSymlinks(candidate)
	if err != nil {
		return fmt.Errorf("%s: %w", candidate, err)
	}
	if host := filepath.Join(filepath.Dir(real), "pulumi-language-go"); !executable(host) {
		return fmt.Errorf("%s has no pulumi-language-go beside it, building both", candidate)
	}
	return nil
}

// minorOf3 reads the minor version of a pulumi 3 release.
func minorOf3(version string) (int, bool) {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(version, "v"), "3.")
	if !ok {
		return 0, false
	}
	minor, _, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(minor)
	return n, err == nil
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

func sameDir(a, b string) bool {
	x, errX := filepath.EvalSymlinks(a)
	y, errY := filepath.EvalSymlinks(b)
	return errX == nil && errY == nil && x == y
}
