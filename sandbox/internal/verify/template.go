package verify

import (
	"fmt"
	"strconv"
	"strings"
)

// templatesHardened judges the version from which each group launches. The
// instances themselves are no proof: moto 5.2.1 launches them with its defaults.
func templatesHardened(n Network) (int, []Finding) {
	var findings []Finding
	for _, group := range n.Compute.Groups {
		reference := group.template()
		// A name of a version, as $Latest, would change a group behind its back.
		number, err := strconv.Atoi(reference.Version)
		if err != nil {
			findings = append(findings, Finding{group.AutoScalingGroupName, "template version " + orNothing(reference.Version), "a number"})
			continue
		}
		resource := fmt.Sprintf("%s template %s version %d", group.AutoScalingGroupName, reference.LaunchTemplateId, number)
		version, found := n.templateVersion(reference.LaunchTemplateId, number)
		if !found {
			findings = append(findings, Finding{resource, nothing, "a launch template"})
			continue
		}
		findings = append(findings, n.hardened(resource, version)...)
	}
	return len(n.Compute.Groups), findings
}

// hardened is what is wrong with a version.
func (n Network) hardened(resource string, version TemplateVersion) []Finding {
	template := version.LaunchTemplateData
	groups, addressed := template.SecurityGroupIds, false
	for _, network := range template.NetworkInterfaces {
		groups = append(groups, network.Groups...)
		addressed = addressed || network.AssociatePublicIpAddress
	}
	findings := differences(resource, [][3]string{
		{"metadata tokens", template.MetadataOptions.HttpTokens, "required"},
		{"metadata hop limit", strconv.Itoa(template.MetadataOptions.HttpPutResponseHopLimit), "1"},
		{"key pair", template.KeyName, ""},
		{"security groups", strings.Join(n.groupNames(groups), ", "), n.Environment + "-" + app},
		{"public address", strconv.FormatBool(addressed), "false"},
	})
	for _, device := range template.BlockDeviceMappings {
		volume := device.Ebs
		if !volume.Encrypted || volume.KmsKeyId == "" || volume.VolumeType != "gp3" {
			found := fmt.Sprintf("volume %s, encrypted %t, key %s", volume.VolumeType, volume.Encrypted, orNothing(volume.KmsKeyId))
			findings = append(findings, Finding{resource, found, "gp3, encrypted with a KMS key"})
		}
	}
	if len(template.BlockDeviceMappings) == 0 {
		findings = append(findings, Finding{resource, "no volume of its own", "gp3, encrypted with a KMS key"})
	}
	return findings
}

// template is what a group launches from, alone or in a mix of instance types.
func (g ScalingGroup) template() TemplateReference {
	if mixed := g.MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification; mixed.LaunchTemplateId != "" {
		return mixed
	}
	return g.LaunchTemplate
}

func (n Network) templateVersion(id string, number int) (TemplateVersion, bool) {
	for _, version := range n.Compute.Templates {
		if version.LaunchTemplateId == id && version.VersionNumber == number {
			return version, true
		}
	}
	return TemplateVersion{}, false
}
