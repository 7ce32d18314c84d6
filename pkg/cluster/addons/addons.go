package addons

import (
	"errors"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/podidentity"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:AddOns"

// Args describe the add-ons of one environment's cluster; every field is required
// unless it says otherwise.
type Args struct {
	// Environment is the environment's name: roles are <environment>-eks-<controller>.
	Environment string
	// AccountID, Region and Partition are where the cluster is.
	AccountID, Region, Partition string
	// Version is the Kubernetes version of the control plane, "1.36".
	Version string
	// Overrides are versions that differ from the engines table's, by the add-on's name;
	// none is fine.
	Overrides map[string]string
	// GuardDuty installs GuardDuty's agent. It reports to the VPC endpoint guardduty-data,
	// which has to be there, and to nobody while the account's GuardDuty does no runtime
	// monitoring; off by default.
	GuardDuty bool
	// ClusterName is the cluster's name.
	ClusterName pulumi.StringInput
	// EBSKeyARN is the KMS key of pods' volumes, LogKeyARN that of log groups.
	EBSKeyARN, LogKeyARN pulumi.StringInput
	// LogRetentionDays is how long Container Insights' logs are kept at least, in days;
	// rounded up to what CloudWatch Logs offers.
	LogRetentionDays int
	// Tags are put on volumes that pods ask for, which a provider's default tags do not
	// reach; none is fine.
	Tags map[string]string
}

// AddOns are the add-ons of one environment's cluster.
type AddOns struct {
	pulumi.ResourceState

	// Base are the add-ons that nodes need before they join.
	Base []pulumi.Resource
	// Installed are all add-ons by name; those of Rest after Rest.
	Installed map[string]*eks.Addon
	// LogGroups are those of Container Insights, by the end of their names; made by Rest.
	LogGroups map[string]*cloudwatch.LogGroup
	// LoadBalancerController is the identity of the AWS Load Balancer Controller, whose
	// pods want it before they start.
	LoadBalancerController *podidentity.PodIdentity

	builder *builder
}

// builder carries what the steps of New and Rest share.
type builder struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	addOns *AddOns
	rested bool
}

// New validates args, registers nothing on an error, and otherwise what does not need
// nodes:
//
//	<name>-eks-pod-identity-agent        aws:eks:Addon
//	<name>-vpc-cni                       platform:cluster:PodIdentity and aws:eks:Addon
//	<name>-kube-proxy                    aws:eks:Addon
//	<name>-aws-load-balancer-controller  platform:cluster:PodIdentity
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*AddOns, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	addOns := &AddOns{Installed: map[string]*eks.Addon{}, LogGroups: map[string]*cloudwatch.LogGroup{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, addOns, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, addOns: addOns}
	addOns.builder = b
	for _, a := range base() {
		installed, err := b.install(a, addOns.Base)
		if err != nil {
			return nil, err
		}
		addOns.Base = append(addOns.Base, installed)
	}
	if err := b.loadBalancerController(); err != nil {
		return nil, err
	}
	return addOns, ctx.RegisterResourceOutputs(addOns, pulumi.Map{
		"loadBalancerControllerRoleArn": addOns.LoadBalancerController.Role.Arn,
	})
}

// Rest makes the add-ons that run on nodes, once there are nodes:
//
//	<name>-insights-<group>                 aws:cloudwatch:LogGroup, one a group of Container Insights
//	<name>-coredns                          aws:eks:Addon
//	<name>-aws-ebs-csi-driver               platform:cluster:PodIdentity and aws:eks:Addon
//	<name>-metrics-server                   aws:eks:Addon
//	<name>-amazon-cloudwatch-observability  platform:cluster:PodIdentity and aws:eks:Addon
//	<name>-aws-guardduty-agent              aws:eks:Addon, with Args.GuardDuty
func (a *AddOns) Rest(ctx *pulumi.Context, nodes []pulumi.Resource) error {
	b := *a.builder
	b.ctx = ctx
	switch {
	case len(nodes) == 0:
		return errors.New("addons.Rest: nodes: none: without nodes these add-ons never become active: pass the node groups")
	case a.builder.rested:
		return errors.New("addons.Rest: called before: the add-ons are there: call it once")
	}
	a.builder.rested = true
	groups, err := b.logGroups()
	if err != nil {
		return err
	}
	for _, addOn := range rest(b.args) {
		after := [][]pulumi.Resource{nodes, a.Base}
		if addOn.name == observability {
			after = append(after, groups)
		}
		if _, err := b.install(addOn, after...); err != nil {
			return err
		}
	}
	return nil
}

// parent is the option of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.addOns)}, more...)
}

// child is the logical name of a child.
func (b *builder) child(suffix string) string { return b.name + "-" + suffix }

// managed is the ARN of one of AWS's policies.
func (b *builder) managed(name string) pulumi.StringInput {
	return pulumi.String("arn:" + b.args.Partition + ":iam::aws:policy/" + name)
}
