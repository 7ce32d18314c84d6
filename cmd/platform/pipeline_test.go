package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// invoked is a call of this command in a script or a workflow, or the list of its arguments.
	invoked = regexp.MustCompile(`(?:\bplatform|\barguments=\()\s?((?:promote )?(?:verify|rollback|infrastructure|current|start|ended|finish|result|build|findings|stacks|address|preview|graph|diff|charts|credentials))\b([^;|)]*)`)
	flag    = regexp.MustCompile(`--([a-z-]+)`)
)

// TestThePipelineCallsWhatIsThere: every call in .github names a command and flags that exist.
func TestThePipelineCallsWhatIsThere(t *testing.T) {
	scanned := map[string]bool{}
	for _, pattern := range []string{"scripts/*.sh", "workflows/*.yml", "actions/*/action.yml"} {
		files, err := filepath.Glob(filepath.Join(root, ".github", pattern))
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, line := range strings.Split(string(text), "\n") {
				if !strings.HasPrefix(strings.TrimSpace(line), "#") {
					checkCalls(t, filepath.Base(file), line, scanned)
				}
			}
		}
	}
	assert.Greater(t, len(scanned), 12, "%v", scanned)
}

// checkCalls looks at the calls in a line of a file, and notes their commands.
func checkCalls(t *testing.T, file, line string, scanned map[string]bool) {
	t.Helper()
	for _, match := range invoked.FindAllStringSubmatch(line, -1) {
		words := strings.Fields(match[1])
		if file == "decide.sh" { // whose arguments are all of promote
			words = append([]string{"promote"}, words...)
		}
		command, _, err := newRoot().Find(words)
		require.NoError(t, err, line)
		require.Equal(t, words[len(words)-1], command.Name(), line)
		scanned[command.CommandPath()] = true
		for _, used := range flag.FindAllStringSubmatch(match[2], -1) {
			assert.NotNil(t, command.Flag(used[1]), "%s: %s has no --%s", file, command.CommandPath(), used[1])
		}
	}
}
