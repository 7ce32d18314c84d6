package promotion_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

// The table of the issue, written out once more.
func TestStepsAreThoseOfTheTable(t *testing.T) {
	var rows []string
	for _, step := range promotion.Steps() {
		rows = append(rows, fmt.Sprintf("%s -> %s | %v | %v | %s", step.From, step.To, step.Checks, step.Approvals, step.Soak))
	}
	assert.Equal(t, []string{
		"dev -> staging | [{smoke dev}] | [] | 0s",
		"staging -> production | [{integration staging} {load staging} {security-scan staging}] | [{devops 2}] | 24h0m0s",
		"production -> production-pci | [{integration staging} {load staging} {security-scan staging} {pci-compliance production}] | [{devops 2} {security 1}] | 48h0m0s",
	}, rows)
}

// Each gate belongs to one approval, and a step has as many gates of a team as approvals of it.
func TestGatesAreAsManyAsApprovals(t *testing.T) {
	gates := 0
	for _, step := range promotion.Steps() {
		counted := map[promotion.Team]int{}
		for _, gate := range step.Gates {
			counted[gate.Team]++
			gates++
		}
		for _, requirement := range step.Approvals {
			assert.Equal(t, requirement.Count, counted[requirement.Team], "%s -> %s", step.From, step.To)
		}
	}
	assert.Len(t, promotion.Gates(), gates)
}

// Infrastructure goes through all stacks, one after the other.
func TestBefore(t *testing.T) {
	for stack, want := range map[string]string{
		"dev": "", "staging": "dev", "production": "staging", "production-pci": "production", "peering": "production-pci", "qa": "", "": "",
	} {
		assert.Equal(t, want, promotion.Before(stack), stack)
	}
}

func TestStepsThatDoNotExist(t *testing.T) {
	environments := []string{"", "dev", "staging", "production", "production-pci", "peering", "qa", "Production"}
	legal := map[string]bool{"dev>staging": true, "staging>production": true, "production>production-pci": true}
	tried := 0
	for _, from := range environments {
		for _, to := range environments {
			w := toProduction()
			w.request.From, w.request.To = from, to
			if legal[from+">"+to] {
				continue
			}
			tried++
			d := w.decide()
			require.False(t, d.Allowed, "%s -> %s", from, to)
			require.Equal(t, "request", d.Rules[0].Rule)
			require.Contains(t, d.Rules[0].Fact, "one of dev -> staging, staging -> production, production -> production-pci", "the legal ones are named")
		}
	}
	assert.Equal(t, 61, tried)
}

func TestRequests(t *testing.T) {
	check(t, []scenario{
		{name: "dev to staging", world: toStaging, reason: "smoke tests, no approvals, no soak"},
		{name: "staging to production", world: toProduction, reason: "all that the step asks for is there"},
		{name: "production to production-pci", world: toPCI, reason: "all that the step asks for is there"},
		{name: "a build to dev", world: fresh, reason: "what main built may go to dev"},
		{name: "a tag", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = "1.4.2" },
			refused: "request", says: "1.4.2", reason: "a tag can be moved"},
		{name: "latest", world: fresh, with: func(_ *testing.T, w *world) { w.request.Subject = "web:latest" },
			refused: "request", says: "web:latest", reason: "a tag can be moved"},
		{name: "no digest", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = "" },
			refused: "request", says: "none", reason: "something must move"},
		{name: "a digest in capitals", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = "sha256:" + repeat("A", 64) },
			refused: "request", says: "AAAA", reason: "OCI digests are lower-case; two spellings would be two subjects"},
		{name: "a short digest", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = digest[:70] },
			refused: "request", says: "is none", reason: "a part of a digest may fit several"},
		{name: "a digest with more behind it", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = digest + "\nx" },
			refused: "request", says: "is none", reason: "what follows would reach a command line"},
		{name: "a commit as digest", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Subject = commit },
			refused: "request", says: "is none", reason: "applications move by digest"},
		{name: "a digest as infrastructure", world: func() *world { return infrastructure("", promotion.Dev) },
			with: func(_ *testing.T, w *world) { w.request.Subject = digest }, refused: "request", says: "is none", reason: "the estate moves by commit"},
		{name: "an unknown application", world: toProduction, with: func(_ *testing.T, w *world) { w.request.App = "shop" },
			refused: "request", says: "shop", reason: "nobody has decided that it exists"},
		{name: "infrastructure as application", world: toProduction, with: func(_ *testing.T, w *world) { w.request.App = promotion.InfrastructureApp },
			refused: "request", says: "infrastructure", reason: "it has steps of its own"},
		{name: "an application as infrastructure", world: func() *world { return infrastructure("", promotion.Dev) },
			with: func(_ *testing.T, w *world) { w.request.App = "web" }, refused: "request", says: "web", reason: "commits are deployments of the estate"},
		{name: "an unknown kind", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Kind = "hotfix" },
			refused: "request", says: "hotfix", reason: "what is not known is refused"},
		{name: "a build to staging", world: fresh, with: func(_ *testing.T, w *world) { w.request.To = promotion.Staging },
			refused: "request", says: "build -> staging", reason: "a build goes to dev first"},
		{name: "a build to nowhere", world: fresh, with: func(_ *testing.T, w *world) { w.request.To = "" },
			refused: "request", says: "build -> nowhere", reason: "it must go somewhere"},
	})
}

// Whose word counts is asked of a run by itself too: what others keep is not opened.
func TestWhatRunsMaySay(t *testing.T) {
	for workflow, want := range map[string][4]bool{ // builds, tests, deploys an application, deploys the estate
		"app-deploy-eks.yml": {true, true, true, false},
		"app-deploy-ec2.yml": {true, true, true, false},
		"promote.yml":        {false, true, true, false},
		"rollback.yml":       {false, false, true, false},
		"infra-deploy.yml":   {false, false, false, true},
		"ci.yml":             {},
	} {
		r := run(1, workflow)
		said := func() [4]bool {
			return [4]bool{r.Builds(), r.Tests(), r.Deploys(promotion.Promoting), r.Deploys(promotion.Infrastructure)}
		}
		assert.Equal(t, want, said(), workflow)
		r.Event = "pull_request"
		assert.Equal(t, [4]bool{}, said(), workflow)
	}
}

// CheckDigest is for what is not part of a request.
func TestCheckDigest(t *testing.T) {
	require.NoError(t, promotion.CheckDigest(digest))
	require.ErrorContains(t, promotion.CheckDigest("web:latest"), "never a tag")
}

func TestRuns(t *testing.T) {
	edited := func(change func(*promotion.Run)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, change)
		}
	}
	check(t, []scenario{
		{name: "no run yet", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Run = 0 },
			refused: "run", says: "no workflow run", reason: "a plan is no promotion"},
		{name: "a run that is not known", world: toProduction, with: func(_ *testing.T, w *world) { w.request.Run = 12345 },
			refused: "run", says: "not known", reason: "who started it is not known"},
		{name: "another workflow", world: toProduction, with: edited(func(r *promotion.Run) { r.Workflow = "ci.yml" }),
			refused: "run", says: "ci.yml", reason: "only promote.yml has the gates"},
		{name: "rollback.yml promotes", world: toProduction, with: edited(func(r *promotion.Run) { r.Workflow = "rollback.yml" }),
			refused: "run", says: "rollback.yml", reason: "a rollback has no gates"},
		{name: "another branch", world: toProduction, with: edited(func(r *promotion.Run) { r.Branch = "feature" }),
			refused: "run", says: "not of the branch main", reason: "nobody has reviewed that workflow"},
		{name: "a tag or fork named main", world: toProduction, with: edited(func(r *promotion.Run) { r.Reviewed = false }),
			refused: "run", says: "not of the branch main", reason: "the name says nothing; the commit must be on the branch"},
		{name: "a pull request's run", world: toProduction, with: edited(func(r *promotion.Run) { r.Event = "pull_request" }),
			refused: "run", says: "was started by pull_request", reason: "it has its head's branch and commit, which may be main's, and runs its merge"},
		{name: "nothing says what started it", world: toProduction, with: edited(func(r *promotion.Run) { r.Event = "" }),
			refused: "run", says: "was started by none", reason: "what is not known is refused"},
		{name: "started by a bot", world: toProduction, with: edited(func(r *promotion.Run) { r.Starters[0] = promotion.Person{Login: "github-actions[bot]", Type: "Bot"} }),
			refused: "run", says: "started by no person", reason: "whoever may write can let a workflow start it, and approve it themselves"},
		{name: "triggered by a bot", world: toPCI, with: edited(func(r *promotion.Run) {
			r.Starters = append(r.Starters, promotion.Person{Login: "github-actions[bot]", Type: "Bot"})
		}), refused: "run", says: "started by no person", reason: "whoever may write can let a workflow start it, and approve it themselves"},
		{name: "started by a bot where nobody approves", world: toStaging, with: edited(func(r *promotion.Run) { r.Starters[0] = promotion.Person{Login: "github-actions[bot]", Type: "Bot"} }),
			reason: "there is nothing that they could approve"},
		{name: "a day old", world: toProduction, with: edited(func(r *promotion.Run) { r.Started = ago(24 * time.Hour) }), reason: "a day is the most"},
		{name: "more than a day old", world: toProduction, with: edited(func(r *promotion.Run) { r.Started = ago(24*time.Hour + time.Second) }),
			refused: "run", says: "24h0m0s is the most", reason: "it judges by the rules of the day on which it was started"},
		{name: "a second attempt", world: toProduction, with: edited(func(r *promotion.Run) { r.Attempt = 2 }),
			refused: "run", says: "attempt 2", reason: "approvals of the first attempt are told along"},
		{name: "attempt not known", world: toProduction, with: edited(func(r *promotion.Run) { r.Attempt = 0 }),
			refused: "run", says: "attempt 0", reason: "what is not known is refused"},
		{name: "nobody started it", world: toProduction, with: edited(func(r *promotion.Run) { r.Starters = nil }),
			refused: "run", says: "who started it", reason: "they could be approving their own run"},
		{name: "a starter without a name", world: toProduction, with: edited(func(r *promotion.Run) { r.Starters = append(r.Starters, promotion.Person{}) }),
			refused: "run", says: "who started it", reason: "they could be approving their own run"},
		{name: "no start", world: toProduction, with: edited(func(r *promotion.Run) { r.Started = time.Time{} }),
			refused: "run", says: "when it was started", reason: "approvals could be of any age"},
		{name: "told of twice", world: toProduction, with: func(_ *testing.T, w *world) { add(&w.evidence.Runs, run(runAsks, "promote.yml")) },
			refused: "run", says: "twice", reason: "one of the two is wrong"},
	})
}
