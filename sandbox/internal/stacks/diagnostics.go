package stacks

import (
	"bytes"
	"os"
	"strings"

	"aws-platform/sandbox/internal/progress"
)

// maxDiagnostics is how many lines of a failed command's diagnostics are shown.
const maxDiagnostics = 40

// Complaint is what a failed pulumi command said was wrong, indented, below a line
// that names its log; the end of the log when it ended without diagnostics. The
// end alone is a stack's outputs, which the CLI prints last, also of a failure.
func Complaint(path string) string {
	raw, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	_, said, found := bytes.Cut(raw, []byte("\nDiagnostics:\n"))
	if !found {
		return progress.Tail(path)
	}
	said, _, _ = bytes.Cut(said, []byte("\nOutputs:\n"))
	lines := strings.Split(string(bytes.TrimSpace(said)), "\n")
	lines = lines[:min(len(lines), maxDiagnostics)]
	return ", which says in " + path + ":\n    " + strings.Join(lines, "\n    ")
}
