package promotion_test

import (
	"encoding/json"
	"maps"
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
			drawDeployment(t, of, of.source(), int64(50+i))
		}
	}
	if often("a target") {
		for i := range rapid.IntRange(1, 2).Draw(t, "in the target") {
			drawDeployment(t, of, of.target(), int64(70+i))
		}
		e.Base = rapid.SampledFrom([]string{"", commit}).Draw(t, "base")
	}
	for range rapid.IntRange(0, 3).Draw(t, "reviews") {
		add(&e.Reviews, drawReview(t))
	}
	if often("more results") {
		r := result(rapid.SampledFrom([]string{"smoke", "load", "integration"}).Draw(t, "test"), rapid.SampledFrom([]string{"dev", "staging"}).Draw(t, "where"))
		r.Outcome = rapid.SampledFrom([]string{promotion.Passed, promotion.Failed}).Draw(t, "outcome")
		r.Run = rapid.SampledFrom([]int64{runDeploy, runTest, 150}).Draw(t, "of run")
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

func drawDeployment(t *rapid.T, w *world, h *promotion.History, id int64) {
	at := drawTime(t)
	w.deploysTo(h, id, 100+id, rapid.SampledFrom([]string{digest, digest, other}).Draw(t, "subject"), at)
	last := &h.Deployments.Items[len(h.Deployments.Items)-1]
	last.Statuses[1].State = rapid.SampledFrom([]promotion.State{promotion.Success, promotion.Success, promotion.Failure, promotion.InProgress}).Draw(t, "state")
	h.Endings.Items[len(h.Endings.Items)-1].State = rapid.SampledFrom([]promotion.State{promotion.Success, promotion.Success, promotion.Failure}).Draw(t, "ending")
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
		for _, name := range slices.Sorted(maps.Keys(w.histories)) {
			h := w.histories[name]
			h.Deployments.Items = rapid.Permutation(h.Deployments.Items).Draw(t, "deployments")
			for i := range h.Deployments.Items {
				h.Deployments.Items[i].Statuses = rapid.Permutation(h.Deployments.Items[i].Statuses).Draw(t, "statuses")
			}
			h.Records.Items = rapid.Permutation(h.Records.Items).Draw(t, "records")
			h.Endings.Items = rapid.Permutation(h.Endings.Items).Draw(t, "endings")
		}
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
			add(&w.evidence.Results, result("load", promotion.Staging))
		},
		"results that did not pass": func(w *world) {
			for _, outcome := range []string{"skipped", promotion.Failed} {
				r := result("load", promotion.Staging)
				r.Outcome = outcome
				add(&w.evidence.Results, r)
			}
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
			slices.Reverse(w.source().Deployments.Items)
			slices.Reverse(w.source().Records.Items)
			require.Equal(t, before, w.decide())
			// Of twins that with the lower number is named.
			require.Equal(t, []string{"deployment 1"}, find(t, before, "source").Evidence)
			if name == "results that did not pass" {
				require.Equal(t, "load in staging: failed in run 20", find(t, before, "tests").Fact)
			}
			if name == "several tests missing" {
				require.Contains(t, find(t, before, "tests").Fact, "integration in staging: has not run in run 20, which deployed it there; security-scan in staging: has not run")
			}
		})
	}
}

func text(t *rapid.T, d promotion.Decision) string {
	encoded, err := json.Marshal(d)
	require.NoError(t, err)
	return string(encoded)
}

// clone is a world of which lists can be replaced without touching this one's.
func (w *world) clone() *world {
	of := *w
	of.histories = map[string]*promotion.History{}
	for name, h := range w.histories {
		copied := *h
		of.histories[name] = &copied
	}
	return &of
}

// taken is a world without one piece of evidence, and what was taken.
type taken struct {
	list  string
	index int
	world
}

// pieces are the worlds without one item of one list. counted says whether the list
// tells of fewer then, as it does when the piece is gone at its source.
func pieces(w *world, counted bool) []taken {
	var worlds []taken
	take := func(what string, n int, from func(w *world, i int)) {
		for i := range n {
			less := w.clone()
			from(less, i)
			worlds = append(worlds, taken{what, i, *less})
		}
	}
	e := w.evidence
	take("run", len(e.Runs.Items), func(w *world, i int) { w.evidence.Runs = without(w.evidence.Runs, i, counted) })
	take("build", len(e.Builds.Items), func(w *world, i int) { w.evidence.Builds = without(w.evidence.Builds, i, counted) })
	take("result", len(e.Results.Items), func(w *world, i int) { w.evidence.Results = without(w.evidence.Results, i, counted) })
	take("review", len(e.Reviews.Items), func(w *world, i int) { w.evidence.Reviews = without(w.evidence.Reviews, i, counted) })
	take("member", len(e.Members.Items), func(w *world, i int) { w.evidence.Members = without(w.evidence.Members, i, counted) })
	take("change", len(e.Changes.Items), func(w *world, i int) { w.evidence.Changes = without(w.evidence.Changes, i, counted) })
	take("environment", len(e.Environments.Items), func(w *world, i int) { w.evidence.Environments = without(w.evidence.Environments, i, counted) })
	for name, h := range w.histories {
		take(name+" deployment", len(h.Deployments.Items), func(w *world, i int) {
			w.histories[name].Deployments = without(w.histories[name].Deployments, i, counted)
		})
		take(name+" record", len(h.Records.Items), func(w *world, i int) { w.histories[name].Records = without(w.histories[name].Records, i, counted) })
		take(name+" ending", len(h.Endings.Items), func(w *world, i int) { w.histories[name].Endings = without(w.histories[name].Endings, i, counted) })
		take(name, 1, func(w *world, _ int) { delete(w.histories, name) })
	}
	take("time", 1, func(w *world, _ int) { w.evidence.Now = time.Time{} })
	take("local time", 1, func(w *world, _ int) { w.evidence.Local = time.Time{} })
	return worlds
}

func without[T any](list promotion.List[T], i int, counted bool) promotion.List[T] {
	less := promotion.List[T]{Count: list.Count, Items: slices.Delete(slices.Clone(list.Items), i, i+1)}
	if counted {
		less.Count--
	}
	return less
}

// Taking any piece away from the evidence that was collected never turns a no into a
// yes: not one that speaks for it, and not one that speaks against it.
func TestLessEvidenceNeverTurnsNoIntoYes(t *testing.T) {
	no := 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if w.decide().Allowed {
			return
		}
		no++
		for _, less := range pieces(w, false) {
			d := less.decide()
			require.False(t, d.Allowed, "without %s %d\n%s", less.list, less.index, d)
		}
	})
	require.Positive(t, no, "every world was allowed: the property said nothing")
}

// Nor does taking it away at its source, before anybody counted it, as whoever may
// write can do with artifacts, deployments and runs. Left out is what only GitHub can
// take away (rejections, commits), what the collector would read anew (the target's
// history, with the changes since), and a failed result: of its run there is no other.
func TestLessAtTheSourceNeverTurnsNoIntoYes(t *testing.T) {
	no, tried := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		if w.decide().Allowed {
			return
		}
		no++
		for _, less := range pieces(w, true) {
			if !removable(w, less) {
				continue
			}
			tried++
			d := less.decide()
			require.False(t, d.Allowed, "without %s %d\n%s", less.list, less.index, d)
		}
	})
	require.Positive(t, no, "every world was allowed: the property said nothing")
	require.Greater(t, tried, 10*no, "almost nothing was taken away")
}

func removable(w *world, less taken) bool {
	e := w.evidence
	switch less.list {
	case "review":
		return e.Reviews.Items[less.index].State == "approved"
	case "result":
		return e.Results.Items[less.index].Outcome == promotion.Passed
	case "member", "environment", "time", "local time":
		return true
	case "run":
		return !slices.ContainsFunc(w.target().Deployments.Items, func(d promotion.Deployment) bool { return d.Run == e.Runs.Items[less.index].ID })
	case w.request.From + " deployment":
		return !overlapped(w, w.source().Deployments.Items[less.index])
	case w.request.From, w.request.From + " record", w.request.From + " ending":
		return true
	}
	return false
}

// overlapped tells whether the digest went live while another deployment was under way,
// which the queue of deployments does not let happen.
func overlapped(w *world, d promotion.Deployment) bool {
	for _, of := range w.source().Deployments.Items {
		for _, status := range of.Statuses {
			if of.ID != d.ID && status.State == promotion.Success && !status.At.Before(d.Created.Add(-time.Hour)) && !status.At.After(d.Created.Add(time.Hour)) {
				return true
			}
		}
	}
	return false
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
		w.evidence.Runs.Items = slices.Clone(w.evidence.Runs.Items)
		for i := range w.evidence.Runs.Items { // it is asked by another run on another day
			if w.evidence.Runs.Items[i].ID == runAsks {
				w.evidence.Runs.Items[i].Started = w.evidence.Runs.Items[i].Started.Add(wait)
			}
		}
		require.True(t, w.decide().Allowed)
	})
	require.Positive(t, yes, "no world was allowed: the property said nothing")
}
