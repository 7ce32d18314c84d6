package nodes

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:Nodes"

// Args describe the nodes of one environment's cluster; every field is required unless
// it says otherwise.
type Args struct {
	// Environment is the environment's name: groups are <environment>-<group>-<suffix>.
	Environment string
	// AccountID, Region and Partition are where the nodes are.
	AccountID, Region, Partition string
	// Config are the node groups by name; one at least.
	Config map[string]config.NodeGroup
	// Version is the Kubernetes version of the nodes, "1.36": the control plane's.
	Version string
	// ClusterName is the cluster's name.
	ClusterName pulumi.StringInput
	// SubnetIDs are the subnets of the app tier.
	SubnetIDs pulumi.StringArrayInput
	// SecurityGroupIDs are all that the nodes have: EKS adds its own group to none whose
	// launch template names groups.
	SecurityGroupIDs pulumi.StringArrayInput
	// EBSKeyARN is the KMS key of the nodes' volumes.
	EBSKeyARN pulumi.StringInput
	// Tags are put on instances and volumes, which a provider's default tags do not
	// reach; none is fine.
	Tags map[string]string
	// Scheduled tells that a schedule takes the groups to zero at night and brings them back
	// (pkg/schedule): their minimum is the schedule's then, as their desired size is.
	Scheduled bool
	// Boot is what has to be there before a node joins: the add-ons vpc-cni and
	// kube-proxy, without which a node does not become ready; none is fine.
	Boot []pulumi.Resource
}

// Nodes are the nodes of one environment's cluster.
type Nodes struct {
	pulumi.ResourceState

	// Role is the role of all nodes.
	Role *iam.Role
	// Groups are the node groups by their names in the configuration.
	Groups map[string]*eks.NodeGroup

	templates map[string]*ec2.LaunchTemplate
	policies  []pulumi.Resource
}

// builder carries what the steps of New share.
type builder struct {
	ctx   *pulumi.Context
	name  string
	args  Args
	nodes *Nodes
}

// New validates args, registers nothing on an error, and otherwise
//
//	<name>-node            aws:iam:Role
//	<name>-node-<policy>   aws:iam:RolePolicyAttachment, one a managed policy
//	<name>-<group>         aws:ec2:LaunchTemplate and aws:eks:NodeGroup, one of each a group
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Nodes, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	nodes := &Nodes{Groups: map[string]*eks.NodeGroup{}, templates: map[string]*ec2.LaunchTemplate{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, nodes, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, nodes: nodes}
	if err := b.role(); err != nil {
		return nil, err
	}
	names := pulumi.StringMap{}
	for _, group := range slices.Sorted(maps.Keys(args.Config)) {
		for _, step := range []func(string) error{b.template, b.group} {
			if err := step(group); err != nil {
				return nil, err
			}
		}
		names[group] = nodes.Groups[group].NodeGroupName
	}
	return nodes, ctx.RegisterResourceOutputs(nodes, pulumi.Map{"roleArn": nodes.Role.Arn, "groupNames": names})
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.nodes)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// physical is the name under which people know a thing.
func (b *builder) physical(suffix string) string { return b.args.Environment + "-" + suffix }
