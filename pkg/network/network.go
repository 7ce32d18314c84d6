package network

import (
	"net/netip"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:network:Network"

// Args describe the network of one environment.
type Args struct {
	// Environment is the environment's name; required. It names the private zone
	// and the log group.
	Environment string
	// AccountID, Region and Partition are where the network is; required.
	AccountID, Region, Partition string
	// Config is the validated configuration of the network; required.
	Config config.Network
	// ApplicationPort is the port on which the app tier serves the load balancers,
	// 1024 to 32767: below, the public tier sends nothing to it, and above, answers
	// from the internet have it too; required.
	ApplicationPort int
	// StorePorts are the ports of the data stores; required. Order is identity:
	// a new store is added at the end.
	StorePorts []StorePort
	// AdminRanges may reach the app tier on 22 and 3389, at most 40; none by default.
	// IPv6 ranges get no entry: the VPC has no IPv6. Order is identity.
	AdminRanges []netip.Prefix
	// LogKeyARN is the KMS key of the flow log group; required. Its policy must
	// let CloudWatch Logs of this account and region use it.
	LogKeyARN pulumi.StringInput
	// LogRetentionDays is how long flow logs are kept at least, in days, rounded up to what
	// CloudWatch Logs offers; required.
	LogRetentionDays int
}

// StorePort is the TCP port on which a data store listens.
type StorePort struct {
	// Store is the store's name, "postgresql".
	Store string
	// Port is 0 for a store that is switched off: the numbers of its entries stay
	// free, and those of the others do not move.
	Port int
}

// Network is the network of one environment. All outputs are always there.
type Network struct {
	pulumi.ResourceState

	VPC *ec2.Vpc
	// Subnets are by tier and zone name.
	Subnets map[Tier]map[string]*ec2.Subnet
	// AppRouteTables are by zone name.
	AppRouteTables         map[string]*ec2.RouteTable
	LoadBalancerRouteTable *ec2.RouteTable
	PrivateZone            *route53.Zone
	// NATGateways are by zone name, those that there are.
	NATGateways map[string]*ec2.NatGateway
	// Ready are the routes, the network ACLs with their entries, and the gateway endpoints,
	// each with its subnets: what must be there before anything talks. A dependency on the
	// component would be one on those of its children that Pulumi's SDK has heard of at that
	// moment: it adds them one by one, in the background.
	Ready []pulumi.Resource
	// InternetGateway is what a load balancer that faces the internet waits for.
	InternetGateway *ec2.InternetGateway
	// FlowLogGroup holds the VPC flow logs.
	FlowLogGroup *cloudwatch.LogGroup

	publicRouteTables map[string]*ec2.RouteTable
	dataRouteTable    *ec2.RouteTable
}

// builder carries what the steps of New share.
type builder struct {
	ctx  *pulumi.Context
	name string
	args Args
	net  *Network

	associations []pulumi.Resource // of subnets with their network ACLs
}

// New validates args, registers nothing on an error, and otherwise the network.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Network, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	net := &Network{}
	if err := ctx.RegisterComponentResource(TypeToken, name, net, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, net: net}
	for _, step := range []func() error{
		b.vpc, b.adoptDefaults, b.dns, b.subnets, b.internetGateway, b.routeTables,
		b.natGateways, b.networkACLs, b.adoptDefaultACL, b.gatewayEndpoints, b.flowLogs,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return net, ctx.RegisterResourceOutputs(net, pulumi.Map{"vpcId": net.VPC.ID(), "privateZoneId": net.PrivateZone.ZoneId})
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.net)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// tags are a Name and pairs of further tags; what is common to all resources
// comes from the provider's default tags.
func (b *builder) tags(suffix string, pairs ...string) pulumi.StringMap {
	tags := pulumi.StringMap{"Name": pulumi.String(b.args.Environment)}
	if suffix != "" {
		tags["Name"] = pulumi.String(b.args.Environment + "-" + suffix)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		tags[pairs[i]] = pulumi.String(pairs[i+1])
	}
	return tags
}
