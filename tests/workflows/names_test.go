package workflows_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

// What stacks/github and stacks/account make, by name.
var (
	secrets   = []string{"PROMOTION_APP_PRIVATE_KEY", "SLACK_WEBHOOK_URL"}
	variables = []string{
		"AWS_ACCOUNT_ID", "AWS_ACCOUNT_ID_DEV", "AWS_ACCOUNT_ID_PRODUCTION", "AWS_ACCOUNT_ID_PRODUCTION_PCI", "AWS_ACCOUNT_ID_STAGING",
		"AWS_REGION", "AWS_ROLE_SUFFIX", "PROMOTION_APP_ID", "PULUMI_BACKEND_URL",
	}
	// trust is the environments whose runs a role trusts; "" is a run of none, of main or a pull request.
	trust = map[string][]string{
		"platform-preview":      {"", "drift"},
		"platform-deploy":       {"dev", "staging", "production", "production-pci"},
		"platform-peering":      {"peering"},
		"platform-pipeline":     {"dev", "staging", "production", "production-pci"},
		"platform-pipeline-ec2": {"dev", "staging", "production", "production-pci"},
		"platform-build":        {""},
	}
)

// named are all environments of the repository.
func named() []string {
	names := append(deploying(), "promotion", "drift")
	for _, gate := range promotion.Gates() {
		names = append(names, gate.Environment)
	}
	return names
}

// known: every environment of a job exists; GitHub makes one without rules where it does not.
func known(callers []file) rule {
	return func(f file) (int, []string) {
		scanned := 0
		var problems []string
		for _, name := range f.ordered() {
			for _, environment := range f.environments(f.Jobs[name], callers) {
				scanned++
				if !slices.Contains(named(), environment) {
					problems = append(problems, name+": environment "+environment+": GitHub would make one without rules")
				}
			}
		}
		return scanned, problems
	}
}

func TestEnvironmentsExist(t *testing.T) {
	hold(t, known(workflows(t)), workflows(t),
		wrong{"a slip", "jobs: {a: {environment: prodution}}", "prodution: GitHub would make one"},
		wrong{"one of the options", "on: {workflow_dispatch: {inputs: {to: {options: [dev, qa]}}}}\njobs: {a: {environment: '${{ inputs.to }}'}}", "qa: GitHub"},
		wrong{"a text of anybody", "on: {workflow_dispatch: {inputs: {to: {type: string}}}}\njobs: {a: {environment: '${{ inputs.to }}'}}", "${{ inputs.to }}: GitHub"},
	)
}

var literal = regexp.MustCompile(`platform-[a-z0-9-]+`)

// roles: every role that is assumed exists, and trusts the environment of the job.
func roles(callers []file) rule {
	return func(f file) (int, []string) {
		scanned := 0
		var problems []string
		for _, name := range f.ordered() {
			job := f.Jobs[name]
			for _, step := range withActions(job.Steps) {
				if step.Uses != "./.github/actions/aws" {
					continue
				}
				scanned++
				if job.permissions()["id-token"] != "write" {
					problems = append(problems, name+": id-token: write is missing")
				}
				named := literal.FindAllString(step.With["role"], -1)
				problems = append(problems, trusted(name, named, f.environments(job, callers))...)
				_, ofPullRequests := f.On["pull_request"]
				if job.Environment == "" && ofPullRequests != slices.Contains(named, "platform-preview") {
					problems = append(problems, fmt.Sprintf("%s: %v: trusts another event", name, named))
				}
			}
		}
		return scanned, problems
	}
}

// withActions are the steps with those of the actions that deploy.
func withActions(steps []step) []step {
	all := slices.Clone(steps)
	for _, step := range steps {
		if name, ok := strings.CutPrefix(step.Uses, "./.github/actions/deploy-"); ok {
			role := map[string]string{"eks": "platform-pipeline", "ec2": "platform-pipeline-ec2"}[name]
			step.Uses, step.With = "./.github/actions/aws", map[string]string{"role": role}
			all = append(all, step)
		}
	}
	return all
}

// trusted: of each environment one of the roles trusts it, and each role trusts one of them.
func trusted(job string, roles, environments []string) []string {
	if len(environments) == 0 {
		environments = []string{""}
	}
	if len(roles) == 0 {
		return []string{job + ": no role is named"}
	}
	var problems []string
	for _, role := range roles {
		if trust[role] == nil {
			problems = append(problems, job+": "+role+": no such role")
		}
		if !slices.ContainsFunc(environments, func(e string) bool { return slices.Contains(trust[role], e) }) {
			problems = append(problems, fmt.Sprintf("%s: %s: trusts none of %q", job, role, environments))
		}
	}
	for _, environment := range environments {
		if !slices.ContainsFunc(roles, func(role string) bool { return slices.Contains(trust[role], environment) }) {
			problems = append(problems, fmt.Sprintf("%s: %q: none of %v trusts it", job, environment, roles))
		}
	}
	return problems
}

func TestRolesTrustTheirJobs(t *testing.T) {
	step := func(role string) string {
		return "permissions: {id-token: write}, steps: [{uses: ./.github/actions/aws, with: {role: " + role + "}}]}}"
	}
	hold(t, roles(workflows(t)), workflows(t),
		wrong{"no such role", "jobs: {a: {environment: dev, " + step("platform-admin"), "platform-admin: no such role"},
		wrong{"without an environment", "jobs: {a: {" + step("platform-deploy"), "platform-deploy: trusts none of"},
		wrong{"with one too many", "jobs: {a: {environment: dev, " + step("platform-build"), "platform-build: trusts none of"},
		wrong{"to read, on the way to deploy", "jobs: {a: {environment: production, " + step("platform-preview"), "platform-preview: trusts none of"},
		wrong{"one of the options", "on: {workflow_dispatch: {inputs: {to: {options: [dev, peering]}}}}\njobs: {a: {environment: '${{ inputs.to }}', " + step("platform-deploy"), `"peering": none of`},
		wrong{"without a token", "jobs: {a: {environment: dev, steps: [{uses: ./.github/actions/aws, with: {role: platform-deploy}}]}}", "id-token: write is missing"},
		wrong{"to build, from a pull request", "on: {pull_request: }\njobs: {a: {" + step("platform-build"), "[platform-build]: trusts another event"},
		wrong{"to preview, from main", "on: {push: }\njobs: {a: {" + step("platform-preview"), "[platform-preview]: trusts another event"},
		wrong{"no role", "jobs: {a: {environment: dev, " + step("x"), "no role is named"},
	)
	scanned := 0
	for _, action := range actions(t) {
		for _, step := range action.Runs.Steps {
			if kind, ok := strings.CutPrefix(action.name, "deploy-"); ok && step.Uses == "./.github/actions/aws" {
				scanned++
				assert.Equal(t, map[string]string{"eks": "platform-pipeline", "ec2": "platform-pipeline-ec2"}[kind], step.With["role"])
			}
		}
	}
	assert.Equal(t, 3, scanned)
}

var reference = regexp.MustCompile(`\b(secrets|vars)\.(\w+)`)

// references: every secret and variable is one that stacks/github knows.
func references(f file) (int, []string) {
	var problems []string
	found := reference.FindAllStringSubmatch(f.text, -1)
	for _, match := range found {
		if list := map[string][]string{"secrets": secrets, "vars": variables}[match[1]]; !slices.Contains(list, match[2]) {
			problems = append(problems, match[0]+": is empty: stacks/github makes no such one")
		}
	}
	if regexp.MustCompile(`\b(secrets|vars)\[`).MatchString(f.text) {
		problems = append(problems, "a secret or variable by a name that is computed")
	}
	return len(found), problems
}

func TestSecretsAndVariablesExist(t *testing.T) {
	hold(t, references, append(workflows(t), actions(t)...),
		wrong{"a key of AWS", "env: {A: '${{ secrets.AWS_SECRET_ACCESS_KEY }}'}\njobs: {}", "secrets.AWS_SECRET_ACCESS_KEY: is empty"},
		wrong{"a slip", "env: {A: '${{ vars.AWS_REGON }}'}\njobs: {}", "vars.AWS_REGON: is empty"},
		wrong{"computed", "env: {A: '${{ secrets[matrix.x] }}'}\njobs: {}", "a name that is computed"},
	)
	used := map[string]bool{}
	for _, file := range workflows(t) {
		for _, match := range reference.FindAllStringSubmatch(file.text, -1) {
			used[match[2]] = true
		}
	}
	assert.Len(t, used, len(secrets)+len(variables), "every one is used")
}

// The key of the App that reads teams is given to the jobs that count approvals alone.
func TestTheKeyStaysWithVerify(t *testing.T) {
	scanned := 0
	for _, file := range workflows(t) {
		for name, job := range file.Jobs {
			for _, step := range job.Steps {
				if strings.Contains(fmt.Sprint(step.With, step.Env), "PROMOTION_APP_PRIVATE_KEY") {
					scanned++
					assert.Equal(t, "promotion", job.Environment, "%s of %s", name, file.name)
				}
			}
		}
	}
	assert.Equal(t, 5, scanned)
}

var script = regexp.MustCompile(`\.github/scripts/([\w.-]+)`)

// called: every script and action that is called is there; a script can be executed.
func called(f file) (int, []string) {
	var problems []string
	scanned := 0
	for _, steps := range f.steps() {
		for _, step := range steps {
			for _, match := range script.FindAllStringSubmatch(step.Run, -1) {
				scanned++
				info, err := os.Stat(filepath.Join(root, ".github", "scripts", match[1]))
				if err != nil || info.Mode()&0o111 == 0 {
					problems = append(problems, match[0]+": not there, or not executable")
				}
			}
			if name, ok := strings.CutPrefix(step.Uses, "./"); ok {
				scanned++
				if _, err := os.Stat(filepath.Join(root, name, "action.yml")); err != nil {
					problems = append(problems, step.Uses+": not there")
				}
			}
		}
	}
	return scanned, problems
}

func TestScriptsAndActionsAreThere(t *testing.T) {
	hold(t, called, append(workflows(t), actions(t)...),
		wrong{"no such script", "jobs: {a: {steps: [{run: .github/scripts/missing.sh}]}}", "missing.sh: not there"},
		wrong{"one that is only read", "jobs: {a: {steps: [{run: .github/scripts/lib.sh}]}}", "lib.sh: not there, or not executable"},
		wrong{"no such action", "jobs: {a: {steps: [{uses: ./.github/actions/missing}]}}", "actions/missing: not there"},
	)
	// And the other way: what is there is called, by a workflow or by another script.
	paths, err := filepath.Glob(filepath.Join(root, ".github", "scripts", "*.sh"))
	require.NoError(t, err)
	var texts strings.Builder
	for _, file := range append(workflows(t), actions(t)...) {
		texts.WriteString(file.text)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		for _, line := range strings.Split(string(text), "\n") {
			if !strings.HasPrefix(line, "#") {
				texts.WriteString(line + "\n")
			}
		}
	}
	for _, path := range paths {
		assert.Contains(t, texts.String(), "/"+filepath.Base(path))
	}
	assert.Greater(t, len(paths), 15)
}

// quiet: Slack's message holds nothing up. Its step may fail, and no job waits for one
// that does nothing else.
func quiet(f file) (int, []string) {
	scanned := 0
	var problems []string
	for _, step := range f.Runs.Steps {
		if strings.Contains(step.Run, "slack.sh") {
			scanned++
			if !step.ContinueOnError {
				problems = append(problems, "slack.sh: add continue-on-error: true")
			}
		}
	}
	for _, name := range f.ordered() {
		notify := slices.ContainsFunc(f.Jobs[name].Steps, func(s step) bool { return s.Uses == "./.github/actions/slack" })
		if !notify {
			continue
		}
		scanned++
		work := slices.ContainsFunc(f.Jobs[name].Steps, func(s step) bool {
			return s.Uses != "./.github/actions/slack" && !strings.HasPrefix(s.Uses, "actions/checkout@")
		})
		for _, other := range f.ordered() {
			if !work && slices.Contains(f.Jobs[other].Needs, name) {
				problems = append(problems, other+": waits for the message of "+name)
			}
		}
	}
	if strings.Contains(f.text, "steps.slack") {
		problems = append(problems, "something depends on the message")
	}
	return scanned, problems
}

func TestSlackHoldsNothingUp(t *testing.T) {
	hold(t, quiet, append(workflows(t), actions(t)...),
		wrong{"a failure counts", "runs: {using: composite, steps: [{run: .github/scripts/slack.sh}]}", "add continue-on-error"},
		wrong{"somebody waits", "jobs: {a: {steps: [{uses: ./.github/actions/slack}]}, b: {needs: a}}", "b: waits for the message of a"},
		wrong{"a result", "jobs: {a: {if: steps.slack.outcome == 'success'}}", "something depends on the message"},
	)
}

// Every deployment says that it is asked for, and what came of it.
func TestSlackHearsBoth(t *testing.T) {
	scanned := 0
	for _, name := range []string{"app-deploy-ec2.yml", "app-deploy-eks.yml", "infra-stack.yml", "promote.yml", "rollback.yml"} {
		for _, file := range workflows(t) {
			if file.name == name {
				scanned++
				assert.Equal(t, 2, strings.Count(file.text, "uses: ./.github/actions/slack"), name)
				assert.Contains(t, file.Jobs["result"].If, "always()", name)
			}
		}
	}
	assert.Equal(t, 5, scanned)
}

// limits are the ranges of the five fields of a schedule.
var limits = [5][2]int{{0, 59}, {0, 23}, {1, 31}, {1, 12}, {0, 6}}

// schedules: GitHub drops a schedule that it cannot read, without a word.
func schedules(f file) (int, []string) {
	trigger, there := f.On["schedule"]
	if !there {
		return 0, nil
	}
	fields := strings.Fields(trigger.Cron)
	if len(fields) != len(limits) {
		return 1, []string{"schedule: " + trigger.Cron + ": five fields"}
	}
	for i, field := range fields {
		if field == "*" {
			continue
		}
		number, err := strconv.Atoi(field)
		if err != nil || number < limits[i][0] || number > limits[i][1] {
			return 1, []string{fmt.Sprintf("schedule: %s: field %d: %s: not %d to %d", trigger.Cron, i+1, field, limits[i][0], limits[i][1])}
		}
	}
	if fields[0] == "0" || fields[0] == "*" {
		return 1, []string{"schedule: at the full hour GitHub is busiest and drops runs"}
	}
	return 1, nil
}

func TestSchedulesAreRight(t *testing.T) {
	hold(t, schedules, workflows(t),
		wrong{"six fields", "on: {schedule: [{cron: '0 0 3 * * *'}]}\njobs: {}", "five fields"},
		wrong{"an hour too late", "on: {schedule: [{cron: '17 24 * * *'}]}\njobs: {}", "field 2: 24: not 0 to 23"},
		wrong{"a word", "on: {schedule: [{cron: 'daily 3 a b c'}]}\njobs: {}", "field 1"},
		wrong{"the full hour", "on: {schedule: [{cron: '0 3 * * *'}]}\njobs: {}", "busiest"},
	)
}
