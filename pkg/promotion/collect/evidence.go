package collect

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"aws-platform/pkg/promotion"
)

// collector gathers one request's evidence.
type collector struct {
	*Client
	ctx      context.Context
	request  promotion.Request
	policy   promotion.Policy
	evidence promotion.Evidence
	// runs are those that a piece of evidence names.
	runs map[int64]bool
	// known are the runs that were read; nil is one that is not there.
	known map[int64]*promotion.Run
	// main is the commit of the branch main.
	main string
	// onMain are commits of which it is known whether they are on it.
	onMain map[string]bool
	// people are those whose teams are asked for.
	people map[string]bool
}

func (c *Client) collector(ctx context.Context, request promotion.Request, policy promotion.Policy) (*collector, error) {
	if !strings.EqualFold(policy.Repository, c.owner+"/"+c.name) {
		return nil, fmt.Errorf("repository: %s: is not %s, whose policy this is: run it there", c.owner+"/"+c.name, policy.Repository)
	}
	return &collector{Client: c, ctx: ctx, request: request, policy: policy, runs: map[int64]bool{}, known: map[int64]*promotion.Run{}, onMain: map[string]bool{}, people: map[string]bool{},
		evidence: promotion.Evidence{Histories: map[string]promotion.History{}}}, nil
}

// ErrNothing is the error of an environment in which nothing runs, as far as is known.
var ErrNothing = errors.New("no deployment with success by a run of main is on record")

// Current is what runs in the source of a request: what was last deployed there with
// success; [ErrNothing] where there is none.
func (c *Client) Current(ctx context.Context, request promotion.Request, policy promotion.Policy) (promotion.Deployment, error) {
	k, err := c.collector(ctx, request, policy)
	if err != nil {
		return promotion.Deployment{}, err
	}
	if err := k.history(request.From); err != nil {
		return promotion.Deployment{}, err
	}
	if err := k.namedRuns(); err != nil {
		return promotion.Deployment{}, err
	}
	if d := promotion.CurrentOf(request, policy, k.evidence); d.ID != 0 {
		return d, nil
	}
	return promotion.Deployment{}, fmt.Errorf("%s: %s: %w: deploy it", request.From, request.App, ErrNothing)
}

// Evidence reads all that is known of a request. The first error ends it.
func (c *Client) Evidence(ctx context.Context, request promotion.Request, policy promotion.Policy) (promotion.Evidence, error) {
	k, err := c.collector(ctx, request, policy)
	if err != nil {
		return promotion.Evidence{}, err
	}
	for _, read := range []func() error{
		k.histories, k.builds, k.results, k.reviews, k.changes, k.environments, k.namedRuns, k.members, k.time,
	} {
		if err := read(); err != nil {
			return promotion.Evidence{}, err
		}
	}
	return k.evidence, nil
}

// hex is the digest's digits, as artifacts' names have them: a colon may not be in one.
func hex(digest string) string { return strings.TrimPrefix(digest, "sha256:") }

func (k *collector) names(run int64) { k.runs[run] = true }

// builds finds the runs that built the digest.
func (k *collector) builds() error {
	if k.request.Kind != promotion.Deploying && k.request.Kind != promotion.Promoting {
		return nil
	}
	found, err := k.artifacts(BuildName(k.request.App, k.request.Subject), promotion.Run.Builds)
	if err != nil {
		return err
	}
	var builds []promotion.Build
	for _, a := range found {
		var build Build
		if err := k.content(a, BuildFile, &build); err != nil {
			return err
		}
		if build.App != k.request.App {
			return lacking("artifact "+a.name, "build of "+k.request.App)
		}
		builds = append(builds, promotion.Build{Digest: build.Digest, Commit: build.Commit, Run: a.run, At: a.at})
	}
	k.evidence.Builds = promotion.Whole(builds...)
	return nil
}

// results finds the results of every test of the step.
func (k *collector) results() error {
	var results []promotion.Result
	for _, check := range k.checks() {
		found, err := k.artifacts(ResultName(check.Test, k.request.App, check.Environment, k.request.Subject), promotion.Run.Tests)
		if err != nil {
			return err
		}
		for _, a := range found {
			var r Result
			if err := k.content(a, ResultFile, &r); err != nil {
				return err
			}
			results = append(results, promotion.Result{Test: r.Test, Environment: r.Environment, Digest: r.Digest, Outcome: r.Outcome, Run: a.run, At: a.at})
		}
	}
	k.evidence.Results = promotion.Whole(results...)
	return nil
}

func (k *collector) checks() []promotion.Check {
	for _, step := range promotion.Steps() {
		if k.request.Kind == promotion.Promoting && step.From == k.request.From && step.To == k.request.To {
			return step.Checks
		}
	}
	return nil
}

// namedRuns reads every run that was named so far. One that is not there stays
// away: a forged deployment may name it, and must not stop everybody.
func (k *collector) namedRuns() error {
	if k.request.Run != 0 {
		k.names(k.request.Run)
	}
	var runs []promotion.Run
	for _, id := range slices.Sorted(maps.Keys(k.runs)) {
		run, err := k.run(id)
		if err != nil {
			return err
		}
		if run == nil {
			continue
		}
		if id == k.request.Run {
			for _, starter := range run.Starters {
				k.people[starter.Login] = true
			}
		}
		runs = append(runs, *run)
	}
	k.evidence.Runs = promotion.Whole(runs...)
	return nil
}

// time takes GitHub's own time, last, so that nothing that was read came after it.
func (k *collector) time() error {
	_, response, err := k.reading.RateLimit.Get(k.ctx)
	if err != nil {
		return fmt.Errorf("the time: %w", err)
	}
	k.evidence.Local = k.local().UTC().Truncate(time.Second)
	k.evidence.Now, err = http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return lacking("the time", "header Date")
	}
	return nil
}
