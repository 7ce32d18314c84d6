package promotion

import (
	"fmt"
	"strings"
)

// freezeRule: no freeze is on in the target.
func freezeRule(j judgement) Outcome {
	const name = "freeze"
	freeze := j.policy.frozen(j.To, j.evidence.Now)
	if freeze == nil {
		return met(name, "none is on in "+j.To)
	}
	outcome := unmet(name, j.To+" is frozen until "+stamp(freeze.Until)+": "+freeze.Reason, "wait, or use the emergency path", PolicyFile)
	outcome.Until = &freeze.Until
	return j.lift(outcome)
}

// lift waives what an emergency need not wait for.
func (j judgement) lift(outcome Outcome) Outcome {
	if !j.urgent() {
		return outcome
	}
	outcome.Met, outcome.Waived, outcome.Remedy = true, true, ""
	return outcome
}

func (j judgement) urgent() bool { return len(strings.TrimSpace(j.Emergency)) >= leastReason }

// emergencyRule: who does not wait says why. The people are the same.
func emergencyRule(j judgement) Outcome {
	const name = "emergency"
	if j.Emergency == "" {
		return met(name, "none is claimed")
	}
	if !j.urgent() {
		return unmet(name, "the reason is too short", fmt.Sprintf("say why in at least %d characters", leastReason))
	}
	return met(name, strings.TrimSpace(j.Emergency))
}
