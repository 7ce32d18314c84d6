package promotion

import (
	"fmt"
	"slices"
	"strings"
)

// approvalsRule: as many different people as the step asks for have approved.
func approvalsRule(j judgement) Outcome {
	const name = "approvals"
	if who := j.rejecters(); len(who) > 0 {
		return unmet(name, "rejected by "+strings.Join(who, ", "), "settle it with them; then start a new run", who...)
	}
	if len(j.step.Approvals) == 0 {
		return met(name, "none is asked for")
	}
	if unknown := j.unknownPeople(); unknown != "" {
		return unmet(name, unknown, "collect the evidence again; let people add the address to their account, or commit again under one that GitHub knows")
	}
	able, refused := j.approving()
	if missing := lacking(j.step.Approvals, able); missing != "" {
		fact := missing
		if len(refused) > 0 {
			fact += "; not counted: " + strings.Join(refused, "; ")
		}
		return unmet(name, fact, "approve in "+j.gateNames()+"; not "+strings.Join(j.excluded(), ", "), j.approvers()...)
	}
	return met(name, strings.Join(j.approvers(), ", ")+" approved", j.approvers()...)
}

func (j judgement) gateNames() string {
	var names []string
	for _, gate := range j.step.Gates {
		names = append(names, gate.Environment+" ("+string(gate.Team)+")")
	}
	return strings.Join(names, ", ")
}

// rejecters are those who said no, or something that is not understood, at any gate of the run.
func (j judgement) rejecters() []string {
	var who []string
	for _, review := range j.evidence.Reviews.Items {
		if review.State != "approved" && review.State != "pending" {
			who = append(who, quoted(review.Person.key()))
		}
	}
	return tidy(who)
}

// unknownPeople says whose part in what is promoted is not known: they could be approving their own work.
func (j judgement) unknownPeople() string {
	var unknown []string
	for _, change := range j.evidence.Changes.Items {
		for _, name := range change.Unknown {
			unknown = append(unknown, name+" of commit "+change.Commit)
		}
		if len(change.People) == 0 {
			unknown = append(unknown, "whoever wrote commit "+change.Commit)
		}
	}
	if !slices.ContainsFunc(j.evidence.Changes.Items, func(c Change) bool { return c.Commit == j.commit() }) {
		return "who wrote what is promoted is not known"
	}
	if base := j.base(); base != j.evidence.Base {
		return fmt.Sprintf("the changes are those since %s, and the target has %s", quoted(j.evidence.Base), quoted(base))
	}
	if len(unknown) == 0 {
		return ""
	}
	return "GitHub does not know " + strings.Join(tidy(unknown), ", ")
}

// commit is what the subject comes from.
func (j judgement) commit() string {
	if j.Kind == Infrastructure {
		return j.Subject
	}
	build, err := j.build()
	if err != nil {
		return "unknown"
	}
	return build.Commit
}

// approving are the people whose approval counts, each with the teams for which
// it can, and why others' do not.
func (j judgement) approving() (able map[string][]Team, refused []string) {
	able = map[string][]Team{}
	for _, gate := range j.step.Gates {
		for _, review := range j.evidence.Reviews.Items {
			if review.Environment != gate.Environment || review.State != "approved" {
				continue
			}
			who := review.Person.key()
			if why := j.discounted(review, gate.Team); why != "" {
				refused = append(refused, who+" "+why)
				continue
			}
			if !slices.Contains(able[who], gate.Team) {
				able[who] = append(able[who], gate.Team)
			}
		}
	}
	return able, tidy(refused)
}

// discounted says why an approval does not count; "" if it does.
func (j judgement) discounted(review Review, team Team) string {
	person := review.Person
	if !person.human() {
		return "is no person"
	}
	if !j.member(team, person) {
		return "is not in the team " + string(team)
	}
	if j.started(person) {
		return "started the run"
	}
	if commit := j.wrote(person); commit != "" {
		return "wrote " + commit
	}
	if review.NotBefore.IsZero() || review.NotBefore.Before(j.lastChange()) {
		return "may have approved before the last change"
	}
	return ""
}

// excluded are those whose approval cannot count: who started the run, and who wrote what is promoted.
func (j judgement) excluded() []string {
	var people []Person
	for _, run := range j.evidence.Runs.Items {
		if run.ID == j.Run {
			people = append(people, run.Starters...)
		}
	}
	for _, change := range j.evidence.Changes.Items {
		people = append(people, change.People...)
	}
	return logins(slices.DeleteFunc(people, func(p Person) bool { return !p.human() }))
}

func (j judgement) started(person Person) bool {
	for _, run := range j.evidence.Runs.Items {
		if run.ID == j.Run && slices.ContainsFunc(run.Starters, func(p Person) bool { return p.key() == person.key() }) {
			return true
		}
	}
	return false
}

// wrote is a commit of what is promoted that is somebody's; "" if there is none.
func (j judgement) wrote(person Person) string {
	var commits []string
	for _, change := range j.evidence.Changes.Items {
		if slices.ContainsFunc(change.People, func(p Person) bool { return p.key() == person.key() }) {
			commits = append(commits, change.Commit)
		}
	}
	if len(commits) == 0 {
		return ""
	}
	return slices.Min(commits)
}

// approvers are the people whose approvals count.
func (j judgement) approvers() []string {
	able, _ := j.approving()
	names := []string{}
	for name := range able {
		names = append(names, name)
	}
	return tidy(names)
}

// lacking says what is missing; "" if each requirement can be met by people of
// its own. By Hall's theorem that is so if for every set of requirements enough
// people can serve any of them: who is in two teams serves one.
func lacking(requirements []Requirement, able map[string][]Team) string {
	for set := 1; set < 1<<len(requirements); set++ {
		needed, teams := 0, []Team{}
		for i, requirement := range requirements {
			if set&(1<<i) != 0 {
				needed += requirement.Count
				teams = append(teams, requirement.Team)
			}
		}
		serving := 0
		for _, of := range able {
			if slices.ContainsFunc(of, func(team Team) bool { return slices.Contains(teams, team) }) {
				serving++
			}
		}
		if serving < needed {
			return fmt.Sprintf("%d of %d different people of %s approved", serving, needed, joined(teams))
		}
	}
	return ""
}

func joined(teams []Team) string {
	var names []string
	for _, team := range teams {
		names = append(names, string(team))
	}
	return strings.Join(names, " and ")
}
