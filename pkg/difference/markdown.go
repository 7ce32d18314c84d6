package difference

import (
	"fmt"
	"strings"

	"aws-platform/pkg/markdown"
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
	fmt.Fprintf(&out, "### %s\n\n", markdown.Code(d.Stack))
	if d.Empty() {
		out.WriteString("No difference.\n")
		return out.String()
	}
	fmt.Fprintf(&out, "%d added, %d removed, %d changed.\n", len(d.Added), len(d.Removed), len(d.Changed))
	for _, change := range d.Removed {
		if change.Protected {
			fmt.Fprintf(&out, "\n**%s %s is protected and would be removed.**\n", markdown.Code(change.Type), markdown.Code(change.Name))
		}
	}
	d.table(&out)
	if len(d.Outputs) > 0 {
		fmt.Fprintf(&out, "\nOutputs: %s\n", markdown.List(d.Outputs, mostPaths))
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
				fmt.Fprintf(out, "| %s | %s | %s | %s |\n", part.sign, markdown.Code(change.Type), markdown.Code(change.Name), markdown.List(change.Paths, mostPaths))
			}
		}
	}
	if written > most {
		fmt.Fprintf(out, "\nand %d more.\n", written-most)
	}
}
