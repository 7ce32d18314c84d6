package fleet

import (
	"maps"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// rootDevice is the root volume's name in the images of Amazon Linux.
const rootDevice = "/dev/xvda"

// launchTemplate makes the launch template of both groups. It has no key pair:
// administrators come in by Session Manager. A change makes a new version, and
// touches no instance: see launchPolicy.
func (b *builder) launchTemplate() error {
	script, err := userData(b.args)
	if err != nil {
		return err
	}
	fleet := b.args.Config.Fleet
	b.fleet.Template, err = ec2.NewLaunchTemplate(b.ctx, b.child(both), &ec2.LaunchTemplateArgs{
		Description: pulumi.String("Instances of the fleet of " + b.args.Environment),
		ImageId:     b.image(),
		// What is launched is the groups' to choose; this is for a launch by hand.
		InstanceType:        pulumi.String(fleet.InstanceTypes[0]),
		IamInstanceProfile:  ec2.LaunchTemplateIamInstanceProfileArgs{Arn: b.fleet.instanceProfile.Arn},
		VpcSecurityGroupIds: pulumi.StringArray{b.args.SecurityGroupID},
		BlockDeviceMappings: b.rootVolume(),
		EbsOptimized:        pulumi.String("true"),
		MetadataOptions: ec2.LaunchTemplateMetadataOptionsArgs{
			HttpEndpoint:            pulumi.String("enabled"),
			HttpTokens:              pulumi.String("required"),
			HttpPutResponseHopLimit: pulumi.Int(1), // the instance itself, and no container on a bridge
		},
		Monitoring:        ec2.LaunchTemplateMonitoringArgs{Enabled: pulumi.Bool(true)},
		TagSpecifications: b.tagSpecifications(),
		Tags:              b.tags(both),
		UserData:          pulumi.String(script),
	}, b.parent()...)
	return err
}

func (b *builder) rootVolume() ec2.LaunchTemplateBlockDeviceMappingArray {
	return ec2.LaunchTemplateBlockDeviceMappingArray{ec2.LaunchTemplateBlockDeviceMappingArgs{
		DeviceName: pulumi.String(rootDevice),
		Ebs: ec2.LaunchTemplateBlockDeviceMappingEbsArgs{
			VolumeType:          pulumi.String("gp3"),
			VolumeSize:          pulumi.Int(b.args.Config.Fleet.RootVolumeGiB),
			Encrypted:           pulumi.String("true"),
			KmsKeyId:            b.args.EBSKeyARN,
			DeleteOnTermination: pulumi.String("true"),
		},
	}}
}

// tagSpecifications tag what a launch makes: the provider's default tags reach the
// template and no further.
func (b *builder) tagSpecifications() ec2.LaunchTemplateTagSpecificationArray {
	var specifications ec2.LaunchTemplateTagSpecificationArray
	for _, kind := range []string{"instance", "volume"} {
		specifications = append(specifications, ec2.LaunchTemplateTagSpecificationArgs{
			ResourceType: pulumi.String(kind),
			Tags:         pulumi.ToStringMap(b.launchTags(both)),
		})
	}
	return specifications
}

// launchTags are the tags of instances and volumes.
func (b *builder) launchTags(name string) map[string]string {
	tags := map[string]string{}
	maps.Copy(tags, b.args.Tags)
	tags["Name"] = b.physical(name)
	return tags
}
