package nodes

import (
	"maps"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// hopLimit lets the metadata service's answers reach the node and what shares its
// network, as the CNI and the Pod Identity agent do, and no other pod: one hop is lost
// on the way into a pod. Else each pod had the node's role.
const hopLimit = 1

// The volumes of the images, by device name: Bottlerocket keeps its system on the first
// and images, logs and ephemeral storage on the second.
const (
	rootDevice = "/dev/xvda"
	dataDevice = "/dev/xvdb"
)

// template makes a group's launch template. Managed node groups want no instance type,
// instance profile, subnet or market here: the group says them (Amazon EKS User Guide,
// "Customize managed nodes with launch templates").
func (b *builder) template(group string) (err error) {
	b.nodes.templates[group], err = ec2.NewLaunchTemplate(b.ctx, b.child(group), &ec2.LaunchTemplateArgs{
		Description:         pulumi.String("Nodes of group " + group + " of the cluster of " + b.args.Environment),
		VpcSecurityGroupIds: b.args.SecurityGroupIDs,
		BlockDeviceMappings: b.volumes(b.args.Config[group]),
		MetadataOptions: ec2.LaunchTemplateMetadataOptionsArgs{
			HttpEndpoint:            pulumi.String("enabled"),
			HttpTokens:              pulumi.String("required"),
			HttpPutResponseHopLimit: pulumi.Int(hopLimit),
			InstanceMetadataTags:    pulumi.String("disabled"),
		},
		Monitoring:        ec2.LaunchTemplateMonitoringArgs{Enabled: pulumi.Bool(true)},
		TagSpecifications: b.tagSpecifications(group),
		Tags:              pulumi.StringMap{"Name": pulumi.String(b.physical(group))},
	}, b.parent()...)
	return err
}

// volumes are all that a node's image has: one that is left out would be as the image
// has it, unencrypted.
func (b *builder) volumes(group config.NodeGroup) ec2.LaunchTemplateBlockDeviceMappingArray {
	size := pulumi.Int(group.VolumeGiB)
	if group.Image == config.Bottlerocket {
		return ec2.LaunchTemplateBlockDeviceMappingArray{b.volume(rootDevice, nil), b.volume(dataDevice, size)} // the system's size is the image's
	}
	return ec2.LaunchTemplateBlockDeviceMappingArray{b.volume(rootDevice, size)}
}

func (b *builder) volume(device string, size pulumi.IntPtrInput) ec2.LaunchTemplateBlockDeviceMappingInput {
	return ec2.LaunchTemplateBlockDeviceMappingArgs{
		DeviceName: pulumi.String(device),
		Ebs: ec2.LaunchTemplateBlockDeviceMappingEbsArgs{
			VolumeType:          pulumi.String("gp3"),
			VolumeSize:          size,
			Encrypted:           pulumi.String("true"),
			KmsKeyId:            b.args.EBSKeyARN,
			DeleteOnTermination: pulumi.String("true"),
		},
	}
}

// tagSpecifications tag what a launch makes: neither the provider's default tags nor a
// group's own reach it.
func (b *builder) tagSpecifications(group string) ec2.LaunchTemplateTagSpecificationArray {
	tags := map[string]string{}
	maps.Copy(tags, b.args.Tags)
	tags["Name"] = b.physical(group)
	var specifications ec2.LaunchTemplateTagSpecificationArray
	for _, kind := range []string{"instance", "volume"} {
		specifications = append(specifications, ec2.LaunchTemplateTagSpecificationArgs{
			ResourceType: pulumi.String(kind), Tags: pulumi.ToStringMap(tags),
		})
	}
	return specifications
}
