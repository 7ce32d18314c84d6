package config

import "slices"

// noneTwice refuses what a list already has; path is where an entry stands.
func noneTwice(values []string, path func(int) string, found *Problems) {
	for i, value := range values {
		if first := slices.Index(values, value); first < i {
			found.add(path(i), quoted(value), "is listed already, at "+path(first), "remove one")
		}
	}
}
