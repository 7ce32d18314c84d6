package changes_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"aws-platform/pkg/changes"
	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

var (
	environments = []string{"dev", "staging", "production", "production-pci"}
	accounts     = []string{"account-dev", "account-staging", "account-production", "account-production-pci"}
	all          = slices.Concat(environments, []string{"peering"}, accounts)
)

func TestStacks(t *testing.T) {
	for _, test := range []struct {
		reason string
		paths  []string
		want   []string
	}{
		{"nothing", nil, nil},
		{"the program", []string{"pkg/network/routes.go"}, all},
		{"the entry point", []string{"main.go"}, environments},
		{"the project", []string{"Pulumi.yaml"}, environments},
		{"a dependency", []string{"go.sum"}, all},
		{"a stack's file, which the peering reads from", []string{"Pulumi.staging.yaml"}, []string{"staging", "peering"}},
		{"two files", []string{"Pulumi.production.yaml", "Pulumi.dev.yaml"}, []string{"dev", "production", "peering"}},
		{"the file of another stack with the same beginning", []string{"Pulumi.production-pci.yaml"}, []string{"production-pci", "peering"}},
		{"the peering's file", []string{"stacks/peering/Pulumi.peering.yaml"}, []string{"peering"}},
		{"the peering's package", []string{"pkg/peering/mesh/mesh.go"}, []string{"peering"}},
		{"an account's file", []string{"stacks/account/Pulumi.account-dev.yaml"}, []string{"account-dev"}},
		{"the accounts' program", []string{"stacks/account/main.go"}, accounts},
		{"the accounts' package", []string{"pkg/delivery/oidc.go"}, accounts},
		{"the repository's stack has no preview", []string{"stacks/github/main.go", "pkg/repository/repository.go"}, nil},
		{"a page", []string{"docs/network.md", "README.md", "pkg/network/README.md"}, nil},
		{"a picture of a page", []string{"docs/picture.svg"}, nil},
		{"a test", []string{"pkg/network/network_test.go"}, nil},
		{"what a test reads", []string{"pkg/graph/testdata/export.json", "tests/testdata/dev.golden"}, nil},
		{"a folder that only sounds like a test's", []string{"pkg/testdatabase/x.go"}, all},
		{"what only judges", []string{"pkg/changes/changes.go", "pkg/promotion/step.go"}, nil},
		{"what only sounds like it", []string{"pkg/docsomething/x.go"}, all},
		{"the pipeline itself", []string{".github/workflows/ci.yml"}, nil},
		{"the local cloud", []string{"sandbox/main.go", "sandbox/go.mod"}, nil},
		{"the sample application", []string{"examples/app/main.go", "examples/app/go.mod"}, nil},
		{"a page and the program", []string{"docs/network.md", "main.go"}, environments},
	} {
		t.Run(test.reason, func(t *testing.T) {
			assert.Equal(t, test.want, nonEmpty(changes.Stacks(test.paths)))
		})
	}
}

// A commit goes to an environment by way of those in front of it.
func TestThrough(t *testing.T) {
	for _, test := range []struct {
		reason string
		paths  []string
		want   []string
	}{
		{"nothing is concerned", []string{"README.md"}, nil},
		{"accounts are deployed by hand", []string{"stacks/account/main.go"}, nil},
		{"the entry point", []string{"main.go"}, environments},
		{"the program", []string{"pkg/keys/keys.go"}, changes.Order()},
		{"the last one takes all before it along", []string{"stacks/peering/main.go"}, changes.Order()},
	} {
		t.Run(test.reason, func(t *testing.T) {
			assert.Equal(t, test.want, nonEmpty(changes.Through(test.paths)))
		})
	}
}

func TestEveryEnvironmentHasItsPlace(t *testing.T) {
	assert.ElementsMatch(t, append(config.EnvironmentNames(), offline.PeeringStack), changes.Order())
}

// TestNoProgramImportsWhatOnlyJudges: a package that is left out must not be in a program,
// or a change of the estate would go by unseen.
func TestNoProgramImportsWhatOnlyJudges(t *testing.T) {
	root := filepath.Join("..", "..")
	programs := []string{"main.go", "pkg/environment", "pkg/network", "pkg/compute", "pkg/data", "pkg/cluster", "pkg/backup", "pkg/peering", "pkg/program", "pkg/config", "pkg/delivery"}
	scanned := 0
	for _, program := range programs {
		require.NoError(t, filepath.WalkDir(filepath.Join(root, program), func(file string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			scanned++
			for _, line := range strings.Split(string(text), "\n") {
				imported, isImport := strings.CutPrefix(strings.Trim(strings.TrimSpace(line), `"`), "aws-platform/")
				if isImport && len(changes.Stacks([]string{imported + "/x.go"})) == 0 {
					t.Errorf("%s: imports %s: which package changes says no program deploys: take it out of its list", file, imported)
				}
			}
			return nil
		}))
	}
	assert.Greater(t, scanned, 100)
}

// More changes never concern fewer stacks, and their order does not matter.
func TestStacksGrow(t *testing.T) {
	paths := []string{"main.go", "Pulumi.dev.yaml", "pkg/network/acl.go", "docs/data.md", "stacks/peering/main.go", "stacks/account/main.go", "x"}
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.SliceOf(rapid.SampledFrom(paths)).Draw(t, "some")
		more := append(slices.Clone(some), rapid.SampledFrom(paths).Draw(t, "one more"))
		assert.Subset(t, changes.Stacks(more), changes.Stacks(some))
		assert.Equal(t, changes.Stacks(some), changes.Stacks(rapid.Permutation(some).Draw(t, "shuffled")))
		assert.Subset(t, changes.Order(), changes.Through(some))
	})
}

func nonEmpty(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}
