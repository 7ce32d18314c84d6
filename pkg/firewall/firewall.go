package firewall

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:firewall:Firewall"

// TestListenerPort is the TCP port of the public load balancer on which the
// version that is not live yet is tried out.
const TestListenerPort = 8443

// Args say who talks to whom in one environment.
type Args struct {
	// Environment is the environment's name; required. It stands in every group's description.
	Environment string
	// VPCID is the VPC of the groups; required.
	VPCID pulumi.StringInput
	// VPCCIDR is the VPC's range; required. The app tier asks its resolver for names.
	VPCCIDR netip.Prefix
	// ApplicationPort is the TCP port on which the app tier serves the load balancers; required.
	ApplicationPort int
	// Internet says who may reach the public load balancer: IPv4 ranges on 443 and
	// 80, or a prefix list on 443; one of them is required.
	Internet config.Internet
	// TestRanges may reach the public load balancer on TestListenerPort; none by default.
	TestRanges []netip.Prefix
	// AdminRanges may reach the app tier on 22 and 3389; none by default: Session
	// Manager needs no open port.
	AdminRanges []netip.Prefix
	// OutboundHTTP lets the app tier out on port 80 too; false by default.
	OutboundHTTP bool
	// Stores are the data stores that the app tier uses; none by default.
	Stores []Store
}

// Store is a data store.
type Store struct {
	// Name is the store's name, "postgresql": lower case letters, digits and hyphens.
	Name string
	// Port is the TCP port on which it listens.
	Port int
}

// Firewall is the security groups of one environment. All outputs are always there.
type Firewall struct {
	pulumi.ResourceState

	PublicLoadBalancer, InternalLoadBalancer, App, Endpoints *ec2.SecurityGroup
	// Cluster is the control plane's group; nodes carry Nodes and App. Clients is for who
	// calls the Kubernetes API from the app tier, as a pipeline's runner; nobody has it here.
	Cluster, Nodes, Clients *ec2.SecurityGroup
	// Stores are by the store's name.
	Stores map[string]*ec2.SecurityGroup
	// Ready are the groups and rules, for what must not begin before all of them are there.
	// A dependency on the component would be one on those of its children that Pulumi's SDK
	// has heard of at that moment: it adds them one by one, in the background.
	Ready []pulumi.Resource
}

// New validates args, registers nothing on an error, and otherwise the groups and their rules.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Firewall, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	firewall := &Firewall{}
	if err := ctx.RegisterComponentResource(TypeToken, name, firewall, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, firewall: firewall}
	for _, step := range []func() error{b.groups, b.publicRules, b.internalRules, b.appRules, b.endpointRules, b.storeRules, b.clusterRules} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return firewall, ctx.RegisterResourceOutputs(firewall, pulumi.Map{
		"publicLoadBalancer": firewall.PublicLoadBalancer.ID(), "internalLoadBalancer": firewall.InternalLoadBalancer.ID(),
		"app": firewall.App.ID(), "endpoints": firewall.Endpoints.ID(),
		"cluster": firewall.Cluster.ID(), "nodes": firewall.Nodes.ID(), "clients": firewall.Clients.ID(),
	})
}

// builder carries what the steps of New share.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     Args
	firewall *Firewall

	public, internal, app, endpoints, cluster, nodes, clients group
	stores                                                    []group // in the order of Args.Stores
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.firewall)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// tags are the Name and what else is said; what is common to all resources comes
// from the provider's default tags.
func (b *builder) tags(suffix string, pairs ...string) pulumi.StringMap {
	tags := pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-" + suffix)}
	for i := 0; i+1 < len(pairs); i += 2 {
		tags[pairs[i]] = pulumi.String(pairs[i+1])
	}
	return tags
}
