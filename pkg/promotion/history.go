package promotion

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// source is the history of the source, or of the environment that is rolled back.
func (j judgement) source() History { return j.evidence.Histories[j.From] }

// backed tells whether a deployment is what a run of reviewed code kept a record
// of: whoever may write to the repository may make deployments. A record backs one
// deployment, the first that was made, and only one that says what it says.
func (j judgement) backed(h History, d Deployment) bool {
	return j.recorded(h, d) && !slices.ContainsFunc(h.Deployments.Items, func(other Deployment) bool {
		return other.Run == d.Run && after(d, other) && j.recorded(h, other)
	})
}

func (j judgement) recorded(h History, d Deployment) bool {
	if _, err := j.trusted(d.Run, deployersOf(j.Kind)); err != nil {
		return false
	}
	shape, _ := shapeOf(j.Kind)
	if !shape.MatchString(d.Subject) || disordered(d) {
		return false
	}
	return slices.ContainsFunc(h.Records.Items, func(r Record) bool {
		same := r.Run == d.Run && r.Subject == d.Subject && r.Commit == d.Commit && r.Kind == d.Kind
		return same && !r.At.IsZero() && !r.At.After(d.Created)
	})
}

// after orders deployments: the later one, of equally old ones that with the higher number.
func after(a, b Deployment) bool {
	return a.Created.After(b.Created) || a.Created.Equal(b.Created) && a.ID > b.ID
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
func (h History) ended(d Deployment) time.Time {
	if len(h.successes(d)) == 0 {
		return touched(d)
	}
	return failed(d)
}

// failed is the last moment at which a deployment failed or was set inactive.
func failed(d Deployment) time.Time {
	var last time.Time
	for _, status := range d.Statuses {
		if slices.Contains([]State{Failure, Error, Inactive}, status.State) {
			last = later(last, status.At)
		}
	}
	return last
}

// successes are the moments at which a deployment went through: by its statuses, once
// its run had kept that it did, and nothing else.
func (h History) successes(d Deployment) []time.Time {
	var kept time.Time
	for _, ending := range h.Endings.Items {
		if ending.Run != d.Run {
			continue
		}
		if ending.State != Success {
			return nil
		}
		kept = later(kept, ending.At)
	}
	if kept.IsZero() {
		return nil
	}
	var moments []time.Time
	for _, status := range d.Statuses {
		if status.State == Success && !status.At.Before(kept) {
			moments = append(moments, status.At)
		}
	}
	return moments
}

// succeeded tells whether a deployment went through and did not fail after that.
func (h History) succeeded(d Deployment) bool {
	successes := h.successes(d)
	if len(successes) == 0 {
		return false
	}
	var failure time.Time
	for _, status := range d.Statuses {
		if status.State == Failure || status.State == Error {
			failure = later(failure, status.At)
		}
	}
	return slices.MaxFunc(successes, time.Time.Compare).After(failure)
}

// since is from when on the subject has been what runs, without interruption:
// its first successful deployment after everything else that happened there.
func (j judgement) since() (time.Time, Deployment, error) {
	h := j.source()
	items := h.Deployments.Items
	if len(items) == 0 {
		return time.Time{}, Deployment{}, fmt.Errorf("no deployment of %s to %s is on record", j.App, j.From)
	}
	if why := h.contradiction(); why != "" {
		return time.Time{}, Deployment{}, fmt.Errorf("the history contradicts itself: %s", why)
	}
	broken, by := j.interruption()
	var first *Deployment
	var start time.Time
	for _, d := range items {
		if d.Subject != j.Subject || !j.backed(h, d) {
			continue
		}
		for _, at := range h.successes(d) {
			if at.After(broken) && (first == nil || at.Before(start) || at.Equal(start) && d.ID < first.ID) {
				first, start = &d, at
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
	h := j.source()
	all := []moment{{"it was never deployed there by a run of " + branch, time.Time{}}}
	for _, d := range h.Deployments.Items {
		if j.foreign(d.Run) {
			continue
		}
		all = append(all, j.interrupted(h, d))
	}
	for _, record := range h.Records.Items {
		if _, err := j.trusted(record.Run, deployersOf(j.Kind)); err != nil {
			continue
		}
		if !slices.ContainsFunc(h.Deployments.Items, func(d Deployment) bool { return d.Run == record.Run && d.Subject == record.Subject }) {
			all = append(all, moment{fmt.Sprintf("run %d kept a record of a deployment that is not there", record.Run), record.At})
		}
	}
	ordered := byTime(all)
	last := ordered[len(ordered)-1]
	return last.at, last.what
}

// foreign tells whether a run is there and none that deploys: it brought nothing, and
// whoever may write can make a deployment that names it. One that is not there may have
// been deleted, to hide what it brought.
func (j judgement) foreign(run int64) bool {
	return slices.ContainsFunc(j.evidence.Runs.Items, func(r Run) bool { return r.ID == run && !r.Deploys(j.Kind) })
}

// interrupted is the last moment at which a deployment spoke against the subject.
func (j judgement) interrupted(h History, d Deployment) moment {
	if !j.backed(h, d) {
		return moment{fmt.Sprintf("deployment %d is not what run %d kept a record of", d.ID, d.Run), touched(d)}
	}
	if d.Subject != j.Subject {
		return moment{fmt.Sprintf("deployment %d brought %s", d.ID, short(d.Subject)), touched(d)}
	}
	return moment{fmt.Sprintf("deployment %d of it ended or is under way", d.ID), h.ended(d)}
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
		if !j.backed(h, d) || !h.succeeded(d) {
			continue
		}
		if newest == nil || after(d, *newest) {
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
	return j.newest(j.evidence.Histories[j.To]).Commit
}

// BaseOf is the commit that the target of a request has, by the records of runs of
// main; "" where there is none. The collector reads the changes since then, and the
// rules hold the evidence against it.
func BaseOf(request Request, policy Policy, evidence Evidence) string {
	return judgement{Request: request, policy: policy, evidence: evidence}.base()
}

// CurrentOf is what was last deployed to the source of a request with success, by the
// records of runs of main; a zero one where there is none.
func CurrentOf(request Request, policy Policy, evidence Evidence) Deployment {
	return judgement{Request: request, policy: policy, evidence: evidence}.newest(evidence.Histories[request.From])
}

// orderRule: a commit of the estate never goes over a newer one, whose resources it would destroy.
func orderRule(j judgement) Outcome {
	const name = "order"
	base := j.base()
	if base != j.evidence.Base {
		return unmet(name, fmt.Sprintf("it was compared with %s, and the target has %s", quoted(j.evidence.Base), quoted(base)), "start a new run")
	}
	if base != "" && !j.evidence.Ahead {
		return unmet(name, "the target has "+base+", which is not part of it", "start a new run: it takes the newest commit of "+branch)
	}
	return met(name, "it has all that the target has")
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
