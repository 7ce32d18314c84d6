// Package difference compares two resource graphs of a stack: what a pull request would
// add, remove and change, without a cloud and without credentials. Nobody knows from it
// whether a change replaces a resource: that the provider decides in a preview.
package difference

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"aws-platform/pkg/graph"
)

// Difference is what lies between two graphs; each list is sorted by URN.
type Difference struct {
	Stack                   string
	Added, Removed, Changed []Change
	// Outputs are the names of the outputs that differ, sorted.
	Outputs []string
}

// Change is one resource that differs.
type Change struct {
	URN, Type, Name string
	// Protected is true when the resource was protected before.
	Protected bool
	// Paths are the properties and options that differ, sorted; only of a changed resource.
	Paths []string
}

// Empty tells whether there is no difference.
func (d Difference) Empty() bool {
	return len(d.Added)+len(d.Removed)+len(d.Changed)+len(d.Outputs) == 0
}

// Between compares base with head. Either may be nil, for a stack that is not there.
func Between(base, head *graph.Graph) Difference {
	before, after := byURN(base), byURN(head)
	found := Difference{Stack: stackOf(base, head)}
	for _, urn := range union(before, after) {
		was, existed := before[urn]
		is, exists := after[urn]
		switch {
		case !existed:
			found.Added = append(found.Added, changeOf(is))
		case !exists:
			found.Removed = append(found.Removed, changeOf(was))
		default:
			change := changeOf(was)
			if change.Paths = resourcePaths(was, is); len(change.Paths) > 0 {
				found.Changed = append(found.Changed, change)
			}
		}
	}
	found.Outputs = paths("", outputsOf(base), outputsOf(head))
	return found
}

func changeOf(r graph.Resource) Change {
	return Change{URN: r.URN, Type: r.Type, Name: r.Name, Protected: r.Protect}
}

// resourcePaths are the properties and options of a resource that differ. What AWS
// computes is left out: in a recorded graph it is made up.
func resourcePaths(was, is graph.Resource) []string {
	found := paths("", asAny(was.Inputs), asAny(is.Inputs))
	for name, option := range map[string][2]any{
		"protect":             {was.Protect, is.Protect},
		"retainOnDelete":      {was.RetainOnDelete, is.RetainOnDelete},
		"deleteBeforeReplace": {was.DeleteBeforeReplace, is.DeleteBeforeReplace},
		"ignoreChanges":       {was.IgnoreChanges, is.IgnoreChanges},
		"parent":              {was.Parent, is.Parent},
		"provider":            {was.Provider, is.Provider},
		"dependsOn":           {was.DependsOn, is.DependsOn},
	} {
		if !reflect.DeepEqual(option[0], option[1]) {
			found = append(found, name+" (option)")
		}
	}
	slices.Sort(found)
	return found
}

// paths are where two values differ, as far down as both are of the same shape.
func paths(at string, was, is any) []string {
	switch was := was.(type) {
	case map[string]any:
		if is, same := is.(map[string]any); same {
			var found []string
			for _, key := range union(was, is) {
				found = append(found, paths(below(at, key), was[key], is[key])...)
			}
			return found
		}
	case []any:
		if is, same := is.([]any); same && len(was) == len(is) {
			var found []string
			for i := range was {
				found = append(found, paths(at+"["+strconv.Itoa(i)+"]", was[i], is[i])...)
			}
			return found
		}
	}
	if reflect.DeepEqual(was, is) {
		return nil
	}
	return []string{at}
}

func below(at, key string) string {
	if at == "" {
		return key
	}
	return at + "." + key
}

func byURN(g *graph.Graph) map[string]graph.Resource {
	resources := map[string]graph.Resource{}
	if g != nil {
		for _, resource := range g.Resources {
			resources[resource.URN] = resource
		}
	}
	return resources
}

func stackOf(graphs ...*graph.Graph) string {
	for _, g := range graphs {
		if g != nil {
			return g.Stack
		}
	}
	return ""
}

func outputsOf(g *graph.Graph) any {
	if g == nil {
		return map[string]any{}
	}
	return asAny(g.Outputs)
}

// asAny makes no map an empty one, so that it differs from another one key by key.
func asAny(values map[string]any) any {
	if values == nil {
		return map[string]any{}
	}
	return values
}

// union are the keys of both maps, sorted.
func union[V any](a, b map[string]V) []string {
	keys := slices.Concat(slices.Collect(maps.Keys(a)), slices.Collect(maps.Keys(b)))
	slices.Sort(keys)
	return slices.Compact(keys)
}
