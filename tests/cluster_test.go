package tests

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/offline"
)

const (
	policyType  = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
	releaseType = "kubernetes:helm.sh/v3:Release"
	groupType   = "aws:eks/nodeGroup:NodeGroup"
	rolloutType = "kubernetes:argoproj.io/v1alpha1:Rollout"
)

func graphOf(t *testing.T, name string) *graph.Graph {
	t.Helper()
	g, err := offline.Environment(root, name)
	require.NoError(t, err)
	return g
}

func resourceOf(t *testing.T, g *graph.Graph, kind, name string) graph.Resource {
	t.Helper()
	found, err := g.One(kind, name)
	require.NoError(t, err)
	return found
}

// waits tells whether a resource waits for another, by way of others too.
func waits(g *graph.Graph, r graph.Resource, urn string, seen map[string]bool) bool {
	if slices.Contains(r.Dependencies, urn) {
		return true
	}
	for _, dependency := range r.Dependencies {
		if seen[dependency] {
			continue
		}
		seen[dependency] = true
		if next, known := g.ByURN(dependency); known && waits(g, next, urn, seen) {
			return true
		}
	}
	return false
}

func TestTheClusterComesUpInOrder(t *testing.T) {
	for name := range environments(t) {
		g := graphOf(t, name)
		for _, order := range []struct{ firstKind, first, thenKind, then, why string }{
			{"aws:eks/addon:Addon", name + "-vpc-cni", groupType, name + "-default", "a node without the CNI is never ready"},
			{"aws:eks/addon:Addon", name + "-kube-proxy", groupType, name + "-default", "nor without kube-proxy"},
			{groupType, name + "-default", "aws:eks/addon:Addon", name + "-coredns", "coredns runs on nodes"},
			{groupType, name + "-default", releaseType, name + "-istiod", "istiod runs on nodes"},
			{releaseType, name + "-istio-base", releaseType, name + "-istiod", "istiod reads the mesh's kinds"},
			{releaseType, name + "-istio-cni", releaseType, name + "-ztunnel", "ztunnel needs the CNI plugin"},
			{releaseType, name + "-argo-rollouts", rolloutType, name + "-web-rollout", "the chart brings the kind"},
			{releaseType, name + "-ztunnel", rolloutType, name + "-web-rollout", "no pod starts outside the mesh"},
			{policyType, name + "-web-default-deny", rolloutType, name + "-web-rollout", "no pod starts before its namespace is closed"},
			{"aws:eks/podIdentityAssociation:PodIdentityAssociation", name + "-web", rolloutType, name + "-web-rollout", "its pods have their role from the first moment"},
			{releaseType, name + "-aws-load-balancer-controller", "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", name + "-web-active", "the chart brings the kind"},
		} {
			before, after := resourceOf(t, g, order.firstKind, order.first), resourceOf(t, g, order.thenKind, order.then)
			assert.True(t, waits(g, after, before.URN, map[string]bool{}), "%s does not wait for %s: %s", after.URN, before.URN, order.why)
			assert.False(t, waits(g, before, after.URN, map[string]bool{}), "%s waits for %s", before.URN, after.URN)
		}
	}
}

func TestAnApplicationHasThePoliciesOfItsStoresAndNoOther(t *testing.T) {
	for name, env := range environments(t) {
		g := graphOf(t, name)
		role := resourceOf(t, g, "aws:iam/role:Role", name+"-web")
		assert.Equal(t, name+"-app-web", role.String("name"))
		want := map[string]bool{}
		for _, store := range env.Cluster.Applications["web"].Stores {
			policy := name + "-" + store + "-access"
			if store == "parameters" {
				policy = name + "-parameters-read"
			}
			want[policy] = true
		}
		got := map[string]bool{}
		for _, attached := range g.OfType("aws:iam/rolePolicyAttachment:RolePolicyAttachment") {
			if attached.String("role") == role.ID {
				got[attached.String("policyArn")[strings.LastIndex(attached.String("policyArn"), "/")+1:]] = true
			}
		}
		assert.Equal(t, want, got)
	}
}

// Nobody but the cluster's own account comes in, and nobody by a wildcard.
func TestNoClusterRoleTrustsEverybody(t *testing.T) {
	seen := 0
	for name, env := range environments(t) {
		for _, role := range graphOf(t, name).OfType("aws:iam/role:Role") {
			if !strings.HasPrefix(role.String("name"), name+"-eks-") {
				continue
			}
			seen++
			trust := role.String("assumeRolePolicy")
			assert.NotContains(t, trust, "*", role.URN)
			assert.NotContains(t, trust, ":root", role.URN)
			for _, principal := range strings.Split(trust, "arn:aws:iam::")[1:] {
				assert.True(t, strings.HasPrefix(principal, env.AWS.AccountID()), "%s: %s", role.URN, principal)
			}
		}
	}
	assert.Greater(t, seen, 4*4)
}

// The peers' app tiers are named by no network policy, nor is anything wider than a subnet of ours.
func TestNoNetworkPolicyOpensThePeersAppTier(t *testing.T) {
	looked := 0
	for name, env := range environments(t) {
		for _, policy := range graphOf(t, name).OfType(policyType) {
			text := string(mustJSON(t, policy.Inputs["spec"]))
			for _, peer := range env.Network.Peers {
				looked++
				assert.NotContains(t, text, peer.CIDR.String(), policy.URN)
				for _, zone := range peer.Zones {
					assert.NotContains(t, text, zone.App.String(), policy.URN)
				}
			}
		}
	}
	assert.Positive(t, looked)
}

func mustJSON(t *testing.T, value any) []byte {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	return text
}
