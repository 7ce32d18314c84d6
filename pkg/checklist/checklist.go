package checklist

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"aws-platform/pkg/config"
	"aws-platform/pkg/graph"
)

// Estate is the recorded graphs of all stacks by name: environments, "account-<environment>"
// and the peering, whose rules and routes belong to the environments.
type Estate map[string]*graph.Graph

// Scope is the kind of stacks that an item is about.
type Scope int

// The scopes of an item.
const (
	// Nowhere: no graph shows it, a test or a runbook holds it.
	Nowhere Scope = iota
	Environments
	Accounts
	Everywhere
)

// Test is a Go test function that holds an item.
type Test struct {
	// Package is a folder of the repository, "pkg/waf"; Function is "TestWhatIsRefused".
	Package, Function string
}

// Item is one line of the checklist.
type Item struct {
	// Key is the item's name in tests and links, such as "guardduty".
	Key, Name string
	// Meaning says in one sentence when the item holds.
	Meaning string
	Scope   Scope
	// Exempt are the stacks in which the item need not hold, with the reason.
	Exempt map[string]string
	Tests  []Test
	// Runbooks are files of docs/runbooks.
	Runbooks []string

	look func(estate Estate, g *graph.Graph, seen *Finding)
}

// Finding is what the graph of one stack shows of an item.
type Finding struct {
	Stack string
	// Found is what there is, "1 detector, 6 features".
	Found []string
	// Faults are what lacks what the item asks for; an item without faults holds.
	Faults []string
	// Accepted are what lacks it and cannot have it, or need not.
	Accepted []Exception
	// Exempt is the reason why the item need not hold in the stack; empty where it must.
	Exempt string
}

// Exception is a resource that lacks what an item asks for, and the reason why that is accepted.
type Exception struct{ Name, Reason string }

// Holds tells whether nothing lacks what the item asks for.
func (f Finding) Holds() bool { return len(f.Faults) == 0 }

// Evidence is what the stacks in the item's scope show, sorted by stack.
func (i Item) Evidence(estate Estate) []Finding {
	var all []Finding
	for _, stack := range slices.Sorted(maps.Keys(estate)) {
		if !i.concerns(stack) {
			continue
		}
		seen := Finding{Stack: stack, Exempt: i.Exempt[stack]}
		i.look(estate, estate[stack], &seen)
		slices.Sort(seen.Faults)
		slices.SortFunc(seen.Accepted, func(a, b Exception) int { return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Name, b.Name)) })
		all = append(all, seen)
	}
	return all
}

func (i Item) concerns(stack string) bool {
	switch i.Scope {
	case Environments:
		return isEnvironment(stack)
	case Accounts:
		return isAccount(stack)
	case Everywhere:
		return isEnvironment(stack) || isAccount(stack)
	case Nowhere:
		return false
	default:
		return false
	}
}

func isEnvironment(stack string) bool { return slices.Contains(config.EnvironmentNames(), stack) }
func isAccount(stack string) bool     { return strings.HasPrefix(stack, config.AccountStackPrefix) }

// Items are all lines of the checklist, in its order.
func Items() []Item {
	return slices.Concat(reach(), detection(), watching(), recovery(), protection(), operation())
}

// Of returns the item with the key.
func Of(key string) (Item, bool) {
	items := Items()
	if i := slices.IndexFunc(items, func(i Item) bool { return i.Key == key }); i >= 0 {
		return items[i], true
	}
	return Item{}, false
}

func (f *Finding) say(format string, args ...any) {
	f.Found = append(f.Found, fmt.Sprintf(format, args...))
}
func (f *Finding) fault(format string, args ...any) {
	f.Faults = append(f.Faults, fmt.Sprintf(format, args...))
}

func (f *Finding) accept(name, reason string) {
	f.Accepted = append(f.Accepted, Exception{name, reason})
}

// need is a fault unless the condition holds.
func (f *Finding) need(holds bool, format string, args ...any) {
	if !holds {
		f.fault(format, args...)
	}
}

// count writes a number with its noun: "1 detector", "6 features".
func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "key"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	default:
		return fmt.Sprintf("%d %ss", n, noun)
	}
}

// nameOf is what a resource is called in a finding.
func nameOf(r graph.Resource) string { return cmp.Or(r.Name, r.ID) }

// single returns the one resource of a type; none or several is a fault.
func single(g *graph.Graph, seen *Finding, typ, what string) (graph.Resource, bool) {
	found := g.OfType(typ)
	if len(found) != 1 {
		seen.fault("%s: %d, not one", what, len(found))
		return graph.Resource{}, false
	}
	return found[0], true
}

// listOf returns the objects of a list at a path.
func listOf(r graph.Resource, path string) []graph.Resource {
	value, _ := r.Lookup(path)
	list, _ := value.([]any)
	var objects []graph.Resource
	for _, item := range list {
		if properties, is := item.(map[string]any); is {
			objects = append(objects, graph.Resource{Name: r.Name, Inputs: properties})
		}
	}
	return objects
}
