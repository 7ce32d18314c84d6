package network

import (
	"errors"
	"fmt"
	"slices"
)

// aclQuota is the most rules a network ACL takes in one direction; 20 by
// default, 40 on request (Amazon VPC User Guide, "Amazon VPC quotas").
const aclQuota = 40

// validate returns every reason why the network cannot be made of args.
func validate(args Args) error {
	var problems []error
	for _, field := range []struct{ name, value string }{
		{"Environment", args.Environment}, {"AccountID", args.AccountID}, {"Region", args.Region}, {"Partition", args.Partition},
	} {
		if field.value == "" {
			problems = append(problems, fmt.Errorf("network.Args.%s: empty: it is required", field.name))
		}
	}
	if args.LogKeyARN == nil {
		problems = append(problems, errors.New("network.Args.LogKeyARN: nil: it is required"))
	}
	if args.ApplicationPort <= 0 || len(args.StorePorts) == 0 {
		problems = append(problems, errors.New("network.Args: ApplicationPort and StorePorts are required"))
	}
	return errors.Join(append(problems, CheckQuotas(args))...)
}

// CheckQuotas returns every network ACL that would have more rules than AWS
// takes. It needs no more of args than Config and the ports, so that an
// environment can refuse a configuration before its first resource.
func CheckQuotas(args Args) error {
	rules := aclRules(args)
	var problems []error
	for _, tier := range Tiers {
		problems = append(problems, quota(tier, rules[tier])...)
	}
	return errors.Join(problems...)
}

// quota holds the entries of one ACL against AWS's quota.
func quota(tier Tier, rules []aclRule) []error {
	var problems []error
	for _, egress := range []bool{false, true} {
		count := len(slices.DeleteFunc(slices.Clone(rules), func(r aclRule) bool { return r.egress != egress }))
		if count > aclQuota {
			problems = append(problems, fmt.Errorf(
				"network.peers: the %s tier's network ACL would have %d %s rules: AWS takes %d (quota \"Rules per network ACL\"): use fewer zones or peers, or a Transit Gateway",
				tier, count, aclRule{egress: egress}.direction(), aclQuota))
		}
	}
	return problems
}
