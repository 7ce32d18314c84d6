// Package networkpolicies reads Kubernetes network policies out of a resource graph, and
// answers who may reach the pods of a namespace, and whom they may reach, as Kubernetes
// adds policies up (Kubernetes, "Network Policies"). It is pure.
//
// What it cannot read is an error and never absent: a selector other than matchLabels, a
// policy of some of a namespace's pods, a port by name or a range of ports.
package networkpolicies

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"

	"aws-platform/pkg/graph"
)

// Type is the type of the resources that are read.
const Type = "kubernetes:networking.k8s.io/v1:NetworkPolicy"

// The directions, as policyTypes name them.
const (
	Ingress = "Ingress"
	Egress  = "Egress"
)

// Peer is the other end of a connection: an address, or a pod by the labels of its
// namespace and its own.
type Peer struct {
	Address        netip.Addr
	Namespace, Pod map[string]string
}

// Policies are the network policies of one namespace.
type Policies []policy

type policy struct {
	types []string
	rules map[string][]rule // by direction
}

type rule struct {
	ports []port
	peers []selector
}

type port struct {
	protocol string
	number   int
}

// selector is one entry of from or to.
type selector struct {
	block          netip.Prefix
	except         []netip.Prefix
	namespace, pod map[string]string
}

// Of returns the policies of a namespace. It is an error when one is not understood.
func Of(g *graph.Graph, namespace string) (Policies, error) {
	var policies Policies
	var problems []error
	for _, r := range g.OfType(Type) {
		if r.String("metadata.namespace") != namespace {
			continue
		}
		read, err := parse(r)
		if err != nil {
			problems = append(problems, fmt.Errorf("network policy %s: %w", r.Name, err))
		}
		policies = append(policies, read)
	}
	return policies, errors.Join(problems...)
}

// Admits tells whether a pod of the namespace may be reached by the peer (Ingress), or
// reach it (Egress), on a port: always where no policy is of that direction, and
// otherwise where a rule of any policy says so.
func (p Policies) Admits(direction string, other Peer, protocol string, number int) bool {
	isolated := false
	for _, policy := range p {
		if !slices.Contains(policy.types, direction) {
			continue
		}
		isolated = true
		for _, rule := range policy.rules[direction] {
			if rule.onPort(protocol, number) && rule.among(other) {
				return true
			}
		}
	}
	return !isolated
}

// onPort: no ports are all of them.
func (r rule) onPort(protocol string, number int) bool {
	return len(r.ports) == 0 || slices.Contains(r.ports, port{protocol, number})
}

// among: no peers are all of them.
func (r rule) among(other Peer) bool {
	return len(r.peers) == 0 || slices.ContainsFunc(r.peers, func(s selector) bool { return s.matches(other) })
}

// matches: an address is matched by a block alone, a pod by selectors alone.
func (s selector) matches(other Peer) bool {
	if s.block.IsValid() || other.Address.IsValid() {
		excepted := slices.ContainsFunc(s.except, func(p netip.Prefix) bool { return p.Contains(other.Address) })
		return s.block.IsValid() && s.block.Contains(other.Address) && !excepted
	}
	return within(s.namespace, other.Namespace) && within(s.pod, other.Pod)
}

// within tells whether labels have all that a selector asks for.
func within(selector, labels map[string]string) bool {
	for key, value := range selector {
		if labels[key] != value {
			return false
		}
	}
	return true
}
