package delivery_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
	"aws-platform/pkg/graph"
	"aws-platform/pkg/policy/policytest"
)

// byToken asks whether a workflow with such a token may assume a role.
func byToken(t *testing.T, g *graph.Graph, role, provider string, claims map[string][]string) policytest.Answer {
	t.Helper()
	context := map[string][]string{}
	for name, values := range claims {
		context[trust.Issuer+":"+name] = values
	}
	return policytest.Ask(one(t, g, roleType, "x-"+role).String("assumeRolePolicy"), policytest.Request{
		Principal: provider, Action: "sts:AssumeRoleWithWebIdentity", Context: context,
	})
}

// Every case is a token that GitHub could sign: for whose workflow, and for what.
func TestWhoMayAssumeWhatByAToken(t *testing.T) {
	const (
		yes, no = policytest.Allowed, policytest.Silent
		repo    = "repo:example/platform:"
		aws     = "sts.amazonaws.com"
	)
	for _, c := range []struct {
		reason, role, sub, aud string
		want                   policytest.Answer
	}{
		{"the environment's own deployment", "deploy", repo + "environment:production", aws, yes},
		{"another environment's", "deploy", repo + "environment:production-pci", aws, no},
		{"a name that begins alike", "deploy", repo + "environment:production2", aws, no},
		{"one that ends alike", "deploy", repo + "environment:x-production", aws, no},
		{"another case", "deploy", repo + "environment:Production", aws, no},
		{"its approval gate", "deploy", repo + "environment:production-approval-1", aws, no},
		{"the promotion's environment", "deploy", repo + "environment:promotion", aws, no},
		{"main without an environment", "deploy", repo + "ref:refs/heads/main", aws, no},
		{"a branch", "deploy", repo + "ref:refs/heads/environment:production", aws, no},
		{"a tag", "deploy", repo + "ref:refs/tags/v1.0.0", aws, no},
		{"a tag called main", "deploy", repo + "ref:refs/tags/main", aws, no},
		{"a pull request", "deploy", repo + "pull_request", aws, no},
		{"another repository of the owner", "deploy", "repo:example/other:environment:production", aws, no},
		{"one whose name begins alike", "deploy", "repo:example/platform-fork:environment:production", aws, no},
		{"a fork", "deploy", "repo:stranger/platform:environment:production", aws, no},
		{"a fork under an owner that ends alike", "deploy", "repo:not-example/platform:environment:production", aws, no},
		{"a repository with numbers", "deploy", "repo:example@1/platform@2:environment:production", aws, no},
		{"another audience", "deploy", repo + "environment:production", "https://github.com/example", no},
		{"no audience", "deploy", repo + "environment:production", "", no},
		{"no subject", "deploy", "", aws, no},
		{"a star is a letter", "deploy", repo + "environment:*", aws, no},

		{"a pull request of the repository", "preview", repo + "pull_request", aws, yes},
		{"the nightly look for drift", "preview", repo + "environment:drift", aws, yes},
		{"a pull request of a fork into itself", "preview", "repo:stranger/platform:pull_request", aws, no},
		{"a push", "preview", repo + "ref:refs/heads/main", aws, no},
		{"a deployment", "preview", repo + "environment:production", aws, no},
		{"a pull request with the owner's audience", "preview", repo + "pull_request", "https://github.com/example", no},

		{"the peering", "peering", repo + "environment:peering", aws, yes},
		{"a deployment peers nothing", "peering", repo + "environment:production", aws, no},
		{"a release", "pipeline", repo + "environment:production", aws, yes},
		{"a release elsewhere", "pipeline", repo + "environment:staging", aws, no},
		{"a pull request releases nothing", "pipeline", repo + "pull_request", aws, no},
		{"a release on the fleets", "pipeline-ec2", repo + "environment:production", aws, yes},
		{"a branch releases nothing", "pipeline-ec2", repo + "ref:refs/heads/main", aws, no},
	} {
		t.Run(c.role+"/"+c.reason, func(t *testing.T) {
			g := plan(t, args("production", production, production, pci))
			claims := map[string][]string{}
			for name, value := range map[string]string{"sub": c.sub, "aud": c.aud} {
				if value != "" {
					claims[name] = []string{value}
				}
			}
			assert.Equal(t, c.want, byToken(t, g, c.role, "arn:aws:iam::111111111111:oidc-provider/"+trust.Issuer, claims))
			assert.Equal(t, no, byToken(t, g, c.role, "arn:aws:iam::111111111111:oidc-provider/gitlab.com", claims), "another issuer")
		})
	}
}

func TestOnlyMainPushesImages(t *testing.T) {
	g := plan(t, args("dev", dev))
	for sub, want := range map[string]policytest.Answer{
		"repo:example/platform:ref:refs/heads/main":     policytest.Allowed,
		"repo:example/platform:ref:refs/heads/main2":    policytest.Silent,
		"repo:example/platform:ref:refs/heads/x/main":   policytest.Silent,
		"repo:example/platform:ref:refs/tags/main":      policytest.Silent,
		"repo:example/platform:pull_request":            policytest.Silent,
		"repo:example/platform:environment:dev":         policytest.Silent,
		"repo:stranger/platform:ref:refs/heads/main":    policytest.Silent,
		"repo:example/platform:environment:staging:ref": policytest.Silent,
	} {
		assert.Equal(t, want, byToken(t, g, "build", "arn:aws:iam::333333333333:oidc-provider/"+trust.Issuer,
			map[string][]string{"sub": {sub}, "aud": {"sts.amazonaws.com"}}), sub)
	}
}

// A repository whose tokens have GitHub's numbers is another one than its namesake.
func TestNumbersOfTheRepository(t *testing.T) {
	a := args("dev", dev)
	a.Repository.OwnerID, a.Repository.ID = "12", "34"
	g := plan(t, a)
	for sub, want := range map[string]policytest.Answer{
		"repo:example@12/platform@34:environment:dev": policytest.Allowed,
		"repo:example@12/platform@35:environment:dev": policytest.Silent,
		"repo:example@13/platform@34:environment:dev": policytest.Silent,
		"repo:example/platform:environment:dev":       policytest.Silent,
	} {
		assert.Equal(t, want, byToken(t, g, "deploy", "arn:aws:iam::333333333333:oidc-provider/"+trust.Issuer,
			map[string][]string{"sub": {sub}, "aud": {"sts.amazonaws.com"}}), sub)
	}
}

// Without a token only the role itself comes in, and of a peered account the other side's.
func TestWhoMayAssumeWhatWithoutAToken(t *testing.T) {
	g := plan(t, args("production", production, production, pci))
	arn := func(account, role string) string { return permissions.RoleARN("aws", account, role) }
	for _, c := range []struct {
		role, by string
		want     policytest.Answer
	}{
		{"deploy", arn(production, permissions.Deploy), policytest.Allowed},
		{"deploy", arn(production, permissions.Preview), policytest.Silent},
		{"deploy", arn(production, "production-fleet"), policytest.Silent},
		{"deploy", arn(production, "platform-deploy2"), policytest.Silent},
		{"deploy", arn(pci, permissions.Deploy), policytest.Silent},
		{"preview", arn(production, permissions.Preview), policytest.Allowed},
		{"preview", arn(pci, permissions.Preview), policytest.Allowed},
		{"preview", arn(dev, permissions.Preview), policytest.Silent},
		{"peering", arn(production, permissions.Peering), policytest.Allowed},
		{"peering", arn(pci, permissions.Peering), policytest.Allowed},
		{"peering", arn(pci, permissions.Deploy), policytest.Silent},
		{"peering", arn(dev, permissions.Peering), policytest.Silent},
		{"pipeline", arn(production, permissions.Pipeline), policytest.Silent},
		{"pipeline-ec2", arn(production, permissions.PipelineEC2), policytest.Silent},
	} {
		found := policytest.Ask(one(t, g, roleType, "x-"+c.role).String("assumeRolePolicy"), policytest.Request{
			Principal: c.by, Action: "sts:AssumeRole", Context: map[string][]string{"aws:PrincipalArn": {c.by}},
		})
		assert.Equal(t, c.want, found, "%s by %s", c.role, c.by)
	}
}

// The two claims are compared for equality, whatever else a statement has.
func TestTrustHasNoPatternForClaims(t *testing.T) {
	g := plan(t, args("production", production, production, pci))
	roles := g.OfType(roleType)
	require.NotEmpty(t, roles)
	for _, role := range roles {
		text := role.String("assumeRolePolicy")
		assert.NotContains(t, text, "StringLike", role.Name)
		assert.NotContains(t, text, "*", role.Name)
		assert.NotContains(t, text, "ForAllValues", role.Name)
		assert.Contains(t, text, trust.Issuer+":aud", role.Name)
		assert.Contains(t, text, trust.Issuer+":sub", role.Name)
	}
}
