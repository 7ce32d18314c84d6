package networkpolicies_test

import (
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"aws-platform/pkg/graph"
	"aws-platform/pkg/networkpolicies"
)

type object = map[string]any

// policy is a network policy of the namespace web.
func policy(spec object) graph.Resource {
	return graph.Resource{
		Type: networkpolicies.Type, Name: "one", Custom: true,
		Inputs: object{"metadata": object{"namespace": "web"}, "spec": spec},
	}
}

func of(t *testing.T, specs ...object) networkpolicies.Policies {
	t.Helper()
	g := &graph.Graph{}
	for _, spec := range specs {
		g.Resources = append(g.Resources, policy(spec))
	}
	policies, err := networkpolicies.Of(g, "web")
	require.NoError(t, err)
	return policies
}

func named(name string) map[string]string {
	return map[string]string{"kubernetes.io/metadata.name": name}
}

func at(text string) networkpolicies.Peer {
	return networkpolicies.Peer{Address: netip.MustParseAddr(text)}
}

func ports(numbers ...float64) []any {
	var list []any
	for _, number := range numbers {
		list = append(list, object{"protocol": "TCP", "port": number})
	}
	return list
}

func TestPoliciesAddUp(t *testing.T) {
	deny := object{"policyTypes": []any{"Ingress", "Egress"}, "podSelector": object{}}
	in := func(rule object) object {
		return object{"policyTypes": []any{"Ingress"}, "ingress": []any{rule}}
	}
	block := in(object{"ports": ports(8080), "from": []any{object{"ipBlock": object{"cidr": "10.0.0.0/8", "except": []any{"10.1.0.0/16"}}}}})
	neighbours := in(object{"from": []any{object{"podSelector": object{"matchLabels": object{"app": "api"}}}}})
	mesh := in(object{"from": []any{object{"namespaceSelector": object{"matchLabels": object{"mesh": "yes"}}}}})
	api := map[string]string{"app": "api"}
	for name, test := range map[string]struct {
		policies []object
		from     networkpolicies.Peer
		port     int
		admits   bool
	}{
		"no policy":                           {nil, at("198.51.100.1"), 1, true},
		"deny":                                {[]object{deny}, at("10.0.0.1"), 8080, false},
		"an opening beside it":                {[]object{deny, block}, at("10.0.0.1"), 8080, true},
		"another port":                        {[]object{deny, block}, at("10.0.0.1"), 8081, false},
		"what is excepted":                    {[]object{block}, at("10.1.0.1"), 8080, false},
		"outside the block":                   {[]object{block}, at("11.0.0.1"), 8080, false},
		"a pod is in no block":                {[]object{block}, networkpolicies.Peer{Namespace: named("web")}, 8080, false},
		"a pod of the own namespace":          {[]object{neighbours}, networkpolicies.Peer{Namespace: named("web"), Pod: api}, 1, true},
		"a pod of that label elsewhere":       {[]object{neighbours}, networkpolicies.Peer{Namespace: named("other"), Pod: api}, 1, false},
		"another pod of the own namespace":    {[]object{neighbours}, networkpolicies.Peer{Namespace: named("web")}, 1, false},
		"an address is no pod":                {[]object{neighbours}, at("10.0.0.1"), 1, false},
		"any pod of a labelled namespace":     {[]object{mesh}, networkpolicies.Peer{Namespace: map[string]string{"mesh": "yes"}}, 1, true},
		"no peers are all":                    {[]object{in(object{"ports": ports(1)})}, at("198.51.100.1"), 1, true},
		"no ports are all":                    {[]object{in(object{})}, at("198.51.100.1"), 65535, true},
		"an egress policy does not isolate":   {[]object{{"policyTypes": []any{"Egress"}}}, at("10.0.0.1"), 1, true},
		"rules of another direction are mute": {[]object{{"policyTypes": []any{"Egress"}, "ingress": []any{object{}}}, deny}, at("10.0.0.1"), 1, false},
	} {
		assert.Equal(t, test.admits, of(t, test.policies...).Admits(networkpolicies.Ingress, test.from, "TCP", test.port), name)
	}
	assert.False(t, of(t, block).Admits(networkpolicies.Ingress, at("10.0.0.1"), "UDP", 8080), "another protocol")
}

func TestWhatIsNotUnderstoodIsAnError(t *testing.T) {
	rule := func(entry object) object {
		return object{"policyTypes": []any{"Egress"}, "egress": []any{entry}}
	}
	peer := func(entry object) object { return rule(object{"to": []any{entry}}) }
	for says, spec := range map[string]object{
		"podSelector":            {"podSelector": object{"matchLabels": object{"a": "b"}}},
		"ports[0]":               rule(object{"ports": []any{object{"protocol": "TCP", "port": "http"}}}),
		"endPort":                rule(object{"ports": []any{object{"protocol": "TCP", "port": 1.0, "endPort": 9.0}}}),
		"matchExpressions":       peer(object{"namespaceSelector": object{"matchExpressions": []any{}}}),
		"neither":                peer(object{}),
		"ParsePrefix(\"web\")":   peer(object{"ipBlock": object{"cidr": "web"}}),
		"ParsePrefix(\"10.0.\")": peer(object{"ipBlock": object{"cidr": "10.0.0.0/8", "except": []any{"10.0."}}}),
	} {
		_, err := networkpolicies.Of(&graph.Graph{Resources: []graph.Resource{policy(spec)}}, "web")
		require.ErrorContains(t, err, says)
		assert.ErrorContains(t, err, "network policy one")
	}
}

func TestOtherNamespacesArePassedOver(t *testing.T) {
	policies, err := networkpolicies.Of(&graph.Graph{Resources: []graph.Resource{policy(object{"podSelector": object{"matchLabels": object{"a": "b"}}})}}, "other")
	require.NoError(t, err)
	assert.Empty(t, policies)
}
