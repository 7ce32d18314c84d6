package balancer

import (
	"errors"
	"fmt"
	"slices"

	"aws-platform/pkg/compute/color"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
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
	const configured = "pass compute of the configuration"
	return required.Missing("balancer.Args", append(
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.ApplicationPort", Value: args.Config.ApplicationPort, Remedy: configured},
		required.Field{Name: "Config.HealthCheckPath", Value: args.Config.HealthCheckPath, Remedy: configured},
		required.Field{Name: "Config.LoadBalancer.IdleTimeoutSeconds", Value: args.Config.LoadBalancer.IdleTimeoutSeconds, Remedy: configured},
		required.Field{Name: "LogRetentionDays", Value: args.LogRetentionDays, Remedy: "write how many days logs are kept"},
		required.Field{Name: "VPCID", Value: args.VPCID, Remedy: "pass the environment's VPC"},
		required.Field{Name: "PublicSubnetIDs", Value: args.PublicSubnetIDs, Remedy: "pass the subnets of the public tier"},
		required.Field{Name: "LoadBalancerSubnetIDs", Value: args.LoadBalancerSubnetIDs, Remedy: "pass the subnets of the loadbalancer tier"},
		required.Field{Name: "PublicSecurityGroupID", Value: args.PublicSecurityGroupID, Remedy: "pass the public load balancer's security group"},
		required.Field{Name: "InternalSecurityGroupID", Value: args.InternalSecurityGroupID, Remedy: "pass the internal load balancer's security group"},
		required.Field{Name: "PrivateZoneID", Value: args.PrivateZoneID, Remedy: "pass the environment's private zone"},
		required.Field{Name: "PrivateZoneName", Value: args.PrivateZoneName, Remedy: "pass the name of the environment's private zone"},
	)...)
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
