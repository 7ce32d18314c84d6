package tenancy_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
)

const networkPolicy = "kubernetes:networking.k8s.io/v1:NetworkPolicy"

// peer is the other end of a connection: an address outside the cluster, or a pod.
type peer struct {
	address   string
	namespace map[string]string
	pod       map[string]string
}

// policies are the network policies of a namespace, which Kubernetes adds up.
type policies []graph.Resource

func policiesOf(t *testing.T, g *graph.Graph) policies {
	t.Helper()
	made := g.OfType(networkPolicy)
	require.NotEmpty(t, made)
	for _, policy := range made {
		require.Equal(t, "web", policy.String("metadata.namespace"), policy.Name)
		require.Empty(t, objectAt(policy.Inputs, "spec", "podSelector"), "%s is of every pod", policy.Name)
	}
	return made
}

// admits tells whether a pod of the namespace may be reached by the peer, or reach it:
// without a policy of that direction always, else where any rule says so
// (Kubernetes, "Network Policies").
func (p policies) admits(direction string, other peer, protocol string, port int) bool {
	rules, peers := "ingress", "from"
	if direction == "Egress" {
		rules, peers = "egress", "to"
	}
	isolated := false
	for _, policy := range p {
		if !slices.Contains(policy.Strings("spec.policyTypes"), direction) {
			continue
		}
		isolated = true
		list, _ := objectAt(policy.Inputs, "spec")[rules].([]any)
		for _, rule := range list {
			rule := rule.(map[string]any)
			if onPort(rule["ports"], protocol, port) && among(rule[peers], other) {
				return true
			}
		}
	}
	return !isolated
}

// onPort: no ports are all of them.
func onPort(ports any, protocol string, port int) bool {
	list, _ := ports.([]any)
	for _, entry := range list {
		entry := entry.(map[string]any)
		number, _ := entry["port"].(float64)
		if entry["protocol"] == protocol && int(number) == port {
			return true
		}
	}
	return len(list) == 0
}

// among: no peers are all of them. An address is matched by ipBlock alone, a pod by selectors alone.
func among(peers any, other peer) bool {
	list, _ := peers.([]any)
	for _, entry := range list {
		entry := entry.(map[string]any)
		block, isBlock := entry["ipBlock"].(map[string]any)
		if isBlock && other.address != "" && inBlock(block, netip.MustParseAddr(other.address)) {
			return true
		}
		if !isBlock && other.address == "" && selects(entry["namespaceSelector"], other.namespace) && selects(entry["podSelector"], other.pod) {
			return true
		}
	}
	return len(list) == 0
}

func inBlock(block map[string]any, address netip.Addr) bool {
	except, _ := block["except"].([]any)
	for _, cidr := range except {
		if netip.MustParsePrefix(cidr.(string)).Contains(address) {
			return false
		}
	}
	return netip.MustParsePrefix(block["cidr"].(string)).Contains(address)
}

// selects reads matchLabels, which is all that the program writes.
func selects(selector any, labels map[string]string) bool {
	of, _ := selector.(map[string]any)
	for key := range of {
		if key != "matchLabels" {
			panic("unknown selector " + key)
		}
	}
	for key, value := range objectAt(of, "matchLabels") {
		if labels[key] != value {
			return false
		}
	}
	return true
}

// objectAt follows names into an object; keys may contain dots and slashes.
func objectAt(of map[string]any, names ...string) map[string]any {
	for _, name := range names {
		of, _ = of[name].(map[string]any)
	}
	return of
}

// withPrefix are the labels below a domain.
func withPrefix(labels map[string]any, prefix string) map[string]any {
	found := map[string]any{}
	for key, value := range labels {
		if rest, ok := strings.CutPrefix(key, prefix); ok {
			found[rest] = value
		}
	}
	return found
}
