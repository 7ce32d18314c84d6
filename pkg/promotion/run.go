package promotion

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// branch is the one whose code is reviewed.
const branch = "main"

// The workflows whose runs may say something.
var (
	builders  = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml"}
	deployers = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml", "promote.yml", "rollback.yml"}
	testers   = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml", "promote.yml"}
	estate    = []string{"infra-deploy.yml"}
)

// events are what may start a run that counts. A pull request's run has its head's
// branch and commit, which may be main's own, and runs the code of the merge.
var events = []string{"push", "workflow_dispatch"}

// Builds tells whether a run is of reviewed code that builds; what other runs say of
// builds counts for nothing. So for tests, and for deployments of a kind.
func (r Run) Builds() bool { return r.untrusted(builders) == nil }

// Tests tells whether what a run says of tests counts.
func (r Run) Tests() bool { return r.untrusted(testers) == nil }

// Deploys tells whether what a run says of deployments counts.
func (r Run) Deploys(kind Kind) bool { return r.untrusted(deployersOf(kind)) == nil }

func deployersOf(kind Kind) []string {
	if kind == Infrastructure {
		return estate
	}
	return deployers
}

// untrusted is why a run may not say what the given workflows say; nil if it may.
func (r Run) untrusted(workflows []string) error {
	// Who calls a workflow of main from another one of main has been reviewed as well.
	if !slices.ContainsFunc(append([]string{r.Workflow}, r.Called...), func(name string) bool { return slices.Contains(workflows, name) }) {
		return fmt.Errorf("run %d is of the workflow %s, which must be %s", r.ID, quoted(r.Workflow), strings.Join(workflows, ", "))
	}
	if !slices.Contains(events, r.Event) {
		return fmt.Errorf("run %d was started by %s, which must be %s", r.ID, quoted(r.Event), strings.Join(events, " or "))
	}
	if r.Branch != branch || !r.Reviewed {
		return fmt.Errorf("run %d is not of the branch %s of this repository", r.ID, branch)
	}
	return nil
}

// askers are the workflows that may ask for a kind.
func askers(kind Kind) []string {
	switch kind {
	case Deploying:
		return builders
	case Promoting:
		return []string{"promote.yml"}
	case RollingBack:
		return []string{"rollback.yml"}
	case Infrastructure:
		return estate
	}
	return nil
}

// trusted returns the run if it is one of reviewed code: whoever may push a
// branch may run any workflow there, and name what it makes as they like.
func (j judgement) trusted(id int64, workflows []string) (Run, error) {
	var found *Run
	for _, run := range j.evidence.Runs.Items {
		if run.ID != id {
			continue
		}
		if found != nil {
			return Run{}, fmt.Errorf("run %d is told of twice", id)
		}
		found = &run
	}
	if found == nil {
		return Run{}, fmt.Errorf("run %d is not known", id)
	}
	return *found, found.untrusted(workflows)
}

// patience is how old a run may be: it judges by the policy and the rules of its own commit.
const patience = 24 * time.Hour

// runRule: the run that asks is of reviewed code, of today, and was started once. After
// a re-run GitHub tells the approvals of earlier attempts along with the new ones.
func runRule(j judgement) Outcome {
	const name = "run"
	if j.Run == 0 {
		return unmet(name, "no workflow run asks yet", "start the workflow "+askers(j.Kind)[0])
	}
	at := fmt.Sprintf("run %d", j.Run)
	run, err := j.trusted(j.Run, askers(j.Kind))
	if err != nil {
		return unmet(name, err.Error(), "start "+strings.Join(askers(j.Kind), " or ")+" on "+branch, at)
	}
	if why := j.unfit(run); why != "" {
		return unmet(name, at+" "+why, "start a new run", at)
	}
	return met(name, at+" of "+run.Workflow+" on "+branch+", started by "+strings.Join(logins(run.Starters), ", "), at)
}

// unfit is why a run of reviewed code cannot ask; "" if it can.
func (j judgement) unfit(run Run) string {
	if run.Attempt != 1 {
		return fmt.Sprintf("was re-run, attempt %d: approvals are of one attempt", run.Attempt)
	}
	if len(run.Starters) == 0 || slices.ContainsFunc(run.Starters, func(p Person) bool { return p.Login == "" }) {
		return "does not say who started it"
	}
	// Whoever may write can let a workflow of a branch start this one, as github-actions[bot].
	if run.Event == "workflow_dispatch" && len(j.step.Approvals) > 0 && slices.ContainsFunc(run.Starters, func(p Person) bool { return !p.human() }) {
		return "was started by no person, and who did could approve it"
	}
	if run.Started.IsZero() {
		return "does not say when it was started"
	}
	if age := j.evidence.Now.Sub(run.Started); age > patience {
		return fmt.Sprintf("is %s old, and %s is the most", age.Truncate(time.Minute), patience)
	}
	if j.Kind == Infrastructure && run.Commit != j.Subject {
		return "is of another commit, " + quoted(run.Commit)
	}
	return ""
}

// starterRule: a rollback has no approvals, so who starts it must be of devops.
func starterRule(j judgement) Outcome {
	const name = "starter"
	run, err := j.trusted(j.Run, askers(j.Kind))
	if err != nil || len(run.Starters) == 0 {
		return unmet(name, "nobody is known to have started it", "start "+askers(j.Kind)[0]+" on "+branch)
	}
	for _, person := range run.Starters {
		if !person.human() || !j.member(DevOps, person) {
			return unmet(name, person.key()+" is not in the team devops", "let one of the team start it", person.key())
		}
	}
	return met(name, strings.Join(logins(run.Starters), ", ")+" of the team devops", logins(run.Starters)...)
}

// leastReason is the number of characters that a reason has at least.
const leastReason = 10

// reasonRule: a rollback says why.
func reasonRule(j judgement) Outcome {
	if len(strings.TrimSpace(j.Reason)) < leastReason {
		return unmet("reason", "no reason is given", fmt.Sprintf("say why in at least %d characters", leastReason))
	}
	return met("reason", strings.TrimSpace(j.Reason))
}
