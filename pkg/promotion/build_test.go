package promotion_test

import (
	"testing"
	"time"

	"aws-platform/pkg/promotion"
)

func TestBuilds(t *testing.T) {
	edited := func(change func(*promotion.Build)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Builds, func(b promotion.Build) bool { return b.Digest == digest }, change)
		}
	}
	check(t, []scenario{
		{name: "never built", world: toStaging, with: func(_ *testing.T, w *world) { w.evidence.Builds = promotion.Whole[promotion.Build]() },
			refused: "build", says: "no run of main is known", reason: "an image that nobody built here may be anybody's"},
		{name: "another digest was built", world: fresh, with: edited(func(b *promotion.Build) { b.Digest = other }),
			refused: "build", says: "no run of main is known", reason: "evidence is about one digest"},
		{name: "built on a branch", world: toStaging, with: edited(func(b *promotion.Build) { b.Run = runBranch }),
			refused: "build", says: "no run of main is known", reason: "a branch's workflow says what its author likes"},
		{name: "built by a pull request's run", world: toStaging, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runBuild }, func(r *promotion.Run) { r.Event = "pull_request" })
		}, refused: "build", says: "no run of main is known", reason: "it tells of its head, which may be main, and runs its merge"},
		{name: "built by a workflow that calls the builder", world: toStaging, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runBuild }, func(r *promotion.Run) { r.Workflow, r.Called = "all.yml", []string{"app-deploy-eks.yml"} })
		}, says: "run 10 built it", reason: "both are reviewed"},
		{name: "a forged build beside the true one", world: toStaging, with: func(_ *testing.T, w *world) {
			w.evidence.Builds = promotion.Whole(promotion.Build{Digest: digest, Commit: older, Run: runBranch, At: ago(time.Hour)}, w.evidence.Builds.Items[0])
		}, says: "run 10 built it", reason: "what other runs say is nobody's business"},
		{name: "built by a run that is not known", world: toStaging, with: edited(func(b *promotion.Build) { b.Run = 4711 }),
			refused: "build", says: "no run of main is known", reason: "where it ran is not known"},
		{name: "built by promote.yml", world: toStaging, with: edited(func(b *promotion.Build) { b.Run = runTest }),
			refused: "build", says: "no run of main is known", reason: "what promotes does not build"},
		{name: "no commit", world: toStaging, with: edited(func(b *promotion.Build) { b.Commit = "" }),
			refused: "build", says: "from which commit", reason: "its authors could not be named"},
		{name: "no time", world: toStaging, with: edited(func(b *promotion.Build) { b.At = time.Time{} }),
			refused: "build", says: "when", reason: "no test could be newer than it"},
		{name: "two at once from different commits", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: older, Run: runBuild, At: built})
		}, refused: "build", says: "same time", reason: "whose work it is would be a matter of chance"},
		{name: "two at once from one commit", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Runs, run(9, "app-deploy-ec2.yml"))
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: commit, Run: 9, At: built})
		}, says: "run 9 built it", reason: "a build that can be repeated gives the same digest"},
		{name: "built once more after the tests", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: commit, Run: runBuild, At: ago(time.Hour)})
		}, refused: "tests", says: "not newer than the build", reason: "the newest build decides"},
		{name: "an older build of the same digest", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: older, Run: runBuild, At: ago(500 * time.Hour)})
		}, says: commit[:12], reason: "the newest build decides"},
		{name: "a build of another digest", world: toStaging, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Builds, promotion.Build{Digest: other, Commit: older, Run: runBranch, At: ago(time.Hour)})
		}, reason: "it is not what moves"},
	})
}

func TestTests(t *testing.T) {
	without := func(test string) func(*testing.T, *world) {
		return func(_ *testing.T, w *world) {
			drop(&w.evidence.Results, func(r promotion.Result) bool { return r.Test == test })
		}
	}
	check(t, []scenario{
		{name: "no smoke test", world: toStaging, with: without("smoke"), refused: "tests", says: "smoke in dev: has not run", reason: "dev to staging asks for it"},
		{name: "no integration test", world: toProduction, with: without("integration"), refused: "tests", says: "integration in staging", reason: "the step asks for it"},
		{name: "no load test", world: toProduction, with: without("load"), refused: "tests", says: "load in staging", reason: "the step asks for it"},
		{name: "no security scan", world: toProduction, with: without("security-scan"), refused: "tests", says: "security-scan in staging", reason: "the step asks for it"},
		{name: "no PCI compliance", world: toPCI, with: without("pci-compliance"), refused: "tests", says: "pci-compliance in production", reason: "the step asks for it"},
		{name: "all of staging's for production-pci", world: toPCI, with: without("load"), refused: "tests", says: "load in staging", reason: "the step asks for all of staging's"},
	})
}

// What a result says, of what, and when.
func TestResults(t *testing.T) {
	edited := func(test string, change func(*promotion.Result)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Results, func(r promotion.Result) bool { return r.Test == test }, change)
		}
	}
	check(t, []scenario{
		{name: "a failed test", world: toProduction, with: edited("load", func(r *promotion.Result) { r.Outcome = promotion.Failed }),
			refused: "tests", says: "failed in run 20", reason: "it did not pass"},
		{name: "an outcome that is not known", world: toProduction, with: edited("load", func(r *promotion.Result) { r.Outcome = "skipped" }),
			refused: "tests", says: "skipped", reason: "a test that did not run proves nothing"},
		{name: "no outcome", world: toProduction, with: edited("load", func(r *promotion.Result) { r.Outcome = "" }),
			refused: "tests", says: "none in run 20", reason: "a test that did not run proves nothing"},
		{name: "of another digest", world: toProduction, with: edited("integration", func(r *promotion.Result) { r.Digest = other }),
			refused: "tests", says: "integration in staging: has not run", reason: "it was another image"},
		{name: "in another environment", world: toProduction, with: edited("integration", func(r *promotion.Result) { r.Environment = promotion.Dev }),
			refused: "tests", says: "integration in staging: has not run", reason: "the step says where"},
		{name: "older than the build", world: toProduction, with: edited("load", func(r *promotion.Result) { r.At = ago(121 * time.Hour) }),
			refused: "tests", says: "not newer", reason: "it cannot have been this one"},
		{name: "as old as the build", world: toProduction, with: edited("load", func(r *promotion.Result) { r.At = built }),
			refused: "tests", says: "not newer", reason: "newer, not as new"},
		{name: "without a time", world: toProduction, with: edited("load", func(r *promotion.Result) { r.At = time.Time{} }),
			refused: "tests", says: "not newer", reason: "what is not known is refused"},
	})
}

// A result counts of the run that deployed the digest.
func TestWhoseResultsCount(t *testing.T) {
	edited := func(test string, change func(*promotion.Result)) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Results, func(r promotion.Result) bool { return r.Test == test }, change)
		}
	}
	check(t, []scenario{
		{name: "of a branch's run", world: toProduction, with: edited("load", func(r *promotion.Result) { r.Run = runBranch }),
			refused: "tests", says: "has not run in run 20", reason: "a branch's workflow says what its author likes"},
		{name: "of a run that is not known", world: toProduction, with: edited("load", func(r *promotion.Result) { r.Run = 1234 }),
			refused: "tests", says: "has not run in run 20", reason: "where it ran is not known"},
		{name: "of rollback.yml", world: toProduction, with: func(t *testing.T, w *world) {
			add(&w.evidence.Runs, run(31, "rollback.yml"))
			edited("load", func(r *promotion.Result) { r.Run = 31 })(t, w)
		}, refused: "tests", says: "has not run in run 20", reason: "a rollback tests nothing"},
		{name: "passed, then failed", world: toProduction, with: func(_ *testing.T, w *world) {
			failed := result("load", promotion.Staging)
			failed.Outcome, failed.At = promotion.Failed, ago(time.Hour)
			add(&w.evidence.Results, failed)
		}, refused: "tests", says: "failed", reason: "the newest result decides"},
		{name: "failed, then passed", world: toProduction, with: func(_ *testing.T, w *world) {
			failed := result("load", promotion.Staging)
			failed.Outcome, failed.At = promotion.Failed, ago(60*time.Hour)
			add(&w.evidence.Results, failed)
		}, reason: "the newest result decides"},
		{name: "of a pull request's run", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runDeploy }, func(r *promotion.Run) { r.Event = "pull_request" })
		}, refused: "tests", says: "was not deployed there", reason: "it tells of its head and runs its merge"},
		{name: "passed and failed at once", world: toProduction, with: func(_ *testing.T, w *world) {
			failed := result("load", promotion.Staging)
			failed.Outcome = promotion.Failed
			add(&w.evidence.Results, failed)
		}, refused: "tests", says: "failed", reason: "the order of equal times does not matter, and refusing is safe"},
		{name: "passed and skipped at once", world: toProduction, with: func(_ *testing.T, w *world) {
			skipped := result("load", promotion.Staging)
			skipped.Outcome = "skipped"
			add(&w.evidence.Results, skipped)
		}, refused: "tests", says: "skipped", reason: "what did not pass decides, whatever its name"},
		{name: "several without a build", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Builds = promotion.Whole[promotion.Build]() },
			refused: "tests", says: "nothing is known of the build", reason: "newer than what?"},
		{name: "passed twice", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Results, result("load", promotion.Staging))
		}, says: "load in staging", reason: "once more does no harm"},
		{name: "of an earlier deployment", world: toProduction, with: func(_ *testing.T, w *world) {
			w.deploys(2, runAnother, digest, ago(40*time.Hour))
		}, refused: "tests", says: "has not run in run 40", reason: "the newest one's may have failed, and have been taken away"},
		{name: "after a rollback", world: toProduction, with: func(t *testing.T, w *world) {
			w.deploys(2, runAnother, other, ago(48*time.Hour))
			w.deploys(3, 41, digest, ago(40*time.Hour))
			w.kind(promotion.RollingBack)
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == 41 }, func(r *promotion.Run) { r.Workflow = "rollback.yml" })
		}, reason: "a rollback tests nothing; what passed before still is of this digest"},
		{name: "of a deployment that failed", world: toPCI, with: func(_ *testing.T, w *world) {
			w.history(promotion.Staging).Endings.Items[0].State = promotion.Failure
		}, refused: "tests", says: "integration in staging: was not deployed there with success", reason: "what was tested there was something else"},
		{name: "of a run that was run again", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runDeploy }, func(r *promotion.Run) { r.Attempt = 2 })
		}, refused: "tests", says: "was not deployed there", reason: "a test of the second attempt may have met another version"},
	})
}
