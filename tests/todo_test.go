package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// deferred is a comment that leaves work for later: a mark behind what begins a comment in Go,
// YAML, shell, Python, Markdown or HTML. Elsewhere the words may be said.
var deferred = regexp.MustCompile(`(?m)(//|#|/\*|<!--|^\s*\*|--)\s*(TODO|FIXME|XXX)\b`)

// deferring are the places in a text where work is deferred.
func deferring(text string) []string { return deferred.FindAllString(text, -1) }

func TestNoFileDefersWork(t *testing.T) {
	list, err := exec.Command("git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	require.NoError(t, err)
	files := strings.Split(strings.Trim(string(list), "\x00"), "\x00")
	read := 0
	for _, file := range files {
		if file == "tests/todo_test.go" {
			continue // says what it looks for
		}
		text, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(file)))
		if os.IsNotExist(err) {
			continue // deleted and not yet committed
		}
		require.NoError(t, err)
		read++
		assert.Empty(t, deferring(string(text)), file)
	}
	assert.Greater(t, read, 500, "files are read")
}

func TestDeferredWorkIsFound(t *testing.T) {
	for _, wrong := range []string{"// TODO: later", "x := 1 //FIXME", "  # XXX", "<!-- TODO -->", "/* FIXME */", " * TODO(me) more"} {
		assert.NotEmpty(t, deferring(wrong), wrong)
	}
	for _, right := range []string{`"No TODO left"`, "mktemp XXXXXX", "#XXXX", "a list of TODO items", "no-todo"} {
		assert.Empty(t, deferring(right), right)
	}
}
