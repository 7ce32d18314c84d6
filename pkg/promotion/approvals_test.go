package promotion_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/promotion"
)

func of(login string) func(promotion.Review) bool {
	return func(r promotion.Review) bool { return r.Person.Login == login }
}

// insteadOfBob lets somebody else approve.
func insteadOfBob(person promotion.Person, teams ...promotion.Team) func(*testing.T, *world) {
	return func(t *testing.T, w *world) {
		edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.Person = person })
		for _, team := range teams {
			add(&w.evidence.Members, promotion.Member{Team: team, Login: person.Login})
		}
	}
}

func TestApprovals(t *testing.T) {
	check(t, []scenario{
		{name: "none", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Reviews = promotion.Whole[promotion.Review]() },
			refused: "approvals", says: "0 of 2 different people of devops", reason: "two are asked for"},
		{name: "one", world: toProduction, with: func(_ *testing.T, w *world) { drop(&w.evidence.Reviews, of("bob")) },
			refused: "approvals", says: "1 of 2 different people of devops", reason: "GitHub goes on after one; this does not"},
		{name: "one person at both gates", world: toProduction, with: insteadOfBob(user("alice")),
			refused: "approvals", says: "1 of 2 different people of devops", reason: "the people must be different"},
		{name: "one person in two spellings", world: toProduction, with: insteadOfBob(user("ALICE")),
			refused: "approvals", says: "1 of 2 different people of devops", reason: "logins do not distinguish cases"},
		{name: "three", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Reviews, approval("production-approval-1", "carol"))
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "carol"})
		}, says: "alice, bob, carol approved", reason: "more do no harm"},
		{name: "not of the team", world: toProduction, with: insteadOfBob(user("mallory")),
			refused: "approvals", says: "mallory is not in the team devops", reason: "they may not decide"},
		{name: "of the other team", world: toProduction, with: insteadOfBob(user("sam")),
			refused: "approvals", says: "sam is not in the team devops", reason: "security does not stand for devops"},
		{name: "member in another spelling", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Members, func(m promotion.Member) bool { return m.Login == "bob" }, func(m *promotion.Member) { m.Login = "Bob" })
		}, reason: "logins do not distinguish cases"},
		{name: "who started the run", world: toProduction, with: insteadOfBob(user("starter"), promotion.DevOps),
			refused: "approvals", says: "starter started the run", reason: "nobody approves their own run"},
		{name: "who triggered it in other letters", world: toProduction, with: insteadOfBob(user("Starter"), promotion.DevOps),
			refused: "approvals", says: "starter started the run", reason: "logins do not distinguish cases"},
		{name: "the author", world: toProduction, with: insteadOfBob(user("author"), promotion.DevOps),
			refused: "approvals", says: "author wrote " + commit, reason: "nobody approves their own work"},
		{name: "the committer of an earlier commit in it", world: toProduction, with: func(t *testing.T, w *world) {
			add(&w.evidence.Changes, promotion.Change{Commit: older, At: ago(122 * time.Hour), People: []promotion.Person{user("bob")}})
		}, refused: "approvals", says: "bob wrote " + older, reason: "all that the target does not have yet is promoted"},
		{name: "both commits are theirs", world: toProduction, with: func(t *testing.T, w *world) {
			add(&w.evidence.Changes, promotion.Change{Commit: older, At: ago(122 * time.Hour), People: []promotion.Person{user("author")}})
			insteadOfBob(user("author"), promotion.DevOps)(t, w)
		}, refused: "approvals", says: "author wrote " + commit, reason: "the first is named"},
	})
}

// Accounts that are nobody, and people who say no.
func TestWhoIsNoPerson(t *testing.T) {
	check(t, []scenario{
		{name: "a bot", world: toProduction, with: insteadOfBob(promotion.Person{Login: "deploy-helper", Type: "Bot"}, promotion.DevOps),
			refused: "approvals", says: "deploy-helper is no person", reason: "a bot counts never"},
		{name: "a bot by its name", world: toProduction, with: insteadOfBob(user("renovate[bot]"), promotion.DevOps),
			refused: "approvals", says: "renovate[bot] is no person", reason: "a bot counts never"},
		{name: "GitHub's own committer", world: toProduction, with: insteadOfBob(user("web-flow"), promotion.DevOps),
			refused: "approvals", says: "web-flow is no person", reason: "it is no person"},
		{name: "an account of no type", world: toProduction, with: insteadOfBob(promotion.Person{Login: "carol"}, promotion.DevOps),
			refused: "approvals", says: "carol is no person", reason: "what is not known is refused"},
		{name: "nobody", world: toProduction, with: insteadOfBob(promotion.Person{Type: "User"}, promotion.DevOps),
			refused: "approvals", says: "is no person", reason: "a deleted account's review has no login"},
		{name: "a rejection", world: toProduction, with: func(_ *testing.T, w *world) {
			no := approval("production-approval-1", "carol")
			no.State = "rejected"
			add(&w.evidence.Reviews, no)
		}, refused: "approvals", says: "rejected by carol", reason: "one no ends it, whoever says yes"},
		{name: "a rejection by somebody of no team", world: toProduction, with: func(_ *testing.T, w *world) {
			no := approval("production-approval-1", "mallory")
			no.State = "rejected"
			add(&w.evidence.Reviews, no)
		}, refused: "approvals", says: "rejected by mallory", reason: "GitHub let them, and a no is heard"},
		{name: "rejected where none is asked for", world: toStaging, with: func(_ *testing.T, w *world) {
			no := approval("production-approval-1", "carol")
			no.State = "rejected"
			add(&w.evidence.Reviews, no)
		}, refused: "approvals", says: "rejected by carol", reason: "a no is heard"},
		{name: "a review that is not understood", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.State = "dismissed" })
		}, refused: "approvals", says: "rejected by bob", reason: "it may be a no"},
		{name: "a comment", world: toProduction, with: func(_ *testing.T, w *world) {
			comment := approval("production-approval-1", "carol")
			comment.State = "pending"
			add(&w.evidence.Reviews, comment)
		}, reason: "a comment is neither"},
		{name: "only a comment", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.State = "pending" })
		}, refused: "approvals", says: "1 of 2", reason: "a comment is no approval"},
		{name: "at another environment's gate", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.Environment = "production-pci-approval-1" })
		}, refused: "approvals", says: "1 of 2", reason: "they approved something else"},
	})
}

// An approval is of what was there, by somebody who did not make it.
func TestWhatWasApproved(t *testing.T) {
	check(t, []scenario{
		{name: "before the last change", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.NotBefore = built.Add(-time.Second) })
		}, refused: "approvals", says: "bob may have approved before the last change", reason: "they saw something else"},
		{name: "at the moment of the last change", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.NotBefore = built })
		}, reason: "older ones do not count"},
		{name: "before a commit that was added", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Changes, promotion.Change{Commit: older, At: ago(time.Minute), People: []promotion.Person{user("author")}})
		}, refused: "approvals", says: "may have approved before", reason: "they did not see it"},
		{name: "without a time", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("bob"), func(r *promotion.Review) { r.NotBefore = time.Time{} })
		}, refused: "approvals", says: "may have approved before", reason: "what is not known is refused"},
		{name: "an author whom GitHub does not know", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Changes, promotion.Change{Commit: older, At: built, People: []promotion.Person{user("web-flow")}, Unknown: []string{"x@example.com"}})
		}, refused: "approvals", says: "x@example.com of commit " + older, reason: "it could be one of those who approve"},
		{name: "a commit of nobody", world: toProduction, with: func(_ *testing.T, w *world) {
			add(&w.evidence.Changes, promotion.Change{Commit: older, At: built})
		}, refused: "approvals", says: "whoever wrote commit " + older, reason: "it could be one of those who approve"},
		{name: "authors not known at all", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Changes = promotion.Whole[promotion.Change]() },
			refused: "approvals", says: "who wrote what is promoted is not known", reason: "it could be one of those who approve"},
		{name: "the promoted commit is not among the changes", world: toProduction, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Changes, func(c promotion.Change) bool { return c.Commit == commit }, func(c *promotion.Change) { c.Commit = older })
		}, refused: "approvals", says: "is not known", reason: "its author could be one of those who approve"},
		{name: "without a build", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Builds = promotion.Whole[promotion.Build]() },
			refused: "approvals", says: "is not known", reason: "which commit it is of is not known"},
		{name: "unknown authors where nobody must approve", world: toStaging, with: func(_ *testing.T, w *world) { w.evidence.Changes = promotion.Whole[promotion.Change]() },
			reason: "nobody can approve their own work there"},
	})
}

func TestApprovalsOfTwoTeams(t *testing.T) {
	both := func(login string) func(*testing.T, *world) {
		return func(_ *testing.T, w *world) {
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: login}, promotion.Member{Team: promotion.Security, Login: login})
		}
	}
	check(t, []scenario{
		{name: "no security", world: toPCI, with: func(_ *testing.T, w *world) { drop(&w.evidence.Reviews, of("sam")) },
			refused: "approvals", says: "0 of 1 different people of security", reason: "one of security is asked for"},
		{name: "one devops", world: toPCI, with: func(_ *testing.T, w *world) { drop(&w.evidence.Reviews, of("bob")) },
			refused: "approvals", says: "1 of 2 different people of devops", reason: "two of devops are asked for"},
		{name: "alice in both teams at all gates", world: toPCI, with: func(t *testing.T, w *world) {
			both("alice")(t, w)
			edit(t, &w.evidence.Reviews, of("sam"), func(r *promotion.Review) { r.Person = user("alice") })
		}, refused: "approvals", says: "2 of 3 different people of devops and security", reason: "one person in both teams counts once"},
		{name: "alice in both teams at the security gate, carol for devops", world: toPCI, with: func(t *testing.T, w *world) {
			both("alice")(t, w)
			edit(t, &w.evidence.Reviews, of("sam"), func(r *promotion.Review) { r.Person = user("alice") })
			add(&w.evidence.Reviews, approval("production-pci-approval-2", "carol"))
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "carol"})
		}, says: "alice, bob, carol approved", reason: "three different people: alice for security"},
		{name: "alice and bob in both teams, and nobody else", world: toPCI, with: func(t *testing.T, w *world) {
			both("alice")(t, w)
			both("bob")(t, w)
			edit(t, &w.evidence.Reviews, of("sam"), func(r *promotion.Review) { r.Person = user("bob") })
		}, refused: "approvals", says: "2 of 3 different people", reason: "three people are asked for"},
		{name: "sam in both teams at the security gate", world: toPCI, with: both("sam"), reason: "sam counts for security"},
		{name: "alice at the security gate without being of it", world: toPCI, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Reviews, of("sam"), func(r *promotion.Review) { r.Person = user("carol") })
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "carol"})
		}, refused: "approvals", says: "carol is not in the team security", reason: "devops does not stand for security"},
		{name: "the same approval twice", world: toPCI, with: func(_ *testing.T, w *world) {
			drop(&w.evidence.Reviews, of("bob"))
			add(&w.evidence.Reviews, approval("production-pci-approval-1", "alice"))
		}, refused: "approvals", says: "1 of 2 different people of devops", reason: "twice the same person is one person"},
	})
}

// A refusal says how many are missing, who did not count, and who cannot.
func TestApprovalsSayWhoIsMissing(t *testing.T) {
	w := toProduction()
	insteadOfBob(user("mallory"))(t, w)
	edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runBuild }, func(r *promotion.Run) { r.Starters = []promotion.Person{user("builder")} })
	outcome := find(t, w.decide(), "approvals")
	assert.Equal(t, "1 of 2 different people of devops approved; not counted: mallory is not in the team devops", outcome.Fact)
	assert.Equal(t, "approve in production-approval-1 (devops), production-approval-2 (devops); not author, starter", outcome.Remedy)
	assert.Equal(t, []string{"alice"}, outcome.Evidence)
}

// Who started another run is none of this record's business.
func TestStarters(t *testing.T) {
	w := toProduction()
	for i := range w.evidence.Runs.Items {
		if w.evidence.Runs.Items[i].ID != runAsks {
			w.evidence.Runs.Items[i].Starters = []promotion.Person{user("somebody")}
		}
	}
	assert.Equal(t, []string{"starter"}, w.decide().Starters)
	insteadOfBob(user("somebody"), promotion.DevOps)(t, w)
	assert.True(t, w.decide().Allowed, "who started an earlier run may approve this one")
}

// Who approved is in the record, and nobody else.
func TestApprovers(t *testing.T) {
	w := toPCI()
	add(&w.evidence.Reviews, approval("production-pci-approval-1", "mallory"))
	assert.Equal(t, []string{"alice", "bob", "sam"}, w.decide().Approvers)
	assert.Equal(t, []string{"starter"}, w.decide().Starters)
	assert.Equal(t, []string{}, toStaging().decide().Approvers)
}

// inTarget adds a deployment to the target's history.
func (w *world) inTarget(id, runID int64, of string, at time.Time, state promotion.State) {
	h := w.target()
	w.deploysTo(h, id, runID, other, at)
	last := len(h.Deployments.Items) - 1
	h.Deployments.Items[last].Commit, h.Records.Items[last].Commit = of, of
	h.Deployments.Items[last].Statuses[1].State, h.Endings.Items[last].State = state, state
}

// The changes are those that the target does not have; who would shorten them would hide their authors.
func TestBase(t *testing.T) {
	const target = 300
	check(t, []scenario{
		{name: "the target's commit", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.evidence.Base = older
		}, reason: "that is what the target has"},
		{name: "since another commit", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.evidence.Base = commit
		}, refused: "approvals", says: "the changes are those since " + commit + ", and the target has " + older, reason: "authors in between would be missing"},
		{name: "since nothing", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
		}, refused: "approvals", says: "since none", reason: "authors in between would be missing"},
		{name: "since something where there is nothing", world: toProduction, with: func(_ *testing.T, w *world) { w.evidence.Base = older },
			refused: "approvals", says: "the target has none", reason: "somebody says so without a record"},
		{name: "the target's last one failed", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.inTarget(2, target+1, commit, ago(200*time.Hour), promotion.Failure)
			w.evidence.Base = older
		}, reason: "the one before is what the target has"},
		{name: "a failed one is older", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, commit, ago(400*time.Hour), promotion.Failure)
			w.inTarget(2, target+1, older, ago(300*time.Hour), promotion.Success)
			w.evidence.Base = older
		}, reason: "what failed is not what the target has, whatever comes after it"},
		{name: "the newest counts", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(2, target+1, repeat("3", 40), ago(200*time.Hour), promotion.Success)
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.evidence.Base = repeat("3", 40)
		}, reason: "that is what the target has"},
		{name: "of equally new ones that with the higher number", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(2, target+1, repeat("3", 40), ago(300*time.Hour), promotion.Success)
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.evidence.Base = repeat("3", 40)
		}, reason: "GitHub counts upwards"},
		{name: "a forged commit in a deployment to the target", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			w.target().Deployments.Items[0].Commit = commit
			w.evidence.Base = commit
		}, refused: "approvals", says: "the target has none", reason: "the run's own record has another commit"},
		{name: "a second deployment that names the target's run", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			add(&w.target().Deployments, deployment(7, target, other, ago(time.Hour)))
			w.evidence.Base = older
		}, reason: "the first that a record fits is the true one"},
		{name: "a forged deployment to the target", world: toProduction, with: func(_ *testing.T, w *world) {
			w.inTarget(1, target, older, ago(300*time.Hour), promotion.Success)
			d := deployment(2, runBranch, other, ago(time.Hour))
			d.Commit = commit
			add(&w.target().Deployments, d)
			w.evidence.Base = commit
		}, refused: "approvals", says: "the target has " + older, reason: "whoever may write can make a deployment"},
	})
}
