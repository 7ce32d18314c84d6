package appspec

import (
	"fmt"
	"strings"
)

// line is a line with something on it.
type line struct {
	number, indent int
	text           string
}

// reader reads the part of YAML that an AppSpec file needs: mappings, lists and plain or
// quoted texts, indented by spaces. What it does not know it refuses.
type reader struct {
	lines []line
	at    int
}

func newReader(text string) (*reader, error) {
	r := &reader{}
	for i, raw := range strings.Split(text, "\n") {
		content := strings.TrimLeft(raw, " ")
		if content == "" || strings.HasPrefix(content, "#") {
			continue
		}
		if strings.ContainsAny(raw, "\t\r{}[]&*|>!%@`") || strings.Contains(content, " #") {
			return nil, fmt.Errorf("line %d: %q: is more YAML than is read here: write plain texts, mappings and lists", i+1, raw)
		}
		r.lines = append(r.lines, line{number: i + 1, indent: len(raw) - len(content), text: strings.TrimRight(content, " ")})
	}
	return r, nil
}

// block reads what stands at an indentation: a mapping or a list.
func (r *reader) block(indent int) (any, error) {
	if strings.HasPrefix(r.lines[r.at].text, "- ") {
		return r.list(indent)
	}
	return r.mapping(indent)
}

func (r *reader) more(indent int) bool {
	return r.at < len(r.lines) && r.lines[r.at].indent == indent
}

func (r *reader) list(indent int) (any, error) {
	var list []any
	for r.more(indent) && strings.HasPrefix(r.lines[r.at].text, "- ") {
		// The entry is a block of its own, which begins after the dash.
		entry := &r.lines[r.at]
		entry.text = strings.TrimLeft(entry.text[1:], " ")
		if !strings.Contains(entry.text+" ", ": ") {
			list = append(list, unquoted(entry.text))
			r.at++
			continue
		}
		entry.indent = indent + 2
		value, err := r.mapping(entry.indent)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, r.over(indent)
}

func (r *reader) mapping(indent int) (any, error) {
	made := map[string]any{}
	for r.more(indent) && !strings.HasPrefix(r.lines[r.at].text, "- ") {
		current := r.lines[r.at]
		key, value, found := strings.Cut(current.text+" ", ": ")
		if _, twice := made[key]; !found || twice {
			return nil, fmt.Errorf("line %d: %q: is no key of its own: write key: value, each once", current.number, current.text)
		}
		r.at++
		if value = strings.TrimSpace(value); value != "" {
			made[key] = unquoted(value)
			continue
		}
		if r.at == len(r.lines) || r.lines[r.at].indent <= indent {
			return nil, fmt.Errorf("line %d: %s: has no value: write one, or remove the key", current.number, key)
		}
		below, err := r.block(r.lines[r.at].indent)
		if err != nil {
			return nil, err
		}
		made[key] = below
	}
	return made, r.over(indent)
}

// over is an error when what follows a block is deeper than it, and so belongs to nothing.
func (r *reader) over(indent int) error {
	if r.at < len(r.lines) && r.lines[r.at].indent > indent {
		return fmt.Errorf("line %d: %q: belongs to nothing: indent it as its neighbors", r.lines[r.at].number, r.lines[r.at].text)
	}
	return nil
}

func unquoted(text string) string {
	if len(text) > 1 && (text[0] == '"' || text[0] == '\'') && text[len(text)-1] == text[0] {
		return text[1 : len(text)-1]
	}
	return text
}
