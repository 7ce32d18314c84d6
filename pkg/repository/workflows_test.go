package repository_test

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/repository"
)

// workflow is what these tests read of a file of .github/workflows.
type workflow struct {
	On   yaml.Node            `yaml:"on"`
	Jobs map[string]yaml.Node `yaml:"jobs"`
}

// job is one job of a workflow.
type job struct {
	// name is what its check is called; environment is a name or an expression.
	name, environment string
	// text is the whole job, as YAML.
	text string
}

// jobs are the jobs of a workflow by ID.
func (w workflow) jobs(t *testing.T) map[string]job {
	t.Helper()
	found := map[string]job{}
	for id, node := range w.Jobs {
		var read struct {
			Name        string `yaml:"name"`
			Environment any    `yaml:"environment"`
		}
		require.NoError(t, node.Decode(&read), id)
		text, err := yaml.Marshal(&node)
		require.NoError(t, err, id)
		environment, _ := read.Environment.(string)
		if fields, long := read.Environment.(map[string]any); long {
			environment, _ = fields["name"].(string)
		}
		found[id] = job{cmp.Or(read.Name, id), environment, string(text)}
	}
	return found
}

// texts are the workflows and the actions of the repository itself, by path.
func texts(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, pattern := range []string{"workflows/*.yml", "workflows/*.yaml", "actions/*/action.yml", "actions/*/action.yaml"} {
		files, err := filepath.Glob(filepath.Join(root, ".github", filepath.FromSlash(pattern)))
		require.NoError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			found[file] = string(text)
		}
	}
	require.NotEmpty(t, found)
	return found
}

func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	found := map[string]workflow{}
	for file, text := range texts(t) {
		if filepath.Base(filepath.Dir(file)) == "workflows" {
			var read workflow
			require.NoError(t, yaml.Unmarshal([]byte(text), &read), file)
			require.NotEmpty(t, read.Jobs, file)
			found[filepath.Base(file)] = read
		}
	}
	require.NotEmpty(t, found)
	return found
}

// named are the names that the workflows read of a context, as in secrets.<name>,
// sorted, each once. Comments count: who writes of a secret means one that exists.
func named(t *testing.T, context string) []string {
	t.Helper()
	name := regexp.MustCompile(`\b` + context + `(?:\.([A-Za-z_][A-Za-z0-9_]*)|\[\s*'([^']+)'\s*\])`)
	found := map[string]bool{}
	for _, text := range texts(t) {
		for _, match := range name.FindAllStringSubmatch(text, -1) {
			found[match[1]+match[2]] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func TestTheSecretsOfTheWorkflowsAreThoseOfTheList(t *testing.T) {
	var listed []string
	for _, secret := range repository.Secrets() {
		listed = append(listed, secret.Name)
		assert.NotEmpty(t, secret.Says, secret.Name)
	}
	read := slices.DeleteFunc(named(t, "secrets"), func(name string) bool { return name == "GITHUB_TOKEN" })
	require.NotEmpty(t, read)
	assert.ElementsMatch(t, listed, read)
}

// A secret of an environment is read by jobs of that environment alone.
func TestSecretsAreOfEnvironmentsThatExist(t *testing.T) {
	known := byName(t)
	for _, secret := range repository.Secrets() {
		if secret.Environment != "" {
			assert.Contains(t, known, secret.Environment, secret.Name)
		}
	}
}

func TestTheVariablesOfTheWorkflowsExist(t *testing.T) {
	known := []string{"AWS_ACCOUNT_ID", "AWS_ROLE_SUFFIX"}
	for _, variable := range repository.Variables(decoded(t)) {
		known = append(known, variable.Name)
	}
	read := named(t, "vars")
	require.NotEmpty(t, read)
	assert.Subset(t, known, read)
}

// byName are the GitHub environments of this repository.
func byName(t *testing.T) map[string]repository.Environment {
	t.Helper()
	known := map[string]repository.Environment{}
	for _, environment := range repository.Environments(decoded(t)) {
		known[environment.Name] = environment
	}
	return known
}

func TestTheEnvironmentsOfTheWorkflowsExist(t *testing.T) {
	known, seen := byName(t), 0
	for file, workflow := range workflows(t) {
		for id, job := range workflow.jobs(t) {
			if job.environment != "" && !strings.Contains(job.environment, "${{") {
				seen++
				assert.Contains(t, known, job.environment, "%s: %s", file, id)
			}
		}
	}
	require.Positive(t, seen)
}

// What an environment holds is empty everywhere else, and GitHub does not complain.
func TestWhatAnEnvironmentHoldsIsReadInIt(t *testing.T) {
	known, keys, accounts := byName(t), 0, 0
	account := regexp.MustCompile(`\bvars\.AWS_ACCOUNT_ID\b`)
	for file, workflow := range workflows(t) {
		for id, job := range workflow.jobs(t) {
			for _, secret := range repository.Secrets() {
				if secret.Environment != "" && strings.Contains(job.text, "secrets."+secret.Name) {
					keys++
					assert.Equal(t, secret.Environment, job.environment, "%s: %s reads %s", file, id, secret.Name)
				}
			}
			if account.MatchString(job.text) {
				accounts++
				assert.NotEmpty(t, job.environment, "%s: %s reads AWS_ACCOUNT_ID", file, id)
				if !strings.Contains(job.environment, "${{") {
					assert.NotEmpty(t, known[job.environment].AccountID, "%s: %s is in %s, which has no AWS_ACCOUNT_ID", file, id, job.environment)
				}
			}
		}
	}
	require.Positive(t, keys)
	require.Positive(t, accounts)
}

// allowed is an action as the list has it, without version; local ones need no permission.
func allowed(uses string) (string, bool) {
	if uses == "" || strings.HasPrefix(uses, "./") || strings.HasPrefix(uses, "docker://") {
		return "", false
	}
	action, _, _ := strings.Cut(uses, "@")
	return action, true
}

func TestTheActionsOfTheWorkflowsAreThoseOfTheList(t *testing.T) {
	used := map[string]bool{}
	line := regexp.MustCompile(`(?m)^\s*(?:-\s+)?uses:\s*([^\s#]+)`)
	for _, text := range texts(t) {
		for _, match := range line.FindAllStringSubmatch(text, -1) {
			if action, external := allowed(match[1]); external {
				used[action] = true
			}
		}
	}
	require.NotEmpty(t, used)
	assert.ElementsMatch(t, decoded(t).Actions.Allowed, slices.Collect(maps.Keys(used)))
}

// A required check that does not run is awaited for ever: its workflow must look at every
// pull request, whatever it changes.
func TestRequiredChecksRunOnEveryPullRequest(t *testing.T) {
	for _, check := range repository.RequiredChecks() {
		found := 0
		for file, workflow := range workflows(t) {
			for _, job := range workflow.jobs(t) {
				if job.name != check {
					continue
				}
				if onEveryPullRequest(t, workflow.On) {
					found++
				} else {
					t.Logf("%s: %s runs on other events, or on some paths only", file, check)
				}
			}
		}
		assert.Equal(t, 1, found, "%s: as many jobs of this name run on every pull request", check)
	}
}

func onEveryPullRequest(t *testing.T, on yaml.Node) bool {
	t.Helper()
	if on.Kind != yaml.MappingNode {
		return on.Value == "pull_request" || slices.ContainsFunc(on.Content, func(n *yaml.Node) bool { return n.Value == "pull_request" })
	}
	events := map[string]map[string]any{}
	require.NoError(t, on.Decode(&events))
	event, listens := events["pull_request"]
	_, some := event["paths"]
	_, others := event["paths-ignore"]
	return listens && !some && !others
}
