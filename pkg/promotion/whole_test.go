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
		{name: "deployments", world: toPCI, with: func(_ *testing.T, w *world) { w.source().Deployments.Count++ }, refused: "evidence", says: "deployments to production: 1 of 2", reason: "one was taken away"},
		{name: "records", world: toPCI, with: func(_ *testing.T, w *world) { w.source().Records.Count++ }, refused: "evidence", says: "records of production: 1 of 2", reason: "one was taken away"},
		{name: "target's deployments", world: toPCI, with: func(_ *testing.T, w *world) { w.target().Deployments.Count++ }, refused: "evidence", says: "deployments to production-pci: 0 of 1", reason: "one was taken away"},
		{name: "target's records", world: toPCI, with: func(_ *testing.T, w *world) { w.target().Records.Count++ }, refused: "evidence", says: "records of production-pci: 0 of 1", reason: "one was taken away"},
		{name: "endings", world: toPCI, with: func(_ *testing.T, w *world) { w.source().Endings.Count++ }, refused: "evidence", says: "endings of production: 1 of 2", reason: "one was taken away"},
		{name: "the history of the target", world: toPCI, with: func(_ *testing.T, w *world) { delete(w.histories, promotion.ProductionPCI) },
			refused: "evidence", says: "history of production-pci: 0 of 1", reason: "what the target has would not be known"},
		{name: "the history of where a test ran", world: toPCI, with: func(_ *testing.T, w *world) { delete(w.histories, promotion.Staging) },
			refused: "evidence", says: "history of staging: 0 of 1", reason: "whether it ran there would not be known"},
		{name: "the history of a stack", world: func() *world { return infrastructure(promotion.Dev, promotion.Staging) },
			with: func(_ *testing.T, w *world) { delete(w.histories, promotion.Staging) }, refused: "evidence", says: "history of staging: 0 of 1", reason: "what the stack has would not be known"},
		{name: "the history of the source", world: func() *world { return infrastructure(promotion.Dev, promotion.Staging) },
			with: func(_ *testing.T, w *world) { delete(w.histories, promotion.Dev) }, refused: "evidence", says: "history of dev: 0 of 1", reason: "what runs there would not be known"},
		{name: "results", world: toPCI, with: without(func(e *promotion.Evidence) { e.Results.Count++ }), refused: "evidence", says: "results: 4 of 5", reason: "one was taken away"},
		{name: "reviews", world: toPCI, with: without(func(e *promotion.Evidence) { e.Reviews.Count++ }), refused: "evidence", says: "reviews: 3 of 4", reason: "a rejection may have been taken away"},
		{name: "members", world: toPCI, with: without(func(e *promotion.Evidence) { e.Members.Count++ }), refused: "evidence", says: "members: 3 of 4", reason: "one was taken away"},
		{name: "changes", world: toPCI, with: without(func(e *promotion.Evidence) { e.Changes.Count++ }), refused: "evidence", says: "changes: 1 of 2", reason: "an author may have been taken away"},
		{name: "environments", world: toPCI, with: without(func(e *promotion.Evidence) { e.Environments.Count++ }), refused: "evidence", says: "environments: 4 of 5", reason: "one was taken away"},
		{name: "more than there were", world: toPCI, with: without(func(e *promotion.Evidence) { e.Reviews.Count-- }), refused: "evidence", says: "reviews: 3 of 2", reason: "one was added by somebody"},
	})
}
