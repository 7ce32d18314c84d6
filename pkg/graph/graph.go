package graph

import (
	"cmp"
	"fmt"
	"slices"
)

// Secret stands in a graph where a secret value stood.
const Secret = "[secret]"

// Graph is the set of resources of one stack.
type Graph struct {
	// Project is the name of the Pulumi project, "platform".
	Project string `json:"project"`
	// Stack is the name of the stack, "production".
	Stack string `json:"stack"`
	// Outputs are the outputs of the stack by name; always present, possibly empty.
	Outputs map[string]any `json:"outputs"`
	// Resources are sorted by URN, each URN once.
	Resources []Resource `json:"resources"`
}

// Resource is one registered resource.
type Resource struct {
	URN  string `json:"urn"`
	Type string `json:"type"`
	Name string `json:"name"`
	// ID is the physical ID; empty for components. A recorded graph has a
	// stable made-up one in the shape of the real one.
	ID string `json:"id,omitempty"`
	// Custom is false for components.
	Custom bool `json:"custom"`
	// Parent is the URN of the parent; empty for the stack itself.
	Parent string `json:"parent,omitempty"`
	// Provider is the URN of the provider; empty for components.
	Provider string `json:"provider,omitempty"`
	// Protect tells whether Pulumi refuses to delete the resource.
	Protect             bool     `json:"protect"`
	RetainOnDelete      bool     `json:"retainOnDelete,omitempty"`
	DeleteBeforeReplace bool     `json:"deleteBeforeReplace,omitempty"`
	IgnoreChanges       []string `json:"ignoreChanges,omitempty"`
	Aliases             []string `json:"aliases,omitempty"`
	// Dependencies are URNs, sorted; DependsOn are those of them that no property
	// brings with it: somebody wrote them down.
	Dependencies []string `json:"dependencies,omitempty"`
	DependsOn    []string `json:"dependsOn,omitempty"`
	// Inputs and Outputs are by Pulumi property name: string, float64, bool,
	// nil, []any and map[string]any.
	Inputs  map[string]any `json:"inputs"`
	Outputs map[string]any `json:"outputs,omitempty"`
}

// New returns a graph of the resources, sorted by URN. A URN that stands twice
// is an error: the engine would refuse it too.
func New(project, stack string, outputs map[string]any, resources []Resource) (*Graph, error) {
	if outputs == nil {
		outputs = map[string]any{}
	}
	g := &Graph{Project: project, Stack: stack, Outputs: outputs, Resources: slices.Clone(resources)}
	slices.SortFunc(g.Resources, func(a, b Resource) int { return cmp.Compare(a.URN, b.URN) })
	for i := 1; i < len(g.Resources); i++ {
		if g.Resources[i].URN == g.Resources[i-1].URN {
			return nil, fmt.Errorf("%s: registered twice: give each resource of a type and parent a name of its own",
				g.Resources[i].URN)
		}
	}
	return g, nil
}

// OfType returns the resources of a type, sorted by URN.
func (g *Graph) OfType(typ string) []Resource {
	return g.Select(func(r Resource) bool { return r.Type == typ })
}

// Children returns the resources whose parent is the URN, sorted by URN.
func (g *Graph) Children(urn string) []Resource {
	return g.Select(func(r Resource) bool { return r.Parent == urn })
}

// Select returns the resources for which keep is true, sorted by URN.
func (g *Graph) Select(keep func(Resource) bool) []Resource {
	var kept []Resource
	for _, r := range g.Resources {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// One returns the one resource of a type and a name. None or several is an
// error that names what there is.
func (g *Graph) One(typ, name string) (Resource, error) {
	found := g.Select(func(r Resource) bool { return r.Type == typ && r.Name == name })
	if len(found) == 1 {
		return found[0], nil
	}
	names := make([]string, 0, len(g.Resources))
	for _, r := range g.OfType(typ) {
		names = append(names, r.Name)
	}
	return Resource{}, fmt.Errorf("%s %q: found %d: the stack %s has %q", typ, name, len(found), g.Stack, names)
}

// ByURN returns the resource with the URN.
func (g *Graph) ByURN(urn string) (Resource, bool) {
	i, ok := slices.BinarySearchFunc(g.Resources, urn, func(r Resource, urn string) int { return cmp.Compare(r.URN, urn) })
	if !ok {
		return Resource{}, false
	}
	return g.Resources[i], true
}

// ByID returns the resource of a type with the physical ID.
func (g *Graph) ByID(typ, id string) (Resource, bool) {
	for _, r := range g.OfType(typ) {
		if r.ID == id {
			return r, true
		}
	}
	return Resource{}, false
}
