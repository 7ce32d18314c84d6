package config

import (
	"cmp"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a configuration.
type Problem struct {
	// Path is the key, "network.zones[us-east-1b].data".
	Path string
	// Value is what was found there; "none" for a key that is missing.
	Value string
	// Fact says what is wrong with it.
	Fact string
	// Remedy says what would be right.
	Remedy string
}

// String is the problem on one line: `path: value: fact: remedy`.
func (p Problem) String() string {
	return strings.Join([]string{p.Path, p.Value, p.Fact, p.Remedy}, ": ")
}

// Problems are all that is wrong with a configuration, sorted.
type Problems []Problem

// Error is the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// add appends a problem.
func (p *Problems) add(path, value, fact, remedy string) {
	*p = append(*p, Problem{Path: path, Value: value, Fact: fact, Remedy: remedy})
}

// missing appends the problem of a required key that is not there.
func (p *Problems) missing(path, remedy string) { p.add(path, none, "is required", remedy) }

// sorted returns the problems in order of their lines.
func (p Problems) sorted() Problems {
	slices.SortFunc(p, func(a, b Problem) int { return cmp.Compare(a.String(), b.String()) })
	return p
}
