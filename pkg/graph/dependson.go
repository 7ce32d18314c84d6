package graph

import "slices"

// Explicit returns the dependencies that are of no property, sorted.
func Explicit(dependencies []string, byProperty map[string][]string) []string {
	implied := map[string]bool{}
	for _, urns := range byProperty {
		for _, urn := range urns {
			implied[urn] = true
		}
	}
	explicit := slices.DeleteFunc(slices.Clone(dependencies), func(urn string) bool { return implied[urn] })
	slices.Sort(explicit)
	return slices.Compact(explicit)
}
