package networkpolicies

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"aws-platform/pkg/graph"
)

type object = map[string]any

// parse reads a policy of every pod of its namespace.
func parse(r graph.Resource) (policy, error) {
	read := policy{types: r.Strings("spec.policyTypes"), rules: map[string][]rule{}}
	spec, _ := r.Inputs["spec"].(object)
	if pods, _ := spec["podSelector"].(object); len(pods) > 0 {
		return read, errors.New("podSelector: is of some pods alone: only policies of a whole namespace are read")
	}
	for _, way := range []struct{ direction, rules, peers string }{{Ingress, "ingress", "from"}, {Egress, "egress", "to"}} {
		for i, entry := range list(spec[way.rules]) {
			made, err := parseRule(entry, way.peers, r.String("metadata.namespace"))
			if err != nil {
				return read, fmt.Errorf("spec.%s[%d]: %w", way.rules, i, err)
			}
			read.rules[way.direction] = append(read.rules[way.direction], made)
		}
	}
	return read, nil
}

func list(value any) []object {
	entries, _ := value.([]any)
	objects := make([]object, len(entries))
	for i, entry := range entries {
		objects[i], _ = entry.(object)
	}
	return objects
}

func parseRule(entry object, peers, own string) (rule, error) {
	var made rule
	for i, p := range list(entry["ports"]) {
		number, isNumber := p["port"].(float64)
		protocol, _ := p["protocol"].(string)
		if _, ranged := p["endPort"]; ranged || !isNumber || protocol == "" {
			return made, fmt.Errorf("ports[%d]: %v: is not a protocol and one number", i, p)
		}
		made.ports = append(made.ports, port{protocol, int(number)})
	}
	for i, p := range list(entry[peers]) {
		read, err := parsePeer(p, own)
		if err != nil {
			return made, fmt.Errorf("%s[%d]: %w", peers, i, err)
		}
		made.peers = append(made.peers, read)
	}
	return made, nil
}

// nameLabel is what Kubernetes puts on every namespace.
const nameLabel = "kubernetes.io/metadata.name"

// parsePeer reads an entry of from or to; own is the policy's namespace, of which pods
// are meant where no namespace is selected.
func parsePeer(entry object, own string) (selector, error) {
	if block, isBlock := entry["ipBlock"].(object); isBlock {
		return parseBlock(block)
	}
	namespace, hasNamespace := entry["namespaceSelector"].(object)
	pods, hasPods := entry["podSelector"].(object)
	if !hasNamespace && !hasPods {
		return selector{}, fmt.Errorf("%v: is neither an ipBlock nor a selector", entry)
	}
	if !hasNamespace {
		namespace = object{"matchLabels": object{nameLabel: own}}
	}
	namespaceLabels, err := labels(namespace)
	podLabels, problem := labels(pods)
	return selector{namespace: namespaceLabels, pod: podLabels}, errors.Join(err, problem)
}

func parseBlock(block object) (selector, error) {
	text, _ := block["cidr"].(string)
	prefix, err := netip.ParsePrefix(text)
	made := selector{block: prefix}
	excepted, _ := block["except"].([]any)
	for _, entry := range excepted {
		text, _ := entry.(string)
		prefix, problem := netip.ParsePrefix(text)
		made.except, err = append(made.except, prefix), errors.Join(err, problem)
	}
	return made, err
}

// labels reads matchLabels.
func labels(of object) (map[string]string, error) {
	for _, key := range slices.Sorted(maps.Keys(of)) {
		if key != "matchLabels" {
			return nil, fmt.Errorf("%s: is not matchLabels", key)
		}
	}
	made := map[string]string{}
	matched, _ := of["matchLabels"].(object)
	for key, value := range matched {
		made[key], _ = value.(string)
	}
	return made, nil
}
