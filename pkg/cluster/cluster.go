package cluster

import (
	"maps"
	"net/netip"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	table "aws-platform/pkg/access"
	"aws-platform/pkg/cluster/access"
	"aws-platform/pkg/cluster/addons"
	"aws-platform/pkg/cluster/controlplane"
	"aws-platform/pkg/cluster/ingress"
	"aws-platform/pkg/cluster/nodes"
	"aws-platform/pkg/cluster/system"
	"aws-platform/pkg/cluster/tenancy"
	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:Cluster"

// Args describe the cluster of one environment; every field is required unless it says
// otherwise.
type Args struct {
	// Environment begins all physical names.
	Environment string
	// AccountID, Region and Partition are where the cluster is.
	AccountID, Region, Partition string
	// Config is the validated configuration.
	Config config.Cluster
	// Mappings are who may do what.
	Mappings []table.Mapping
	// Tags are put on what default tags do not reach; none is fine.
	Tags map[string]string
	// DeployRoleARN is the role that makes the cluster; empty: the caller's own credentials.
	DeployRoleARN string
	// AWS is the environment's provider, which a remote component takes by name alone.
	AWS *aws.Provider
	// Network is where things are, and who may be reached.
	Network Network
	// SecurityGroups are of the control plane and the nodes.
	SecurityGroups SecurityGroups
	// Keys are the ARNs of the KMS keys.
	Keys Keys
	// LogDays are how long logs are kept.
	LogDays LogDays
	// TopicARN hears of the use of the break-glass role.
	TopicARN pulumi.StringInput
	// RunbookURL is the folder or URL of the runbooks, which alarms name.
	RunbookURL string
	// Listeners are of the load balancers; zero without HTTPS.
	Listeners Listeners
	// ApplicationPort is the TCP port of applications.
	ApplicationPort int
	// StorePolicyARNs open the data stores to a role, by store, and the parameters.
	StorePolicyARNs map[string]pulumi.StringInput
	// Stores are the data stores, by name; none is fine.
	Stores map[string]tenancy.Store
	// Scheduled tells that a schedule takes the nodes to zero at night and brings them back.
	Scheduled bool
	// Boot is what must be there before a node starts: the network and the rules.
	Boot []pulumi.Resource
}

// Network is what the cluster must know of the network.
type Network struct {
	VPCID pulumi.StringInput
	// AppSubnetIDs are of the app tier, one a zone.
	AppSubnetIDs pulumi.StringArrayInput
	// PublicCIDRs and LoadBalancerCIDRs are the load balancers' subnets.
	PublicCIDRs, LoadBalancerCIDRs []netip.Prefix
	// HTTPSCIDRs are where pods may go by HTTPS; Internet whether also to public addresses.
	HTTPSCIDRs []netip.Prefix
	Internet   bool
	// PeerCIDRs are the ranges of the VPCs that are peered; none is fine.
	PeerCIDRs []netip.Prefix
}

// SecurityGroups are the groups of the cluster.
type SecurityGroups struct {
	Cluster *ec2.SecurityGroup
	// Nodes are the IDs of all groups that a node has.
	Nodes pulumi.StringArrayInput
}

// Keys are the ARNs of the KMS keys of secrets, volumes and log groups.
type Keys struct{ EKS, EBS, Logs pulumi.StringInput }

// LogDays are how many days logs are kept at least: the control plane's, which say who did
// what, and those of Container Insights.
type LogDays struct{ ControlPlane, Insights int }

// Listeners are the ARNs of HTTPS listeners.
type Listeners struct{ Public, Internal, Test pulumi.StringInput }

// Cluster is the cluster of one environment.
type Cluster struct {
	pulumi.ResourceState

	ControlPlane *controlplane.ControlPlane
	Access       *access.Access
	Nodes        *nodes.Nodes
	// InsightsLogGroups are the log groups of Container Insights, by the end of their names.
	InsightsLogGroups map[string]*cloudwatch.LogGroup
	// Ways are the applications' target groups, by the name of the application.
	Ways map[string]*ingress.Ingress

	addOns *addons.AddOns
	system *system.System
}

// New registers nothing when args are refused, and otherwise the cluster. Errors of a
// part come before that part is registered.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Cluster, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	cluster := &Cluster{Ways: map[string]*ingress.Ingress{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, cluster, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func(*pulumi.Context, string, Args) error{
		cluster.controlPlane, cluster.access, cluster.baseAddOns, cluster.nodes, cluster.restOfAddOns, cluster.inside, cluster.applications,
	} {
		if err := step(ctx, name, args); err != nil {
			return nil, err
		}
	}
	return cluster, ctx.RegisterResourceOutputs(cluster, pulumi.Map{"name": cluster.ControlPlane.Name})
}

func (c *Cluster) controlPlane(ctx *pulumi.Context, name string, args Args) (err error) {
	c.ControlPlane, err = controlplane.New(ctx, name, controlplane.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config: args.Config, VPCID: args.Network.VPCID, SubnetIDs: args.Network.AppSubnetIDs, SecurityGroup: args.SecurityGroups.Cluster,
		SecretsKeyARN: args.Keys.EKS, LogKeyARN: args.Keys.Logs, LogRetentionDays: args.LogDays.ControlPlane, DeployRoleARN: args.DeployRoleARN, AWS: args.AWS,
	}, pulumi.Parent(c))
	return err
}

func (c *Cluster) access(ctx *pulumi.Context, name string, args Args) (err error) {
	physical := controlplane.ClusterName(args.Environment)
	c.Access, err = access.New(ctx, name, access.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition, Mappings: args.Mappings,
		ClusterName: c.ControlPlane.Name,
		ClusterARN:  "arn:" + args.Partition + ":eks:" + args.Region + ":" + args.AccountID + ":cluster/" + physical,
		LogGroup:    c.ControlPlane.LogGroup.Name, TopicARN: args.TopicARN, RunbookURL: args.RunbookURL,
	}, pulumi.Parent(c))
	return err
}

// baseAddOns are what a node needs before it is ready.
func (c *Cluster) baseAddOns(ctx *pulumi.Context, name string, args Args) (err error) {
	c.addOns, err = addons.New(ctx, name, addons.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Version: args.Config.Version, Overrides: args.Config.AddOns, GuardDuty: args.Config.GuardDuty,
		ClusterName: c.ControlPlane.Name, EBSKeyARN: args.Keys.EBS, LogKeyARN: args.Keys.Logs,
		LogRetentionDays: args.LogDays.Insights, Tags: args.Tags,
	}, pulumi.Parent(c))
	return err
}

func (c *Cluster) nodes(ctx *pulumi.Context, name string, args Args) (err error) {
	c.Nodes, err = nodes.New(ctx, name, nodes.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		Config: args.Config.NodeGroups, Version: args.Config.Version, ClusterName: c.ControlPlane.Name,
		SubnetIDs: args.Network.AppSubnetIDs, SecurityGroupIDs: args.SecurityGroups.Nodes, EBSKeyARN: args.Keys.EBS, Tags: args.Tags,
		Scheduled: args.Scheduled,
		Boot:      slices.Concat(args.Boot, c.addOns.Base),
	}, pulumi.Parent(c))
	return err
}

// restOfAddOns are what runs on nodes.
func (c *Cluster) restOfAddOns(ctx *pulumi.Context, _ string, _ Args) error {
	if err := c.addOns.Rest(ctx, c.nodeGroups()); err != nil {
		return err
	}
	c.InsightsLogGroups = c.addOns.LogGroups
	return nil
}

// inside is what the platform has in the cluster.
func (c *Cluster) inside(ctx *pulumi.Context, name string, args Args) (err error) {
	c.system, err = system.New(ctx, name, system.Args{
		Environment: args.Environment, Region: args.Region, ClusterName: c.ControlPlane.Name, VPCID: args.Network.VPCID,
		EBSKeyARN: args.Keys.EBS, PeerCIDRs: args.Network.PeerCIDRs, Replicas: replicas(args.Config),
	}, pulumi.Parent(c), pulumi.Provider(c.ControlPlane.Kubernetes), after(append(c.nodeGroups(), c.addOns.Installed["coredns"], c.addOns.LoadBalancerController.Association)...))
	return err
}

// nodeGroups are the node groups in the order of their names.
func (c *Cluster) nodeGroups() []pulumi.Resource {
	var groups []pulumi.Resource
	for _, name := range slices.Sorted(maps.Keys(c.Nodes.Groups)) {
		groups = append(groups, c.Nodes.Groups[name])
	}
	return groups
}

// replicas are two where there are two nodes.
func replicas(cluster config.Cluster) int {
	nodes := 0
	for group := range maps.Values(cluster.NodeGroups) {
		nodes += group.Min
	}
	return max(1, min(2, nodes))
}

// after makes a component and all that is in it wait: what is in a component does not
// inherit what the component depends on.
func after(resources ...pulumi.Resource) pulumi.ResourceOption {
	return pulumi.Transformations([]pulumi.ResourceTransformation{
		func(args *pulumi.ResourceTransformationArgs) *pulumi.ResourceTransformationResult {
			return &pulumi.ResourceTransformationResult{
				Props: args.Props, Opts: append(slices.Clone(args.Opts), pulumi.DependsOn(resources)),
			}
		},
	})
}
