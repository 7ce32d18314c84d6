package promotion

import (
	"fmt"
	"slices"
	"strings"
)

// environmentsRule: the gates at GitHub are what they are meant to be. GitHub asks
// for the team at the moment of the approval, this package for it now; and a gate
// without its rules would be no gate.
func environmentsRule(j judgement) Outcome {
	const name = "environments"
	var wrong, names []string
	for _, gate := range j.step.Gates {
		names = append(names, gate.Environment)
		wrong = append(wrong, j.gate(gate)...)
	}
	names = append(names, j.step.To)
	wrong = append(wrong, j.target()...)
	if len(wrong) > 0 {
		return unmet(name, strings.Join(wrong, "; "), "`pulumi up` in stacks/github", names...)
	}
	return met(name, strings.Join(names, ", ")+" have their rules", names...)
}

// found returns the rules of an environment at GitHub; nil if they are not told of exactly once.
func (j judgement) environment(name string) *Environment {
	var found *Environment
	for _, e := range j.evidence.Environments.Items {
		if e.Name == name {
			if found != nil {
				return nil
			}
			found = &e
		}
	}
	return found
}

func (j judgement) gate(gate Gate) []string {
	e := j.environment(gate.Environment)
	if e == nil {
		return []string{gate.Environment + " is not there"}
	}
	wrong := closed(*e)
	if len(e.Teams) != 1 || e.Teams[0] != gate.Team || len(e.Users) > 0 {
		wrong = append(wrong, gate.Environment+" is not reviewed by "+string(gate.Team)+" alone")
	}
	if !e.PreventSelfReview {
		wrong = append(wrong, gate.Environment+" lets people approve their own runs")
	}
	if e.WaitMinutes < gate.WaitMinutes {
		wrong = append(wrong, fmt.Sprintf("%s waits %d minutes, not %d", gate.Environment, e.WaitMinutes, gate.WaitMinutes))
	}
	return wrong
}

// target: the environment whose name AWS's role trusts is open to main alone.
func (j judgement) target() []string {
	e := j.environment(j.step.To)
	if e == nil {
		return []string{j.step.To + " is not there"}
	}
	return closed(*e)
}

// closed says how an environment is open to others than main.
func closed(e Environment) []string {
	var wrong []string
	if !slices.Equal(e.Branches, []string{branch}) {
		wrong = append(wrong, e.Name+" is open to other branches than "+branch)
	}
	if e.AdminsBypass {
		wrong = append(wrong, e.Name+" lets administrators pass")
	}
	return wrong
}
