package docs

import (
	"fmt"
	"regexp"
	"strings"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/config"
	"aws-platform/pkg/markdown"
)

// Checklist returns docs/checklist.md: every line of the pre-production checklist, what the
// graphs show of it, and the tests and runbooks that hold it.
func Checklist(estate checklist.Estate) string {
	var page strings.Builder
	page.WriteString(`# Pre-production checklist

<!-- Written by ` + "`platform docs`" + ` from the resource graph; do not edit. -->

Each line is code with a test, or a runbook with commands. The evidence is what the recorded
graphs of the stacks show: **fails** names what lacks it; *exempt* says why it need not be
there; *accepted* is what cannot have it, or need not, with the reason. It says what the
program makes, not that it is deployed. ` + "`go test ./tests -run Checklist`" + ` holds that
every line holds, that its tests and runbooks exist, and that each evidence can fail.

| item | how | evidence by stack | tests | runbooks |
|---|---|---|---|---|
`)
	for _, item := range checklist.Items() {
		fmt.Fprintf(&page, "| <a id=\"%s\"></a>%s | %s: %s | %s | %s | %s |\n", item.Key, item.Name, how(item), item.Meaning, evidence(item, estate), testsOf(item), runbooksOf(item))
	}
	return page.String()
}

func how(item checklist.Item) string {
	switch {
	case item.Scope == checklist.Nowhere && len(item.Runbooks) > 0:
		return "runbook"
	case len(item.Runbooks) > 0:
		return "code with tests, and a runbook"
	default:
		return "code with tests"
	}
}

// evidence writes the findings; stacks that show the same share a line.
func evidence(item checklist.Item, estate checklist.Estate) string {
	var lines []string
	stacks := map[string][]string{}
	for _, found := range item.Evidence(estate) {
		text := told(found)
		if stacks[text] == nil {
			lines = append(lines, text)
		}
		stacks[text] = append(stacks[text], found.Stack)
	}
	for i, text := range lines {
		lines[i] = markdown.List(stacks[text], len(stacks[text])) + ": " + text
	}
	if len(lines) == 0 {
		return nothing
	}
	return strings.Join(lines, "<br>")
}

// told writes a finding without the names of its stack, so that equal ones look equal.
func told(found checklist.Finding) string {
	var parts []string
	if !found.Holds() && found.Exempt == "" {
		parts = append(parts, "**fails**: "+strings.Join(found.Faults, "; "))
	}
	if len(found.Found) > 0 {
		parts = append(parts, strings.Join(found.Found, "; "))
	}
	if found.Exempt != "" {
		parts = append(parts, fmt.Sprintf("*exempt*, %s; lacks: %s", found.Exempt, some(found.Faults)))
	}
	if len(found.Accepted) > 0 {
		parts = append(parts, "*accepted*: "+strings.Join(accepted(found.Accepted), "; "))
	}
	environment := strings.TrimPrefix(found.Stack, config.AccountStackPrefix)
	short := strings.NewReplacer("/"+environment+"/", "/…/", environment+"-", "…-")
	return cell(account.ReplaceAllString(short.Replace(strings.Join(parts, ". ")), ""))
}

// account is the number of an account at the end of a bucket's name.
var account = regexp.MustCompile(`-\d{12}\b`)

// accepted writes the exceptions, those of one reason together.
func accepted(exceptions []checklist.Exception) []string {
	var texts []string
	for i := 0; i < len(exceptions); {
		names, reason := []string{}, exceptions[i].Reason
		for ; i < len(exceptions) && exceptions[i].Reason == reason; i++ {
			names = append(names, exceptions[i].Name)
		}
		texts = append(texts, strings.Join(names, ", ")+": "+reason)
	}
	return texts
}

// some are the first faults and how many there are beside them.
func some(faults []string) string {
	const most = 3
	if len(faults) <= most {
		return strings.Join(faults, "; ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(faults[:most], "; "), len(faults)-most)
}

// cell makes a text one that does not end the cell of a table.
func cell(text string) string { return strings.NewReplacer("|", "\\|", "\n", " ").Replace(text) }

func testsOf(item checklist.Item) string {
	names := make([]string, len(item.Tests))
	for i, test := range item.Tests {
		names[i] = "`" + test.Package + "`: `" + test.Function + "`"
	}
	return strings.Join(names, "<br>")
}

func runbooksOf(item checklist.Item) string {
	if len(item.Runbooks) == 0 {
		return nothing
	}
	links := make([]string, len(item.Runbooks))
	for i, file := range item.Runbooks {
		links[i] = fmt.Sprintf("[%s](runbooks/%s)", strings.TrimSuffix(file, ".md"), file)
	}
	return strings.Join(links, ", ")
}
