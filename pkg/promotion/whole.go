package promotion

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// wholeRule: nothing was taken away from the evidence.
func wholeRule(j judgement) Outcome {
	e := j.evidence
	var broken []string
	check := func(name string, whole bool, has, count int) {
		if !whole {
			broken = append(broken, fmt.Sprintf("%s: %d of %d", name, has, count))
		}
	}
	check("runs", e.Runs.whole(), len(e.Runs.Items), e.Runs.Count)
	check("builds", e.Builds.whole(), len(e.Builds.Items), e.Builds.Count)
	for _, of := range j.environments() {
		_, there := e.Histories[of]
		check("history of "+of, there, 0, 1)
	}
	for _, of := range slices.Sorted(maps.Keys(e.Histories)) {
		h := e.Histories[of]
		check("deployments to "+of, h.Deployments.whole(), len(h.Deployments.Items), h.Deployments.Count)
		check("records of "+of, h.Records.whole(), len(h.Records.Items), h.Records.Count)
		check("endings of "+of, h.Endings.whole(), len(h.Endings.Items), h.Endings.Count)
	}
	check("results", e.Results.whole(), len(e.Results.Items), e.Results.Count)
	check("reviews", e.Reviews.whole(), len(e.Reviews.Items), e.Reviews.Count)
	check("members", e.Members.whole(), len(e.Members.Items), e.Members.Count)
	check("changes", e.Changes.whole(), len(e.Changes.Items), e.Changes.Count)
	check("environments", e.Environments.whole(), len(e.Environments.Items), e.Environments.Count)
	if len(broken) > 0 {
		return unmet("evidence", "is not whole: "+strings.Join(broken, ", "), "collect it again")
	}
	return met("evidence", "is whole")
}

// environments are those of which the history must be there.
func (j judgement) environments() []string {
	var names []string
	if j.From != "" {
		names = append(names, j.From)
	}
	if j.Kind == Promoting || j.Kind == Infrastructure {
		names = append(names, j.To)
	}
	for _, check := range j.step.Checks {
		names = append(names, check.Environment)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// skew is how far the collecting machine's clock may be from GitHub's.
const skew = 2 * time.Minute

// clockRule: all clocks agree, and nothing has happened in the future.
func clockRule(j judgement) Outcome {
	const name = "clock"
	now := j.evidence.Now
	if now.IsZero() || j.evidence.Local.IsZero() {
		return unmet(name, "the time is not known", "collect the evidence again")
	}
	if apart := now.Sub(j.evidence.Local).Abs(); apart > skew {
		return unmet(name, fmt.Sprintf("this machine's clock is %s from GitHub's", apart), "set it, or use another machine: "+skew.String()+" is the most")
	}
	for _, event := range j.times() {
		if event.at.After(now) {
			return unmet(name, event.what+" is of "+stamp(event.at)+", which is to come", "find out which clock is wrong; then start again", event.what)
		}
	}
	return met(name, "it is "+stamp(now))
}

type moment struct {
	what string
	at   time.Time
}

// times are all moments that the evidence names, in order.
func (j judgement) times() []moment {
	var all []moment
	for _, run := range j.evidence.Runs.Items {
		all = append(all, moment{fmt.Sprintf("run %d", run.ID), run.Started})
	}
	for _, build := range j.evidence.Builds.Items {
		all = append(all, moment{fmt.Sprintf("the build of run %d", build.Run), build.At})
	}
	for _, h := range j.evidence.Histories {
		all = append(all, h.times()...)
	}
	for _, result := range j.evidence.Results.Items {
		all = append(all, moment{fmt.Sprintf("%s of run %d", result.Test, result.Run), result.At})
	}
	for _, review := range j.evidence.Reviews.Items {
		all = append(all, moment{"the review of " + review.Person.key(), review.NotBefore})
	}
	for _, change := range j.evidence.Changes.Items {
		all = append(all, moment{"commit " + change.Commit, change.At})
	}
	return byTime(all)
}

func (h History) times() []moment {
	var all []moment
	for _, d := range h.Deployments.Items {
		all = append(all, moment{fmt.Sprintf("deployment %d", d.ID), d.Created})
		for _, status := range d.Statuses {
			all = append(all, moment{fmt.Sprintf("deployment %d", d.ID), status.At})
		}
	}
	for _, record := range h.Records.Items {
		all = append(all, moment{fmt.Sprintf("the record of run %d", record.Run), record.At})
	}
	for _, ending := range h.Endings.Items {
		all = append(all, moment{fmt.Sprintf("the ending of run %d", ending.Run), ending.At})
	}
	return all
}

func stamp(at time.Time) string { return at.UTC().Format("2006-01-02 15:04:05 UTC") }
