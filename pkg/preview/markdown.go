package preview

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"aws-platform/pkg/markdown"
)

// most is how many steps a table lists, so that the comment of several stacks stays below
// GitHub's limit of 65,536 characters; mostProperties how many properties of one step.
const (
	most           = 50
	mostProperties = 8
)

// Markdown writes the result for a comment of a pull request, under a title. It holds the
// names of properties, never their values.
func (r Result) Markdown(title string) string {
	var out strings.Builder
	fmt.Fprintf(&out, "### %s\n\n", markdown.Code(title))
	if len(r.Changes) == 0 {
		fmt.Fprintf(&out, "No changes; %d resources stay as they are.\n", r.Same)
		return out.String()
	}
	fmt.Fprintf(&out, "%s; %d stay as they are.\n", r.counts(), r.Same)
	for _, op := range []string{"delete", "replace"} {
		for _, change := range r.Changes {
			if change.Op == op {
				fmt.Fprintf(&out, "\n**%s: %s %s**\n", op, markdown.Code(change.Type), markdown.Code(change.Name))
			}
		}
	}
	out.WriteString("\n| | type | name | what |\n|---|---|---|---|\n")
	for i, change := range r.Changes {
		if i == most {
			fmt.Fprintf(&out, "\nand %d more.\n", len(r.Changes)-i)
			break
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", change.Op, markdown.Code(change.Type), markdown.Code(change.Name), markdown.List(change.Properties, mostProperties))
	}
	return out.String()
}

func (r Result) counts() string {
	count := map[string]int{}
	for _, change := range r.Changes {
		count[change.Op]++
	}
	var parts []string
	for _, op := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%d %s", count[op], op))
	}
	return strings.Join(parts, ", ")
}
