package runbooks

import (
	"regexp"
	"strconv"
	"strings"
)

// line is one line of a page, with its number from one.
type line struct {
	number int
	text   string
}

// heading is one heading of a page, outside of fences.
type heading struct {
	level int
	text  string
}

// fence is one fenced block.
type fence struct {
	number   int // of its first line
	language string
	text     string
}

// page is what the checks read of Markdown: prose and headings apart from fenced blocks.
type page struct {
	prose    []line
	headings []heading
	fences   []fence
}

// headingLine is "## Title".
var headingLine = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*$`)

// parse reads Markdown as these pages use it: fences of three backticks, headings with #.
func parse(text string) page {
	var p page
	open := false
	for i, raw := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(raw)
		switch {
		case strings.HasPrefix(trimmed, "```"):
			if open = !open; open {
				p.fences = append(p.fences, fence{i + 2, strings.TrimPrefix(trimmed, "```"), ""})
			}
		case open:
			p.fences[len(p.fences)-1].text += raw + "\n"
		default:
			p.prose = append(p.prose, line{i + 1, raw})
			if found := headingLine.FindStringSubmatch(raw); found != nil {
				p.headings = append(p.headings, heading{len(found[1]), found[2]})
			}
		}
	}
	return p
}

// Title is a page's first heading, empty without one.
func Title(text string) string {
	for _, h := range parse(text).headings {
		if h.level == 1 {
			return h.text
		}
	}
	return ""
}

// Sections are the headings of a page from the second level on, in their order.
func Sections(text string) []string {
	var found []string
	for _, h := range parse(text).headings {
		if h.level > 1 {
			found = append(found, h.text)
		}
	}
	return found
}

// HasSection tells whether a page has a heading, from the second level on, that names
// something in code: the key of an alarm, "### `fleet-cpu`". A heading may name several.
func HasSection(text, name string) bool {
	for _, title := range Sections(text) {
		for _, match := range code.FindAllStringSubmatch(title, -1) {
			if match[1] == name {
				return true
			}
		}
	}
	return false
}

// notOfAnAnchor is what GitHub leaves out of a heading's anchor.
var notOfAnAnchor = regexp.MustCompile(`[^\p{L}\p{N}_ -]`)

// anchors are the fragments that GitHub gives a page's headings; the second of a name has
// "-1" at its end.
func anchors(text string) map[string]bool {
	found := map[string]bool{}
	count := map[string]int{}
	for _, h := range parse(text).headings {
		plain := linkTo.ReplaceAllString(h.text, "$1")
		slug := strings.ReplaceAll(notOfAnAnchor.ReplaceAllString(strings.ToLower(plain), ""), " ", "-")
		name := slug
		if count[slug] > 0 {
			name += "-" + strconv.Itoa(count[slug])
		}
		count[slug]++
		found[name] = true
	}
	return found
}
