// Package changes says which stacks a change of files concerns: which of them a pull
// request previews, and how far a commit of main is deployed. It is pure: paths come in,
// names of stacks go out.
package changes

import (
	"path"
	"slices"
	"strings"
)

// Order is the order in which the pipeline deploys stacks: nothing reaches a stack before
// those in front of it.
func Order() []string {
	return []string{"dev", "staging", "production", "production-pci", "peering"}
}

// ByHand are the stacks that the pipeline previews and people deploy: what exists once an
// account, the pipeline's own roles among it. The stack of the repository is not among
// them, since even a preview of it takes an administrator's token.
func ByHand() []string {
	return []string{"account-dev", "account-staging", "account-production", "account-production-pci"}
}

// rule says which stacks a path concerns. The first one that matches counts.
type rule struct {
	matches func(path string) bool
	stacks  []string
}

// rules are sorted from the special to the general.
func rules() []rule {
	environments := Order()[:4]
	all := slices.Concat(Order(), ByHand())
	list := []rule{
		{isText, nil},
		{isTest, nil},
		{isBelow("stacks/peering"), []string{"peering"}},
		{isBelow("stacks/github", "pkg/repository"), nil},
	}
	for _, name := range ByHand() {
		list = append(list, rule{is("stacks/account/Pulumi." + name + ".yaml"), []string{name}})
	}
	list = append(list,
		rule{isBelow("stacks/account", "pkg/delivery"), ByHand()},
		rule{isBelow("pkg/peering"), []string{"peering"}},
	)
	for _, name := range environments {
		// The peering reads what the environments publish.
		list = append(list, rule{is("Pulumi." + name + ".yaml"), []string{name, "peering"}})
	}
	return append(list,
		rule{isBelow(offline()...), nil},
		rule{is("main.go", "Pulumi.yaml"), environments},
		rule{isBelow("pkg"), all}, // which packages a program imports changes with every commit
		rule{is("go.mod", "go.sum"), all},
	)
}

// offline are the folders and packages that no program deploys: they judge, print or
// deliver.
func offline() []string {
	return []string{
		"pkg/changes", "pkg/difference", "pkg/preview", "pkg/promotion", "pkg/docs", "pkg/offline", "pkg/graph",
		"pkg/routing", "pkg/securitygroups", "pkg/networkpolicies", "pkg/credentials",
	}
}

// Stacks returns the stacks that the changed paths concern, in the order of [Order] and
// then of [ByHand]. Paths are of the repository, with slashes.
func Stacks(paths []string) []string {
	concerned := map[string]bool{}
	for _, changed := range paths {
		for _, rule := range rules() {
			if rule.matches(changed) {
				for _, stack := range rule.stacks {
					concerned[stack] = true
				}
				break
			}
		}
	}
	return slices.DeleteFunc(slices.Concat(Order(), ByHand()), func(stack string) bool { return !concerned[stack] })
}

// Through returns the stacks that the pipeline deploys for the changed paths: every one
// up to the last that is concerned, for a commit reaches an environment by way of those in
// front of it.
func Through(paths []string) []string {
	concerned := Stacks(paths)
	last := -1
	for i, stack := range Order() {
		if slices.Contains(concerned, stack) {
			last = i
		}
	}
	return Order()[:last+1]
}

func isText(name string) bool { return path.Ext(name) == ".md" || strings.HasPrefix(name, "docs/") }

func isTest(name string) bool {
	return strings.HasSuffix(name, "_test.go") || slices.Contains(strings.Split(path.Dir(name), "/"), "testdata")
}

func is(names ...string) func(string) bool {
	return func(name string) bool { return slices.Contains(names, name) }
}

func isBelow(folders ...string) func(string) bool {
	return func(name string) bool {
		return slices.ContainsFunc(folders, func(folder string) bool { return strings.HasPrefix(name, folder+"/") })
	}
}
