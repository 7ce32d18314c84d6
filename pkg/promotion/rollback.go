package promotion

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// previous is the deployment whose digest a rollback brings back: what ran with
// success before what is or was last brought there. What a rollback has left is
// not gone back to.
func (j judgement) previous() (Deployment, error) {
	h := j.source()
	if why := h.contradiction(); why != "" {
		return Deployment{}, fmt.Errorf("the history contradicts itself: %s", why)
	}
	var known []Deployment
	for _, d := range h.Deployments.Items {
		if j.backed(h, d) {
			known = append(known, d)
		}
	}
	if len(known) == 0 {
		return Deployment{}, errors.New("no deployment is on record that a run of " + branch + " made")
	}
	slices.SortFunc(known, func(a, b Deployment) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	return before(h.good(known), known[len(known)-1], h)
}

// before is what ran before the last deployment; what a rollback that failed was on its
// way to, it is still on its way to.
func before(good []Deployment, last Deployment, h History) (Deployment, error) {
	at := slices.IndexFunc(good, func(of Deployment) bool { return of.Subject == last.Subject })
	if at >= 0 && last.Kind == RollingBack && !h.succeeded(last) {
		return good[at], nil
	}
	if len(good) > 0 && good[len(good)-1].Subject == last.Subject && h.succeeded(last) {
		good = good[:len(good)-1]
	}
	if len(good) == 0 {
		return Deployment{}, errors.New("there is none: nothing else has run there with success")
	}
	return good[len(good)-1], nil
}

// good are the digests that ran with success, in order; what a rollback left is taken out again.
func (h History) good(deployments []Deployment) []Deployment {
	var stack []Deployment
	for _, d := range deployments {
		if !h.succeeded(d) {
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

// previousRule: there is something to go back to.
func previousRule(j judgement) Outcome {
	const name = "previous"
	d, err := j.previous()
	if err != nil {
		return unmet(name, err.Error(), "deploy a good version")
	}
	return met(name, fmt.Sprintf("%s of deployment %d ran there with success", short(d.Subject), d.ID), fmt.Sprintf("deployment %d", d.ID))
}
