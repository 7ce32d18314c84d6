package delivery_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"aws-platform/pkg/delivery/trust"
	"aws-platform/pkg/policy/policytest"
)

// An account that dev and staging share has one provider of identities, one boundary of
// workloads and one registry; each environment's runs come into its own roles.
func TestAnAccountThatTwoEnvironmentsShare(t *testing.T) {
	shared := args("dev", dev)
	shared.Shared, shared.Sharing = []string{"staging"}, []string{"dev", "staging"}
	g := plan(t, shared)
	assert.Len(t, g.OfType("aws:iam/openIdConnectProvider:OpenIdConnectProvider"), 1)
	assert.Len(t, g.OfType("aws:ecr/replicationConfiguration:ReplicationConfiguration"), 1)
	names := map[string]int{}
	for _, r := range append(g.OfType(roleType), g.OfType(policyType)...) {
		names[r.Type+r.String("name")]++
	}
	for name, times := range names {
		assert.Equal(t, 1, times, name)
	}
	assert.Equal(t, 1, names[policyType+"platform-workload-boundary"])
	assert.Equal(t, 1, names[roleType+"platform-deploy-staging"])

	provider := one(t, g, "aws:iam/openIdConnectProvider:OpenIdConnectProvider", "x-github").Outputs["arn"].(string)
	subject := func(environment string) map[string][]string {
		return map[string][]string{"sub": {"repo:example/platform:environment:" + environment}, "aud": {trust.Audience}}
	}
	for _, c := range []struct {
		role, environment string
		want              policytest.Answer
	}{
		{"deploy", "dev", policytest.Allowed}, {"deploy", "staging", policytest.Silent},
		{"deploy-staging", "staging", policytest.Allowed}, {"deploy-staging", "dev", policytest.Silent},
		{"pipeline-ec2-staging", "staging", policytest.Allowed}, {"pipeline-ec2-staging", "dev", policytest.Silent},
		{"pipeline", "staging", policytest.Silent},
	} {
		assert.Equal(t, c.want, byToken(t, g, c.role, provider, subject(c.environment)), "%s for %s", c.role, c.environment)
	}
}

// The home lets the pipelines of shared accounts read signatures as well.
func TestTheRegistryKnowsThePipelinesOfSharedAccounts(t *testing.T) {
	home := args("dev", dev)
	home.Sharing = []string{"dev", "staging"}
	document := one(t, plan(t, home), "aws:ecr/repositoryPolicy:RepositoryPolicy", "x-web").String("policy")
	for role, want := range map[string]policytest.Answer{
		"platform-pipeline": policytest.Allowed, "platform-pipeline-staging": policytest.Allowed, "platform-deploy": policytest.Silent,
	} {
		arn := "arn:aws:iam::" + production + ":role/" + role
		assert.Equal(t, want, policytest.Ask(document, policytest.Request{
			Principal: "arn:aws:iam::" + production + ":root", Action: "ecr:BatchGetImage", Context: map[string][]string{"aws:PrincipalArn": {arn}},
		}), role)
	}
}
