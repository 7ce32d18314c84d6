package workflows_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"go.yaml.in/yaml/v3"
)

var (
	usesLine = regexp.MustCompile(`(?m)^\s*(?:- )?uses:\s*(\S+)(.*)$`)
	pinned   = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	version  = regexp.MustCompile(`^ # v\d+\.\d+\.\d+$`)
)

// pins: an action of somebody else is named by its commit, with its version beside it. A tag can be moved.
func pins(f file) (int, []string) {
	var problems []string
	found := usesLine.FindAllStringSubmatch(f.text, -1)
	for _, match := range found {
		switch uses, comment := match[1], match[2]; {
		case strings.HasPrefix(uses, "./.github/"):
		case !pinned.MatchString(uses):
			problems = append(problems, uses+": not pinned by a commit")
		case !version.MatchString(comment):
			problems = append(problems, uses+": no version beside it")
		}
	}
	return len(found), problems
}

func TestActionsArePinned(t *testing.T) {
	const hash = "3d3c42e5aac5ba805825da76410c181273ba90b1"
	hold(t, pins, append(workflows(t), actions(t)...),
		wrong{"a tag", "jobs: {a: {steps: [\n  {\nuses: actions/checkout@v7\n}]}}", "actions/checkout@v7: not pinned"},
		wrong{"a short hash", "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@3d3c42e # v7.0.1\n", "not pinned"},
		wrong{"an image", "jobs:\n  a:\n    steps:\n      - uses: docker://alpine:3\n", "not pinned"},
		wrong{"no version", "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@" + hash + "\n", "no version"},
		wrong{"half a version", "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@" + hash + " # v7\n", "no version"},
	)
}

// One action has one commit everywhere, or an update would leave an old one behind.
func TestActionsHaveOneVersion(t *testing.T) {
	commits := map[string]string{}
	for _, file := range append(workflows(t), actions(t)...) {
		for _, match := range usesLine.FindAllStringSubmatch(file.text, -1) {
			if name, commit, external := strings.Cut(match[1], "@"); external {
				if commits[name] == "" {
					commits[name] = commit
				}
				assert.Equal(t, commits[name], commit, "%s in %s", name, file.name)
			}
		}
	}
	assert.Greater(t, len(commits), 5)
}

// writable are the permissions to write that jobs have, and why.
var writable = map[string]string{
	"id-token":      "a role of AWS, or a signature",
	"deployments":   "the record of a deployment",
	"pull-requests": "the comment of a preview",
	"issues":        "the issue about drift",
}

// permissions: a workflow grants nothing, each job what it needs.
func permissions(f file) (int, []string) {
	var problems []string
	if f.Permissions.Kind != yaml.MappingNode || len(f.Permissions.Content) != 0 {
		problems = append(problems, "permissions: write `permissions: {}` above the jobs")
	}
	for _, name := range f.ordered() {
		granted := f.Jobs[name].permissions()
		if granted == nil {
			problems = append(problems, name+": no permissions, or all of a kind")
		}
		for permission, access := range granted {
			if access != "read" && (access != "write" || writable[permission] == "") {
				problems = append(problems, fmt.Sprintf("%s: %s: %s: nobody needs it", name, permission, access))
			}
		}
	}
	return len(f.Jobs), problems
}

func TestPermissionsAreLeast(t *testing.T) {
	hold(t, permissions, workflows(t),
		wrong{"none at all", "jobs: {a: {permissions: {}}}", "write `permissions: {}`"},
		wrong{"all to read", "permissions: read-all\njobs: {a: {permissions: {}}}", "write `permissions: {}`"},
		wrong{"something for every job", "permissions: {contents: read}\njobs: {a: {permissions: {}}}", "write `permissions: {}`"},
		wrong{"a job that does not say", "permissions: {}\njobs: {a: {steps: []}}", "a: no permissions"},
		wrong{"a job that may do anything", "permissions: {}\njobs: {a: {permissions: write-all}}", "a: no permissions, or all"},
		wrong{"to push", "permissions: {}\njobs: {a: {permissions: {contents: write}}}", "contents: write"},
	)
}

// credentials: a checkout leaves no token in the working copy.
func credentials(f file) (int, []string) {
	scanned := 0
	var problems []string
	for name, steps := range f.steps() {
		for _, step := range steps {
			if !strings.HasPrefix(step.Uses, "actions/checkout@") {
				continue
			}
			scanned++
			if step.With["persist-credentials"] != "false" {
				problems = append(problems, name+": checkout: write `persist-credentials: false`")
			}
		}
	}
	return scanned, problems
}

func TestCheckoutsKeepNoToken(t *testing.T) {
	hold(t, credentials, append(workflows(t), actions(t)...),
		wrong{"the default", "jobs: {a: {steps: [{uses: actions/checkout@x}]}}", "persist-credentials"},
		wrong{"kept", "jobs: {a: {steps: [{uses: actions/checkout@x, with: {persist-credentials: true}}]}}", "persist-credentials"},
	)
}

// untrusted are expressions whose text anybody writes.
var untrusted = regexp.MustCompile(`\$\{\{[^}]*(github\.head_ref|github\.event\.([\w]+\.)*(title|body|message|label|head\.ref|name|email)\b(?: |\})|github\.event\.(issue|comment|review))`)

// scripts: no expression is put into the text of a script, where its value would be code;
// texts that anybody writes are nowhere at all.
func scripts(f file) (int, []string) {
	scanned := 0
	var problems []string
	for name, steps := range f.steps() {
		for _, step := range steps {
			if step.Run == "" {
				continue
			}
			scanned++
			if strings.Contains(step.Run, "${{") {
				problems = append(problems, name+": an expression in run: hand it over by env")
			}
		}
	}
	if match := untrusted.FindString(f.text); match != "" {
		problems = append(problems, match+": a text that anybody writes")
	}
	return scanned, problems
}

func TestNoExpressionIsCode(t *testing.T) {
	hold(t, scripts, append(workflows(t), actions(t)...),
		wrong{"a title", "jobs: {a: {steps: [{run: 'echo ${{ github.event.pull_request.title }}'}]}}", "hand it over by env"},
		wrong{"even a harmless one", "jobs: {a: {steps: [{run: 'echo ${{ github.sha }}'}]}}", "hand it over by env"},
		wrong{"in an action", "runs: {using: composite, steps: [{run: 'echo ${{ inputs.x }}'}]}", "hand it over by env"},
		wrong{"a branch's name by env", "jobs: {a: {steps: [{run: x, env: {A: '${{ github.head_ref }}'}}]}}", "github.head_ref: a text"},
		wrong{"a commit's message", "jobs: {a: {steps: [{run: x, env: {A: '${{ github.event.head_commit.message }}'}}]}}", "a text that anybody writes"},
	)
}

// longest is more than any job takes, in minutes.
const longest = 180

// runners: a job ends, and runs where it is known what is there.
func runners(f file) (int, []string) {
	scanned := 0
	var problems []string
	for _, name := range f.ordered() {
		job := f.Jobs[name]
		if job.Uses != "" {
			continue
		}
		scanned++
		if job.TimeoutMinutes < 1 || job.TimeoutMinutes > longest {
			problems = append(problems, fmt.Sprintf("%s: timeout-minutes: %d: 1 to %d", name, job.TimeoutMinutes, longest))
		}
		if runsOn := job.RunsOn.Value; job.RunsOn.Kind == yaml.ScalarNode && runsOn != "ubuntu-24.04" && !strings.Contains(runsOn, `"self-hosted", "linux", "x64"`) {
			problems = append(problems, name+": runs-on: "+runsOn+": a version that changes, or unknown")
		}
		if job.RunsOn.Kind == yaml.SequenceNode && (len(job.RunsOn.Content) != 4 || !slices.Equal(texts(job.RunsOn.Content)[:3], []string{"self-hosted", "linux", "x64"})) {
			problems = append(problems, name+": runs-on: [self-hosted, linux, x64, <environment>]")
		}
		if job.RunsOn.Kind == 0 {
			problems = append(problems, name+": no runs-on")
		}
	}
	return scanned, problems
}

func TestJobsEndAndRunWhereTheyShould(t *testing.T) {
	hold(t, runners, workflows(t),
		wrong{"six hours, the default", "jobs: {a: {runs-on: ubuntu-24.04}}", "timeout-minutes: 0"},
		wrong{"too long", "jobs: {a: {runs-on: ubuntu-24.04, timeout-minutes: 360}}", "timeout-minutes: 360"},
		wrong{"the newest", "jobs: {a: {runs-on: ubuntu-latest, timeout-minutes: 5}}", "ubuntu-latest: a version that changes"},
		wrong{"any of one's own", "jobs: {a: {runs-on: [self-hosted], timeout-minutes: 5}}", "[self-hosted, linux, x64, <environment>]"},
		wrong{"of any processor", "jobs: {a: {runs-on: [self-hosted, linux, dev, more], timeout-minutes: 5}}", "[self-hosted, linux, x64, <environment>]"},
		wrong{"of any processor, by an expression", "jobs: {a: {runs-on: '${{ fromJSON(''[\"self-hosted\", \"linux\", \"dev\"]'') }}', timeout-minutes: 5}}", "or unknown"},
		wrong{"nowhere", "jobs: {a: {timeout-minutes: 5}}", "no runs-on"},
	)
}

// guard lets a job of a pull request run only when its branch is of this repository.
const guard = "github.event.pull_request.head.repo.full_name == github.repository"

// forks: what runs for a pull request of anybody has nothing to steal.
func forks(f file) (int, []string) {
	var problems []string
	for _, event := range []string{"pull_request_target", "workflow_run", "issue_comment"} {
		if _, used := f.On[event]; used {
			problems = append(problems, event+": runs with this repository's rights for what anybody sends")
		}
	}
	if _, used := f.On["pull_request"]; !used {
		return 1, problems
	}
	if strings.Contains(f.text, "secrets.") {
		problems = append(problems, "a secret in a workflow of pull requests")
	}
	for _, name := range f.ordered() {
		job := f.Jobs[name]
		for permission, access := range job.permissions() {
			if access == "write" && !guarded(job.If) {
				problems = append(problems, name+": "+permission+": write, without the guard "+guard)
			}
		}
		if strings.Contains(fmt.Sprint(job.RunsOn.Value, texts(job.RunsOn.Content)), "self-hosted") {
			problems = append(problems, name+": a runner of our own for a pull request")
		}
		if job.Environment != "" {
			problems = append(problems, name+": an environment for a pull request: its role trusts main")
		}
	}
	return 1, problems
}

// guarded: the guard stands in a conjunction, where nothing else can make the condition true.
func guarded(condition string) bool {
	return strings.Contains(condition, guard) && !strings.Contains(condition, "||")
}

func texts(nodes []*yaml.Node) []string {
	var values []string
	for _, node := range nodes {
		values = append(values, node.Value)
	}
	return values
}

func TestForksGetNothing(t *testing.T) {
	const on = "on: {pull_request: }\njobs: {a: {"
	hold(t, forks, workflows(t),
		wrong{"the target's rights", "on: {pull_request_target: }\njobs: {}", "pull_request_target: runs with"},
		wrong{"after another run", "on: {workflow_run: {}}\njobs: {}", "workflow_run: runs with"},
		wrong{"a token", on + "permissions: {id-token: write}}}", "id-token: write, without the guard"},
		wrong{"a guard that something else opens", on + "if: always() || " + guard + ", permissions: {id-token: write}}}", "without the guard"},
		wrong{"a comment", on + "permissions: {pull-requests: write}}}", "pull-requests: write, without"},
		wrong{"a secret", on + "env: {A: '${{ secrets.X }}'}}}", "a secret in a workflow"},
		wrong{"a runner of our own", on + "runs-on: [self-hosted, linux, dev]}}", "a runner of our own"},
		wrong{"an environment", on + "environment: dev}}", "an environment for a pull request"},
	)
	triggered := slices.DeleteFunc(workflows(t), func(f file) bool { _, ok := f.On["pull_request"]; return !ok })
	assert.Len(t, triggered, 2, "ci.yml and infra-preview.yml")
}
