package network

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// validate returns every reason why the network cannot be made of args.
func validate(args Args) error {
	problems := required.Missing("network.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "LogKeyARN", Value: args.LogKeyARN, Remedy: "pass the KMS key of log groups"},
		required.Field{Name: "LogRetentionDays", Value: args.LogRetentionDays, Remedy: "write how many days flow logs are kept"},
	)...)
	if len(args.StorePorts) == 0 {
		problems = append(problems, errors.New("network.Args.StorePorts: none: they are required"))
	}
	if port := args.ApplicationPort; port < anyEphemeral.from || port >= linuxEphemeral.from || port == rdpPort {
		problems = append(problems, fmt.Errorf("network.Args.ApplicationPort: %d: the network ACLs do not take it: choose one from %d to %d but %d",
			port, anyEphemeral.from, linuxEphemeral.from-1, rdpPort))
	}
	if ranges := len(args.AdminRanges); ranges > mostAdminRanges {
		problems = append(problems, fmt.Errorf("network.Args.AdminRanges: %d: at most %d have a place before the denies: name fewer and wider ranges",
			ranges, mostAdminRanges))
	}
	if over := CheckQuotas(args); len(over) > 0 {
		problems = append(problems, over)
	}
	return errors.Join(problems...)
}

// CheckQuotas returns every network ACL that would have more rules than the
// account takes. It needs no more of args than Config and the ports, so that an
// environment can refuse a configuration before its first resource.
func CheckQuotas(args Args) config.Problems {
	// The account's quota counts the default deny rule, which is AWS's own.
	most := args.Config.RulesPerNetworkACL - 1
	rules := aclRules(args)
	var over config.Problems
	for _, tier := range Tiers {
		for _, egress := range []bool{false, true} {
			count := len(slices.DeleteFunc(slices.Clone(rules[tier]), func(r aclRule) bool { return r.egress != egress }))
			if count > most {
				over = append(over, config.Problem{
					Path:  "network.rulesPerNetworkAcl",
					Value: strconv.Itoa(args.Config.RulesPerNetworkACL),
					Fact: fmt.Sprintf("the %s tier needs %d %s rules, and AWS's default deny rule counts too",
						tier, count, aclRule{egress: egress}.direction()),
					Remedy: `have the quota "Rules per network ACL" raised (40 at most) and write it here, or use fewer zones, peers or ranges of administrators, or a Transit Gateway`,
				})
			}
		}
	}
	return over
}
