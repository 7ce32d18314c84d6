package workflows_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/changes"
	"aws-platform/pkg/promotion"
)

// deploying are the environments whose names AWS's roles trust.
func deploying() []string { return changes.Order() }

// withoutGates are the workflows that reach production without an approval, and why.
var withoutGates = map[string]string{
	"rollback.yml": "a way back under five minutes: one person of devops, to what ran there before",
}

// verified: a job that is bound to an environment of AWS runs only after a job named verify
// that is bound to promotion and asks `platform promote`, and only when that has succeeded.
func verified(callers []file) rule {
	return func(f file) (int, []string) {
		scanned := 0
		var problems []string
		for _, name := range f.ordered() {
			job := f.Jobs[name]
			bound := slices.ContainsFunc(f.environments(job, callers), func(e string) bool { return slices.Contains(deploying(), e) })
			if !bound {
				continue
			}
			scanned++
			if !f.ancestors(name)["verify"] {
				problems = append(problems, name+": is bound to "+job.Environment+" and does not wait for verify")
			}
			if overrides(job.If) && !strings.Contains(job.If, "needs.verify.result == 'success'") {
				problems = append(problems, name+": runs although verify refused: add needs.verify.result == 'success'")
			}
			if strings.Contains(job.If, "always()") {
				problems = append(problems, name+": always() deploys after everything")
			}
		}
		if scanned > 0 {
			problems = append(problems, asks(f.Jobs["verify"])...)
		}
		return scanned, problems
	}
}

// overrides tells whether a condition replaces the one that GitHub adds, that nothing before has failed.
func overrides(condition string) bool {
	return regexp.MustCompile(`(success|failure|cancelled|always)\(\)`).MatchString(condition)
}

// asks: verify counts the approvals, in the environment that holds the key for it.
func asks(verify job) []string {
	var problems []string
	if verify.Environment != "promotion" {
		problems = append(problems, "verify: is not bound to promotion")
	}
	last := step{}
	for _, step := range verify.Steps {
		if step.Uses == "./.github/actions/decide" {
			last = step
		}
	}
	if last.Uses == "" || last.ContinueOnError || last.If != "" {
		problems = append(problems, "verify: does not ask ./.github/actions/decide, or goes on whatever it says")
	}
	return problems
}

func TestNothingIsDeployedUnverified(t *testing.T) {
	callers := workflows(t)
	const verify = "  verify: {environment: promotion, steps: [{uses: ./.github/actions/decide}]}\n"
	hold(t, verified(callers), callers,
		wrong{"at once", "jobs:\n  up: {environment: production}\n", "up: is bound to production and does not wait for verify"},
		wrong{"beside it", "jobs:\n" + verify + "  up: {environment: peering}\n", "does not wait for verify"},
		wrong{"after everything", "jobs:\n" + verify + "  up: {environment: dev, needs: verify, if: always()}\n", "always() deploys"},
		wrong{"after a refusal", "jobs:\n" + verify + "  up: {environment: dev, needs: verify, if: '!cancelled()'}\n", "runs although verify refused"},
		wrong{"an input's options", "on: {workflow_dispatch: {inputs: {to: {options: [production]}}}}\njobs:\n  up: {environment: '${{ inputs.to }}'}\n", "does not wait"},
		wrong{"without the key", "jobs:\n  verify: {steps: [{uses: ./.github/actions/decide}]}\n  up: {environment: dev, needs: verify}\n", "is not bound to promotion"},
		wrong{"which asks nobody", "jobs:\n  verify: {environment: promotion, steps: [{run: 'true'}]}\n  up: {environment: dev, needs: verify}\n", "does not ask"},
		wrong{"which does not listen", "jobs:\n  verify: {environment: promotion, steps: [{uses: ./.github/actions/decide, continue-on-error: true}]}\n  up: {environment: dev, needs: verify}\n", "goes on whatever"},
	)
}

var target = regexp.MustCompile(`inputs\.(?:to|stack) == '([a-z-]+)'`)

// gated: verify waits for every gate; each gate stands before the targets that pkg/promotion
// asks its people for, and before no others.
func gated(f file) (int, []string) {
	if withoutGates[f.name] != "" || len(f.gates()) == 0 && !f.reaches("production") {
		return 0, nil
	}
	var problems []string
	needed := f.ancestors("verify")
	for _, gate := range promotion.Gates() {
		name := gate.Environment
		job, there := f.Jobs[name]
		if !there || job.Environment != name {
			problems = append(problems, name+": no job of this name is bound to it")
			continue
		}
		if !slices.Contains(f.Jobs["verify"].Needs, name) || !needed[name] {
			problems = append(problems, name+": verify does not wait for it")
		}
		var found []string
		for _, match := range target.FindAllStringSubmatch(job.If, -1) {
			found = append(found, match[1])
		}
		if want := targetsOf(name, f); !slices.Equal(found, want) || overrides(job.If) {
			problems = append(problems, fmt.Sprintf("%s: stands before %v: want %v", name, found, want))
		}
		if len(job.permissions()) > 0 {
			problems = append(problems, name+": a gate does nothing, and may do nothing")
		}
	}
	if condition := f.Jobs["verify"].If; !strings.Contains(condition, "!failure()") {
		problems = append(problems, "verify: runs after a rejection: add !failure()")
	}
	return len(promotion.Gates()), problems
}

// targetsOf are the targets of a workflow that a gate stands before.
func targetsOf(gate string, f file) []string {
	var targets []string
	for _, step := range promotion.Steps() {
		if slices.ContainsFunc(step.Gates, func(g promotion.Gate) bool { return g.Environment == gate }) {
			targets = append(targets, step.To)
		}
	}
	// The peering opens ways into production-pci, and no application goes there.
	if slices.Contains(targets, promotion.ProductionPCI) && f.reaches(promotion.Peering) {
		targets = append(targets, promotion.Peering)
	}
	return targets
}

// gates are the jobs that are bound to a gate.
func (f file) gates() []string {
	var found []string
	for name, job := range f.Jobs {
		if slices.ContainsFunc(promotion.Gates(), func(g promotion.Gate) bool { return g.Environment == job.Environment }) {
			found = append(found, name)
		}
	}
	return found
}

// reaches tells whether a workflow has a job that can be bound to an environment.
func (f file) reaches(environment string) bool {
	callers := []file{{Jobs: map[string]job{}}}
	for _, stack := range deploying() {
		callers[0].Jobs[stack] = job{Uses: "./.github/workflows/infra-stack.yml", With: map[string]string{"stack": stack}}
	}
	for _, bound := range f.Jobs {
		if slices.Contains(f.environments(bound, callers), environment) {
			return true
		}
	}
	return false
}

func TestGatesStandBeforeVerify(t *testing.T) {
	text := func(edit ...string) string {
		for _, file := range workflows(t) {
			if file.name == "promote.yml" {
				edited := strings.NewReplacer(edit...).Replace(file.text)
				require.NotEqual(t, file.text, edited)
				return edited
			}
		}
		return ""
	}
	hold(t, gated, workflows(t),
		wrong{"a gate less", text("environment: production-pci-security", "environment: drift"), "production-pci-security: no job of this name is bound"},
		wrong{"one that nobody waits for", text("production-pci-approval-2, production-pci-security]", "production-pci-approval-2]"), "production-pci-security: verify does not wait"},
		wrong{"the wrong target", text("if: inputs.to == 'production'\n", "if: inputs.to == 'staging'\n"), "production-approval-1: stands before [staging]: want [production]"},
		wrong{"one that is passed by", text("if: inputs.to == 'production'\n", "if: always() && inputs.to == 'production'\n"), "production-approval-1: stands before"},
		wrong{"after a rejection", text("!cancelled() && !failure() && needs.request", "!cancelled() && needs.request"), "runs after a rejection"},
	)
}

// Who passes the gates by is on the list, with a reason, and needs it.
func TestWhoHasNoGates(t *testing.T) {
	found := map[string]bool{}
	for _, file := range workflows(t) {
		if len(file.gates()) == 0 && file.reaches("production") {
			found[file.name] = true
			assert.NotEmpty(t, withoutGates[file.name], file.name)
		}
	}
	assert.Len(t, found, len(withoutGates))
}

// queued: two deployments of one environment wait for each other, and none is dropped.
func queued(f file) (int, []string) {
	scanned := 0
	var problems []string
	for _, name := range f.ordered() {
		job, kind, app := f.Jobs[name], "", ""
		for _, step := range job.Steps {
			switch {
			case strings.HasPrefix(step.Uses, "./.github/actions/deploy-"):
				kind, app = "deploy-", "-"+step.With["app"]
			case strings.Contains(step.Run, "up-stack.sh"):
				kind = "infrastructure-"
			}
		}
		if kind == "" {
			continue
		}
		scanned++
		if want := kind + job.Environment + app; job.Concurrency.Group != want {
			problems = append(problems, name+": concurrency: group: "+job.Concurrency.Group+": want "+want)
		}
		if job.Concurrency.Cancel == nil || *job.Concurrency.Cancel || job.Concurrency.Queue != "max" {
			problems = append(problems, name+": concurrency: one of them is dropped: cancel-in-progress: false and queue: max")
		}
	}
	return scanned, problems
}

func TestDeploymentsQueue(t *testing.T) {
	const deploy = "environment: dev, steps: [{uses: ./.github/actions/deploy-eks, with: {app: web}}]}}"
	hold(t, queued, workflows(t),
		wrong{"side by side", "jobs: {a: {" + deploy, "group: : want deploy-dev-web"},
		wrong{"by the branch", "jobs: {a: {concurrency: {group: 'x-${{ github.ref }}', cancel-in-progress: false, queue: max}, " + deploy, "want deploy-dev-web"},
		wrong{"behind other applications", "jobs: {a: {concurrency: {group: deploy-dev, cancel-in-progress: false, queue: max}, " + deploy, "want deploy-dev-web"},
		wrong{"cancelled", "jobs: {a: {concurrency: {group: deploy-dev-web, cancel-in-progress: true}, " + deploy, "one of them is dropped"},
		wrong{"the third is dropped", "jobs: {a: {concurrency: {group: deploy-dev-web, cancel-in-progress: false}, " + deploy, "one of them is dropped"},
		wrong{"infrastructure", "jobs: {a: {environment: dev, steps: [{run: .github/scripts/up-stack.sh}]}}", "want infrastructure-dev"},
	)
}

// The stacks are deployed in the order of pkg/changes, each after the one before has succeeded.
func TestInfrastructureGoesInOrder(t *testing.T) {
	scanned := 0
	for _, file := range workflows(t) {
		switch file.name {
		case "infra-deploy.yml":
			scanned++
			for i, stack := range changes.Order() {
				job := file.Jobs[stack]
				assert.Equal(t, "./.github/workflows/infra-stack.yml", job.Uses)
				assert.Equal(t, stack, job.With["stack"])
				assert.Contains(t, job.If, "'"+stack+"'")
				if i > 0 {
					before := changes.Order()[i-1]
					assert.Equal(t, list{"stacks", before}, job.Needs)
					assert.Contains(t, job.If, "needs."+before+".result == 'success'")
				}
			}
			assert.Len(t, file.Jobs, 1+len(changes.Order()))
			assert.Equal(t, changes.Order(), file.On["workflow_dispatch"].Inputs["through"].Options)
		case "drift.yml":
			scanned++
			assert.Equal(t, list(slices.Concat(changes.Order(), changes.ByHand())), file.Jobs["stack"].Strategy.Matrix["stack"])
		}
	}
	assert.Equal(t, 2, scanned)
}

// What a record promises must be there first: it is kept before the deployment is made.
func TestRecordsComeBeforeDeployments(t *testing.T) {
	scanned := 0
	for _, file := range append(workflows(t), actions(t)...) {
		for name, steps := range file.steps() {
			record, start, release, finish := -1, -1, -1, -1
			for i, step := range steps {
				switch {
				case strings.Contains(step.Run, "check-record.sh"):
					record = i
				case strings.Contains(step.Run, "promote start"):
					start = i
				case strings.Contains(step.Run, "release-") || strings.Contains(step.Run, "up-stack.sh"):
					release = i
				case step.Uses == "./.github/actions/ended":
					finish = i
					assert.Equal(t, "always() && steps.start.outputs.deployment != ''", step.If, name)
					assert.Equal(t, file.deploying(steps), step.With["outcome"], name)
				}
			}
			if start < 0 {
				assert.Negative(t, release, "%s in %s: releases without a record", name, file.name)
				continue
			}
			scanned++
			assert.True(t, 0 <= record && record < start && start < release && release < finish, "%s in %s: %d, %d, %d, %d", name, file.name, record, start, release, finish)
		}
	}
	assert.Equal(t, 3, scanned)
}

// deploying is the outcome of the last step by which something is deployed.
func (f file) deploying(steps []step) string {
	last := ""
	for _, step := range steps {
		if strings.Contains(step.Run, "release-") || strings.Contains(step.Run, "up-stack.sh") || strings.Contains(step.Run, "wait-ec2.sh") {
			last = step.ID
		}
	}
	return "${{ steps." + last + ".outcome }}"
}

// An emergency is not deployed unless its alarm was taken.
func TestAnEmergencyAlarmsFirst(t *testing.T) {
	scanned := 0
	for _, file := range append(workflows(t), actions(t)...) {
		for _, steps := range file.steps() {
			alarm := slices.IndexFunc(steps, func(s step) bool { return strings.Contains(s.Run, "alarm.sh") })
			start := slices.IndexFunc(steps, func(s step) bool { return strings.Contains(s.Run, "promote start") })
			if start < 0 {
				continue
			}
			scanned++
			require.GreaterOrEqual(t, alarm, 0, file.name)
			assert.Less(t, alarm, start, file.name)
			assert.False(t, steps[alarm].ContinueOnError, file.name)
			assert.Equal(t, "steps.record.outputs.emergency == 'true'", steps[alarm].If, file.name)
		}
	}
	assert.Equal(t, 3, scanned)
}
