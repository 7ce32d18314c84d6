package promotion_test

import (
	"testing"
	"time"

	"aws-platform/pkg/promotion"
)

func TestEnvironments(t *testing.T) {
	edited := func(name string, change func(*promotion.Environment)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Environments, func(e promotion.Environment) bool { return e.Name == name }, change)
		}
	}
	const gate1, security = "production-approval-1", "production-pci-security"
	check(t, []scenario{
		{name: "a gate is not there", world: toProduction, with: func(_ *testing.T, w *world) {
			drop(&w.evidence.Environments, func(e promotion.Environment) bool { return e.Name == gate1 })
		}, refused: "environments", says: gate1 + " is not there", reason: "GitHub makes an environment without rules when a job names it"},
		{name: "a gate without reviewers", world: toProduction, with: edited(gate1, func(e *promotion.Environment) { e.Teams = nil }),
			refused: "environments", says: "not reviewed by devops alone", reason: "nobody had to approve"},
		{name: "a gate of another team", world: toPCI, with: edited(security, func(e *promotion.Environment) { e.Teams = []promotion.Team{promotion.DevOps} }),
			refused: "environments", says: "not reviewed by security alone", reason: "GitHub asked the wrong team"},
		{name: "a gate of two teams", world: toPCI, with: edited(security, func(e *promotion.Environment) { e.Teams = append(e.Teams, promotion.DevOps) }),
			refused: "environments", says: "not reviewed by security alone", reason: "either could open it"},
		{name: "a gate that a person opens", world: toPCI, with: edited(security, func(e *promotion.Environment) { e.Users = []string{"mallory"} }),
			refused: "environments", says: "not reviewed by security alone", reason: "they could open it alone"},
		{name: "self-review", world: toProduction, with: edited(gate1, func(e *promotion.Environment) { e.PreventSelfReview = false }),
			refused: "environments", says: "approve their own runs", reason: "the rule of the house"},
		{name: "administrators pass", world: toProduction, with: edited(gate1, func(e *promotion.Environment) { e.AdminsBypass = true }),
			refused: "environments", says: "lets administrators pass", reason: "the gate was none for them"},
		{name: "a shorter wait", world: toPCI, with: edited(security, func(e *promotion.Environment) { e.WaitMinutes = 9 }),
			refused: "environments", says: "waits 9 minutes, not 10", reason: "10 minutes are asked for"},
		{name: "a longer wait", world: toPCI, with: edited(security, func(e *promotion.Environment) { e.WaitMinutes = 30 }), reason: "10 minutes at least"},
		{name: "a gate for any branch", world: toProduction, with: edited(gate1, func(e *promotion.Environment) { e.Branches = nil }),
			refused: "environments", says: gate1 + " is open to other branches", reason: "nobody reviews a branch"},
		{name: "the target for any branch", world: toStaging, with: edited(promotion.Staging, func(e *promotion.Environment) { e.Branches = nil }),
			refused: "environments", says: "staging is open to other branches than main", reason: "AWS's role trusts the environment's name"},
		{name: "the target for a branch too", world: toStaging, with: edited(promotion.Staging, func(e *promotion.Environment) { e.Branches = []string{"main", "feature/*"} }),
			refused: "environments", says: "staging is open to other branches than main", reason: "AWS's role trusts the environment's name"},
		{name: "administrators pass the target", world: fresh, with: edited(promotion.Dev, func(e *promotion.Environment) { e.AdminsBypass = true }),
			refused: "environments", says: "dev lets administrators pass", reason: "the rule of the house"},
		{name: "the target is not there", world: toStaging, with: func(_ *testing.T, w *world) { w.evidence.Environments = promotion.Whole[promotion.Environment]() },
			refused: "environments", says: "staging is not there", reason: "its rules are not known"},
		{name: "told of twice", world: toStaging, with: func(_ *testing.T, w *world) { add(&w.evidence.Environments, open(promotion.Staging)) },
			refused: "environments", says: "staging is not there", reason: "which of the two is true is not known"},
	})
}

func TestClock(t *testing.T) {
	tomorrow := now.Add(time.Second)
	check(t, []scenario{
		{name: "two minutes apart", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Local = now.Add(2 * time.Minute) }, reason: "that is the most"},
		{name: "more than two minutes behind", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Local = now.Add(-121 * time.Second) },
			refused: "clock", says: "2m1s from GitHub's", reason: "one of the clocks is wrong"},
		{name: "more than two minutes ahead", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Local = now.Add(121 * time.Second) },
			refused: "clock", says: "2m1s from GitHub's", reason: "one of the clocks is wrong"},
		{name: "no time", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Now = time.Time{} },
			refused: "clock", says: "not known", reason: "nothing has an age"},
		{name: "no time here", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Local = time.Time{} },
			refused: "clock", says: "not known", reason: "there is nothing to compare"},
		{name: "a run to come", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Runs.Items[0].Started = tomorrow },
			refused: "clock", says: "run 10 is of", reason: "a clock is wrong"},
		{name: "a build to come", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Builds.Items[0].At = tomorrow },
			refused: "clock", says: "the build of run 10", reason: "a clock is wrong"},
		{name: "a deployment to come", world: toProduction, with: func(_ *testing.T, w *world) { w.source().Deployments.Items[0].Created = tomorrow },
			refused: "clock", says: "deployment 1", reason: "a clock is wrong"},
		{name: "a success to come", world: toProduction, with: func(_ *testing.T, w *world) { w.source().Deployments.Items[0].Statuses[1].At = tomorrow },
			refused: "clock", says: "deployment 1", reason: "a clock is wrong"},
		{name: "a record to come", world: toProduction, with: func(_ *testing.T, w *world) { w.source().Records.Items[0].At = tomorrow },
			refused: "clock", says: "the record of run 20", reason: "a clock is wrong"},
		{name: "a result to come", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Results.Items[0].At = tomorrow },
			refused: "clock", says: "integration of run 20", reason: "a clock is wrong"},
		{name: "a review to come", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Reviews.Items[0].NotBefore = tomorrow },
			refused: "clock", says: "the review of alice", reason: "a clock is wrong"},
		{name: "a commit to come", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Changes.Items[0].At = tomorrow },
			refused: "clock", says: "commit " + commit, reason: "its author's clock is wrong, and the age of approvals hangs on it"},
		{name: "right now", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Results.Items[0].At = now }, reason: "that has been"},
	})
}

func TestFreezeAndEmergency(t *testing.T) {
	frozen := func(environments ...string) func(*testing.T, *world) {
		return func(_ *testing.T, w *world) {
			w.policy.Freezes = append(w.policy.Freezes, promotion.Freeze{Environments: environments, From: ago(time.Hour), Until: now.Add(time.Hour), Reason: "a fair"})
		}
	}
	urgent := func(reason string, more ...func(*testing.T, *world)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			w.request.Emergency = reason
			for _, change := range more {
				change(t, w)
			}
		}
	}
	const reason = "customers cannot log in"
	check(t, []scenario{
		{name: "frozen", world: toProduction, with: frozen(promotion.Production), refused: "freeze", says: "frozen until 2026-11-26 13:00:00 UTC: a fair", reason: "nothing is deployed in a freeze"},
		{name: "another environment is frozen", world: toProduction, with: frozen(promotion.ProductionPCI), reason: "it is not this one"},
		{name: "the source is frozen", world: toProduction, with: frozen(promotion.Staging), reason: "nothing is deployed to it"},
		{name: "dev is frozen for a build", world: fresh, with: frozen(promotion.Dev), refused: "freeze", says: "dev is frozen", reason: "nothing is deployed in a freeze"},
		{name: "infrastructure is frozen too", world: func() *world { return infrastructure(promotion.Staging, promotion.Production) },
			with: frozen(promotion.Production), refused: "freeze", says: "production is frozen", reason: "nothing is deployed in a freeze"},
		{name: "the freeze begins now", world: toProduction, with: func(_ *testing.T, w *world) {
			w.policy.Freezes = []promotion.Freeze{{Environments: []string{promotion.Production}, From: now, Until: now.Add(time.Hour), Reason: "a fair"}}
		}, refused: "freeze", says: "a fair", reason: "its first moment is in it"},
		{name: "the freeze ends now", world: toProduction, with: func(_ *testing.T, w *world) {
			w.policy.Freezes = []promotion.Freeze{{Environments: []string{promotion.Production}, From: ago(time.Hour), Until: now, Reason: "a fair"}}
		}, reason: "its end is not in it"},
		{name: "of two freezes the longer", world: toProduction, with: func(t *testing.T, w *world) {
			frozen(promotion.Production)(t, w)
			w.policy.Freezes = append(w.policy.Freezes, promotion.Freeze{Environments: []string{promotion.Production}, From: ago(time.Hour), Until: now.Add(9 * time.Hour), Reason: "a strike"},
				promotion.Freeze{Environments: []string{promotion.Production}, From: ago(time.Hour), Until: now.Add(time.Minute), Reason: "a break"})
		}, refused: "freeze", says: "until 2026-11-26 21:00:00 UTC: a strike", reason: "that is when it can go on"},
		{name: "an emergency in a freeze", world: toProduction, with: urgent(reason, frozen(promotion.Production)), says: "! freeze", reason: "an emergency does not wait for it"},
		{name: "an emergency without soak", world: soakedFor(toProduction, time.Hour), with: urgent(reason), says: "! source", reason: "an emergency does not wait for it"},
		{name: "an emergency where nothing stands in the way", world: toProduction, with: urgent(reason), says: reason, reason: "its reason is recorded all the same"},
		{name: "an emergency for a short reason", world: soakedFor(toProduction, time.Hour), with: urgent("urgent"),
			refused: "emergency", says: "too short", reason: "people read it afterwards"},
		{name: "a reason of blanks", world: toProduction, with: urgent("                "), refused: "emergency", says: "too short", reason: "people read it afterwards"},
		{name: "ten characters", world: toProduction, with: urgent("0123456789"), reason: "that is the least"},
		{name: "an emergency with one approval", world: toProduction, with: urgent(reason, func(_ *testing.T, w *world) { drop(&w.evidence.Reviews, of("bob")) }),
			refused: "approvals", says: "1 of 2", reason: "it needs the same people"},
		{name: "an emergency without security", world: toPCI, with: urgent(reason, func(_ *testing.T, w *world) { drop(&w.evidence.Reviews, of("sam")) }),
			refused: "approvals", says: "security", reason: "it needs the same people"},
		{name: "an emergency without tests", world: toProduction, with: urgent(reason, func(_ *testing.T, w *world) { w.evidence.Results = promotion.Whole[promotion.Result]() }),
			refused: "tests", says: "has not run", reason: "it waives waiting, and nothing else"},
		{name: "an emergency of what does not run in the source", world: toProduction, with: urgent(reason, func(_ *testing.T, w *world) { w.deploys(2, runAnother, other, ago(2*time.Hour)) }),
			refused: "source", says: "deployment 2", reason: "it waives the time, not the source"},
		{name: "an emergency of the estate", world: func() *world { return infrastructure(promotion.Staging, promotion.Production) },
			with: urgent(reason, frozen(promotion.Production)), says: "! freeze", reason: "an emergency does not wait for it"},
	})
}

func TestInfrastructure(t *testing.T) {
	of := func(from, to string) func() *world { return func() *world { return infrastructure(from, to) } }
	check(t, []scenario{
		{name: "dev", world: of("", promotion.Dev), reason: "main goes to dev"},
		{name: "staging", world: of(promotion.Dev, promotion.Staging), reason: "dev has it"},
		{name: "production", world: of(promotion.Staging, promotion.Production), reason: "staging has it, and two have approved"},
		{name: "production-pci", world: of(promotion.Production, promotion.ProductionPCI), reason: "production has it, and three have approved"},
		{name: "peering", world: of(promotion.ProductionPCI, promotion.Peering), reason: "both sides have it, and three have approved"},
		{name: "production after dev", world: of(promotion.Dev, promotion.Production), refused: "request", says: "staging -> production", reason: "the order is the same"},
		{name: "the source has another commit", world: of(promotion.Dev, promotion.Staging), with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Subject = older })
			edit(t, &w.source().Records, func(promotion.Record) bool { return true }, func(r *promotion.Record) { r.Subject = older })
		}, refused: "source", says: "brought " + older[:19], reason: "the source is not what was tried"},
		{name: "a deployment by an application's run", world: of(promotion.Dev, promotion.Staging), with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runDeploy }, func(r *promotion.Run) { r.Workflow = "promote.yml" })
		}, refused: "source", says: "never deployed there by a run of main", reason: "only infra-deploy.yml deploys the estate"},
		{name: "one approval", world: of(promotion.Staging, promotion.Production), with: func(_ *testing.T, w *world) {
			drop(&w.evidence.Reviews, func(r promotion.Review) bool { return r.Person.Login == "bob" })
		}, refused: "approvals", says: "1 of 2", reason: "two are asked for"},
		{name: "no security for the peering", world: of(promotion.ProductionPCI, promotion.Peering), with: func(_ *testing.T, w *world) {
			drop(&w.evidence.Reviews, func(r promotion.Review) bool { return r.Person.Login == "sam" })
		}, refused: "approvals", says: "security", reason: "it opens ways into production-pci"},
		{name: "of another commit than the run's", world: of("", promotion.Dev), with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Commit = older })
		}, refused: "run", says: "is of another commit, " + older, reason: "the run deploys what it has checked out"},
		{name: "older than what the target has", world: of("", promotion.Dev), with: func(_ *testing.T, w *world) {
			w.infrastructureInTarget(older)
			w.evidence.Base, w.evidence.Ahead = older, false
		}, refused: "order", says: "the target has " + older, reason: "it would destroy what the newer one made"},
		{name: "newer than what the target has", world: of("", promotion.Dev), with: func(_ *testing.T, w *world) {
			w.infrastructureInTarget(older)
			w.evidence.Base = older
		}, says: "it has all that the target has", reason: "that is the order"},
		{name: "compared with something else", world: of("", promotion.Dev), with: func(_ *testing.T, w *world) { w.infrastructureInTarget(older) },
			refused: "order", says: "compared with none, and the target has " + older, reason: "somebody deployed in between"},
		{name: "merged by a bot", world: of(promotion.Staging, promotion.Production), with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) {
				r.Event, r.Starters = "push", []promotion.Person{{Login: "github-merge-queue[bot]", Type: "Bot"}}
			})
		}, reason: "a push to main starts it by itself; its authors are known"},
		{name: "by promote.yml", world: of("", promotion.Dev), with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Workflow = "promote.yml" })
		}, refused: "run", says: "infra-deploy.yml", reason: "only infra-deploy.yml deploys the estate"},
		{name: "its author approves", world: of(promotion.Staging, promotion.Production), with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, func(r promotion.Review) bool { return r.Person.Login == "bob" }, func(r *promotion.Review) { r.Person = user("author") })
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "author"})
		}, refused: "approvals", says: "author wrote", reason: "nobody approves their own work"},
	})
}

// infrastructureInTarget adds a deployment of the estate to the target's history.
func (w *world) infrastructureInTarget(of string) {
	h := w.target()
	w.deploysTo(h, 70, 170, of, ago(3*time.Hour))
	w.evidence.Runs.Items[len(w.evidence.Runs.Items)-1].Workflow = "infra-deploy.yml"
	h.Deployments.Items[0].Kind, h.Records.Items[0].Kind = promotion.Infrastructure, promotion.Infrastructure
	h.Deployments.Items[0].Commit, h.Records.Items[0].Commit = of, of
}
