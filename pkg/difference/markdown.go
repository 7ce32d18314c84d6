package difference

import (
	"fmt"
	"strings"
)

// most is how many resources a table lists, so that a comment stays below GitHub's limit
// of 65,536 characters; mostPaths how many properties of one resource.
const (
	most      = 100
	mostPaths = 8
)

// Markdown writes the difference for a comment of a pull request: counts, then a table.
// What comes from a configuration is written as code, in which nothing is a link, a
// mention or HTML.
func (d Difference) Markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "### %s\n\n", code(d.Stack))
	if d.Empty() {
		out.WriteString("No difference.\n")
		return out.String()
	}
	fmt.Fprintf(&out, "%d added, %d removed, %d changed.\n", len(d.Added), len(d.Removed), len(d.Changed))
	for _, change := range d.Removed {
		if change.Protected {
			fmt.Fprintf(&out, "\n**%s %s is protected and would be removed.**\n", code(change.Type), code(change.Name))
		}
	}
	d.table(&out)
	if len(d.Outputs) > 0 {
		fmt.Fprintf(&out, "\nOutputs: %s\n", list(d.Outputs))
	}
	return out.String()
}

func (d Difference) table(out *strings.Builder) {
	if len(d.Added)+len(d.Removed)+len(d.Changed) == 0 {
		return
	}
	out.WriteString("\n| | type | name | what |\n|---|---|---|---|\n")
	written := 0
	for _, part := range []struct {
		sign    string
		changes []Change
	}{{"-", d.Removed}, {"~", d.Changed}, {"+", d.Added}} {
		for _, change := range part.changes {
			if written++; written <= most {
				fmt.Fprintf(out, "| %s | %s | %s | %s |\n", part.sign, code(change.Type), code(change.Name), list(change.Paths))
			}
		}
	}
	if written > most {
		fmt.Fprintf(out, "\nand %d more.\n", written-most)
	}
}

func list(names []string) string {
	var parts []string
	for i, name := range names {
		if i == mostPaths {
			return strings.Join(parts, ", ") + fmt.Sprintf(" and %d more", len(names)-i)
		}
		parts = append(parts, code(name))
	}
	return strings.Join(parts, ", ")
}

// code writes a text as code in the cell of a table. What would end the code or the cell
// is replaced.
func code(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "/", "\n", " ", "\r", " ").Replace(text) + "`"
}
