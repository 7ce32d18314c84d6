package securitygroups

import (
	"cmp"
	"fmt"
	"net/netip"

	"aws-platform/pkg/graph"
)

const (
	groupType        = "aws:ec2/securityGroup:SecurityGroup"
	defaultGroupType = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"
	ingressType      = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	egressType       = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
	olderRuleType    = "aws:ec2/securityGroupRule:SecurityGroupRule"
	vpcType          = "aws:ec2/vpc:Vpc"
)

// reader collects the groups by ID, over all graphs.
type reader struct{ groups map[string]*Group }

func newReader(graphs []*graph.Graph) *reader {
	vpcs := map[string]netip.Prefix{}
	for _, g := range graphs {
		for _, vpc := range g.OfType(vpcType) {
			vpcs[vpc.ID], _ = netip.ParsePrefix(vpc.String("cidrBlock"))
		}
	}
	r := &reader{groups: map[string]*Group{}}
	for _, g := range graphs {
		for _, resource := range g.Resources {
			if resource.Type == groupType || resource.Type == defaultGroupType {
				r.groups[resource.ID] = &Group{
					Environment: g.Stack, Name: resource.Name, ID: resource.ID,
					Tier: resource.String("tags.Tier"), VPC: vpcs[resource.String("vpcId")],
				}
			}
		}
	}
	return r
}

// rule reads a resource, if it is a rule, into its group.
func (r *reader) rule(resource graph.Resource) error {
	switch resource.Type {
	case groupType, defaultGroupType:
		return inline(resource)
	case olderRuleType:
		return fmt.Errorf("%s: pkg/securitygroups does not read this type: use vpc.SecurityGroupIngressRule or EgressRule", resource.URN)
	case ingressType, egressType:
		return r.add(resource)
	}
	return nil
}

// inline refuses rules inside a group: they and rules of their own take each other away.
func inline(resource graph.Resource) error {
	for _, list := range []string{"ingress", "egress"} {
		if rules, _ := resource.Inputs[list].([]any); len(rules) > 0 {
			return fmt.Errorf("%s: %d inline %s rules: give each a resource of its own", resource.URN, len(rules), list)
		}
	}
	return nil
}

func (r *reader) add(resource graph.Resource) error {
	group, known := r.groups[resource.String("securityGroupId")]
	if !known {
		return fmt.Errorf("%s: group %q is in none of the graphs: read the stack that has it too", resource.URN, resource.String("securityGroupId"))
	}
	peer, err := r.peer(resource)
	if err != nil {
		return err
	}
	rule := Rule{
		Environment: group.Environment, Group: group.Name, Direction: Ingress, Protocol: resource.String("ipProtocol"),
		From: resource.Int("fromPort"), To: resource.Int("toPort"), Peer: peer, Description: resource.String("description"),
	}
	if rule.Protocol == AnyProtocol {
		rule.From, rule.To = -1, -1
	}
	if resource.Type == egressType {
		rule.Direction = Egress
		group.Egress = append(group.Egress, rule)
		return nil
	}
	group.Ingress = append(group.Ingress, rule)
	return nil
}

// peer reads the one peer that a rule has.
func (r *reader) peer(resource graph.Resource) (Peer, error) {
	peers := make([]Peer, 0, 1)
	for _, property := range []string{"cidrIpv4", "cidrIpv6"} {
		if text := resource.String(property); text != "" {
			prefix, err := netip.ParsePrefix(text)
			if err != nil {
				return Peer{}, fmt.Errorf("%s: %s: %w", resource.URN, property, err)
			}
			peers = append(peers, Peer{CIDR: prefix})
		}
	}
	if list := resource.String("prefixListId"); list != "" {
		peers = append(peers, Peer{PrefixList: list})
	}
	if id := resource.String("referencedSecurityGroupId"); id != "" {
		var name string
		if group, known := r.groups[id]; known {
			name = group.Name
		}
		peers = append(peers, Peer{Group: cmp.Or(name, id)})
	}
	if len(peers) != 1 {
		return Peer{}, fmt.Errorf("%s: %d peers: a rule has one", resource.URN, len(peers))
	}
	return peers[0], nil
}
