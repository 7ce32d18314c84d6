package workflows_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kept are the days for which artifacts are kept, by the first part of their names. Names
// that a step computes are those of records.
var kept = map[string]string{"build": "400", "files": "90", "drift": "7", "preview": "7", "${{ steps": "400", "${{ inputs": "1"}

// artifacts: several downloaded at once lie in one folder whether there are one or many;
// each is kept as long as it counts; the record of a build is in one alone.
func artifacts(f file) (int, []string) {
	scanned := 0
	var problems []string
	for name, steps := range f.steps() {
		for _, step := range steps {
			download, upload := strings.HasPrefix(step.Uses, "actions/download-artifact@"), strings.HasPrefix(step.Uses, "actions/upload-artifact@")
			if !download && !upload {
				continue
			}
			scanned++
			if download && (step.With["name"] == "") != (step.With["merge-multiple"] == "true") {
				problems = append(problems, name+": download: one by its name, or several by pattern and merge-multiple: true")
			}
			if first, _, _ := strings.Cut(step.With["name"], "."); upload && step.With["retention-days"] != kept[first] {
				problems = append(problems, name+": "+step.With["name"]+": retention-days: "+step.With["retention-days"]+": want "+kept[first])
			}
			if upload && strings.HasPrefix(step.With["name"], "build.") && step.With["path"] != "record/build.json" {
				problems = append(problems, name+": "+step.With["name"]+": holds "+step.With["path"]+": the record alone, record/build.json")
			}
		}
	}
	return scanned, problems
}

func TestArtifacts(t *testing.T) {
	upload := func(with string) string {
		return "jobs: {a: {steps: [{uses: actions/upload-artifact@x, with: {" + with + "}}]}}"
	}
	download := func(with string) string {
		return "jobs: {a: {steps: [{uses: actions/download-artifact@x, with: {" + with + "}}]}}"
	}
	hold(t, artifacts, append(workflows(t), actions(t)...),
		wrong{"one or several by a pattern", download("pattern: 'drift.*', path: drifts"), "merge-multiple: true"},
		wrong{"each into its folder", download("pattern: 'drift.*', merge-multiple: false"), "merge-multiple: true"},
		wrong{"all", download("path: x"), "merge-multiple: true"},
		wrong{"a build that is gone before it is promoted", upload("name: build.web.x, path: record/build.json, retention-days: 90"), "retention-days: 90: want 400"},
		wrong{"a record as long as the repository likes", upload("name: '${{ steps.x.outputs.name }}', path: x"), "want 400"},
		wrong{"a build with everything", upload("name: build.web.x, path: build, retention-days: 400"), "the record alone"},
	)
}

// Two workflows that are called by one run keep nothing under one name.
func TestArtifactsOfApplicationsHaveTheirNames(t *testing.T) {
	scanned := 0
	for _, file := range workflows(t) {
		app := map[string]string{"app-deploy-eks.yml": "web", "app-deploy-ec2.yml": "api"}[file.name]
		if app == "" {
			continue
		}
		names := file.artifactNames()
		scanned += len(names)
		for _, name := range names {
			assert.Contains(t, name, "."+app, file.name)
		}
	}
	assert.Equal(t, 11, scanned)
	taken := 0
	for _, action := range actions(t) {
		for _, step := range action.Runs.Steps {
			if strings.HasSuffix(step.Uses, "/platform-kept") {
				taken++
				assert.Equal(t, "platform.${{ inputs.app }}", step.With["name"], action.name)
			}
		}
	}
	assert.Equal(t, 2, taken)
}

// artifactNames are the names by which the jobs of a workflow keep and take.
func (f file) artifactNames() []string {
	var names []string
	for _, steps := range f.steps() {
		for _, step := range steps {
			for _, name := range []string{step.With["name"], step.With["keep"]} {
				if name != "" {
					names = append(names, name)
				}
			}
		}
	}
	return names
}

// A success counts by what the run kept of it: that is kept first, and without it none is told.
func TestTheEndIsKeptBeforeItIsTold(t *testing.T) {
	for _, action := range actions(t) {
		if action.name != "ended" {
			continue
		}
		steps := action.Runs.Steps
		require.Len(t, steps, 3)
		assert.Contains(t, steps[0].Run, "platform promote ended")
		assert.True(t, strings.HasPrefix(steps[1].Uses, "actions/upload-artifact@"))
		assert.Equal(t, "error", steps[1].With["if-no-files-found"])
		assert.Contains(t, steps[2].Run, "platform promote finish")
		assert.Equal(t, "${{ inputs.outcome == 'success' && steps."+steps[1].ID+".outcome == 'success' && 'success' || 'failure' }}", steps[2].Env["STATE"])
		for _, step := range steps {
			assert.True(t, strings.HasPrefix(step.If, "always()"), "a job that was cancelled ends too")
			assert.False(t, step.ContinueOnError)
		}
		return
	}
	t.Error("no action ended")
}

// needed are the permissions of jobs by what they ask `platform promote`.
var needed = map[string]map[string]string{
	"actions/decide":  {"actions": "read", "contents": "read", "deployments": "read", "pull-requests": "read"},
	"actions/deploy-": {"actions": "read", "contents": "read", "deployments": "write", "id-token": "write"},
	"up-stack.sh":     {"actions": "read", "contents": "read", "deployments": "write", "id-token": "write"},
}

// granted: a job that decides or records may read what it is decided by. A job that calls a
// workflow grants what the jobs there need.
func granted(f file) (int, []string) {
	scanned := 0
	var problems []string
	for _, name := range f.ordered() {
		job, want := f.Jobs[name], map[string]string{}
		for what, permissions := range needed {
			found := slices.ContainsFunc(job.Steps, func(s step) bool { return strings.Contains(s.Uses+s.Run, what) })
			if !found && !strings.HasSuffix(job.Uses, "/infra-stack.yml") {
				continue
			}
			for permission, access := range permissions {
				if want[permission] != "write" {
					want[permission] = access
				}
			}
		}
		for permission, access := range want {
			scanned++
			if job.permissions()[permission] != access {
				problems = append(problems, fmt.Sprintf("%s: %s: %s is missing", name, permission, access))
			}
		}
	}
	return scanned, problems
}

func TestWhoDecidesMayRead(t *testing.T) {
	hold(t, granted, workflows(t),
		wrong{"the commits of pull requests", "jobs: {a: {permissions: {actions: read, contents: read, deployments: read}, steps: [{uses: ./.github/actions/decide}]}}", "a: pull-requests: read is missing"},
		wrong{"the policy of main", "jobs: {a: {permissions: {actions: read, deployments: write, id-token: write}, steps: [{uses: ./.github/actions/deploy-eks}]}}", "a: contents: read is missing"},
		wrong{"the runs of the source", "jobs: {a: {permissions: {contents: read, deployments: write, id-token: write}, steps: [{run: .github/scripts/up-stack.sh}]}}", "a: actions: read is missing"},
		wrong{"for a called workflow", "jobs: {a: {permissions: {actions: read, contents: read, deployments: write, id-token: write}, uses: ./.github/workflows/infra-stack.yml}}", "a: pull-requests: read is missing"},
	)
}

// meant: every test is told of which commit it is, by the decision or the build.
func meant(f file) (int, []string) {
	scanned := 0
	var problems []string
	for name, steps := range f.steps() {
		for _, step := range steps {
			if !strings.Contains(step.Run, "run-test.sh") {
				continue
			}
			scanned++
			switch step.Env["EXPECT_COMMIT"] {
			case "${{ needs.verify.outputs.commit }}", "${{ github.sha }}":
			default:
				problems = append(problems, name+": EXPECT_COMMIT: "+step.Env["EXPECT_COMMIT"]+": not what was deployed")
			}
			_, called := f.On["workflow_dispatch"].Inputs["digest"]
			if called && step.Env["EXPECT_COMMIT"] == "${{ github.sha }}" {
				problems = append(problems, name+": EXPECT_COMMIT: the run's own commit, and not the promoted one's")
			}
		}
	}
	return scanned, problems
}

func TestTestsKnowTheirCommit(t *testing.T) {
	const run = "steps: [{run: .github/scripts/run-test.sh, env: {EXPECT_COMMIT: '"
	hold(t, meant, workflows(t),
		wrong{"any commit", "jobs: {a: {" + run + "'}}]}}", "not what was deployed"},
		wrong{"of an input", "jobs: {a: {" + run + "${{ inputs.commit }}'}}]}}", "not what was deployed"},
		wrong{"main's, of a promotion", "on: {workflow_dispatch: {inputs: {digest: {}}}}\njobs: {a: {" + run + "${{ github.sha }}'}}]}}", "not the promoted one's"},
	)
	handed := 0
	for _, file := range append(workflows(t), actions(t)...) {
		switch file.name {
		case "promote.yml":
			handed++
			assert.Contains(t, file.text, "\n      commit: ${{ steps.decide.outputs.commit }}\n")
		case "decide":
			handed++
			assert.Contains(t, file.text, "value: ${{ steps.ask.outputs.commit }}\n")
		}
	}
	assert.Equal(t, 2, handed)
}

// each: runs of main are not cancelled by those that follow, not even while they wait.
func each(f file) (int, []string) {
	_, pushed := f.On["push"]
	if !pushed || f.Concurrency.Group == "" {
		return 0, nil
	}
	if !strings.Contains(f.Concurrency.Group, "github.sha") {
		return 1, []string{"concurrency: " + f.Concurrency.Group + ": GitHub cancels the commit of main that waits: put github.sha into it"}
	}
	return 1, nil
}

func TestEveryCommitOfMainIsTried(t *testing.T) {
	hold(t, each, workflows(t),
		wrong{"by the branch", "on: {push: {}}\nconcurrency: {group: 'ci-${{ github.ref }}', cancel-in-progress: \"${{ github.event_name == 'pull_request' }}\"}\njobs: {}", "put github.sha into it"},
	)
}

// A rollback waits for the small command alone, and no limit ends it half way.
func TestARollbackIsNotHeldUp(t *testing.T) {
	for _, file := range workflows(t) {
		if file.name != "rollback.yml" {
			continue
		}
		// What the scripts wait for at most, in minutes: pods and the change; a cancelled release.
		for name, least := range map[string]int{"verify": 10, "interrupt-eks": 5, "interrupt-ec2": 3 + 2, "deploy-eks": 11 + 5 + 2, "deploy-ec2": 2*55 + 10} {
			assert.GreaterOrEqual(t, file.Jobs[name].TimeoutMinutes, least, name)
		}
		for _, name := range []string{"interrupt-eks", "interrupt-ec2"} {
			assert.Empty(t, file.Jobs[name].Concurrency.Group, "%s must not queue behind what it ends", name)
		}
		built := 0
		for _, step := range file.Jobs["verify"].Steps {
			if step.Uses == "./.github/actions/platform" {
				built++
				assert.Equal(t, "promote", step.With["command"])
			}
		}
		assert.Equal(t, 1, built)
		return
	}
	t.Error("no rollback.yml")
}

// What a job that was cancelled has begun in the cluster is taken back, by the script or after it.
func TestACancelledJobIsTakenBack(t *testing.T) {
	for _, action := range actions(t) {
		if action.name != "deploy-eks" {
			continue
		}
		release := slices.IndexFunc(action.Runs.Steps, func(s step) bool { return strings.Contains(s.Run, "release-eks.sh") })
		require.GreaterOrEqual(t, release, 0)
		assert.Contains(t, action.Runs.Steps[release].Run, "exec .github/scripts/release-eks.sh", "the signal reaches the step's own process")
		after := action.Runs.Steps[release+1]
		assert.Contains(t, after.Run, "interrupt-eks.sh")
		assert.Equal(t, "always() && steps.start.outputs.deployment != '' && steps.release.outcome != 'success'", after.If)
		assert.Equal(t, "${{ inputs.digest }}", after.Env["DIGEST"])
		return
	}
	t.Error("no action deploy-eks")
}

// So is what it has begun on the fleet, which goes on by itself.
func TestACancelledReleaseToTheFleetIsTakenBack(t *testing.T) {
	for _, action := range actions(t) {
		if action.name != "deploy-ec2" {
			continue
		}
		back := slices.IndexFunc(action.Runs.Steps, func(s step) bool { return strings.Contains(s.Run, "interrupt-ec2.sh") })
		require.GreaterOrEqual(t, back, 0)
		assert.Equal(t, "cancelled() && steps.release.outputs.execution != ''", action.Runs.Steps[back].If)
		ended := slices.IndexFunc(action.Runs.Steps, func(s step) bool { return s.Uses == "./.github/actions/ended" })
		assert.Greater(t, ended, back, "it is recorded as it ended")
		return
	}
	t.Error("no action deploy-ec2")
}

// What decides is compiled in seconds: a job that asks nothing else takes the small command.
func TestWhoDecidesIsQuick(t *testing.T) {
	scanned := 0
	for _, file := range workflows(t) {
		for name, job := range file.Jobs {
			want := "promote"
			if slices.ContainsFunc(job.Steps, func(s step) bool { return asksAll.MatchString(s.Run) }) {
				want = "" // all of platform
			}
			for _, step := range job.Steps {
				if step.Uses == "./.github/actions/platform" {
					scanned++
					assert.Equal(t, want, step.With["command"], "%s of %s", name, file.name)
				}
			}
		}
	}
	assert.Equal(t, 11, scanned)
}

// asksAll are the scripts that ask platform of the estate.
var asksAll = regexp.MustCompile(`stacks\.sh|preview-stack\.sh|up-stack\.sh`)

// A push that concerns no stack writes over what an earlier one concerned.
func TestThePreviewsCommentIsNotStale(t *testing.T) {
	for _, file := range workflows(t) {
		if file.name != "infra-preview.yml" {
			continue
		}
		comment := file.Jobs["comment"]
		assert.Equal(t, "${{ !cancelled() && "+guard+" && needs.stacks.result == 'success' }}", comment.If)
		assert.Equal(t, list{"stacks", "stack"}, comment.Needs)
		last := comment.Steps[len(comment.Steps)-1]
		assert.Contains(t, last.Run, "preview-comment.sh")
		assert.Equal(t, "${{ needs.stacks.outputs.list }}", last.Env["LIST"])
		return
	}
	t.Error("no infra-preview.yml")
}

// The session lasts as long as the job that deploys a stack; no other one is longer than an hour.
func TestSessionsLast(t *testing.T) {
	long := 0
	for _, file := range append(workflows(t), actions(t)...) {
		for name, steps := range file.steps() {
			deploys := slices.ContainsFunc(steps, func(s step) bool { return strings.Contains(s.Run, "up-stack.sh") })
			for _, step := range steps {
				if step.Uses != "./.github/actions/aws" {
					continue
				}
				if !deploys {
					assert.NotContains(t, step.With, "role-duration-seconds", "%s of %s", name, file.name)
					continue
				}
				long++
				assert.Equal(t, fmt.Sprint(60*file.Jobs[name].TimeoutMinutes), step.With["role-duration-seconds"])
			}
		}
	}
	assert.Equal(t, 1, long)
}

// The command runs on whatever Linux a runner has, and the token that reads teams is of the organization.
func TestHowActionsAreCalled(t *testing.T) {
	scanned := 0
	for _, action := range actions(t) {
		for _, step := range action.Runs.Steps {
			switch {
			case regexp.MustCompile(`\bgo build\b`).MatchString(step.Run):
				scanned++
				assert.Equal(t, "0", step.Env["CGO_ENABLED"], action.name)
			case strings.HasPrefix(step.Uses, "actions/create-github-app-token@"):
				scanned++
				assert.Equal(t, "${{ github.repository_owner }}", step.With["owner"], action.name)
			}
		}
	}
	assert.Equal(t, 2, scanned)
}
