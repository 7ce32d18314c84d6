package nodes

import (
	"slices"
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// group makes a node group. Its desired size is set once: from then on it belongs to
// who scales, the Cluster Autoscaler or people, between the two limits. So does its
// minimum, where a schedule stops it: an update, or a look for drift, at night would
// otherwise find another one.
func (b *builder) group(name string) (err error) {
	c := b.args.Config[name]
	template := b.nodes.templates[name]
	b.nodes.Groups[name], err = eks.NewNodeGroup(b.ctx, b.child(name), &eks.NodeGroupArgs{
		ClusterName:         b.args.ClusterName,
		NodeGroupNamePrefix: pulumi.String(prefix(b.args.Environment, name)),
		NodeRoleArn:         b.nodes.Role.Arn,
		SubnetIds:           b.args.SubnetIDs,
		Version:             pulumi.String(b.args.Version),
		AmiType:             pulumi.String(amiType(c)),
		CapacityType:        pulumi.String(c.Capacity),
		InstanceTypes:       pulumi.ToStringArray(c.InstanceTypes),
		LaunchTemplate: eks.NodeGroupLaunchTemplateArgs{
			Id: template.ID(), Version: template.LatestVersion.ApplyT(strconv.Itoa).(pulumi.StringOutput),
		},
		ScalingConfig: eks.NodeGroupScalingConfigArgs{
			MinSize: pulumi.Int(c.Min), DesiredSize: pulumi.Int(c.Desired), MaxSize: pulumi.Int(c.Max),
		},
		UpdateConfig: eks.NodeGroupUpdateConfigArgs{MaxUnavailable: pulumi.Int(c.MaxUnavailable)},
		// An update that cannot drain a node, for a disruption budget, fails and does no harm.
		ForceUpdateVersion: pulumi.Bool(false),
		// EKS replaces nodes that are not ready for half an hour; what only the add-on
		// eks-node-monitoring-agent sees, as a failing disk, it does not.
		NodeRepairConfig: eks.NodeGroupNodeRepairConfigArgs{Enabled: pulumi.Bool(true)},
		Labels:           pulumi.ToStringMap(c.Labels),
		Taints:           taints(c.Taints),
		Tags:             pulumi.StringMap{"Name": pulumi.String(b.physical(name))},
	}, b.parent(
		pulumi.IgnoreChanges(b.data()),
		// The rights are there before the first node, and until the last one is drained.
		pulumi.DependsOn(slices.Concat(b.args.Boot, b.nodes.policies)),
	)...)
	return err
}

// data are the properties of a group that are not the program's once it is there.
func (b *builder) data() []string {
	properties := []string{"scalingConfig.desiredSize"}
	if b.args.Scheduled {
		properties = append(properties, "scalingConfig.minSize")
	}
	return properties
}

func taints(all []config.Taint) eks.NodeGroupTaintArray {
	var taints eks.NodeGroupTaintArray
	for _, taint := range all {
		taints = append(taints, eks.NodeGroupTaintArgs{
			Key: pulumi.String(taint.Key), Value: pulumi.String(taint.Value), Effect: pulumi.String(taint.Effect),
		})
	}
	return taints
}

// prefix begins a group's physical name; the provider appends 26 digits.
func prefix(environment, group string) string { return environment + "-" + group + "-" }
