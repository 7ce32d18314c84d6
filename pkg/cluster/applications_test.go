package cluster_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/cluster"
	"aws-platform/pkg/graph"
)

const ruleType = "aws:lb/listenerRule:ListenerRule"

// attached are the policies of a role, by name.
func attached(g *graph.Graph, role graph.Resource) []string {
	var names []string
	for _, r := range g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
		if r.String("role") == role.ID {
			names = append(names, strings.TrimPrefix(r.String("policyArn"), policyARN))
		}
	}
	return names
}

func TestAnApplicationsRoleHasThePoliciesOfItsStoresAndNoOther(t *testing.T) {
	g := plan(t, false, nil)
	for application, want := range map[string][]string{"web": {"postgresql", "parameters"}, "api": {"valkey"}} {
		role := one(t, g, "aws:iam/role:Role", "production-"+application)
		assert.Equal(t, "production-app-"+application, role.String("name"))
		assert.ElementsMatch(t, want, attached(g, role), application)
		for _, own := range g.OfType("aws:iam/rolePolicy:RolePolicy") {
			assert.NotEqual(t, role.ID, own.String("role"), "nothing beside them")
		}
		association := one(t, g, "aws:eks/podIdentityAssociation:PodIdentityAssociation", "production-"+application)
		assert.Equal(t, []string{application, application}, []string{association.String("namespace"), association.String("serviceAccount")})
		assert.Equal(t, role.Outputs["arn"], association.String("roleArn"))
	}
}

func TestAnApplicationReachesItsStoresAlone(t *testing.T) {
	g := plan(t, false, nil)
	stores := map[string][]string{}
	for _, policy := range g.OfType(policyType) {
		if store, is := strings.CutPrefix(policy.String("metadata.name"), "allow-store-"); is {
			namespace := policy.String("metadata.namespace")
			stores[namespace] = append(stores[namespace], store)
		}
	}
	assert.Equal(t, map[string][]string{"web": {"postgresql"}, "api": {"valkey"}}, stores)
}

func TestEachApplicationHasItsLoadBalancerAndTheTestListener(t *testing.T) {
	g := plan(t, false, nil)
	for name, want := range map[string]string{
		"production-web-live": "public/1/443", "production-web-test": "public/1/8443",
		"production-api-live": "internal/2/443", "production-api-test": "public/1/8443",
	} {
		assert.Equal(t, listener+want, one(t, g, ruleType, name).String("listenerArn"), name)
	}
	for application, want := range map[string][]string{
		"web": {"10.0.1.0/24", "10.0.2.0/24"}, "api": {"10.0.1.0/24", "10.0.2.0/24", "10.0.5.0/24", "10.0.6.0/24"},
	} {
		policy := one(t, g, policyType, "production-"+application+"-allow-load-balancers")
		var from []string
		peers, _ := policy.Lookup("spec.ingress[0].from")
		for _, peer := range peers.([]any) {
			from = append(from, graph.Resource{Inputs: peer.(map[string]any)}.String("ipBlock.cidr"))
		}
		assert.ElementsMatch(t, want, from, application)
		for _, which := range []string{"active", "preview"} {
			group := one(t, g, "aws:lb/targetGroup:TargetGroup", "production-"+application+"-"+which)
			binding := one(t, g, bindingType, "production-"+application+"-"+which)
			assert.Equal(t, group.Outputs["arn"], binding.String("spec.targetGroupARN"))
			assert.Equal(t, application, binding.String("metadata.namespace"))
		}
	}
}

func TestWithoutHTTPSNothingLeadsToAnApplication(t *testing.T) {
	g := plan(t, false, func(a *cluster.Args) { a.Listeners = cluster.Listeners{} })
	assert.Empty(t, g.OfType(ruleType))
	assert.Len(t, g.OfType("aws:lb/targetGroup:TargetGroup"), 4)
	labels, _ := one(t, g, "kubernetes:core/v1:Namespace", "production-web").Lookup("metadata.labels")
	assert.Equal(t, "disabled", labels.(map[string]any)["elbv2.k8s.aws/pod-readiness-gate-inject"], "no pod would ever be ready")
}

func TestNobodyIsEverybody(t *testing.T) {
	roles := 0
	for _, r := range plan(t, false, nil).Resources {
		for _, document := range []string{"assumeRolePolicy", "policy"} {
			text := r.String(document)
			if text == "" {
				continue
			}
			roles++
			var parsed struct {
				Statement []struct{ Effect, Principal, NotPrincipal, NotAction json.RawMessage }
			}
			require.NoError(t, json.Unmarshal([]byte(text), &parsed), r.URN)
			for _, statement := range parsed.Statement {
				assert.NotContains(t, string(statement.Principal), "*", r.URN)
				assert.NotContains(t, string(statement.Principal), ":root", r.URN)
				assert.Empty(t, statement.NotPrincipal, r.URN)
				assert.Empty(t, statement.NotAction, r.URN)
			}
		}
	}
	assert.Greater(t, roles, 8)
}
