package repository_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ownership is one line of CODEOWNERS.
type ownership struct {
	pattern string
	owners  []string
}

func codeowners(t *testing.T) []ownership {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".github", "CODEOWNERS"))
	require.NoError(t, err)
	var lines []ownership
	for _, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "#")
		if fields := strings.Fields(line); len(fields) > 0 {
			lines = append(lines, ownership{fields[0], fields[1:]})
		}
	}
	require.NotEmpty(t, lines)
	return lines
}

// matches tells whether a pattern of CODEOWNERS is about a file. It knows what this
// file uses: * for everything, a path from the root, and a folder with all below it.
func (o ownership) matches(t *testing.T, file string) bool {
	t.Helper()
	if o.pattern == "*" {
		return true
	}
	require.True(t, strings.HasPrefix(o.pattern, "/"), "%s: begin it with /, so that it is about one place", o.pattern)
	pattern := strings.TrimPrefix(o.pattern, "/")
	if strings.HasSuffix(pattern, "/") {
		require.NotContains(t, pattern, "*", "%s: a folder has a name", o.pattern)
		return strings.HasPrefix(file, pattern)
	}
	matched, err := path.Match(pattern, file)
	require.NoError(t, err, o.pattern)
	return matched
}

// owners are those of the last line that matches: it decides alone.
func owners(t *testing.T, lines []ownership, file string) []string {
	t.Helper()
	var found []string
	for _, line := range lines {
		if line.matches(t, file) {
			found = line.owners
		}
	}
	return found
}

// tree lists the files of the repository; what git ignores is left out by its place.
func tree(t *testing.T) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, at)
		if err != nil {
			return err
		}
		if name == ".git" || name == ".sandbox" {
			return filepath.SkipDir
		}
		if !entry.IsDir() {
			files = append(files, filepath.ToSlash(name))
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(files), 300)
	return files
}

// guarded is what both teams own.
var guarded = []string{
	"Pulumi.production.yaml", "Pulumi.production-pci.yaml", "pkg/firewall/", "pkg/peering/", ".github/",
	"stacks/peering/", "stacks/account/", "stacks/github/", "pkg/repository/", "pkg/promotion/", "pkg/delivery/",
}

// securitys is what security owns alone: of two teams on a line one is enough.
var securitys = []string{".github/CODEOWNERS", ".github/promotion.yaml"}

func TestEveryPatternOfCodeownersIsAboutSomething(t *testing.T) {
	files := tree(t)
	for _, line := range codeowners(t) {
		found := 0
		for _, file := range files {
			if line.matches(t, file) {
				found++
			}
		}
		assert.Positive(t, found, "%s: matches no file: a folder was moved, and nobody owns where it went", line.pattern)
		assert.NotEmpty(t, line.owners, "%s: takes the owners away", line.pattern)
	}
}

func TestBothTeamsOwnWhatReachesProduction(t *testing.T) {
	teams, owner := decoded(t).Teams, decoded(t).Repository.Owner
	devops, security := "@"+owner+"/"+teams.DevOps, "@"+owner+"/"+teams.Security
	lines := codeowners(t)
	seen := map[string]int{}
	for _, file := range tree(t) {
		found := owners(t, lines, file)
		if slices.Contains(securitys, file) {
			seen[file]++
			assert.Equal(t, []string{security}, found, file)
			continue
		}
		assert.Contains(t, found, devops, file)
		for _, place := range guarded {
			if file == place || strings.HasSuffix(place, "/") && strings.HasPrefix(file, place) {
				seen[place]++
				assert.ElementsMatch(t, []string{devops, security}, found, file)
			}
		}
	}
	for _, place := range slices.Concat(guarded, securitys) {
		assert.Positive(t, seen[place], "%s: nothing is there", place)
	}
}

// TestALaterLineTakesOwnershipAway: the reader of these tests must see it too.
func TestALaterLineTakesOwnershipAway(t *testing.T) {
	lines := []ownership{{"*", []string{"a"}}, {"/pkg/firewall/", []string{"a", "b"}}, {"/pkg/firewall/doc.go", []string{"a"}}, {"/Pulumi.p*.yaml", []string{"c"}}}
	for file, want := range map[string][]string{
		"pkg/firewall/rules.go": {"a", "b"}, "pkg/firewall/doc.go": {"a"}, "pkg/firewalls/doc.go": {"a"}, "x/pkg/firewall/rules.go": {"a"},
		"Pulumi.production.yaml": {"c"}, "Pulumi.dev.yaml": {"a"}, "stacks/Pulumi.production.yaml": {"a"},
	} {
		assert.Equal(t, want, owners(t, lines, file), file)
	}
}
