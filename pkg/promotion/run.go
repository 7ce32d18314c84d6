package promotion

import (
	"fmt"
	"slices"
	"strings"
)

// The branch whose code is reviewed, and the workflows whose runs may say something.
const branch = "main"

var (
	builders  = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml"}
	deployers = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml", "promote.yml", "rollback.yml"}
	testers   = []string{"app-deploy-ec2.yml", "app-deploy-eks.yml", "promote.yml"}
	estate    = []string{"infra-deploy.yml"}
)

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
	if !slices.Contains(workflows, found.Workflow) {
		return Run{}, fmt.Errorf("run %d is of the workflow %s, which must be %s", id, quoted(found.Workflow), strings.Join(workflows, ", "))
	}
	if found.Branch != branch || !found.Reviewed {
		return Run{}, fmt.Errorf("run %d is not of the branch %s of this repository", id, branch)
	}
	return *found, nil
}

// runRule: the run that asks is of reviewed code and was started once. After a
// re-run GitHub tells the approvals of earlier attempts along with the new ones.
func runRule(j judgement) Outcome {
	const name = "run"
	if j.Run == 0 {
		return unmet(name, "no workflow run asks yet", "start the workflow "+askers(j.Kind)[0])
	}
	run, err := j.trusted(j.Run, askers(j.Kind))
	at := fmt.Sprintf("run %d", j.Run)
	if err != nil {
		return unmet(name, err.Error(), "start "+strings.Join(askers(j.Kind), " or ")+" on "+branch, at)
	}
	if run.Attempt != 1 {
		return unmet(name, fmt.Sprintf("%s was re-run: attempt %d", at, run.Attempt), "start a new run: approvals are of one attempt", at)
	}
	if len(run.Starters) == 0 || slices.ContainsFunc(run.Starters, func(p Person) bool { return p.Login == "" }) {
		return unmet(name, at+" does not say who started it", "start a new run", at)
	}
	if run.Started.IsZero() {
		return unmet(name, at+" does not say when it was started", "start a new run", at)
	}
	return met(name, at+" of "+run.Workflow+" on "+branch+", started by "+strings.Join(logins(run.Starters), ", "), at)
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
