package tests

import (
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/runbooks"
)

const (
	// runbookFolder is where runbooks are, in the repository.
	runbookFolder = "docs/runbooks"
	// runbookIndex is the page that leads to them, by situation.
	runbookIndex = "README.md"
	// awsCLITable is what the AWS CLI has of what runbooks tell people to type.
	awsCLITable = "testdata/aws-cli.txt"
)

// readRunbooks are the pages of docs/runbooks by file, the index apart.
func readRunbooks(t *testing.T) (pages map[string]string, index string) {
	t.Helper()
	entries, err := os.ReadDir(path.Join("..", runbookFolder))
	require.NoError(t, err)
	pages = map[string]string{}
	for _, entry := range entries {
		content, err := os.ReadFile(path.Join("..", runbookFolder, entry.Name()))
		require.NoError(t, err)
		if pages[entry.Name()] = string(content); entry.Name() == runbookIndex {
			index = string(content)
			delete(pages, runbookIndex)
		}
	}
	require.Greater(t, len(pages), 30, "pages are read")
	require.NotEmpty(t, index)
	return pages, index
}

// TestRunbooksHaveTheirForm: each begins with who, when, how long, and ends with what was run.
func TestRunbooksHaveTheirForm(t *testing.T) {
	t.Parallel()
	pages, index := readRunbooks(t)
	wrong := runbooks.IndexedUnder(index, "Something is wrong")
	require.Greater(t, len(wrong), 10, "the index names runbooks of what is wrong")
	for name, text := range pages {
		order := runbooks.Done()
		if slices.Contains(wrong, name) {
			order = runbooks.Wrong()
		}
		problems := slices.Concat(runbooks.Opening(text), runbooks.Order(text, order), runbooks.Ending(text))
		assert.Empty(t, problems, name)
	}
}

// TestRunbooksLeadSomewhere: links, headings and paths are there, and each page is in the index.
func TestRunbooksLeadSomewhere(t *testing.T) {
	t.Parallel()
	pages, index := readRunbooks(t)
	names := make([]string, 0, len(pages))
	for name := range pages {
		names = append(names, name)
	}
	slices.Sort(names)
	assert.Empty(t, runbooks.Index(index, names), runbookIndex)
	pages[runbookIndex] = index
	root := os.DirFS("..")
	for name, text := range pages {
		assert.Empty(t, slices.Concat(runbooks.Links(root, path.Join(runbookFolder, name), text), runbooks.Paths(root, text)), name)
	}
}

// TestRunbooksNameCommandsOfTheAWSCLI: with their options; and the table holds nothing that
// no page uses, so that it can be read.
func TestRunbooksNameCommandsOfTheAWSCLI(t *testing.T) {
	t.Parallel()
	pages, index := readRunbooks(t)
	pages[runbookIndex] = index
	var all []runbooks.AWSCommand
	for _, text := range pages {
		all = append(all, runbooks.AWSCommands(text)...)
	}
	require.Greater(t, len(all), 200, "commands are found")
	if os.Getenv("UPDATE_AWS_CLI") != "" {
		writeAWSCLI(t, runbooks.Names(all))
	}
	table, err := os.ReadFile(awsCLITable)
	require.NoError(t, err)
	cli := runbooks.ParseAWSCLI(string(table))
	for name, text := range pages {
		assert.Empty(t, cli.Check(runbooks.AWSCommands(text)), name)
	}
	used := append(runbooks.Names(all), "") // the options of all commands
	for name := range cli {
		assert.Contains(t, used, name, awsCLITable+" has a command that no runbook uses: write it anew")
	}
}

// writeAWSCLI asks the CLI for the options of the commands. Like a golden that is written
// anew, it fails the run.
func writeAWSCLI(t *testing.T, names []string) {
	t.Helper()
	python := os.Getenv("UPDATE_AWS_CLI")
	ask := exec.Command(python, "testdata/aws-cli.py") // the Python that whoever updates names
	ask.Stdin = strings.NewReader(strings.Join(names, "\n"))
	ask.Stderr = os.Stderr
	table, err := ask.Output()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(awsCLITable, table, 0o644))
	t.Error(awsCLITable + " is written: read the difference, and run this again without UPDATE_AWS_CLI")
}
