package promotion_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/promotion"
)

func failed(d *promotion.Deployment) { d.Statuses[1].State = promotion.Failure }

func TestRollback(t *testing.T) {
	second := func(d promotion.Deployment) bool { return d.ID == 2 }
	check(t, []scenario{
		{name: "to the one before", world: rollback, says: "sha256:aaaaaaaaaaaa of deployment 1", reason: "the last one is what is bad"},
		{name: "the last one failed", world: rollback, with: func(t *testing.T, w *world) { edit(t, &w.source().Deployments, second, failed) },
			says: "sha256:aaaaaaaaaaaa of deployment 1", reason: "what ran before it was good"},
		{name: "the last one is under way", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, second, func(d *promotion.Deployment) { d.Statuses = d.Statuses[:1] })
		}, says: "sha256:aaaaaaaaaaaa of deployment 1", reason: "people roll back what hangs"},
		{name: "only one ever", world: rollback, with: func(_ *testing.T, w *world) {
			drop(&w.source().Deployments, func(d promotion.Deployment) bool { return d.ID == 1 })
			drop(&w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy })
		}, refused: "previous", says: "nothing else has run there", reason: "there is nothing to go back to"},
		{name: "none ever", world: rollback, with: func(_ *testing.T, w *world) { w.source().Deployments = promotion.Whole[promotion.Deployment]() },
			refused: "previous", says: "no deployment is on record", reason: "there is nothing to go back to"},
		{name: "the one before failed", world: rollback, with: func(t *testing.T, w *world) { edit(t, &w.source().Deployments, first, failed) },
			refused: "previous", says: "nothing else has run there", reason: "it never ran"},
		{name: "all failed", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, failed)
			edit(t, &w.source().Deployments, second, failed)
		}, refused: "previous", says: "nothing else has run there", reason: "there is nothing to go back to"},
		{name: "after a rollback to the first", world: rollback, with: func(_ *testing.T, w *world) {
			w.deploys(3, 41, digest, ago(4*time.Hour))
			w.kind(promotion.RollingBack)
		}, refused: "previous", says: "nothing else has run there", reason: "what the rollback left is bad"},
		{name: "after a rollback from what was promoted twice", world: rollback, with: func(_ *testing.T, w *world) {
			w.deploys(3, 41, digest, ago(4*time.Hour))
			w.deploys(4, 42, other, ago(3*time.Hour))
			w.kind(promotion.RollingBack)
		}, refused: "previous", says: "nothing else has run there", reason: "what the rollback left is bad, however often it was promoted"},
		{name: "a reason of ten characters", world: rollback, with: func(_ *testing.T, w *world) { w.request.Reason = "0123456789" }, reason: "that is the least"},
		{name: "the one before failed after its success", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Error, At: deployed.Add(time.Minute)})
			})
		}, refused: "previous", says: "nothing else has run there", reason: "it did not stay good"},
		{name: "the one before was set inactive", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.source().Deployments, first, func(d *promotion.Deployment) {
				d.Statuses = append(d.Statuses, promotion.Status{State: promotion.Inactive, At: ago(5 * time.Hour)})
			})
		}, reason: "that is what happens to all that are replaced"},
		{name: "the one before is forged", world: rollback, with: func(_ *testing.T, w *world) {
			drop(&w.source().Records, func(r promotion.Record) bool { return r.Run == runDeploy })
		}, refused: "previous", says: "nothing else has run there", reason: "a rollback has no gates: it must not bring anybody's image"},
		{name: "the history contradicts itself", world: rollback, with: func(_ *testing.T, w *world) {
			add(&w.source().Deployments, w.source().Deployments.Items[0])
		}, refused: "previous", says: "contradicts itself", reason: "what was before is not known"},
	})
}

// No gates: who starts it must be trusted, and say why.
func TestWhoRollsBack(t *testing.T) {
	starts := func(person promotion.Person) func(*testing.T, *world) {
		return func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Starters = []promotion.Person{person} })
		}
	}
	check(t, []scenario{
		{name: "by somebody of no team", world: rollback, with: starts(user("mallory")), refused: "starter", says: "mallory is not in the team devops", reason: "it has no gates, so who starts it must be trusted"},
		{name: "by a bot of the team", world: rollback, with: func(t *testing.T, w *world) {
			starts(promotion.Person{Login: "helper", Type: "Bot"})(t, w)
			add(&w.evidence.Members, promotion.Member{Team: promotion.DevOps, Login: "helper"})
		}, refused: "starter", says: "helper", reason: "a bot counts never"},
		{name: "triggered by somebody else", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Starters = append(r.Starters, user("mallory")) })
		}, refused: "starter", says: "mallory", reason: "both must be trusted"},
		{name: "by nobody", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Starters = nil })
		}, refused: "starter", says: "nobody is known", reason: "it has no gates, so who starts it must be trusted"},
		{name: "by a run that is not known", world: rollback, with: func(_ *testing.T, w *world) { w.request.Run = 5 },
			refused: "starter", says: "nobody is known", reason: "it has no gates, so who starts it must be trusted"},
		{name: "without a reason", world: rollback, with: func(_ *testing.T, w *world) { w.request.Reason = " bad      " },
			refused: "reason", says: "no reason", reason: "people read it afterwards"},
		{name: "by promote.yml", world: rollback, with: func(t *testing.T, w *world) {
			edit(t, &w.evidence.Runs, func(r promotion.Run) bool { return r.ID == runAsks }, func(r *promotion.Run) { r.Workflow = "promote.yml" })
		}, refused: "run", says: "promote.yml", reason: "each workflow does one thing"},
		{name: "from one environment to another", world: rollback, with: func(_ *testing.T, w *world) { w.request.From = promotion.Staging },
			refused: "request", says: "stays in its environment", reason: "that would be a promotion without its rules"},
		{name: "of the peering", world: rollback, with: func(_ *testing.T, w *world) { w.request.From, w.request.To = promotion.Peering, promotion.Peering },
			refused: "request", says: "stays in its environment", reason: "no application runs there"},
		{name: "in a freeze", world: rollback, with: func(_ *testing.T, w *world) {
			w.policy.Freezes = []promotion.Freeze{{Environments: []string{promotion.Production}, From: ago(time.Hour), Until: now.Add(time.Hour), Reason: "a fair"}}
		}, reason: "the way back is always open"},
		{name: "evidence is not whole", world: rollback, with: func(_ *testing.T, w *world) { w.source().Deployments.Count = 3 },
			refused: "evidence", says: "deployments to production: 2 of 3", reason: "something was taken away"},
	})
}

// What comes back in the cases with a longer history.
func TestWhatARollbackBringsBack(t *testing.T) {
	type deployed struct {
		subject string
		kind    promotion.Kind
		failed  bool
	}
	for name, c := range map[string]struct {
		history []deployed
		want    string
	}{
		"the one before the last":                          {[]deployed{{subject: digest}, {subject: third}, {subject: other}}, third},
		"a rollback is left by going further back":         {[]deployed{{subject: digest}, {subject: third}, {subject: other}, {subject: third, kind: promotion.RollingBack}}, digest},
		"a redeployment of the same is no version":         {[]deployed{{subject: digest}, {subject: other}, {subject: other}}, digest},
		"a failed redeployment goes back to the same":      {[]deployed{{subject: digest}, {subject: other}, {subject: other, failed: true}}, other},
		"a new promotion after a rollback":                 {[]deployed{{subject: digest}, {subject: other}, {subject: digest, kind: promotion.RollingBack}, {subject: third}}, digest},
		"a failed one long ago":                            {[]deployed{{subject: digest, failed: true}, {subject: third}, {subject: other}}, third},
		"several promotions after a rollback":              {[]deployed{{subject: digest}, {subject: other}, {subject: digest, kind: promotion.RollingBack}, {subject: third}, {subject: other}}, third},
		"a rollback that failed":                           {[]deployed{{subject: digest}, {subject: other}, {subject: digest, kind: promotion.RollingBack, failed: true}}, digest},
		"a rollback that failed, of three":                 {[]deployed{{subject: third}, {subject: digest}, {subject: other}, {subject: digest, kind: promotion.RollingBack, failed: true}}, digest},
		"a rollback that failed, to what is not on record": {[]deployed{{subject: other}, {subject: digest, kind: promotion.RollingBack, failed: true}}, other},
		"promoted back by hand":                            {[]deployed{{subject: digest}, {subject: other}, {subject: digest}}, other},
		"rolled back to what is not on record":             {[]deployed{{subject: other}, {subject: digest, kind: promotion.RollingBack}}, other},
	} {
		t.Run(name, func(t *testing.T) {
			w := rollback()
			*w.source() = promotion.History{}
			for i, h := range c.history {
				w.deploys(int64(100+i), int64(200+i), h.subject, ago(time.Duration(50-i)*time.Hour))
				if h.kind != "" {
					w.kind(h.kind)
				}
				if h.failed {
					w.ends(promotion.Failure)
				}
			}
			d := w.decide()
			assert.True(t, d.Allowed, d.String())
			assert.Equal(t, c.want, d.Digest)
			assert.Equal(t, commit, d.Commit)
		})
	}
}

// Of two made at the same time, the one with the higher number is the later.
func TestRollbackOfEqualTimes(t *testing.T) {
	w := rollback()
	w.deploys(3, 41, third, ago(5*time.Hour))
	d := w.decide()
	assert.True(t, d.Allowed)
	assert.Equal(t, other, d.Digest)
}
