package promotion_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

// The record says who, what, when, by which evidence and which rule.
func TestRecord(t *testing.T) {
	w := toPCI()
	d := w.decide()
	require.NoError(t, d.Seal(w.judged()))
	encoded, err := json.Marshal(d)
	require.NoError(t, err)
	var record map[string]any
	require.NoError(t, json.Unmarshal(encoded, &record))
	rules := record["rules"].([]any)
	delete(record, "rules")
	kept, err := promotion.EvidenceJSON(w.judged())
	require.NoError(t, err)
	sum := sha256.Sum256(kept)
	assert.Equal(t, map[string]any{
		"schema": 1.0, "allowed": true, "kind": "promotion", "app": "web", "platform": "eks", "from": "production", "to": "production-pci",
		"digest": digest, "commit": commit, "base": "", "run": 99.0, "starters": []any{"starter"}, "approvers": []any{"alice", "bob", "sam"},
		"emergency": "", "reason": "", "at": "2026-11-26T12:00:00Z", "evidenceSha256": hex.EncodeToString(sum[:]),
	}, record)
	var names []string
	for _, rule := range rules {
		of := rule.(map[string]any)
		names = append(names, of["rule"].(string))
		assert.NotEmpty(t, of["fact"])
	}
	assert.Equal(t, []string{"evidence", "clock", "run", "environments", "build", "source", "tests", "approvals", "freeze", "emergency"}, names)
}

// Who reads the evidence again decides the same.
func TestRecordCanBeJudgedAgain(t *testing.T) {
	for name, w := range map[string]*world{"yes": toPCI(), "no": soakedFor(toPCI, time.Hour)(), "rollback": rollback(), "infrastructure": infrastructure(promotion.Staging, promotion.Production)} {
		t.Run(name, func(t *testing.T) {
			kept, err := promotion.EvidenceJSON(w.judged())
			require.NoError(t, err)
			var again promotion.Evidence
			require.NoError(t, json.Unmarshal(kept, &again))
			assert.Equal(t, w.decide(), promotion.Decide(w.request, w.policy, again))
		})
	}
}

// What deploys reads these fields.
func TestRecordOfOtherKinds(t *testing.T) {
	d := infrastructure(promotion.Staging, promotion.Production).decide()
	assert.Empty(t, d.Digest)
	assert.Equal(t, commit, d.Commit)

	d = rollback().decide()
	assert.Equal(t, digest, d.Digest)
	assert.Equal(t, commit, d.Commit)
	assert.Equal(t, "errors on every second request", d.Reason)

	d = fresh().decide()
	assert.Equal(t, commit, d.Commit)
	assert.Equal(t, "eks", d.Platform)
}

func TestText(t *testing.T) {
	w := soakedFor(toProduction, 20*time.Hour)()
	w.request.Run = 0
	w.evidence.Reviews = promotion.Whole[promotion.Review]()
	assert.Equal(t, `NOT ALLOWED: promotion of web `+digest+`, staging -> production
  ✓ evidence      is whole
  ✓ clock         it is 2026-11-26 12:00:00 UTC
  ✗ run           no workflow run asks yet
                  -> start the workflow promote.yml
  ✓ environments  production-approval-1, production-approval-2, production have their rules
  ✓ build         run 10 built it from 111111111111 at 2026-11-21 12:00:00 UTC
  ✗ source        has run in staging since 2026-11-25 16:00:00 UTC: 20h0m0s of 24h0m0s
                  -> wait until 2026-11-26 16:00:00 UTC
  ✓ tests         integration in staging, load in staging, security-scan in staging passed
  ✗ approvals     0 of 2 different people of devops approved
                  -> approve in production-approval-1 (devops), production-approval-2 (devops); not author
  ✓ freeze        none is on in production
  ✓ emergency     none is claimed
`, w.decide().String())

	assert.Contains(t, infrastructure("", promotion.Dev).decide().String(), "ALLOWED: infrastructure of infrastructure "+commit+", build -> dev")
	w = toProduction()
	w.request.Subject = ""
	assert.Contains(t, w.decide().String(), "NOT ALLOWED: promotion of web, staging -> production")
}
