package firewall

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// storeName keeps to what resource names, tags and descriptions all take.
var storeName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// refusals collect what is wrong with Args.
type refusals []error

func (r *refusals) add(path string, value any, fact, remedy string) {
	*r = append(*r, fmt.Errorf("firewall.Args.%s: %v: %s: %s", path, value, fact, remedy))
}

// validate returns every reason why the groups cannot be made of args.
func validate(args Args) error {
	r := refusals(required.Missing("firewall.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "VPCID", Value: args.VPCID, Remedy: "pass the environment's VPC"},
	))
	if !args.VPCCIDR.IsValid() || !args.VPCCIDR.Addr().Is4() {
		r.add("VPCCIDR", args.VPCCIDR, "is no IPv4 range", "pass the VPC's")
	}
	r.port("ApplicationPort", args.ApplicationPort)
	r.internet(args)
	r.ranges("TestRanges", args.TestRanges, true)
	r.ranges("AdminRanges", args.AdminRanges, true)
	r.stores(args.Stores)
	if over := CheckQuotas(args); len(over) > 0 {
		r = append(r, over)
	}
	return errors.Join(r...)
}

// port refuses what is no TCP port, and the ports of administration.
func (r *refusals) port(path string, port int) {
	if port < 1 || port > 65535 {
		r.add(path, port, "is no TCP port", "choose one from 1 to 65535")
	}
	if port == ssh.port || port == rdp.port {
		r.add(path, port, "is a port of administration, which opens by AdminRanges alone", "choose another")
	}
}

func (r *refusals) internet(args Args) {
	internet := args.Internet
	switch {
	case len(internet.CIDRs) == 0 && internet.PrefixListID == "":
		r.add("Internet", "none", "nobody could reach the public load balancer", "set CIDRs or PrefixListID")
	case len(internet.CIDRs) > 0 && internet.PrefixListID != "":
		r.add("Internet", internet.PrefixListID, "stands beside CIDRs, which would let others past it", "set one of the two")
	}
	r.ranges("Internet.CIDRs", internet.CIDRs, false)
	for i, prefix := range internet.CIDRs {
		if prefix.IsValid() && !prefix.Addr().Is4() {
			r.add(fmt.Sprintf("Internet.CIDRs[%d]", i), prefix, "is an IPv6 range, and the load balancer has no IPv6 address", "remove it")
		}
	}
}

// ranges refuses what AWS would refuse or rewrite, and of administrators what is too wide.
func (r *refusals) ranges(path string, prefixes []netip.Prefix, administrators bool) {
	seen := map[netip.Prefix]bool{}
	for i, prefix := range prefixes {
		at := fmt.Sprintf("%s[%d]", path, i)
		switch {
		case !prefix.IsValid() || prefix.Addr().Is4In6():
			r.add(at, prefix, "is no range", "write one as in 203.0.113.0/24")
		case prefix != prefix.Masked():
			r.add(at, prefix, "has host bits set, which EC2 takes off", "write "+prefix.Masked().String())
		case seen[prefix]:
			r.add(at, prefix, "is listed already, and EC2 takes a rule once", "remove one")
		case administrators && config.TooWide(prefix):
			r.add(at, prefix, config.TooWideFact, "name the ranges of the office and the VPN")
		}
		seen[prefix] = true
	}
}

func (r *refusals) stores(stores []Store) {
	seen := map[string]bool{}
	for i, store := range stores {
		at := fmt.Sprintf("Stores[%d]", i)
		if !storeName.MatchString(store.Name) {
			r.add(at+".Name", fmt.Sprintf("%q", store.Name), "is no name", "use lower case letters, digits and hyphens")
		}
		if seen[store.Name] {
			r.add(at+".Name", store.Name, "is listed already", "remove one")
		}
		seen[store.Name] = true
		r.port(at+".Port", store.Port)
	}
}
