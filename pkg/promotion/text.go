package promotion

import (
	"fmt"
	"strings"
)

// String is the decision in words: what is met, what is missing, and when time alone will have met it.
func (d Decision) String() string {
	var text strings.Builder
	what := d.App
	if d.Digest != "" {
		what += " " + d.Digest
	} else if d.Commit != "" {
		what += " " + d.Commit
	}
	verdict := "NOT ALLOWED"
	if d.Allowed {
		verdict = "ALLOWED"
	}
	fmt.Fprintf(&text, "%s: %s of %s, %s\n", verdict, d.Kind, what, way(d.From, d.To))
	for _, outcome := range d.Rules {
		fmt.Fprintf(&text, "  %s %-13s %s\n", mark(outcome), outcome.Rule, outcome.Fact)
		if outcome.Remedy != "" {
			fmt.Fprintf(&text, "    %-13s %s\n", "", "-> "+outcome.Remedy)
		}
	}
	return text.String()
}

func mark(outcome Outcome) string {
	if outcome.Waived {
		return "!"
	}
	if outcome.Met {
		return "✓"
	}
	return "✗"
}
