package cluster_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

const (
	addOnType   = "aws:eks/addon:Addon"
	groupType   = "aws:eks/nodeGroup:NodeGroup"
	releaseType = "kubernetes:helm.sh/v3:Release"
	policyType  = "kubernetes:networking.k8s.io/v1:NetworkPolicy"
	peerType    = "kubernetes:security.istio.io/v1:PeerAuthentication"
	rolloutType = "kubernetes:argoproj.io/v1alpha1:Rollout"
	bindingType = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding"
)

// awaited are the URNs of all that a resource waits for, by way of others too.
func awaited(g *graph.Graph, r graph.Resource) map[string]bool {
	found := map[string]bool{}
	var follow func(graph.Resource)
	follow = func(r graph.Resource) {
		for _, urn := range r.Dependencies {
			if next, known := g.ByURN(urn); known && !found[urn] {
				found[urn] = true
				follow(next)
			}
		}
	}
	follow(r)
	return found
}

func TestTheOrderInAPreviewAndInAnUpdate(t *testing.T) {
	for _, preview := range []bool{true, false} {
		g := plan(t, preview, nil)
		for _, order := range []struct{ kind, name, afterKind, after string }{
			{"eks:index:Cluster", "production-eks", "aws:cloudwatch/logGroup:LogGroup", "production-eks-logs"},
			{"eks:index:Cluster", "production-eks", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "production-eks-service-policy"},
			{groupType, "production-default", addOnType, "production-vpc-cni"},
			{groupType, "production-default", addOnType, "production-kube-proxy"},
			{groupType, "production-default", "aws:ec2/securityGroup:SecurityGroup", "group"},
			{addOnType, "production-coredns", groupType, "production-default"},
			{"aws:eks/accessEntry:AccessEntry", "production-eks-devops-entry", "eks:index:Cluster", "production-eks"},
		} {
			assert.True(t, awaited(g, one(t, g, order.kind, order.name))[one(t, g, order.afterKind, order.after).URN], "%s after %s", order.name, order.after)
		}
		releases := g.OfType(releaseType)
		require.NotEmpty(t, releases)
		for _, release := range releases {
			before := awaited(g, release)
			assert.True(t, before[one(t, g, groupType, "production-default").URN], "%s after the nodes", release.Name)
			assert.True(t, before[one(t, g, addOnType, "production-coredns").URN], "%s after name resolution", release.Name)
		}
	}
}

// A pod that starts too early is outside the mesh, open to everybody, or without rights.
func TestAnApplicationStartsInAClosedNamespace(t *testing.T) {
	for _, preview := range []bool{true, false} {
		g := plan(t, preview, nil)
		for _, application := range []string{"web", "api"} {
			name := "production-" + application
			before := awaited(g, one(t, g, rolloutType, name+"-rollout"))
			for _, needed := range [][2]string{
				{policyType, name + "-default-deny"}, {peerType, name + "-application-port"}, {peerType, "production-strict"},
				{"kubernetes:core/v1:Namespace", name}, {"kubernetes:core/v1:ResourceQuota", name + "-quota"},
				{releaseType, "production-ztunnel"}, {releaseType, "production-argo-rollouts"}, {releaseType, "production-aws-load-balancer-controller"},
				{"aws:eks/podIdentityAssociation:PodIdentityAssociation", name}, {bindingType, name + "-active"}, {bindingType, name + "-preview"},
			} {
				assert.True(t, before[one(t, g, needed[0], needed[1]).URN], "%s after %v", application, needed)
			}
			for _, policy := range g.OfType(policyType) {
				if policy.String("metadata.namespace") == application {
					assert.True(t, before[policy.URN], "%s after %s", application, policy.Name)
				}
			}
			deployer := awaited(g, one(t, g, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", "production-deployer-"+application))
			assert.True(t, deployer[one(t, g, "kubernetes:core/v1:Namespace", name).URN])
		}
	}
}

func TestAPreviewRegistersWhatAnUpdateDoes(t *testing.T) {
	urns := func(g *graph.Graph) (list []string) {
		for _, r := range g.Resources {
			list = append(list, r.URN)
		}
		return list
	}
	assert.Equal(t, urns(plan(t, false, nil)), urns(plan(t, true, nil)))
}

// Objects go to this cluster by the program's own provider, the rest to this account.
func TestEveryResourceHasItsProvider(t *testing.T) {
	g := plan(t, false, nil)
	kubernetes := one(t, g, "pulumi:providers:kubernetes", "production-kubernetes").URN
	account := one(t, g, "pulumi:providers:aws", "aws").URN
	for _, r := range g.Resources {
		switch {
		case strings.HasPrefix(r.Type, "kubernetes:"):
			assert.Equal(t, kubernetes, r.Provider, r.URN)
		case strings.HasPrefix(r.Type, "aws:"):
			assert.Equal(t, account, r.Provider, r.URN)
		}
	}
}
