package stacks

import (
	"bytes"
	"regexp"
	"strings"

	"aws-platform/sandbox/internal/progress"
)

// lineWriter cuts what is written to it into lines.
type lineWriter struct {
	pending []byte
	emit    func(line string)
}

func (w *lineWriter) Write(text []byte) (int, error) {
	w.pending = append(w.pending, text...)
	for {
		line, rest, found := bytes.Cut(w.pending, []byte("\n"))
		if !found {
			return len(text), nil
		}
		w.emit(string(line))
		w.pending = rest
	}
}

// flush emits a last line that has no end.
func (w *lineWriter) flush() {
	if len(w.pending) > 0 {
		w.emit(string(w.pending))
		w.pending = nil
	}
}

// begun matches the engine's lines that an operation started or goes on, with
// or without a message behind; another follows when it ended, which is the one
// to show, and messages are repeated under Diagnostics.
var begun = regexp.MustCompile(` (creating|updating|deleting|refreshing|reading|replacing|running)( \([0-9.]+s\))?( |$)`)

// showEvents returns a function that prints the lines of the engine's output
// that say what was done, each marked with the stack's name. Operations that
// only started, unchanged outputs and empty lines stay in the log.
func showEvents(printer *progress.Printer, name string) func(string) {
	outputs := false
	return func(line string) {
		text := strings.TrimRight(line, " \r")
		switch {
		case strings.HasPrefix(text, "Outputs:"):
			outputs = true
			return
		case strings.HasPrefix(text, "Resources:"), strings.HasPrefix(text, "Diagnostics:"):
			outputs = false
		case outputs, text == "", strings.HasPrefix(text, "@ "), begun.MatchString(text):
			return
		}
		printer.Linef("%-16s %s", name, text)
	}
}
