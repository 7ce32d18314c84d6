package mesh

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"

	"aws-platform/pkg/config"
	"aws-platform/pkg/contract"
	"aws-platform/pkg/peering"
)

// describe turns what the environments published into the sides of peerings.
func describe(cfg *config.Peering, environments map[string]contract.Values) (map[string]peering.Side, error) {
	sides := map[string]peering.Side{}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(environments)) {
		side, err := sideOf(name, cfg.Peers[name], environments[name])
		problems = append(problems, err)
		sides[name] = side
	}
	return sides, errors.Join(problems...)
}

func sideOf(name string, peer config.PeeringPeer, published contract.Values) (peering.Side, error) {
	p := prefixes{stack: peer.Stack}
	side := peering.Side{
		Environment:                         name,
		AccountID:                           published.AccountID,
		Region:                              published.Region,
		VPCID:                               published.VPCID,
		CIDR:                                p.one(contract.VPCCIDR, published.VPCCIDR),
		AppCIDRs:                            p.all(contract.AppCIDRs, published.AppCIDRs),
		LoadBalancerCIDRs:                   p.all(contract.LoadBalancerCIDRs, published.LoadBalancerCIDRs),
		AppRouteTableIDs:                    published.AppRouteTableIDs,
		LoadBalancerRouteTableID:            published.LoadBalancerRouteTableID,
		InternalLoadBalancerSecurityGroupID: published.InternalLoadBalancerSecurityGroupID,
		PrivateZoneID:                       published.PrivateZoneID,
		DNSResolution:                       peer.DNSResolution,
		AppRoutes:                           peer.AdditionalRoutes,
		Peers:                               map[string]peering.Known{},
	}
	for _, other := range slices.Sorted(maps.Keys(published.Peers)) {
		known, output := published.Peers[other], contract.Peers+"["+other+"]"
		side.Peers[other] = peering.Known{
			CIDR:              p.one(output+".cidr", known.CIDR),
			AppCIDRs:          p.all(output+".appCidrs", known.AppCIDRs),
			LoadBalancerCIDRs: p.all(output+".loadbalancerCidrs", known.LoadBalancerCIDRs),
		}
	}
	return side, errors.Join(append(p.problems, mismatches(name, peer, published)...)...)
}

// mismatches holds what the configuration says of a peer against what its stack published.
func mismatches(name string, peer config.PeeringPeer, published contract.Values) []error {
	var problems []error
	wrong := func(key, found, wanted string) {
		problems = append(problems, fmt.Errorf("peers[%s].%s: %q: stack %s published %q: correct the one that is wrong",
			name, key, found, peer.Stack, wanted))
	}
	if published.Environment != name {
		wrong("stack", name, published.Environment)
	}
	if peer.Region != published.Region {
		wrong("region", peer.Region, published.Region)
	}
	if account := config.AccountOfRole(peer.RoleARN); peer.RoleARN != "" && account != published.AccountID {
		wrong("roleArn", account, published.AccountID)
	}
	return problems
}

// prefixes parses CIDRs and collects what is none.
type prefixes struct {
	stack    string
	problems []error
}

func (p *prefixes) one(output, text string) netip.Prefix {
	prefix, err := netip.ParsePrefix(text)
	if err != nil {
		p.problems = append(p.problems, fmt.Errorf("stack %s: output %s: %w", p.stack, output, err))
	}
	return prefix
}

func (p *prefixes) all(output string, texts map[string]string) map[string]netip.Prefix {
	parsed := make(map[string]netip.Prefix, len(texts))
	for zone, text := range texts {
		parsed[zone] = p.one(output+"["+zone+"]", text)
	}
	return parsed
}
