package promotion_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/promotion"
)

const rightPolicy = `
repository: example/platform
teams: {devops: devops, security: security}
applications:
  web: {platform: eks}
  api: {platform: ec2}
freezes:
  - environments: [production]
    from: 2026-12-18T17:00:00Z
    until: 2027-01-04T08:00:00Z
    reason: the holidays
findings:
  - {id: CVE-2026-12345, applications: [web], expires: 2026-12-31, reason: not reachable}
`

// The repository's own policy is right.
func TestPolicyOfTheRepository(t *testing.T) {
	p, err := promotion.ReadPolicy(filepath.Join("..", "..", filepath.FromSlash(promotion.PolicyFile)))
	require.NoError(t, err)
	assert.NotEmpty(t, p.Applications)
	_, err = promotion.ReadPolicy("absent.yaml")
	assert.Error(t, err)
}

func TestPolicyIsStrict(t *testing.T) {
	_, err := promotion.ParsePolicy([]byte(rightPolicy))
	require.NoError(t, err)
	for name, c := range map[string]struct{ from, to, says string }{
		"a key that is not known":               {"freezes:", "freeze:", "field freeze not found"},
		"no repository":                         {"example/platform", `""`, "repository: none: is no repository"},
		"a repository without owner":            {"example/platform", "platform", "repository: platform: is no repository"},
		"no team":                               {"devops: devops, ", "", "teams.devops: none: is no slug"},
		"a team's name instead of slug":         {"security: security", "security: Security Team", "teams.security: Security Team: is no slug"},
		"one team for both":                     {"security: security", "security: devops", "teams.security: devops: is the team of devops too"},
		"a team that no step asks for":          {"security: security}", "security: security, qa: qa}", "teams.qa: qa: no step asks"},
		"an application with a dot":             {"  web: {", "  we.b: {", "applications.we.b: we.b: is no name"},
		"infrastructure as application":         {"  api: {", "  infrastructure: {", "applications.infrastructure: infrastructure: is no name"},
		"an application without a platform":     {"{platform: ec2}", "{}", "applications.api.platform: none: is no platform"},
		"a platform that is not known":          {"platform: ec2", "platform: lambda", "applications.api.platform: lambda: is no platform"},
		"a freeze that ends before it begins":   {"2027-01-04T08:00:00Z", "2026-01-04T08:00:00Z", "freezes[0].until: 2026-01-04T08:00:00Z: does not come after"},
		"a freeze of no time":                   {"2027-01-04T08:00:00Z", "2026-12-18T17:00:00Z", "freezes[0].until"},
		"a freeze of no environment":            {"[production]", "[]", "freezes[0].environments: none: freezes nothing"},
		"a freeze of an unknown environment":    {"[production]", "[prod]", "freezes[0].environments: prod: is no environment"},
		"a freeze without a reason":             {"reason: the holidays", `reason: ""`, "freezes[0].reason: none: is required"},
		"a time that is none":                   {"2026-12-18T17:00:00Z", "tomorrow", "tomorrow"},
		"a finding that never expires":          {"expires: 2026-12-31, ", "", "findings[0].expires: none: is required"},
		"a finding without a reason":            {", reason: not reachable", "", "findings[0].reason: none: is required"},
		"a finding of no application":           {"applications: [web], ", "", "findings[0].applications: none: excepts nothing"},
		"a finding of an unknown application":   {"applications: [web], ", "applications: [shop], ", "findings[0].applications: shop: is no application: name one of api, web"},
		"a finding that is none":                {"CVE-2026-12345", "all", "findings[0].id: all: is no vulnerability"},
		"a finding with more behind its number": {"CVE-2026-12345", `"CVE-2026-12345 *"`, "is no vulnerability"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, rightPolicy, c.from)
			_, err := promotion.ParsePolicy([]byte(strings.Replace(rightPolicy, c.from, c.to, 1)))
			require.ErrorContains(t, err, c.says)
		})
	}
}

// Everything that is wrong comes at once, sorted.
func TestPolicyReportsEverything(t *testing.T) {
	_, err := promotion.ParsePolicy(nil)
	require.Error(t, err)
	lines := strings.Split(err.Error(), "\n")
	assert.Len(t, lines, 4)
	assert.IsIncreasing(t, lines)
	assert.Contains(t, lines[0], "applications: none: nothing could be promoted: name at least one")
}

// Other shapes of vulnerabilities' names, as scans give them.
func TestFindingNames(t *testing.T) {
	for _, id := range []string{"GHSA-c3h9-896r-86jm", "ALAS2023-2026-812", "ALAS2-2026-1234"} {
		_, err := promotion.ParsePolicy([]byte(strings.Replace(rightPolicy, "CVE-2026-12345", id, 1)))
		assert.NoError(t, err, id)
	}
}
