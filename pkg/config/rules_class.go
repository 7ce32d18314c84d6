package config

import (
	"maps"
	"slices"
	"strings"
)

// classes are the instance classes of a service, "<prefix><family>.<size>".
type classes struct {
	// prefix is what the service's classes begin with, "db.".
	prefix string
	// families are the sizes of each family.
	families map[string][]string
	// owner is who has the classes; example the remedy for a class of another service.
	owner, example string
}

// check refuses a class of another service, of another family and of a size that the family lacks.
func (c classes) check(path, class string, found *Problems) {
	name, ours := strings.CutPrefix(class, c.prefix)
	family, size, _ := strings.Cut(name, ".")
	sizes, known := c.families[family]
	switch {
	case !ours:
		found.add(path, quoted(class), otherService(class), c.example)
	case !known:
		found.add(path, quoted(class), "is not of a family that "+c.owner+" has", "set "+c.prefix+"<family>.<size> with the family "+oneOf(slices.Sorted(maps.Keys(c.families))))
	case !slices.Contains(sizes, size):
		found.add(path, quoted(class), "is not a size that "+c.owner+" has of the family", "set "+c.prefix+family+".<size> with the size "+oneOf(sizes))
	}
}
