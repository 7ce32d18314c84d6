package promotion_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

func first(d promotion.Deployment) bool { return d.ID == 1 }

// soakedFor is a world whose one deployment succeeded that long ago.
func soakedFor(of func() *world, d time.Duration) func() *world {
	return func() *world {
		w := of()
		w.source().Deployments = promotion.Whole(deployment(1, runDeploy, digest, ago(d)))
		w.source().Records = promotion.Whole(record(runDeploy, digest, ago(d)))
		w.source().Endings = promotion.Whole(ending(runDeploy, ago(d)))
		return w
	}
}

func TestSoak(t *testing.T) {
	check(t, []scenario{
		{name: "24 hours", world: soakedFor(toProduction, 24*time.Hour), reason: "exactly the time is enough"},
		{name: "24 hours but a second", world: soakedFor(toProduction, 24*time.Hour-time.Second), refused: "source", says: "23h59m59s of 24h0m0s", reason: "not the time"},
		{name: "48 hours", world: soakedFor(toPCI, 48*time.Hour), reason: "exactly the time is enough"},
		{name: "24 hours for production-pci", world: soakedFor(toPCI, 24*time.Hour), refused: "source", says: "24h0m0s of 48h0m0s", reason: "48 hours are asked for"},
		{name: "no time for staging", world: soakedFor(toStaging, time.Minute), reason: "dev does not soak"},
		{name: "never deployed", world: toStaging, with: func(_ *testing.T, w *world) {
			w.source().Deployments, w.source().Records = promotion.Whole[promotion.Deployment](), promotion.Whole[promotion.Record]()
		}, refused: "source", says: "no deployment of web to dev", reason: "a promotion moves what runs in the source"},
		{name: "another digest runs there", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(2*time.Hour))
		}, refused: "source", says: "deployment 2 brought sha256:bbbbbbbbbbbb", reason: "source and target must have the same digest"},
		{name: "another digest in between", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(20*time.Hour))
			w.deploys(3, 41, digest, ago(10*time.Hour))
		}, refused: "source", says: "10h0m0s of 24h0m0s", reason: "a redeploy of another digest restarts the time"},
		{name: "another digest before", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(100*time.Hour))
		}, says: "has run in staging since 2026-11-24 10:00:00 UTC", reason: "it was before"},
		{name: "another digest at the same second", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, deployed)
		}, refused: "source", says: "deployment 2", reason: "which was last is not known"},
		{name: "the same digest once more", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, digest, ago(time.Hour))
			for _, test := range []string{"integration", "load", "security-scan"} {
				r := result(test, promotion.Staging)
				r.Run, r.At = runAnother, now
				add(&w.evidence.Results, r)
			}
		}, says: "since 2026-11-24 10:00:00 UTC", reason: "only another digest restarts the time"},
		{name: "a failed deployment of another digest", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(2*time.Hour))
			w.source().Deployments.Items[1].Statuses[1].State = promotion.Failure
		}, refused: "source", says: "deployment 2 brought", reason: "it may have served for a while before it failed"},
		{name: "another digest on its way", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(time.Minute))
			w.source().Deployments.Items[1].Statuses = nil
		}, refused: "source", says: "deployment 2 brought", reason: "it is about to be replaced"},
		{name: "another digest set inactive later", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(100*time.Hour))
			w.source().Deployments.Items[1].Statuses = append(w.source().Deployments.Items[1].Statuses, promotion.Status{State: promotion.Inactive, At: ago(time.Hour)})
		}, reason: "GitHub sets older deployments inactive; nothing runs because of it"},
	})
}

// What a deployment of the digest itself came to.
func TestDeploymentsThatEnd(t *testing.T) {
	check(t, []scenario{
		{name: "it failed", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[1].State = promotion.Failure })
		}, refused: "source", says: "deployment 1 of it ended", reason: "it never ran"},
		{name: "it ended in an error", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[1].State = promotion.Error })
		}, refused: "source", says: "deployment 1 of it ended", reason: "it never ran"},
		{name: "it failed after its success", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Failure, At: ago(time.Hour)})
			})
		}, refused: "source", says: "ended or is under way", reason: "it does not run any more"},
		{name: "success and failure at once", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Failure, At: deployed})
			})
		}, refused: "source", says: "ended or is under way", reason: "which was last is not known"},
		{name: "it was set inactive", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Inactive, At: ago(time.Hour)})
			})
		}, refused: "source", says: "ended or is under way", reason: "it is not the current one"},
		{name: "it is under way", world: toStaging, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses = d.Statuses[:1] })
		}, refused: "source", says: "ended or is under way", reason: "it has not succeeded yet"},
	})
}

// Whoever may write can set a status; only the run keeps how it ended.
func TestEndings(t *testing.T) {
	check(t, []scenario{
		{name: "a success that its run did not keep", world: toStaging, with: func(_ *testing.T, w *world) { w.source().Endings = promotion.Whole[promotion.Ending]() },
			refused: "source", says: "ended or is under way", reason: "whoever may write can set a status"},
		{name: "a success whose run kept a failure", world: toStaging, with: func(_ *testing.T, w *world) { w.source().Endings.Items[0].State = promotion.Failure },
			refused: "source", says: "ended or is under way", reason: "whoever may write can set a status"},
		{name: "a success before its run had kept it", world: toStaging, with: func(_ *testing.T, w *world) { w.source().Endings.Items[0].At = deployed.Add(time.Second) },
			refused: "source", says: "ended or is under way", reason: "somebody else set it"},
		{name: "a success and a failure kept by one run", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.source().Endings, promotion.Ending{State: promotion.Failure, Run: runDeploy, At: deployed})
		}, refused: "source", says: "ended or is under way", reason: "which is true is not known"},
		{name: "an earlier success that somebody set", world: soakedFor(toProduction, 20*time.Hour), with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Created = ago(30 * time.Hour)
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Success, At: ago(29 * time.Hour)})
			})
			w.source().Records.Items[0].At = ago(31 * time.Hour)
		}, refused: "source", says: "20h0m0s of 24h0m0s", reason: "it counts from when its run kept it"},
		{name: "an ending without a time", world: toStaging, with: func(_ *testing.T, w *world) { w.source().Endings.Items[0].At = time.Time{} },
			refused: "source", says: "ended or is under way", reason: "what is not known is refused"},
		{name: "it is waiting", world: toStaging, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = []promotion.Status{{State: promotion.Waiting, At: deployed}, {State: promotion.Queued, At: deployed}, {State: promotion.Pending, At: deployed}}
			})
		}, refused: "source", says: "ended or is under way", reason: "it has not begun"},
		{name: "a redeployment of it is under way", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, digest, ago(time.Minute))
			w.source().Deployments.Items[1].Statuses = nil
		}, refused: "source", says: "deployment 2 of it", reason: "whether it will run is not known"},
		{name: "a redeployment of it failed, another went through", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, digest, ago(10*time.Hour))
			w.source().Deployments.Items[1].Statuses[1].State = promotion.Failure
			w.deploys(3, 41, digest, ago(9*time.Hour))
		}, refused: "source", says: "9h0m0s of 24h0m0s", reason: "a failure interrupts"},
		{name: "two successes of one deployment", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Success, At: ago(time.Hour)})
			})
		}, says: "since 2026-11-24 10:00:00 UTC", reason: "the first one decides: nothing else happened"},
	})
}

func TestHistoryThatIsNotTrue(t *testing.T) {
	check(t, []scenario{
		{name: "no record", world: toProduction, with: func(_ *testing.T, w *world) { w.source().Records = promotion.Whole[promotion.Record]() },
			refused: "source", says: "is not what run 20 kept a record of", reason: "whoever may write can make a deployment"},
		{name: "record of another digest", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy }, func(r *promotion.Record) { r.Subject = other })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "the two sources contradict each other"},
		{name: "record younger than the deployment", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy }, func(r *promotion.Record) { r.At = deployed })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "the record is kept before the deployment is made"},
		{name: "record as old as the deployment", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy },
				func(r *promotion.Record) { r.At = deployed.Add(-30 * time.Minute) })
		}, reason: "GitHub's times have whole seconds"},
		{name: "record without a time", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy }, func(r *promotion.Record) { r.At = time.Time{} })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "what is not known is refused"},
		{name: "a forged deployment that names a branch's run", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Run = runBranch })
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy }, func(r *promotion.Record) { r.Run = runBranch })
		}, refused: "source", says: "never deployed there by a run of main", reason: "a branch's workflow keeps what its author likes"},
		{name: "a forged deployment that names another one's run", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Deployments, deployment(2, runDeploy, digest, ago(30*time.Hour)))
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "a run deploys once"},
		{name: "a forged deployment of an app's test", world: toProduction, with: func(t *testing.T, w *world) {
			add(&w.evidence.Runs, run(77, "ci.yml"))
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Run = 77 })
			edit(t, &w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy }, func(r *promotion.Record) { r.Run = 77 })
		}, refused: "source", says: "never deployed there by a run of main", reason: "ci.yml deploys nothing"},
	})
}

// The two sources tell of each other.
func TestPiecesThatDoNotFit(t *testing.T) {
	check(t, []scenario{
		{name: "a deployment was taken away, its record stands", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(2*time.Hour))
			drop(&w.source().Deployments, func(d promotion.Deployment) bool { return d.ID == 2 })
		}, refused: "source", says: "run 40 kept a record of a deployment that is not there", reason: "a deployment can be deleted by whoever may write"},
		{name: "a run kept a second record", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Records, record(runDeploy, other, ago(2*time.Hour)))
		}, refused: "source", says: "run 20 kept a record of a deployment that is not there", reason: "what it brought the second time is not known"},
		{name: "an old record without a deployment", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Records, record(runAnother, other, ago(100*time.Hour)))
		}, reason: "it was before, and says nothing of what runs now"},
		{name: "a deployment without a record came later", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Deployments, deployment(2, runAnother, digest, ago(2*time.Hour)))
		}, refused: "source", says: "deployment 2 is not what run 40", reason: "what it brought is not known"},
		{name: "a run that is gone, to hide what it brought", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(2*time.Hour))
			drop(&w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAnother })
		}, refused: "source", says: "deployment 2 is not what run 40 kept a record of", reason: "runs can be deleted, and their artifacts with them"},
		{name: "a deployment that names a branch's run", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Deployments, deployment(2, runBranch, other, ago(2*time.Hour)))
			add(&w.source().Records, record(runBranch, other, ago(2*time.Hour)))
		}, reason: "it brought nothing, and must not stop everybody"},
		{name: "a branch's run, and then something else", world: toProduction, with: func(_ *testing.T, w *world) {
			h := w.source()
			h.Deployments = promotion.Whole(deployment(2, runBranch, other, ago(2*time.Hour)), h.Deployments.Items[0])
			h.Records = promotion.Whole(record(runBranch, other, ago(2*time.Hour)), h.Records.Items[0])
			w.deploys(3, runAnother, other, ago(time.Hour))
			drop(&h.Deployments, func(d promotion.Deployment) bool { return d.ID == 3 })
		}, refused: "source", says: "run 40 kept a record of a deployment that is not there", reason: "what comes after a forgery counts as ever"},
		{name: "a branch's deployment, and then another digest", world: toProduction, with: func(_ *testing.T, w *world) {
			h := w.source()
			h.Deployments = promotion.Whole(deployment(2, runBranch, other, ago(2*time.Hour)), h.Deployments.Items[0])
			w.deploys(3, runAnother, other, ago(time.Hour))
		}, refused: "source", says: "deployment 3 brought", reason: "what comes after a forgery counts as ever"},
		{name: "another commit than the record's", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Commit = older })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "the two sources contradict each other"},
		{name: "another kind than the record's", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Kind = promotion.RollingBack })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "the two sources contradict each other"},
		{name: "told of twice", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.source().Deployments, w.source().Deployments.Items[0])
		}, refused: "source", says: "contradicts itself: deployment 1 is told of twice", reason: "one of the two is wrong"},
		{name: "no time", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Created = time.Time{} })
		}, refused: "source", says: "deployment 1 does not say when", reason: "it could be the last"},
		{name: "a status without a time", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[0].At = time.Time{} })
		}, refused: "source", says: "deployment 1 does not say when", reason: "it could be the last"},
		{name: "several are wrong", world: toProduction, with: func(t *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(2*time.Hour))
			for i := range w.source().Deployments.Items {
				w.source().Deployments.Items[i].Created = time.Time{}
			}
		}, refused: "source", says: "deployment 1 does not say when", reason: "the first by order is named"},
		{name: "a state before it was made", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[0].At = d.Created.Add(-time.Second) })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "its times cannot be true"},
		{name: "a state at the moment it was made", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[0].At = d.Created })
		}, reason: "GitHub's times have whole seconds"},
		{name: "a state that is not known", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) { d.Statuses[0].State = "paused" })
		}, refused: "source", says: "is not what run 20 kept a record of", reason: "what is not known is refused"},
		{name: "no digest in the payload", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, "", ago(2*time.Hour))
		}, refused: "source", says: "deployment 2 is not what run 40", reason: "what it brought is not known"},
		{name: "a record of a digest that is none", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, "latest", ago(2*time.Hour))
		}, refused: "source", says: "deployment 2 is not what run 40", reason: "a tag says nothing"},
	})
}

// The end of the soak is told.
func TestSoakEnds(t *testing.T) {
	w := soakedFor(toPCI, 40*time.Hour)()
	d := w.decide()
	require.False(t, d.Allowed)
	outcome := find(t, d, "source")
	require.NotNil(t, outcome.Until)
	assert.Equal(t, now.Add(8*time.Hour), *outcome.Until)
	assert.Equal(t, "wait until 2026-11-26 20:00:00 UTC", outcome.Remedy)
	assert.Equal(t, []string{"deployment 1"}, outcome.Evidence)

	w.evidence.Now, w.evidence.Local = *outcome.Until, *outcome.Until
	assert.True(t, w.decide().Allowed, "at that time it is allowed")
}

func find(t *testing.T, d promotion.Decision, rule string) promotion.Outcome {
	t.Helper()
	for _, outcome := range d.Rules {
		if outcome.Rule == rule {
			return outcome
		}
	}
	t.Fatalf("no rule %s:\n%s", rule, d)
	return promotion.Outcome{}
}
