package balancer

import (
	"errors"
	"fmt"
	"slices"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
)

const (
	// longestName is the longest name of a load balancer or target group (Elastic
	// Load Balancing API Reference, CreateLoadBalancer and CreateTargetGroup).
	longestName = 32
	httpsPort   = 443
	httpPort    = 80
	highestPort = 65535
)

// validate returns every reason why the load balancers cannot be made of args.
func validate(args Args) error {
	problems := missing(args)
	if longest := args.Environment + "-" + string(Internal) + "-" + string(color.Green); len(longest) > longestName {
		problems = append(problems, fmt.Errorf("balancer.Args.Environment: %q: the target group %s has %d characters, and AWS takes %d: choose a shorter name",
			args.Environment, longest, len(longest), longestName))
	}
	if args.TestPort <= 0 || args.TestPort > highestPort || args.TestPort == httpPort || args.TestPort == httpsPort {
		problems = append(problems, fmt.Errorf("balancer.Args.TestPort: %d: not a free port: choose one of 1 to %d but %d and %d",
			args.TestPort, highestPort, httpPort, httpsPort))
	}
	return errors.Join(append(problems, certified(args)...)...)
}

// missing names the required fields that args leave out.
func missing(args Args) []error {
	var problems []error
	for _, field := range []struct {
		name    string
		missing bool
	}{
		{"Environment", args.Environment == ""}, {"AccountID", args.AccountID == ""},
		{"Region", args.Region == ""}, {"Partition", args.Partition == ""},
		{"Config.ApplicationPort", args.Config.ApplicationPort == 0},
		{"Config.HealthCheckPath", args.Config.HealthCheckPath == ""},
		{"Config.LoadBalancer.IdleTimeoutSeconds", args.Config.LoadBalancer.IdleTimeoutSeconds == 0},
		{"Config.LoadBalancer.LogRetentionDays", args.Config.LoadBalancer.LogRetentionDays == 0},
		{"VPCID", args.VPCID == nil},
		{"PublicSubnetIDs", args.PublicSubnetIDs == nil}, {"LoadBalancerSubnetIDs", args.LoadBalancerSubnetIDs == nil},
		{"PublicSecurityGroupID", args.PublicSecurityGroupID == nil}, {"InternalSecurityGroupID", args.InternalSecurityGroupID == nil},
		{"PrivateZoneID", args.PrivateZoneID == nil}, {"PrivateZoneName", args.PrivateZoneName == ""},
	} {
		if field.missing {
			problems = append(problems, fmt.Errorf("balancer.Args.%s: missing: it is required", field.name))
		}
	}
	return problems
}

// certified refuses an HTTPS listener that no certificate is given or requested for.
func certified(args Args) []error {
	if !args.Config.HTTPS() || args.Config.InternalCertificateARN != "" {
		return nil
	}
	name := config.InternalName(args.PrivateZoneName)
	if slices.Contains(args.Config.RequestedNames(args.PrivateZoneName), name) {
		return nil
	}
	return []error{fmt.Errorf("balancer.Args.Config.InternalCertificateARN: empty: %s is not below the domain %q, so no certificate can be requested for it: give one",
		name, args.Config.Domain)}
}
