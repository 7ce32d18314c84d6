package tests

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"aws-platform/pkg/config"
	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
	"aws-platform/pkg/policy/policytest"
)

const ofRepository = "repo:example/platform:"

// subjectsOf are "sub" of the tokens that a role trusts, behind the repository.
func subjectsOf(t *testing.T, role graph.Resource) []string {
	t.Helper()
	var subjects []string
	for _, statement := range statementsOf(t, role.String("assumeRolePolicy")) {
		for _, subject := range policytest.Texts(statement.Condition["StringEquals"][trust.Issuer+":sub"]) {
			running, ours := strings.CutPrefix(subject, ofRepository)
			require.True(t, ours, subject)
			subjects = append(subjects, running)
		}
	}
	return subjects
}

// GitHub makes an environment that a workflow names and that is not there, without any
// rule, for a workflow of whatever branch: one that a role trusts must be there, for main alone.
func TestEnvironmentsThatRolesTrustAreForMainAlone(t *testing.T) {
	repository, err := offline.Graph(root, offline.GitHubStack)
	require.NoError(t, err)
	branches := map[string][]string{}
	for _, rule := range repository.OfType("github:index/repositoryEnvironmentDeploymentPolicy:RepositoryEnvironmentDeploymentPolicy") {
		branches[rule.String("environment")] = append(branches[rule.String("environment")], rule.String("branchPattern"))
	}
	seen := 0
	for _, stack := range offline.AccountStacks() {
		g, err := offline.Graph(root, stack)
		require.NoError(t, err)
		for _, role := range g.OfType("aws:iam/role:Role") {
			for _, subject := range subjectsOf(t, role) {
				environment, is := strings.CutPrefix(subject, "environment:")
				if !is {
					continue
				}
				seen++
				assert.Equal(t, []string{"main"}, branches[environment], "%s: %s trusts %s", stack, role.Name, subject)
			}
		}
	}
	assert.Greater(t, seen, 15)
}

// job is what of a workflow's job decides who it is for AWS.
type job struct {
	Environment any
	Steps       []struct {
		Uses string
		With map[string]string
	}
}

// runs are what the job's token says it runs for, and in which account: an expression
// stands for every environment.
func (j job) runs(pullRequests bool) []string {
	name, _ := j.Environment.(string)
	switch {
	case name == "" && pullRequests:
		return []string{"pull_request"}
	case name == "":
		return []string{"ref:refs/heads/main"}
	case !strings.Contains(name, "${{"):
		return []string{"environment:" + name}
	default:
		var all []string
		for _, environment := range config.EnvironmentNames() {
			all = append(all, "environment:"+environment)
		}
		return all
	}
}

// accountFor is the account whose role such a job assumes: the environment's own; a role
// that reads is alike in all; images are pushed to dev's.
func accountFor(subject string) string {
	environment, _ := strings.CutPrefix(subject, "environment:")
	if slices.Contains(config.EnvironmentNames(), environment) {
		return config.AccountStackPrefix + environment
	}
	return config.AccountStackPrefix + "dev"
}

// Every job of a workflow that assumes a role by name is one that the role lets in.
func TestRolesLetTheWorkflowsIn(t *testing.T) {
	all := graphs(t)
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*.yml"))
	require.NoError(t, err)
	seen := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		var workflow struct {
			On   any `yaml:"on"`
			Jobs map[string]job
		}
		require.NoError(t, yaml.Unmarshal(text, &workflow), file)
		triggers, _ := workflow.On.(map[string]any)
		_, pullRequests := triggers["pull_request"]
		for name, job := range workflow.Jobs {
			for _, step := range job.Steps {
				role := step.With["role"]
				if !strings.HasPrefix(step.Uses, "./.github/actions/aws") || !strings.HasPrefix(role, "platform-") {
					continue
				}
				for _, subject := range job.runs(pullRequests) {
					seen++
					assumed, err := all[accountFor(subject)].One("aws:iam/role:Role", strings.TrimPrefix(accountFor(subject), config.AccountStackPrefix)+"-"+strings.TrimPrefix(role, "platform-"))
					require.NoError(t, err, "%s: %s", file, name)
					assert.Contains(t, subjectsOf(t, assumed), subject, "%s: %s: %s", filepath.Base(file), name, role)
				}
			}
		}
	}
	assert.Greater(t, seen, 8)
	assert.NotContains(t, subjectsOf(t, one(t, all["account-production"], "aws:iam/role:Role", "production-deploy")), "pull_request", permissions.Deploy)
}

func one(t *testing.T, g *graph.Graph, typ, name string) graph.Resource {
	t.Helper()
	found, err := g.One(typ, name)
	require.NoError(t, err)
	return found
}
