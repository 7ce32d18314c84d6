package promotion

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// deployers are the workflows whose runs deploy what is asked about.
func (j judgement) deployers() []string {
	if j.Kind == Infrastructure {
		return estate
	}
	return deployers
}

// backed tells whether a deployment is what a run of reviewed code kept a record
// of: whoever may write to the repository may make deployments. A record backs
// one deployment, and only one that makes sense in itself.
func (j judgement) backed(h History, d Deployment) bool {
	if _, err := j.trusted(d.Run, j.deployers()); err != nil {
		return false
	}
	shape, _ := shapeOf(j.Kind)
	if !shape.MatchString(d.Subject) || disordered(d) || h.shared(d) {
		return false
	}
	for _, record := range h.Records.Items {
		if record.Run == d.Run && record.Subject == d.Subject && !record.At.IsZero() && !record.At.After(d.Created) {
			return true
		}
	}
	return false
}

// shared tells whether another deployment names the same run.
func (h History) shared(d Deployment) bool {
	return slices.ContainsFunc(h.Deployments.Items, func(other Deployment) bool { return other.ID != d.ID && other.Run == d.Run })
}

// disordered tells whether a deployment had a state that is not known, or one before it was made.
func disordered(d Deployment) bool {
	known := []State{Success, Failure, Error, Inactive, InProgress, Queued, Pending, Waiting}
	return slices.ContainsFunc(d.Statuses, func(s Status) bool { return !slices.Contains(known, s.State) || s.At.Before(d.Created) })
}

// contradiction says why nothing can be known of the history; "" if something can.
// What only makes one deployment doubtful is judgement.backed's to say.
func (h History) contradiction() string {
	var found []string
	ids := map[int64]bool{}
	for _, d := range h.Deployments.Items {
		if ids[d.ID] {
			found = append(found, fmt.Sprintf("deployment %d is told of twice", d.ID))
		}
		ids[d.ID] = true
		if d.Created.IsZero() || slices.ContainsFunc(d.Statuses, func(s Status) bool { return s.At.IsZero() }) {
			found = append(found, fmt.Sprintf("deployment %d does not say when", d.ID))
		}
	}
	if len(found) == 0 {
		return ""
	}
	return slices.Min(found)
}

// touched is the last moment at which a deployment may have changed what runs.
// That an older one was set inactive changes nothing.
func touched(d Deployment) time.Time {
	last := d.Created
	for _, status := range d.Statuses {
		if status.State != Inactive {
			last = later(last, status.At)
		}
	}
	return last
}

// ended is the last moment at which a deployment stopped being what runs, or
// failed to become it.
func ended(d Deployment) time.Time {
	last, done := time.Time{}, false
	for _, status := range d.Statuses {
		switch status.State {
		case Failure, Error, Inactive:
			last, done = later(last, status.At), true
		case Success:
			done = true
		case InProgress, Queued, Pending, Waiting:
		}
	}
	if !done {
		return touched(d)
	}
	return last
}

// since is from when on the subject has been what runs, without interruption:
// its first successful deployment after everything else that happened there.
func (j judgement) since() (time.Time, Deployment, error) {
	items := j.evidence.Source.Deployments.Items
	if len(items) == 0 {
		return time.Time{}, Deployment{}, fmt.Errorf("no deployment of %s to %s is on record", j.App, j.From)
	}
	if why := j.evidence.Source.contradiction(); why != "" {
		return time.Time{}, Deployment{}, fmt.Errorf("the history contradicts itself: %s", why)
	}
	broken, by := j.interruption()
	var first *Deployment
	var start time.Time
	for _, d := range items {
		if d.Subject != j.Subject || !j.backed(j.evidence.Source, d) {
			continue
		}
		for _, status := range d.Statuses {
			if status.State == Success && status.At.After(broken) && (first == nil || status.At.Before(start) || status.At.Equal(start) && d.ID < first.ID) {
				first, start = &d, status.At
			}
		}
	}
	if first == nil {
		return time.Time{}, Deployment{}, fmt.Errorf("it is not what was last deployed to %s with success: %s", j.From, by)
	}
	return start, *first, nil
}

// interruption is the last moment at which anything else than the subject may have run, and why.
func (j judgement) interruption() (time.Time, string) {
	all := []moment{{"it was never deployed there by a run of " + branch, time.Time{}}}
	for _, d := range j.evidence.Source.Deployments.Items {
		all = append(all, j.interrupted(d))
	}
	for _, record := range j.evidence.Source.Records.Items {
		if !slices.ContainsFunc(j.evidence.Source.Deployments.Items, func(d Deployment) bool { return d.Run == record.Run && d.Subject == record.Subject }) {
			all = append(all, moment{fmt.Sprintf("run %d kept a record of a deployment that is not there", record.Run), record.At})
		}
	}
	ordered := byTime(all)
	last := ordered[len(ordered)-1]
	return last.at, last.what
}

// interrupted is the last moment at which a deployment spoke against the subject.
func (j judgement) interrupted(d Deployment) moment {
	if !j.backed(j.evidence.Source, d) {
		return moment{fmt.Sprintf("deployment %d has no record of a run of %s", d.ID, branch), touched(d)}
	}
	if d.Subject != j.Subject {
		return moment{fmt.Sprintf("deployment %d brought %s", d.ID, short(d.Subject)), touched(d)}
	}
	return moment{fmt.Sprintf("deployment %d of it ended or is under way", d.ID), ended(d)}
}

// byTime orders moments by time, equal ones by what they are.
func byTime(moments []moment) []moment {
	slices.SortFunc(moments, func(a, b moment) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.what, b.what))
	})
	return moments
}

func short(subject string) string {
	const enough = 19 // "sha256:" and 12 digits
	return subject[:min(len(subject), enough)]
}

// newest is the newest deployment of a history that went through; a zero one where
// there is none, or no telling.
func (j judgement) newest(h History) Deployment {
	var newest *Deployment
	for _, d := range h.Deployments.Items {
		if !j.backed(h, d) || !succeeded(d) {
			continue
		}
		if newest == nil || d.Created.After(newest.Created) || d.Created.Equal(newest.Created) && d.ID > newest.ID {
			newest = &d
		}
	}
	if newest == nil {
		return Deployment{}
	}
	return *newest
}

// base is the commit that the target has; "" where there is none.
func (j judgement) base() string {
	return j.newest(j.evidence.Target).Commit
}

// BaseOf is the commit that the target of a request has, by the records of runs of
// main; "" where there is none. The collector reads the changes since then, and the
// rules hold the evidence against it.
func BaseOf(request Request, policy Policy, evidence Evidence) string {
	return judgement{Request: request, policy: policy, evidence: evidence}.base()
}

// CurrentOf is the digest that was last deployed to the source of a request with
// success, by the records of runs of main; "" where there is none.
func CurrentOf(request Request, policy Policy, evidence Evidence) string {
	return judgement{Request: request, policy: policy, evidence: evidence}.newest(evidence.Source).Subject
}

// soakRule: the subject is what runs in the source, and has been for long enough.
func soakRule(j judgement) Outcome {
	const name = "source"
	if j.From == "" {
		return met(name, "there is none: it comes from "+branch)
	}
	start, d, err := j.since()
	if err != nil {
		return unmet(name, err.Error(), "deploy it to "+j.From+", and let it run")
	}
	at := fmt.Sprintf("deployment %d", d.ID)
	soaked := j.evidence.Now.Sub(start)
	until := start.Add(j.step.Soak)
	if soaked < j.step.Soak {
		outcome := unmet(name, fmt.Sprintf("has run in %s since %s: %s of %s", j.From, stamp(start), soaked.Truncate(time.Second), j.step.Soak),
			"wait until "+stamp(until), at)
		outcome.Until = &until
		return j.lift(outcome)
	}
	return met(name, fmt.Sprintf("has run in %s since %s", j.From, stamp(start)), at)
}
