package promotion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// previous is the deployment whose digest a rollback brings back: what ran with
// success before what is or was last brought there. What a rollback has left is
// not gone back to.
func (j judgement) previous() (Deployment, error) {
	if why := j.evidence.Source.contradiction(); why != "" {
		return Deployment{}, fmt.Errorf("the history contradicts itself: %s", why)
	}
	var known []Deployment
	for _, d := range j.evidence.Source.Deployments.Items {
		if j.backed(j.evidence.Source, d) {
			known = append(known, d)
		}
	}
	if len(known) == 0 {
		return Deployment{}, errors.New("no deployment is on record that a run of " + branch + " made")
	}
	slices.SortFunc(known, func(a, b Deployment) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	stack := good(known)
	if last := known[len(known)-1]; len(stack) > 0 && stack[len(stack)-1].Subject == last.Subject && succeeded(last) {
		stack = stack[:len(stack)-1]
	}
	if len(stack) == 0 {
		return Deployment{}, errors.New("there is none: nothing else has run there with success")
	}
	return stack[len(stack)-1], nil
}

// good are the digests that ran with success, in order; what a rollback left is taken out again.
func good(deployments []Deployment) []Deployment {
	var stack []Deployment
	for _, d := range deployments {
		if !succeeded(d) {
			continue
		}
		at := slices.IndexFunc(stack, func(of Deployment) bool { return of.Subject == d.Subject })
		if at >= 0 && d.Kind == RollingBack {
			stack = stack[:at+1]
			continue
		}
		if at >= 0 {
			stack = slices.Delete(stack, at, at+1)
		}
		stack = append(stack, d)
	}
	return stack
}

// succeeded tells whether a deployment went through and did not fail after that.
func succeeded(d Deployment) bool {
	var success, failure time.Time
	for _, status := range d.Statuses {
		switch status.State {
		case Success:
			success = later(success, status.At)
		case Failure, Error:
			failure = later(failure, status.At)
		case Inactive, InProgress, Queued, Pending, Waiting:
		}
	}
	return success.After(failure)
}

// previousRule: there is something to go back to.
func previousRule(j judgement) Outcome {
	const name = "previous"
	d, err := j.previous()
	if err != nil {
		return unmet(name, err.Error(), "deploy a good version")
	}
	return met(name, fmt.Sprintf("%s of deployment %d ran there with success", short(d.Subject), d.ID), fmt.Sprintf("deployment %d", d.ID))
}
