package tests

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/checklist"
	"aws-platform/pkg/config"
	"aws-platform/pkg/offline"
)

func estate(t *testing.T) checklist.Estate {
	t.Helper()
	all, err := offline.Estate(root)
	require.NoError(t, err)
	require.Len(t, all, 9, "four environments, their accounts, and the peering")
	return all
}

// unheld are the findings of an item that do not hold where they must, and the exemptions
// that nobody needs.
func unheld(item checklist.Item, all checklist.Estate) []string {
	var found []string
	for _, finding := range item.Evidence(all) {
		switch {
		case finding.Exempt != "" && finding.Holds():
			found = append(found, finding.Stack+": is exempt and holds: take the exemption away")
		case finding.Exempt == "" && !finding.Holds():
			found = append(found, finding.Stack+": "+strings.Join(finding.Faults, "; "))
		case finding.Exempt == "" && len(finding.Found) == 0:
			found = append(found, finding.Stack+": nothing is seen")
		}
	}
	return found
}

func TestChecklistHolds(t *testing.T) {
	all := estate(t)
	keys := map[string]bool{}
	for _, item := range checklist.Items() {
		assert.False(t, keys[item.Key], item.Key+" is there twice")
		keys[item.Key] = true
		assert.Empty(t, unheld(item, all), item.Key)
		assert.NotEmpty(t, item.Meaning, item.Key)
		assert.Equal(t, item.Scope != checklist.Nowhere, len(item.Evidence(all)) > 0, item.Key)
	}
	assert.GreaterOrEqual(t, len(keys), 33, "the lines of the checklist")
}

// Dev and staging do with less; production and production-pci with nothing less.
func TestChecklistExemptsNoProduction(t *testing.T) {
	for _, item := range checklist.Items() {
		for stack, reason := range item.Exempt {
			assert.Contains(t, config.SharingEnvironments(), strings.TrimPrefix(stack, config.AccountStackPrefix), item.Key)
			assert.NotEmpty(t, reason, item.Key)
		}
	}
}

// accepted are the exceptions of production-pci, by item; each is explained where it is made.
var accepted = map[string][]string{
	"log-aggregation":    {"/production-pci/log-archive"},
	"encryption-at-rest": {"production-pci-load-balancer-logs-222222222222", "platform-access-logs-222222222222"},
	"encryption-in-transit": {
		"production-pci-internal-blue", "production-pci-internal-green", "production-pci-public-blue", "production-pci-public-green",
		"production-pci-web-application-port port 8080",
	},
}

func TestChecklistAcceptsNoMoreThanItSays(t *testing.T) {
	all := estate(t)
	for _, item := range checklist.Items() {
		var names []string
		for _, finding := range item.Evidence(all) {
			for _, exception := range finding.Accepted {
				assert.NotEmpty(t, exception.Reason, exception.Name)
				if strings.HasSuffix(finding.Stack, config.ProductionPCI) {
					names = append(names, exception.Name)
				}
			}
		}
		assert.ElementsMatch(t, accepted[item.Key], names, item.Key)
	}
}

// functions are the test functions of the packages of the repository, by folder.
func functions(t *testing.T) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	require.NoError(t, filepath.WalkDir(root, func(file string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		for _, declared := range parsed.Decls {
			if function, is := declared.(*ast.FuncDecl); is && function.Recv == nil {
				found[filepath.ToSlash(folder)] = append(found[filepath.ToSlash(folder)], function.Name.Name)
			}
		}
		return err
	}))
	require.Greater(t, len(found), 50, "packages are read")
	return found
}

// lost are the tests and runbooks of an item that are not there.
func lost(item checklist.Item, tests map[string][]string) []string {
	var found []string
	for _, test := range item.Tests {
		if !slices.Contains(tests[test.Package], test.Function) {
			found = append(found, test.Package+": "+test.Function)
		}
	}
	for _, file := range item.Runbooks {
		if _, err := os.Stat(path.Join(root, "docs/runbooks", file)); err != nil {
			found = append(found, file)
		}
	}
	if len(item.Tests) == 0 && len(item.Runbooks) == 0 {
		found = append(found, "neither test nor runbook")
	}
	if item.Scope != checklist.Nowhere && len(item.Tests) == 0 {
		found = append(found, "code without a test")
	}
	return found
}

func TestChecklistNamesTestsAndRunbooksThatAreThere(t *testing.T) {
	tests := functions(t)
	for _, item := range checklist.Items() {
		assert.Empty(t, lost(item, tests), item.Key)
	}
}

func TestChecklistNoticesWhatIsNotThere(t *testing.T) {
	tests := functions(t)
	wrong := checklist.Item{Scope: checklist.Accounts, Tests: []checklist.Test{{Package: "tests", Function: "TestNobody"}}, Runbooks: []string{"nothing.md"}}
	assert.Equal(t, []string{"tests: TestNobody", "nothing.md"}, lost(wrong, tests))
	assert.Equal(t, []string{"neither test nor runbook", "code without a test"}, lost(checklist.Item{Scope: checklist.Accounts}, tests))
}

// Every evidence can fail: for each item there are changes of the recorded graphs that it finds.
func TestChecklistEvidenceCanFail(t *testing.T) {
	all := estate(t)
	tried := map[string]bool{}
	for _, wrong := range wrongGraphs() {
		t.Run(wrong.item+" "+wrong.says, func(t *testing.T) {
			tried[wrong.item] = true
			item, known := checklist.Of(wrong.item)
			require.True(t, known)
			other := maps.Clone(all)
			other[wrong.stack] = wrong.change(all[wrong.stack])
			assert.Contains(t, strings.Join(unheld(item, other), "\n"), wrong.says)
		})
	}
	for _, item := range checklist.Items() {
		assert.Equal(t, item.Scope != checklist.Nowhere, tried[item.Key], item.Key+": a wrong graph")
	}
}
