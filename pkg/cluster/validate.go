package cluster

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// validate returns every reason why there can be no cluster of args: the parts would
// find them one by one, when the first of them are registered.
func validate(args Args) error {
	const configured, made = "pass the validated configuration", "pass what the environment has made"
	fields := append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Config.Version", Value: args.Config.Version, Remedy: configured},
		required.Field{Name: "Config.NodeGroups", Value: len(args.Config.NodeGroups), Remedy: configured},
		required.Field{Name: "Mappings", Value: len(args.Mappings), Remedy: "pass access.Table"},
		required.Field{Name: "AWS", Value: args.AWS, Remedy: "pass the environment's provider"},
		required.Field{Name: "Network.VPCID", Value: args.Network.VPCID, Remedy: made},
		required.Field{Name: "Network.AppSubnetIDs", Value: args.Network.AppSubnetIDs, Remedy: made},
		required.Field{Name: "Network.PublicCIDRs", Value: len(args.Network.PublicCIDRs), Remedy: configured},
		required.Field{Name: "Network.LoadBalancerCIDRs", Value: len(args.Network.LoadBalancerCIDRs), Remedy: configured},
		required.Field{Name: "SecurityGroups.Cluster", Value: args.SecurityGroups.Cluster, Remedy: made},
		required.Field{Name: "SecurityGroups.Nodes", Value: args.SecurityGroups.Nodes, Remedy: made},
		required.Field{Name: "Keys.EKS", Value: args.Keys.EKS, Remedy: made},
		required.Field{Name: "Keys.EBS", Value: args.Keys.EBS, Remedy: made},
		required.Field{Name: "Keys.Logs", Value: args.Keys.Logs, Remedy: made},
		required.Field{Name: "LogDays.ControlPlane", Value: args.LogDays.ControlPlane, Remedy: configured},
		required.Field{Name: "LogDays.Insights", Value: args.LogDays.Insights, Remedy: configured},
		required.Field{Name: "TopicARN", Value: args.TopicARN, Remedy: made},
		required.Field{Name: "RunbookURL", Value: args.RunbookURL, Remedy: configured},
		required.Field{Name: "ApplicationPort", Value: args.ApplicationPort, Remedy: configured},
		required.Field{Name: "Boot", Value: len(args.Boot), Remedy: "pass the network and the rules"},
	)
	problems := required.Missing("cluster.Args", fields...)
	listeners := []pulumi.StringInput{args.Listeners.Public, args.Listeners.Internal, args.Listeners.Test}
	if given := slices.DeleteFunc(listeners, func(arn pulumi.StringInput) bool { return arn == nil }); len(given) != 0 && len(given) != 3 {
		problems = append(problems, fmt.Errorf("cluster.Args.Listeners: %d of 3: an application would be half reachable: pass all of them, or none without HTTPS", len(given)))
	}
	return errors.Join(append(problems, applicationProblems(args)...)...)
}

// applicationProblems are where an application would silently be without its load
// balancer or its store.
func applicationProblems(args Args) (problems []error) {
	for _, name := range slices.Sorted(maps.Keys(args.Config.Applications)) {
		application := args.Config.Applications[name]
		path := "cluster.Args.Config.Applications[" + name + "]"
		if balancer := application.LoadBalancer; balancer != config.PublicLoadBalancer && balancer != config.InternalLoadBalancer {
			problems = append(problems, fmt.Errorf("%s.LoadBalancer: %q: is neither %s nor %s: pass the validated configuration",
				path, balancer, config.InternalLoadBalancer, config.PublicLoadBalancer))
		}
		for _, store := range application.Stores {
			_, reached := args.Stores[store]
			_, granted := args.StorePolicyARNs[store]
			switch {
			case !granted:
				problems = append(problems, fmt.Errorf("%s.Stores: %q: no policy opens it: pass it in StorePolicyARNs", path, store))
			case !reached && store != config.ParametersStore: // which are an API of AWS
				problems = append(problems, fmt.Errorf("%s.Stores: %q: nobody says where it is: pass it in Stores", path, store))
			}
		}
	}
	return problems
}
