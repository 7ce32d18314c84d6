package promotion

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The environments, in the order in which things go through them. Peering is
// the stack that wires the last two; only infrastructure goes there.
const (
	Dev           = "dev"
	Staging       = "staging"
	Production    = "production"
	ProductionPCI = "production-pci"
	Peering       = "peering"
)

// Team is a role of approvers; the policy says which team of GitHub has it.
type Team string

// The teams.
const (
	DevOps   Team = "devops"
	Security Team = "security"
)

// Check is a test of a digest, and the environment in which it ran.
type Check struct {
	Test        string `json:"test"`
	Environment string `json:"environment"`
}

// Requirement is how many people of a team must approve.
type Requirement struct {
	Team  Team `json:"team"`
	Count int  `json:"count"`
}

// Step is one way from an environment to the next.
type Step struct {
	// From is the source; empty for what comes from a build.
	From string
	// To is the target.
	To string
	// Checks are the tests that must have passed with this digest.
	Checks []Check
	// Approvals are the people who must approve, all of them different.
	Approvals []Requirement
	// Soak is how long the digest must have been what runs in the source.
	Soak time.Duration
	// Gates are the GitHub environments in which the approvals are given.
	Gates []Gate
}

// Gate is a GitHub environment whose only purpose is one approval.
type Gate struct {
	// Environment is its name at GitHub.
	Environment string
	// Team is who may approve.
	Team Team
	// WaitMinutes is the least time between the request and the job, in which it can be stopped.
	WaitMinutes int
}

func steps() []Step {
	staging := []Check{{"integration", Staging}, {"load", Staging}, {"security-scan", Staging}}
	return []Step{
		{From: Dev, To: Staging, Checks: []Check{{"smoke", Dev}}},
		{From: Staging, To: Production, Checks: staging, Approvals: productionApprovals(), Gates: productionGates(), Soak: 24 * time.Hour},
		{From: Production, To: ProductionPCI, Checks: append(slices.Clone(staging), Check{"pci-compliance", Production}),
			Approvals: pciApprovals(), Gates: pciGates(), Soak: 48 * time.Hour},
	}
}

// infrastructureSteps are the same for a commit of the estate: its tests are those
// that main has passed, and there is no image that could soak.
func infrastructureSteps() []Step {
	return []Step{
		{To: Dev},
		{From: Dev, To: Staging},
		{From: Staging, To: Production, Approvals: productionApprovals(), Gates: productionGates()},
		{From: Production, To: ProductionPCI, Approvals: pciApprovals(), Gates: pciGates()},
		// The peering opens ways into production-pci: the same people, in the same run.
		{From: ProductionPCI, To: Peering, Approvals: pciApprovals(), Gates: pciGates()},
	}
}

func productionApprovals() []Requirement { return []Requirement{{DevOps, 2}} }
func pciApprovals() []Requirement        { return []Requirement{{DevOps, 2}, {Security, 1}} }

func productionGates() []Gate {
	return []Gate{{"production-approval-1", DevOps, 5}, {"production-approval-2", DevOps, 5}}
}

func pciGates() []Gate {
	return []Gate{{"production-pci-approval-1", DevOps, 10}, {"production-pci-approval-2", DevOps, 10}, {"production-pci-security", Security, 10}}
}

// Steps are the promotions that exist.
func Steps() []Step { return steps() }

// Gates are all gates, each once.
func Gates() []Gate { return append(productionGates(), pciGates()...) }

// GatesOf are the gates of a request's step; none for a step that does not exist.
func GatesOf(r Request) []Gate {
	step, _ := stepOf(r)
	return step.Gates
}

// Before is the stack through which infrastructure goes before another one; "" for
// the first, and for what is none.
func Before(stack string) string {
	for _, step := range infrastructureSteps() {
		if step.To == stack {
			return step.From
		}
	}
	return ""
}

// stepOf finds the step that a request asks for. The error names the legal ones.
func stepOf(r Request) (Step, error) {
	var of []Step
	switch r.Kind {
	case Promoting:
		of = steps()
	case Deploying:
		of = []Step{{To: Dev}}
	case Infrastructure:
		of = infrastructureSteps()
	case RollingBack:
		return rollbackStep(r)
	default:
		return Step{}, fmt.Errorf("kind: %q: is none: one of %s, %s, %s, %s", r.Kind, Deploying, Promoting, RollingBack, Infrastructure)
	}
	var legal []string
	for _, step := range of {
		if step.From == r.From && step.To == r.To {
			return step, nil
		}
		legal = append(legal, way(step.From, step.To))
	}
	return Step{}, fmt.Errorf("step: %s: does not exist: one of %s", way(r.From, r.To), strings.Join(legal, ", "))
}

// rollbackStep is a step within one environment.
func rollbackStep(r Request) (Step, error) {
	environments := []string{Dev, Staging, Production, ProductionPCI}
	if r.From != r.To || !slices.Contains(environments, r.To) {
		return Step{}, fmt.Errorf("step: %s: a rollback stays in its environment: one of %s", way(r.From, r.To), strings.Join(environments, ", "))
	}
	return Step{From: r.From, To: r.To}, nil
}

func way(from, to string) string {
	if from == "" {
		from = "build"
	}
	if to == "" {
		to = "nowhere"
	}
	return from + " -> " + to
}
