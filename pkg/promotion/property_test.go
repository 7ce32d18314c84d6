package promotion_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"aws-platform/pkg/promotion"
)

// people are those whom the generated worlds know.
var people = []string{"alice", "bob", "carol", "dave", "sam", "author", "starter", "renovate[bot]"}

// drawWorld is a promotion with a bit of everything, right or wrong; about a
// third of them are allowed, or the properties would be about refusals alone.
func drawWorld(t *rapid.T) *world {
	of := rapid.SampledFrom([]func() *world{toStaging, toProduction, toPCI}).Draw(t, "step")()
	e := &of.evidence
	often := func(label string) bool { return rapid.IntRange(0, 5).Draw(t, label) == 0 }
	if often("more history") {
		for i := range rapid.IntRange(1, 3).Draw(t, "deployments") {
			drawDeployment(t, of, int64(50+i))
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "reviews") {
		add(&e.Reviews, drawReview(t))
	}
	if often("more results") {
		r := result(rapid.SampledFrom([]string{"smoke", "load", "integration"}).Draw(t, "test"), rapid.SampledFrom([]string{"dev", "staging"}).Draw(t, "where"))
		r.Outcome = rapid.SampledFrom([]string{promotion.Passed, promotion.Failed}).Draw(t, "outcome")
		r.At = drawTime(t)
		add(&e.Results, r)
	}
	for _, who := range people {
		if often("devops " + who) {
			add(&e.Members, promotion.Member{Team: promotion.DevOps, Login: who})
		}
		if often("security " + who) {
			add(&e.Members, promotion.Member{Team: promotion.Security, Login: who})
		}
	}
	if often("frozen") {
		of.policy.Freezes = []promotion.Freeze{{Environments: []string{of.request.To}, From: drawTime(t), Until: now.Add(time.Hour), Reason: "a fair"}}
	}
	if often("emergency") {
		of.request.Emergency = rapid.SampledFrom([]string{"customers cannot log in", "short"}).Draw(t, "reason")
	}
	return of
}

// drawTime is a whole hour, so that equal times are common.
func drawTime(t *rapid.T) time.Time {
	return ago(time.Duration(rapid.IntRange(0, 80).Draw(t, "hours")) * time.Hour)
}

func drawDeployment(t *rapid.T, w *world, id int64) {
	at := drawTime(t)
	w.deploys(id, 100+id, rapid.SampledFrom([]string{digest, digest, other}).Draw(t, "subject"), at)
	last := &w.evidence.Source.Deployments.Items[len(w.evidence.Source.Deployments.Items)-1]
	last.Statuses[1].State = rapid.SampledFrom([]promotion.State{promotion.Success, promotion.Success, promotion.Failure, promotion.InProgress}).Draw(t, "state")
	if rapid.Bool().Draw(t, "inactive") {
		last.Statuses = append(last.Statuses, promotion.Status{State: promotion.Inactive, At: at.Add(time.Minute)})
		last.Statuses[2].At = promotionTime(last.Statuses[2].At)
	}
}

// promotionTime keeps what is added behind something from being in the future.
func promotionTime(at time.Time) time.Time {
	if at.After(now) {
		return now
	}
	return at
}

func drawReview(t *rapid.T) promotion.Review {
	environments := []string{}
	for _, g := range promotion.Gates() {
		environments = append(environments, g.Environment)
	}
	who := rapid.SampledFrom(people).Draw(t, "who")
	r := approval(rapid.SampledFrom(environments).Draw(t, "gate"), who)
	r.State = rapid.SampledFrom([]string{"approved", "approved", "approved", "pending", "rejected"}).Draw(t, "review")
	return r
}

// More approvals never turn a yes into a no; a rejection always does.
func TestMoreApprovalsNeverTurnYesIntoNo(t *testing.T) {
	yes := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before := w.decide()
		review := drawReview(t)
		add(&w.evidence.Reviews, review)
		add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: review.Person.Login})
		after := w.decide()
		if before.Allowed {
			yes++
			require.Equal(t, review.State != "rejected", after.Allowed, "%v\n%s", review, after)
		}
		if review.State == "rejected" {
			require.False(t, after.Allowed)
		}
	})
	require.Positive(t, yes, "no world was allowed: the property said nothing")
}

// The order in which the evidence comes does not matter, equal times included: the whole record is the same.
func TestOrderDoesNotMatter(t *testing.T) {
	yes := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		before := w.decide()
		e := &w.evidence
		e.Runs.Items = rapid.Permutation(e.Runs.Items).Draw(t, "runs")
		e.Builds.Items = rapid.Permutation(e.Builds.Items).Draw(t, "builds")
		e.Source.Deployments.Items = rapid.Permutation(e.Source.Deployments.Items).Draw(t, "deployments")
		for i := range e.Source.Deployments.Items {
			e.Source.Deployments.Items[i].Statuses = rapid.Permutation(e.Source.Deployments.Items[i].Statuses).Draw(t, "statuses")
		}
		e.Source.Records.Items = rapid.Permutation(e.Source.Records.Items).Draw(t, "records")
		e.Results.Items = rapid.Permutation(e.Results.Items).Draw(t, "results")
		e.Reviews.Items = rapid.Permutation(e.Reviews.Items).Draw(t, "reviews")
		e.Members.Items = rapid.Permutation(e.Members.Items).Draw(t, "members")
		e.Changes.Items = rapid.Permutation(e.Changes.Items).Draw(t, "changes")
		e.Environments.Items = rapid.Permutation(e.Environments.Items).Draw(t, "environments")
		require.Equal(t, text(t, before), text(t, w.decide()))
		if before.Allowed {
			yes++
		}
	})
	require.Positive(t, yes, "no world was allowed: the property said nothing")
}

// Pieces that are alike but for their numbers, in either order.
func TestOrderOfTwins(t *testing.T) {
	for name, twin := range map[string]func(w *world){
		"results": func(w *world) {
			again := result("load", promotion.Staging)
			again.Run = runDeploy
			add(&w.evidence.Results, again)
		},
		"builds": func(w *world) {
			add(&w.evidence.Runs, run(9, "app-deploy-ec2.yml"))
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: commit, Run: 9, At: built})
		},
		"a newer build": func(w *world) {
			add(&w.evidence.Runs, run(9, "app-deploy-ec2.yml"), run(11, "app-deploy-ec2.yml"))
			add(&w.evidence.Builds, promotion.Build{Digest: digest, Commit: commit, Run: 9, At: built.Add(-time.Hour)},
				promotion.Build{Digest: digest, Commit: commit, Run: 11, At: built.Add(time.Hour)}, promotion.Build{Digest: other, Commit: older, Run: 11, At: built})
		},
		"deployments": func(w *world) { w.deploys(2, runAnother, digest, deployed) },
		"several tests missing": func(w *world) {
			w.evidence.Results = promotion.Whole(result("smoke", promotion.Dev), result("load", promotion.Staging), result("load", promotion.Dev))
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := toProduction()
			twin(w)
			before := w.decide()
			e := &w.evidence
			slices.Reverse(e.Results.Items)
			slices.Reverse(e.Builds.Items)
			slices.Reverse(e.Source.Deployments.Items)
			slices.Reverse(e.Source.Records.Items)
			require.Equal(t, before, w.decide())
			// Of twins that with the lower number is named.
			require.Equal(t, []string{"deployment 1"}, find(t, before, "source").Evidence)
			if name == "results" {
				require.Equal(t, []string{"integration of run 30", "load of run 20", "security-scan of run 30"}, find(t, before, "tests").Evidence)
			}
			if name == "several tests missing" {
				require.Contains(t, find(t, before, "tests").Fact, "integration in staging: has not run with this digest; security-scan in staging: has not run")
			}
		})
	}
}

func text(t *rapid.T, d promotion.Decision) string {
	encoded, err := json.Marshal(d)
	require.NoError(t, err)
	return string(encoded)
}

// pieces are ways to take one piece of evidence away: any item of any list, a
// status of a deployment, or a value.
func pieces(e promotion.Evidence) []func(*promotion.Evidence) {
	var ways []func(*promotion.Evidence)
	item := func(n int, take func(e *promotion.Evidence, i int)) {
		for i := range n {
			ways = append(ways, func(e *promotion.Evidence) { take(e, i) })
		}
	}
	item(len(e.Runs.Items), func(e *promotion.Evidence, i int) { e.Runs.Items = without(e.Runs.Items, i) })
	item(len(e.Builds.Items), func(e *promotion.Evidence, i int) { e.Builds.Items = without(e.Builds.Items, i) })
	item(len(e.Source.Deployments.Items), func(e *promotion.Evidence, i int) {
		e.Source.Deployments.Items = without(e.Source.Deployments.Items, i)
	})
	item(len(e.Source.Records.Items), func(e *promotion.Evidence, i int) { e.Source.Records.Items = without(e.Source.Records.Items, i) })
	item(len(e.Results.Items), func(e *promotion.Evidence, i int) { e.Results.Items = without(e.Results.Items, i) })
	item(len(e.Reviews.Items), func(e *promotion.Evidence, i int) { e.Reviews.Items = without(e.Reviews.Items, i) })
	item(len(e.Members.Items), func(e *promotion.Evidence, i int) { e.Members.Items = without(e.Members.Items, i) })
	item(len(e.Changes.Items), func(e *promotion.Evidence, i int) { e.Changes.Items = without(e.Changes.Items, i) })
	item(len(e.Environments.Items), func(e *promotion.Evidence, i int) { e.Environments.Items = without(e.Environments.Items, i) })
	return append(ways,
		func(e *promotion.Evidence) { e.Now = time.Time{} },
		func(e *promotion.Evidence) { e.Local = time.Time{} },
		func(e *promotion.Evidence) { e.Source.Deployments = promotion.List[promotion.Deployment]{} },
		func(e *promotion.Evidence) { e.Source.Records = promotion.List[promotion.Record]{} },
		func(e *promotion.Evidence) { e.Results = promotion.List[promotion.Result]{} },
		func(e *promotion.Evidence) { e.Runs = promotion.List[promotion.Run]{} },
		func(e *promotion.Evidence) { e.Builds = promotion.List[promotion.Build]{} },
		func(e *promotion.Evidence) { e.Environments = promotion.List[promotion.Environment]{} },
		func(e *promotion.Evidence) { e.Members = promotion.List[promotion.Member]{} },
	)
}

func without[T any](items []T, i int) []T { return slices.Delete(slices.Clone(items), i, i+1) }

// Taking any piece of evidence away never turns a no into a yes: not one that
// speaks for it, and not one that speaks against it.
func TestLessEvidenceNeverTurnsNoIntoYes(t *testing.T) {
	no := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if w.decide().Allowed {
			return
		}
		no++
		for i, take := range pieces(w.evidence) {
			less := *w
			take(&less.evidence)
			d := less.decide()
			require.False(t, d.Allowed, "piece %d\n%s", i, d)
		}
	})
	require.Positive(t, no, "every world was allowed: the property said nothing")
}

// Of what speaks for a promotion, taking one away at its source, so that nobody
// can see that it was there, never turns a no into a yes either.
func TestLessSupportNeverTurnsNoIntoYes(t *testing.T) {
	no := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if w.decide().Allowed {
			return
		}
		no++
		e := w.evidence
		for i := range e.Reviews.Items {
			less := *w
			if less.evidence.Reviews = promotion.Whole(without(e.Reviews.Items, i)...); e.Reviews.Items[i].State == "approved" {
				require.False(t, less.decide().Allowed)
			}
		}
		for i := range e.Members.Items {
			less := *w
			less.evidence.Members = promotion.Whole(without(e.Members.Items, i)...)
			require.False(t, less.decide().Allowed)
		}
		for i := range e.Results.Items {
			less := *w
			if less.evidence.Results = promotion.Whole(without(e.Results.Items, i)...); e.Results.Items[i].Outcome == promotion.Passed {
				require.False(t, less.decide().Allowed)
			}
		}
		// One side alone of what was deployed: the other one still tells of it.
		for i := range e.Source.Deployments.Items {
			less := *w
			less.evidence.Source.Deployments = promotion.Whole(without(e.Source.Deployments.Items, i)...)
			if e.Source.Deployments.Items[i].Subject == other {
				require.Equal(t, false, less.decide().Allowed && laterThanAll(e.Source.Records.Items, e.Source.Deployments.Items[i]), "%s", less.decide())
			}
		}
	})
	require.Positive(t, no, "every world was allowed: the property said nothing")
}

// laterThanAll tells whether a deployment's record is younger than every other record.
func laterThanAll(records []promotion.Record, d promotion.Deployment) bool {
	var own time.Time
	for _, r := range records {
		if r.Run == d.Run {
			own = r.At
		}
	}
	return !slices.ContainsFunc(records, func(r promotion.Record) bool { return r.Run != d.Run && !r.At.Before(own) })
}

// However long a history is, waiting alone never turns a yes into a no, but for a freeze that begins.
func TestWaitingNeverTurnsYesIntoNo(t *testing.T) {
	yes := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if !w.decide().Allowed {
			return
		}
		yes++
		wait := time.Duration(rapid.IntRange(1, 1000).Draw(t, "hours")) * time.Hour
		w.policy.Freezes = nil
		w.evidence.Now, w.evidence.Local = w.evidence.Now.Add(wait), w.evidence.Local.Add(wait)
		require.True(t, w.decide().Allowed)
	})
	require.Positive(t, yes, "no world was allowed: the property said nothing")
}
