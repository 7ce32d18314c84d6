package cluster

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/bluegreen"
	"aws-platform/pkg/cluster/ingress"
	"aws-platform/pkg/cluster/podidentity"
	"aws-platform/pkg/cluster/rbac"
	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/config"
)

// applications makes each application, in the order of their names.
func (c *Cluster) applications(ctx *pulumi.Context, name string, args Args) error {
	var namespaces []pulumi.Resource
	names := slices.Sorted(maps.Keys(args.Config.Applications))
	for _, application := range names {
		tenancy, err := c.application(ctx, name+"-"+application, application, args)
		if err != nil {
			return err
		}
		namespaces = append(namespaces, tenancy.Namespace)
	}
	_, err := rbac.New(ctx, name, rbac.Args{Environment: args.Environment, Applications: names},
		pulumi.Parent(c), pulumi.Provider(c.ControlPlane.Kubernetes), after(namespaces...))
	return err
}

// application makes the namespace, the way in, the identity and the application itself.
func (c *Cluster) application(ctx *pulumi.Context, name, application string, args Args) (*tenancy.Tenancy, error) {
	settings := args.Config.Applications[application]
	kubernetes := pulumi.Provider(c.ControlPlane.Kubernetes)
	home, err := tenancy.New(ctx, name, tenancyArgs(application, settings, args), pulumi.Parent(c), kubernetes, after(c.system.Mesh...))
	if err != nil {
		return nil, err
	}
	listeners := args.Listeners
	way, err := ingress.New(ctx, name, ingress.Args{
		Environment: args.Environment, Application: application, VPCID: args.Network.VPCID, Port: args.ApplicationPort, Config: settings,
		ListenerARN:     map[string]pulumi.StringInput{config.PublicLoadBalancer: listeners.Public, config.InternalLoadBalancer: listeners.Internal}[settings.LoadBalancer],
		TestListenerARN: listeners.Test,
	}, pulumi.Parent(c))
	if err != nil {
		return nil, err
	}
	c.Ways[application] = way
	identity, err := podidentity.New(ctx, name, podidentity.Args{
		RoleName: args.Environment + "-app-" + application, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		ClusterName: c.ControlPlane.Name, Namespace: application, ServiceAccount: application, ManagedPolicyARNs: policies(settings, args),
	}, pulumi.Parent(c))
	if err != nil {
		return nil, err
	}
	_, err = bluegreen.New(ctx, name, bluegreen.Args{
		Name: application, Namespace: application, Config: settings, Port: args.ApplicationPort,
		DeregistrationSeconds: ingress.DeregistrationSeconds,
		ActiveTargetGroupARN:  way.Active.Arn, PreviewTargetGroupARN: way.Preview.Arn,
	}, pulumi.Parent(c), kubernetes, after(slices.Concat(home.Closed, []pulumi.Resource{home.Namespace, identity.Association}, c.system.Rollouts, c.system.LoadBalancers, c.system.Admission)...))
	return home, err
}

// tenancyArgs say what an application needs to reach, and who reaches it.
func tenancyArgs(application string, settings config.Application, args Args) tenancy.Args {
	// The public load balancer has the test listener for every application.
	balancers := slices.Concat(args.Network.PublicCIDRs, args.Network.LoadBalancerCIDRs)
	if settings.LoadBalancer == config.PublicLoadBalancer {
		balancers = args.Network.PublicCIDRs
	}
	home := tenancy.Args{
		Namespace: application, Served: args.Listeners.Internal != nil, ApplicationPort: args.ApplicationPort, LoadBalancerCIDRs: slices.Clone[[]netip.Prefix](balancers),
		HTTPSCIDRs: args.Network.HTTPSCIDRs, Internet: args.Network.Internet,
		// The version that serves, the one that is tried, and one more while pods leave.
		Pods: 3 * settings.Replicas, CPUMillis: settings.CPUMillis, MemoryMiB: settings.MemoryMiB,
	}
	for _, name := range slices.Sorted(slices.Values(settings.Stores)) {
		if store, known := args.Stores[name]; known {
			home.Stores = append(home.Stores, store)
		}
	}
	return home
}

// policies are those of the stores that an application uses.
func policies(settings config.Application, args Args) []pulumi.StringInput {
	var arns []pulumi.StringInput
	for _, name := range slices.Sorted(slices.Values(settings.Stores)) {
		if arn, known := args.StorePolicyARNs[name]; known {
			arns = append(arns, arn)
		}
	}
	return arns
}
