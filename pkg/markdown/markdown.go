// Package markdown writes parts of tables in GitHub's Markdown.
package markdown

import (
	"fmt"
	"strings"
)

// List writes names as code, separated by commas: at most so many of them, and how many
// are left out.
func List(names []string, most int) string {
	var parts []string
	for i, name := range names {
		if i == most {
			return strings.Join(parts, ", ") + fmt.Sprintf(" and %d more", len(names)-i)
		}
		parts = append(parts, Code(name))
	}
	return strings.Join(parts, ", ")
}

// Code writes a text as code in the cell of a table. What would end the code or the cell
// is replaced.
func Code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "/", "\n", " ", "\r", " ").Replace(text) + "`"
}
