package promotion_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

// The digests and commits of the tests.
var (
	digest   = "sha256:" + repeat("a", 64)
	other    = "sha256:" + repeat("b", 64)
	third    = "sha256:" + repeat("c", 64)
	commit   = repeat("1", 40)
	older    = repeat("2", 40)
	now      = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	built    = ago(120 * time.Hour)
	deployed = ago(50 * time.Hour)
	tested   = ago(49 * time.Hour)
)

// The runs of the tests.
const (
	runBuild   = 10
	runDeploy  = 20
	runTest    = 30 // deployed it to staging, where it is on its way to production-pci
	runAsks    = 99
	runBranch  = 66 // of a branch that nobody has reviewed
	runAnother = 40
)

func repeat(s string, n int) string {
	text := ""
	for range n {
		text += s
	}
	return text
}

func ago(d time.Duration) time.Time { return now.Add(-d) }

func user(login string) promotion.Person { return promotion.Person{Login: login, Type: "User"} }

func policy() promotion.Policy {
	return promotion.Policy{
		Repository:   "example/platform",
		Teams:        map[promotion.Team]string{promotion.DevOps: "devops", promotion.Security: "security"},
		Applications: map[string]promotion.Application{"web": {Platform: "eks"}, "api": {Platform: "ec2"}},
	}
}

// world is a request with its policy and evidence.
type world struct {
	request  promotion.Request
	policy   promotion.Policy
	evidence promotion.Evidence
	// histories become the evidence's when it is decided.
	histories map[string]*promotion.History
}

// history is what was deployed to an environment.
func (w *world) history(environment string) *promotion.History {
	if w.histories[environment] == nil {
		w.histories[environment] = &promotion.History{}
	}
	return w.histories[environment]
}

func (w *world) source() *promotion.History { return w.history(w.request.From) }
func (w *world) target() *promotion.History { return w.history(w.request.To) }

// judged is the evidence with its histories.
func (w *world) judged() promotion.Evidence {
	e := w.evidence
	e.Histories = map[string]promotion.History{}
	for name, h := range w.histories {
		e.Histories[name] = *h
	}
	return e
}

func (w *world) decide() promotion.Decision {
	return promotion.Decide(w.request, w.policy, w.judged())
}

func add[T any](list *promotion.List[T], items ...T) {
	list.Items = append(list.Items, items...)
	list.Count = len(list.Items)
}

// drop takes away what matches, as if it had never been.
func drop[T any](list *promotion.List[T], match func(T) bool) {
	list.Items = slices.DeleteFunc(slices.Clone(list.Items), match)
	list.Count = len(list.Items)
}

// edit changes the one item that matches.
func edit[T any](t *testing.T, list *promotion.List[T], match func(T) bool, change func(*T)) {
	t.Helper()
	list.Items = slices.Clone(list.Items)
	at := slices.IndexFunc(list.Items, match)
	require.GreaterOrEqual(t, at, 0, "the world has no such piece")
	change(&list.Items[at])
}

func run(id int64, workflow string) promotion.Run {
	return promotion.Run{
		ID: id, Attempt: 1, Workflow: workflow, Event: "workflow_dispatch", Branch: "main", Reviewed: true, Commit: commit,
		Started: ago(200 * time.Hour), Starters: []promotion.Person{user("starter")},
	}
}

// deployment is a successful one, half an hour before `at` made and done at `at`.
func deployment(id, run int64, subject string, at time.Time) promotion.Deployment {
	return promotion.Deployment{
		ID: id, Kind: promotion.Promoting, Subject: subject, Commit: commit, Run: run, Created: at.Add(-30 * time.Minute),
		Statuses: []promotion.Status{{State: promotion.InProgress, At: at.Add(-29 * time.Minute)}, {State: promotion.Success, At: at}},
	}
}

func record(run int64, subject string, at time.Time) promotion.Record {
	return promotion.Record{Kind: promotion.Promoting, Run: run, Subject: subject, Commit: commit, At: at.Add(-31 * time.Minute)}
}

func ending(run int64, at time.Time) promotion.Ending {
	return promotion.Ending{State: promotion.Success, Run: run, At: at}
}

// deploys adds a deployment to the source, with its record, its ending and its run.
func (w *world) deploys(id, runID int64, subject string, at time.Time) {
	w.deploysTo(w.source(), id, runID, subject, at)
}

func (w *world) deploysTo(h *promotion.History, id, runID int64, subject string, at time.Time) {
	add(&w.evidence.Runs, run(runID, "promote.yml"))
	add(&h.Deployments, deployment(id, runID, subject, at))
	add(&h.Records, record(runID, subject, at))
	add(&h.Endings, ending(runID, at))
}

// kind makes the last deployment to the source one of another kind.
func (w *world) kind(kind promotion.Kind) {
	h := w.source()
	h.Deployments.Items[len(h.Deployments.Items)-1].Kind, h.Records.Items[len(h.Records.Items)-1].Kind = kind, kind
}

// ends makes the last deployment to the source end otherwise.
func (w *world) ends(state promotion.State) {
	h := w.source()
	h.Deployments.Items[len(h.Deployments.Items)-1].Statuses[1].State = state
	h.Endings.Items[len(h.Endings.Items)-1].State = promotion.Failure
}

func result(test, environment string) promotion.Result {
	return promotion.Result{Test: test, Environment: environment, Digest: digest, Outcome: promotion.Passed, Run: runDeploy, At: tested}
}

func open(name string) promotion.Environment {
	return promotion.Environment{Name: name, Branches: []string{"main"}}
}

func gate(g promotion.Gate) promotion.Environment {
	e := open(g.Environment)
	e.Teams, e.PreventSelfReview, e.WaitMinutes = []promotion.Team{g.Team}, true, g.WaitMinutes
	return e
}

func approval(environment, login string) promotion.Review {
	return promotion.Review{Environment: environment, State: "approved", Person: user(login), NotBefore: ago(time.Hour)}
}

// common is what every kind of request has in its evidence.
func common(kind promotion.Kind, app, from, to, subject, workflow string) *world {
	w := &world{histories: map[string]*promotion.History{}, policy: policy(), request: promotion.Request{Kind: kind, App: app, From: from, To: to, Subject: subject, Run: runAsks}}
	e := &w.evidence
	e.Now, e.Local, e.Ahead = now, now.Add(3*time.Second), true
	asks := run(runAsks, workflow)
	asks.Started = ago(time.Hour)
	branch := run(runBranch, "promote.yml")
	branch.Branch, branch.Reviewed = "feature", false
	add(&e.Runs, run(runBuild, "app-deploy-eks.yml"), asks, branch)
	add(&e.Changes, promotion.Change{Commit: commit, At: ago(121 * time.Hour), People: []promotion.Person{user("author"), user("web-flow")}})
	add(&e.Environments, open(to))
	w.source()
	w.target()
	return w
}

// promotable is a promotion for which everything is there.
func promotable(from, to string) *world {
	w := common(promotion.Promoting, "web", from, to, digest, "promote.yml")
	e := &w.evidence
	add(&e.Builds, promotion.Build{Digest: digest, Commit: commit, Run: runBuild, At: built})
	w.deploys(1, runDeploy, digest, deployed)
	if from == promotion.Production {
		w.deploysTo(w.history(promotion.Staging), 9, runTest, digest, ago(90*time.Hour))
	}
	for _, step := range promotion.Steps() {
		if step.From == from && step.To == to {
			for _, check := range step.Checks {
				r := result(check.Test, check.Environment)
				if check.Environment != from {
					r.Run = runTest
				}
				add(&e.Results, r)
			}
			for _, g := range step.Gates {
				add(&e.Environments, gate(g))
			}
		}
	}
	w.approved(to)
	return w
}

// approved adds the approvals of a target: alice and bob of devops, sam of security.
func (w *world) approved(to string) {
	e := &w.evidence
	switch to {
	case promotion.Production:
		add(&e.Reviews, approval("production-approval-1", "alice"), approval("production-approval-2", "bob"))
	case promotion.ProductionPCI, promotion.Peering:
		add(&e.Reviews, approval("production-pci-approval-1", "alice"), approval("production-pci-approval-2", "bob"), approval("production-pci-security", "sam"))
	}
	add(&e.Members, promotion.Member{Team: promotion.DevOps, Login: "alice"}, promotion.Member{Team: promotion.DevOps, Login: "bob"},
		promotion.Member{Team: promotion.Security, Login: "sam"})
}

func toStaging() *world    { return promotable(promotion.Dev, promotion.Staging) }
func toProduction() *world { return promotable(promotion.Staging, promotion.Production) }
func toPCI() *world        { return promotable(promotion.Production, promotion.ProductionPCI) }

// fresh is a fresh build on its way to dev.
func fresh() *world {
	w := common(promotion.Deploying, "web", "", promotion.Dev, digest, "app-deploy-eks.yml")
	add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: commit, Run: runBuild, At: built})
	return w
}

// infrastructure is a commit of the estate on its way to a stack.
func infrastructure(from, to string) *world {
	w := common(promotion.Infrastructure, promotion.InfrastructureApp, from, to, commit, "infra-deploy.yml")
	if from != "" {
		add(&w.evidence.Runs, run(runDeploy, "infra-deploy.yml"))
		add(&w.source().Deployments, deployment(1, runDeploy, commit, ago(2*time.Hour)))
		add(&w.source().Records, record(runDeploy, commit, ago(2*time.Hour)))
		add(&w.source().Endings, ending(runDeploy, ago(2*time.Hour)))
		w.kind(promotion.Infrastructure)
	}
	for _, g := range promotion.Gates() {
		add(&w.evidence.Environments, gate(g))
	}
	w.approved(to)
	return w
}

// rollback is production going back from other, which is bad, to digest.
func rollback() *world {
	w := common(promotion.RollingBack, "web", promotion.Production, promotion.Production, "", "rollback.yml")
	w.request.Reason = "errors on every second request"
	w.deploys(1, runDeploy, digest, deployed)
	w.deploys(2, runAnother, other, ago(5*time.Hour))
	add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "starter"})
	return w
}

// scenario is a world, what is changed in it, and what must come of it.
type scenario struct {
	name  string
	world func() *world
	with  func(t *testing.T, w *world)
	// refused is the rule that must refuse; "" if it is allowed.
	refused string
	// says is part of what the rule must say.
	says string
	// reason is why it must be so.
	reason string
}

func check(t *testing.T, scenarios []scenario) {
	t.Helper()
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			require.NotEmpty(t, s.reason)
			w := s.world()
			if s.with != nil {
				s.with(t, w)
			}
			d := w.decide()
			require.Equal(t, s.refused == "", d.Allowed, "%s\n%s", s.reason, d)
			for _, outcome := range d.Rules {
				if outcome.Rule == s.refused {
					require.False(t, outcome.Met, "%s\n%s", s.reason, d)
					require.Contains(t, outcome.Fact, s.says, s.reason)
					require.NotEmpty(t, outcome.Remedy, "a refusal says what would be right")
					return
				}
				if s.refused == "" && s.says != "" && outcome.Met {
					continue
				}
			}
			if s.refused != "" {
				t.Fatalf("no rule %q was asked:\n%s", s.refused, d)
			}
			require.Contains(t, d.String(), s.says, s.reason)
		})
	}
}
