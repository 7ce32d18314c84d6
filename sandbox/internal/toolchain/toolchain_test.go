package toolchain

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func write(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o755))
}

func TestSourceSumChangesWithWhatIsBuilt(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module x")
	write(t, filepath.Join(dir, "a", "a.go"), "package a")
	sum := func(goVersion string, extra ...string) string {
		s, err := sourceSum(dir, goVersion, extra...)
		require.NoError(t, err)
		return s
	}
	first := sum("go1")
	assert.Equal(t, first, sum("go1"))
	assert.NotEqual(t, first, sum("go2"), "another compiler")
	assert.NotEqual(t, first, sum("go1", "-X a=b"), "other linker flags")

	for _, elsewhere := range []string{"a/a_test.go", "README.md", "other/go.mod", "other/b.go", "testdata/c.go", ".cache/d.go"} {
		write(t, filepath.Join(dir, elsewhere), "x")
		assert.Equal(t, first, sum("go1"), elsewhere)
	}
	for _, part := range []string{"a/a.go", "a/embedded.txt", "go.sum"} {
		before := sum("go1")
		write(t, filepath.Join(dir, part), "changed")
		assert.NotEqual(t, before, sum("go1"), part)
	}
	_, err := sourceSum(t.TempDir(), "go1")
	assert.Error(t, err, "an empty folder is a mistake")
}

func TestUpToDate(t *testing.T) {
	dir := t.TempDir()
	target, stamp := filepath.Join(dir, "bin"), filepath.Join(dir, "stamp")
	write(t, stamp, "sum\n")
	assert.False(t, upToDate(target, stamp, "sum"), "stamp without a file")
	write(t, target, "")
	assert.True(t, upToDate(target, stamp, "sum"))
	assert.False(t, upToDate(target, stamp, "another"))
}

func TestEngineOnThePath(t *testing.T) {
	script := func(version string) string { return "#!/bin/sh\necho " + version + "\n" }
	for _, c := range []struct {
		reason, version, refused string
		host                     bool
	}{
		{"recent, with its language host", "v3.250.1", "", true},
		{"recent, alone", "v3.250.1", "no pulumi-language-go", false},
		{"too old", "v3.199.0", "want v3.200", true},
		{"of another major", "v4.1.0", "want v3.200", true},
		{"without a version", "dev", "want v3.200", true},
	} {
		t.Run(c.reason, func(t *testing.T) {
			own, dir := t.TempDir(), t.TempDir()
			write(t, filepath.Join(own, "pulumi"), script("v3.256.0"))
			write(t, filepath.Join(dir, "pulumi"), script(c.version))
			if c.host {
				write(t, filepath.Join(dir, "pulumi-language-go"), "")
			}
			t.Setenv("PATH", fmt.Sprintf("%s:%s:/bin:/usr/bin", own, dir))
			found, err := findEngine(own)
			if c.refused == "" {
				require.NoError(t, err)
				assert.Equal(t, filepath.Join(dir, "pulumi"), found)
				return
			}
			assert.ErrorContains(t, err, c.refused)
		})
	}
}

func TestNoEngineOnThePath(t *testing.T) {
	own := t.TempDir()
	write(t, filepath.Join(own, "pulumi"), "#!/bin/sh\necho v3.256.0\n")
	t.Setenv("PATH", own)
	_, err := findEngine(own)
	assert.ErrorContains(t, err, "no pulumi on the PATH", "the sandbox's own build does not count")
}
