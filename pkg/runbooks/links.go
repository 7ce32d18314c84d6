package runbooks

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// linkTo is a link in Markdown: its text, its target.
var linkTo = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]+)\)`)

// Links says which links of a page lead nowhere. root is the repository, name the page's path
// in it ("docs/runbooks/cost.md"). Links to other sites are not followed.
func Links(root fs.FS, name, text string) []string {
	var problems []string
	for _, target := range targets(text) {
		file, anchor, _ := strings.Cut(target, "#")
		found := name
		if file != "" {
			found = path.Join(path.Dir(name), file)
		}
		info, err := fs.Stat(root, found)
		if err != nil {
			problems = append(problems, fmt.Sprintf("the link %q leads nowhere: there is no %s", target, found))
			continue
		}
		if anchor == "" || info.IsDir() {
			continue
		}
		content, err := fs.ReadFile(root, found)
		if err != nil || !anchors(string(content))[anchor] {
			problems = append(problems, fmt.Sprintf("the link %q leads nowhere: %s has no such heading", target, found))
		}
	}
	return problems
}

// targets are what a page's links lead to in this repository. A link may be broken over
// two lines.
func targets(text string) []string {
	var found []string
	for _, match := range linkTo.FindAllStringSubmatch(strings.Join(texts(parse(text).prose), "\n"), -1) {
		if !strings.Contains(match[2], "://") {
			found = append(found, match[2])
		}
	}
	return found
}

// texts are the lines without their numbers.
func texts(lines []line) []string {
	found := make([]string, 0, len(lines))
	for _, l := range lines {
		found = append(found, l.text)
	}
	return found
}

// named is a path of the repository in a sentence or a command; what is before it must not
// make it a part of another path or of a URL.
var named = regexp.MustCompile(`(?:^|[^\w./-])((?:docs|pkg|stacks|examples|tests|sandbox|\.github)/[\w./-]*\w)`)

// Paths says which files and folders of the repository a page names that are not there.
func Paths(root fs.FS, text string) []string {
	var problems []string
	for _, match := range named.FindAllStringSubmatch(text, -1) {
		if _, err := fs.Stat(root, path.Clean(match[1])); err != nil {
			problems = append(problems, fmt.Sprintf("there is no %s in the repository", match[1]))
		}
	}
	return problems
}

// Index says which runbooks an index does not link to. names are the files beside it.
func Index(index string, names []string) []string {
	linked := map[string]bool{}
	for _, target := range targets(index) {
		file, _, _ := strings.Cut(target, "#")
		linked[file] = true
	}
	var problems []string
	for _, name := range names {
		if !linked[name] {
			problems = append(problems, fmt.Sprintf("%s is not in the index: add it under the situation that it is for", name))
		}
	}
	return problems
}

// IndexedUnder are the files that an index links to under a heading of the second level.
func IndexedUnder(index, title string) []string {
	_, rest, found := strings.Cut(index, "\n## "+title+"\n")
	if !found {
		return nil
	}
	section, _, _ := strings.Cut(rest, "\n## ")
	var files []string
	for _, target := range targets(section) {
		if file, _, _ := strings.Cut(target, "#"); path.Ext(file) == ".md" && path.Base(file) == file {
			files = append(files, file)
		}
	}
	return files
}
