package promotion_test

import (
	"testing"

	"aws-platform/pkg/promotion"
)

// Each list says how many it had.
func TestWhole(t *testing.T) {
	without := func(change func(e *promotion.Evidence)) func(*testing.T, *world) {
		return func(_ *testing.T, w *world) { change(&w.evidence) }
	}
	check(t, []scenario{
		{name: "runs", world: toPCI, with: without(func(e *promotion.Evidence) { e.Runs.Items = e.Runs.Items[1:] }), refused: "evidence", says: "runs: 4 of 5", reason: "one was taken away"},
		{name: "builds", world: toPCI, with: without(func(e *promotion.Evidence) { e.Builds.Items = nil }), refused: "evidence", says: "builds: 0 of 1", reason: "one was taken away"},
		{name: "deployments", world: toPCI, with: without(func(e *promotion.Evidence) { e.Source.Deployments.Count++ }), refused: "evidence", says: "source deployments: 1 of 2", reason: "one was taken away"},
		{name: "records", world: toPCI, with: without(func(e *promotion.Evidence) { e.Source.Records.Count++ }), refused: "evidence", says: "source records: 1 of 2", reason: "one was taken away"},
		{name: "target's deployments", world: toPCI, with: without(func(e *promotion.Evidence) { e.Target.Deployments.Count++ }), refused: "evidence", says: "target deployments: 0 of 1", reason: "one was taken away"},
		{name: "target's records", world: toPCI, with: without(func(e *promotion.Evidence) { e.Target.Records.Count++ }), refused: "evidence", says: "target records: 0 of 1", reason: "one was taken away"},
		{name: "results", world: toPCI, with: without(func(e *promotion.Evidence) { e.Results.Count++ }), refused: "evidence", says: "results: 4 of 5", reason: "one was taken away"},
		{name: "reviews", world: toPCI, with: without(func(e *promotion.Evidence) { e.Reviews.Count++ }), refused: "evidence", says: "reviews: 3 of 4", reason: "a rejection may have been taken away"},
		{name: "members", world: toPCI, with: without(func(e *promotion.Evidence) { e.Members.Count++ }), refused: "evidence", says: "members: 3 of 4", reason: "one was taken away"},
		{name: "changes", world: toPCI, with: without(func(e *promotion.Evidence) { e.Changes.Count++ }), refused: "evidence", says: "changes: 1 of 2", reason: "an author may have been taken away"},
		{name: "environments", world: toPCI, with: without(func(e *promotion.Evidence) { e.Environments.Count++ }), refused: "evidence", says: "environments: 4 of 5", reason: "one was taken away"},
		{name: "more than there were", world: toPCI, with: without(func(e *promotion.Evidence) { e.Reviews.Count-- }), refused: "evidence", says: "reviews: 3 of 2", reason: "one was added by somebody"},
	})
}
