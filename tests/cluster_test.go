package tests

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/networkpolicies"
	"aws-platform/pkg/offline"
)

const (
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
			{networkpolicies.Type, name + "-web-default-deny", rolloutType, name + "-web-rollout", "no pod starts before its namespace is closed"},
			{"kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", name + "-images-by-digest-rollouts", rolloutType, name + "-web-rollout", "its image is judged from the first"},
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

// No pod reaches a peer's app tier or data tier, or is reached from there, on any of the
// ports that are open anywhere: in every namespace that has policies.
func TestNoNetworkPolicyOpensThePeersTiers(t *testing.T) {
	looked := 0
	for name, env := range environments(t) {
		g := graphOf(t, name)
		for _, namespace := range namespaces(g) {
			policies, err := networkpolicies.Of(g, namespace)
			require.NoError(t, err)
			for _, peer := range env.Network.Peers {
				for _, zone := range peer.Zones {
					inside := networkpolicies.Peer{Address: zone.App.Addr().Next()}
					for _, port := range []int{22, 53, 80, 443, 5432, 6379, 8080, 9098, 15008, 15012, 15017} {
						looked++
						assert.False(t, policies.Admits(networkpolicies.Egress, inside, "TCP", port), "%s: %s to %s:%d", name, namespace, inside.Address, port)
						assert.False(t, policies.Admits(networkpolicies.Ingress, inside, "TCP", port), "%s: %s from %s on %d", name, namespace, inside.Address, port)
					}
					balancer := networkpolicies.Peer{Address: zone.LoadBalancer.Addr().Next()}
					assert.Equal(t, namespace == "web", policies.Admits(networkpolicies.Egress, balancer, "TCP", 443), "%s: %s to %s", name, namespace, balancer.Address)
				}
			}
		}
	}
	assert.Positive(t, looked)
}

// namespaces are those with network policies, each once.
func namespaces(g *graph.Graph) []string {
	var names []string
	for _, policy := range g.OfType(networkpolicies.Type) {
		names = append(names, policy.String("metadata.namespace"))
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// The exception to STRICT selects the pods that the Rollout makes, or load balancers
// would meet the mesh's refusal.
func TestThePortOutsideTheMeshIsOfTheRolloutsPods(t *testing.T) {
	for name := range environments(t) {
		g := graphOf(t, name)
		selected, _ := resourceOf(t, g, "kubernetes:security.istio.io/v1:PeerAuthentication", name+"-web-application-port").Lookup("spec.selector.matchLabels")
		labels, _ := resourceOf(t, g, rolloutType, name+"-web-rollout").Lookup("spec.template.metadata.labels")
		require.NotEmpty(t, labels)
		assert.Equal(t, labels, selected, name)
	}
}

// The control plane's interfaces are in the app tier, behind the group that nodes and
// clients may call, and nobody of a peer.
func TestTheControlPlaneIsInTheAppTier(t *testing.T) {
	for name, env := range environments(t) {
		g := graphOf(t, name)
		cluster := resourceOf(t, g, "eks:index:Cluster", name+"-eks")
		var want []string
		for zone := range env.Network.Zones {
			want = append(want, resourceOf(t, g, "aws:ec2/subnet:Subnet", name+"-app-"+zone).ID)
		}
		assert.ElementsMatch(t, want, cluster.Strings("privateSubnetIds"))
		group := resourceOf(t, g, "aws:ec2/securityGroup:SecurityGroup", name+"-cluster")
		assert.Equal(t, group.URN, cluster.Inputs["clusterSecurityGroup"])
		var callers []string
		for _, rule := range g.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule") {
			if rule.String("securityGroupId") == group.ID {
				assert.Equal(t, 443, rule.Int("fromPort"))
				caller, known := g.ByID("aws:ec2/securityGroup:SecurityGroup", rule.String("referencedSecurityGroupId"))
				require.True(t, known, "%s: a range and no group", rule.URN)
				callers = append(callers, caller.Name)
			}
		}
		assert.ElementsMatch(t, []string{name + "-nodes", name + "-clients"}, callers)
	}
}

// Where GuardDuty's agent runs, the VPC has the endpoint that it reports to, before nodes join.
func TestGuardDutysAgentHasItsEndpoint(t *testing.T) {
	for name, env := range environments(t) {
		g := graphOf(t, name)
		endpoint, err := g.One("aws:ec2/vpcEndpoint:VpcEndpoint", name+"-guardduty-data")
		_, installed := g.One("aws:eks/addon:Addon", name+"-aws-guardduty-agent")
		assert.Equal(t, env.Cluster.GuardDuty, err == nil, name)
		assert.Equal(t, env.Cluster.GuardDuty, installed == nil, name)
		if err == nil {
			assert.True(t, waits(g, resourceOf(t, g, groupType, name+"-default"), endpoint.URN, map[string]bool{}), "%s: nodes join before the endpoint", name)
		}
	}
}
