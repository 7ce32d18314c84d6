package runbooks

import (
	"fmt"
	"slices"
	"strings"
)

// opening are the lines that a runbook begins with.
var opening = []string{"Who", "When", "How long"}

// Opening says what is wrong with how a runbook begins: its title, then a list of who does
// it, when, and how long it takes, in this order, the last one with how that was measured.
func Opening(text string) []string {
	lines := strings.Split(text, "\n")
	if !strings.HasPrefix(lines[0], "# ") {
		return []string{"line 1 is no title: write `# <what is done>`"}
	}
	items := list(lines[1:])
	for i, name := range opening {
		mark := "- **" + name + "**: "
		if i >= len(items) || !strings.HasPrefix(items[i], mark) || strings.TrimPrefix(items[i], mark) == "" {
			return []string{fmt.Sprintf("the title is not followed by `- **Who**: `, `- **When**: `, `- **How long**: `: the line of %q is missing or not in its place", name)}
		}
	}
	if !strings.Contains(items[2], "measured") {
		return []string{"`How long` does not say how it was measured: write how, or `not measured`"}
	}
	return nil
}

// list reads the list that lines begin with, an item with its indented lines as one.
func list(lines []string) []string {
	var items []string
	for _, text := range lines {
		switch {
		case text == "" && len(items) == 0:
		case strings.HasPrefix(text, "- "):
			items = append(items, text)
		case strings.HasPrefix(text, "  ") && len(items) > 0:
			items[len(items)-1] += " " + strings.TrimSpace(text)
		default:
			return items
		}
	}
	return items
}

// Order says which of the sections are missing at the second level, or not in this order.
func Order(text string, sections []string) []string {
	var had []string
	for _, h := range parse(text).headings {
		if h.level == 2 && slices.Contains(sections, h.text) {
			had = append(had, h.text)
		}
	}
	if slices.Equal(had, sections) {
		return nil
	}
	return []string{fmt.Sprintf("the sections are %q: write %q, each once and in this order", had, sections)}
}

// Ending says what is wrong with how a runbook ends: one paragraph that says which of its
// commands were run in the sandbox, and which not.
func Ending(text string) []string {
	paragraphs := strings.Split(strings.TrimSpace(text), "\n\n")
	last := strings.ReplaceAll(paragraphs[len(paragraphs)-1], "\n", " ")
	if !strings.HasPrefix(last, "Run in the sandbox: ") || !strings.Contains(last, "; not there: ") {
		return []string{"the last paragraph is not `Run in the sandbox: …; not there: …`"}
	}
	return nil
}
