package runbooks_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"aws-platform/pkg/runbooks"
)

const right = `# Mend it

- **Who**: on call
- **When**: the alarm
  says so
- **How long**: an hour, not measured

## What it looks like
## First five minutes
## Diagnosis
## Remedies
### ` + "`cpu`" + `
## When it is over
## Write down afterwards

Run in the sandbox: all
of it; not there: nothing.
`

// TestFormOfARightOne: no check has anything against it.
func TestFormOfARightOne(t *testing.T) {
	t.Parallel()
	for name, problems := range map[string][]string{
		"opening": runbooks.Opening(right), "ending": runbooks.Ending(right),
		"wrong": runbooks.Order(right, runbooks.Wrong()), "done": runbooks.Order(right, runbooks.Done()),
	} {
		if len(problems) > 0 {
			t.Errorf("%s: got %q, want none", name, problems)
		}
	}
	if got := runbooks.Title(right); got != "Mend it" {
		t.Errorf("title: got %q", got)
	}
	if got := runbooks.Sections(right); len(got) != 7 || got[4] != "`cpu`" {
		t.Errorf("sections: got %q", got)
	}
}

// TestHasSection: a heading names it in code, whole.
func TestHasSection(t *testing.T) {
	t.Parallel()
	text := "# `title`\n## What `a`, `b-c` do\n`prose`\n### d\n"
	for name, want := range map[string]bool{"a": true, "b-c": true, "b": false, "d": false, "prose": false, "title": false} {
		if got := runbooks.HasSection(text, name); got != want {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

// TestFormOfWrongOnes: each is wrong in one place.
func TestFormOfWrongOnes(t *testing.T) {
	t.Parallel()
	type check func(string) []string
	order := func(text string) []string { return runbooks.Order(text, runbooks.Wrong()) }
	cases := map[string]struct {
		check    check
		old, new string
		says     string
	}{
		"no title":              {runbooks.Opening, "# Mend it", "Mend it", "no title"},
		"who is missing":        {runbooks.Opening, "- **Who**: on call\n", "", `line of "Who"`},
		"who says nothing":      {runbooks.Opening, "**Who**: on call", "**Who**: ", `line of "Who"`},
		"another order":         {runbooks.Opening, "- **Who**: on call\n- **When**", "- **When**: now\n- **Who**", `line of "Who"`},
		"something before them": {runbooks.Opening, "- **Who**", "For the night.\n\n- **Who**", `line of "Who"`},
		"how long is missing":   {runbooks.Opening, "- **How long**: an hour, not measured\n", "", `line of "How long"`},
		"not said how measured": {runbooks.Opening, ", not measured", "", "measured"},
		"a section is missing":  {order, "## Diagnosis\n", "", "sections"},
		"sections out of order": {order, "## Diagnosis\n## Remedies", "## Remedies\n## Diagnosis", "sections"},
		"a section twice":       {order, "## Diagnosis\n", "## Diagnosis\n## Diagnosis\n", "sections"},
		"of another level":      {order, "## Diagnosis\n", "### Diagnosis\n", "sections"},
		"in a fence":            {order, "## Diagnosis\n", "```\n## Diagnosis\n```\n", "sections"},
		"nothing was not run":   {runbooks.Ending, "; not there: nothing", "", "last paragraph"},
		"something follows":     {runbooks.Ending, "nothing.\n", "nothing.\n\nGood luck.\n", "last paragraph"},
	}
	for name, c := range cases {
		text := strings.Replace(right, c.old, c.new, 1)
		if text == right {
			t.Errorf("%s: %q is not in the right one", name, c.old)
		}
		if got := strings.Join(c.check(text), "\n"); !strings.Contains(got, c.says) {
			t.Errorf("%s: got %q, want %q in it", name, got, c.says)
		}
	}
}

// tree is a small repository.
func tree() fstest.MapFS {
	return fstest.MapFS{
		"docs/runbooks/a.md": {Data: []byte("# A\n## The lock, and `it` (again)\n## Twice\n## Twice\n")},
		"docs/network.md":    {Data: []byte("# Network\n")},
		"pkg/waf/waf.go":     {Data: []byte("package waf\n")},
	}
}

// TestLinks: what they lead to must be there, headings too.
func TestLinks(t *testing.T) {
	t.Parallel()
	for link, says := range map[string]string{
		"[a](a.md)": "", "[n](../network.md)": "", "[root](../../pkg/waf)": "", "[x](https://example.com/none.md)": "",
		"[l](a.md#the-lock-and-it-again)": "", "[t](a.md#twice-1)": "", "[here](#here)": "", "[broken\nlink](a.md)": "",
		"[b](b.md)":                "there is no docs/runbooks/b.md",
		"[n](network.md)":          "there is no docs/runbooks/network.md",
		"[l](a.md#the-lock)":       "docs/runbooks/a.md has no such heading",
		"[t](a.md#twice-2)":        "has no such heading",
		"[h](#there)":              "docs/runbooks/page.md has no such heading",
		"[broken\nlink](gone.md)":  "there is no docs/runbooks/gone.md",
		"[w](../../pkg/waf/no.go)": "there is no pkg/waf/no.go",
	} {
		files := tree()
		text := "# Page\n## Here\n" + link + "\n```sh\necho [not](a-link.md)\n```\n"
		files["docs/runbooks/page.md"] = &fstest.MapFile{Data: []byte(text)}
		got := strings.Join(runbooks.Links(files, "docs/runbooks/page.md", text), "\n")
		if says == "" && got != "" || !strings.Contains(got, says) {
			t.Errorf("%s: got %q, want %q", link, got, says)
		}
	}
}

// TestPaths: what a page names must be there.
func TestPaths(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"see `docs/network.md`.": "", "`pkg/waf/waf.go`, `pkg/waf`": "", "(docs/runbooks)": "",
		"https://example.com/docs/other.md": "", "/var/pkg/other": "", "s3://bucket/docs/a": "",
		"see `docs/other.md`.":             "there is no docs/other.md",
		"pkg/waf/none.go, and so on":       "there is no pkg/waf/none.go",
		"```sh\ncat docs/none.md\n```\n":   "there is no docs/none.md",
		"docs/network.md and pkg/other.md": "there is no pkg/other.md",
	} {
		got := strings.Join(runbooks.Paths(tree(), text), "\n")
		if says == "" && got != "" || !strings.Contains(got, says) {
			t.Errorf("%s: got %q, want %q", text, got, says)
		}
	}
}

// TestIndex: every page is in it, and is found under its heading.
func TestIndex(t *testing.T) {
	t.Parallel()
	index := "# Runbooks\n\n## Wrong\n\n- [A](a.md#x), [n](../network.md)\n\n## Do\n\n- [B](b.md)\n"
	if got := runbooks.Index(index, []string{"a.md", "b.md"}); len(got) != 0 {
		t.Errorf("got %q, want none", got)
	}
	if got := runbooks.Index(index, []string{"a.md", "c.md"}); len(got) != 1 || !strings.Contains(got[0], "c.md is not in the index") {
		t.Errorf("got %q, want c.md", got)
	}
	for title, want := range map[string][]string{"Wrong": {"a.md"}, "Do": {"b.md"}, "Neither": nil} {
		if got := runbooks.IndexedUnder(index, title); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", title, got, want)
		}
	}
}
