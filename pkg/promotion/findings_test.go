package promotion_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

func scan(status, findings string) string {
	return fmt.Sprintf(`{"imageId": {"imageDigest": %q}, "imageScanStatus": {"status": %q}, "imageScanFindings": {%s}}`, digest, status, findings)
}

const (
	basic = `"findings": [{"name": "CVE-2026-0001", "severity": "HIGH"}, {"name": "CVE-2026-0002", "severity": "MEDIUM"}, {"name": "CVE-2026-0003", "severity": "CRITICAL"}],
	  "findingSeverityCounts": {"HIGH": 1, "MEDIUM": 1, "CRITICAL": 1}`
	enhanced = `"enhancedFindings": [
	  {"severity": "CRITICAL", "status": "CLOSED", "packageVulnerabilityDetails": {"vulnerabilityId": "CVE-2026-0004"}},
	  {"severity": "HIGH", "status": "ACTIVE", "title": "CVE-2026-0001 - openssl", "packageVulnerabilityDetails": {"vulnerabilityId": "CVE-2026-0001"}},
	  {"severity": "CRITICAL", "status": "SUPPRESSED", "packageVulnerabilityDetails": {"vulnerabilityId": "CVE-2026-0005"}},
	  {"severity": "LOW", "status": "ACTIVE", "title": "weak cipher"}], "findingSeverityCounts": {"HIGH": 1, "CRITICAL": 2, "LOW": 1}`
)

func TestFindings(t *testing.T) {
	borne := func(id, app string, expires time.Time) promotion.Policy {
		p := policy()
		p.Findings = []promotion.Exception{{ID: id, Applications: []string{app}, Expires: expires, Reason: "not reachable"}}
		return p
	}
	for name, c := range map[string]struct {
		policy promotion.Policy
		text   string
		want   []string
	}{
		"none":                           {policy(), scan("COMPLETE", ""), nil},
		"basic scanning":                 {policy(), scan("COMPLETE", basic), []string{"CVE-2026-0003", "CVE-2026-0001"}},
		"enhanced scanning":              {policy(), scan("ACTIVE", enhanced), []string{"CVE-2026-0001"}},
		"without a vulnerability's name": {policy(), scan("ACTIVE", `"enhancedFindings": [{"severity": "HIGH", "status": "ACTIVE", "title": "weak cipher"}]`), []string{"weak cipher"}},
		"borne":                          {borne("CVE-2026-0003", "web", now.Add(time.Second)), scan("COMPLETE", basic), []string{"CVE-2026-0001"}},
		"borne until now":                {borne("CVE-2026-0003", "web", now), scan("COMPLETE", basic), []string{"CVE-2026-0003", "CVE-2026-0001"}},
		"borne by another application":   {borne("CVE-2026-0003", "api", now.Add(time.Hour)), scan("COMPLETE", basic), []string{"CVE-2026-0003", "CVE-2026-0001"}},
		"another one is borne":           {borne("CVE-2026-00030", "web", now.Add(time.Hour)), scan("COMPLETE", basic), []string{"CVE-2026-0003", "CVE-2026-0001"}},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := c.policy.Judge([]byte(c.text), "web", digest, now)
			require.NoError(t, err)
			var ids []string
			for _, f := range found {
				ids = append(ids, f.ID)
			}
			assert.Equal(t, c.want, ids)
		})
	}
}

func TestScansThatSayNothing(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"no JSON":            {"An error occurred", "the scan: invalid character"},
		"nothing":            {"{}", "the scan is of none"},
		"of another digest":  {fmt.Sprintf(`{"imageId": {"imageDigest": %q}}`, other), "not of " + digest},
		"in progress":        {scan("IN_PROGRESS", ""), "IN_PROGRESS"},
		"failed":             {scan("FAILED", ""), "FAILED"},
		"no findings at all": {fmt.Sprintf(`{"imageId": {"imageDigest": %q}, "imageScanStatus": {"status": "COMPLETE"}}`, digest), "no imageScanFindings"},
		"one of more pages": {fmt.Sprintf(`{"imageId": {"imageDigest": %q}, "imageScanStatus": {"status": "COMPLETE"}, "imageScanFindings": {}, "nextToken": "x"}`, digest),
			"more pages"},
		"fewer than counted": {scan("COMPLETE", `"findings": [], "findingSeverityCounts": {"CRITICAL": 1}`), "lists 0 findings and counts 1"},
		"as many as one severity counts": {scan("COMPLETE", `"findings": [{"name": "CVE-2026-0001", "severity": "LOW"}], "findingSeverityCounts": {"CRITICAL": 1, "LOW": 1}`),
			"lists 1 findings and counts 2"},
		"without severity": {scan("COMPLETE", `"findings": [{"name": "CVE-2026-0001"}]`), "how severe CVE-2026-0001 is"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := policy().Judge([]byte(c.text), "web", digest, now)
			require.ErrorContains(t, err, c.says)
		})
	}
}
