package verify

import "strings"

func fleetBreakages() []breakage {
	template := func(with func(*TemplateVersion)) func(*Network) {
		return func(n *Network) { with(&n.Compute.Templates[0]) }
	}
	return []breakage{
		{"two instances of three", func(n *Network) { n.Compute.Groups[0].Instances = n.Compute.Groups[0].Instances[:2] },
			[]string{fleetCheck}, "2 instances, 2 of them in service, 3 desired"},
		{"an instance that is not in service", func(n *Network) { n.Compute.Groups[0].Instances[0].LifecycleState = "Pending" },
			[]string{fleetCheck}, "2 of them in service"},
		{"an instance unhealthy inside", func(n *Network) {
			n.Compute.Health[n.targetARN(internal, blue)][0].TargetHealth.State = "unhealthy"
		}, []string{fleetCheck}, "target group production-internal-blue: found 2 healthy"},
		{"a fleet without the public load balancer", func(n *Network) {
			n.Compute.Groups[0].TargetGroupARNs = n.Compute.Groups[0].TargetGroupARNs[1:]
		}, []string{fleetCheck}, "target group production-public-blue: found 0 healthy"},
		{"an idle fleet that runs", func(n *Network) { n.launch(&n.Compute.Groups[1], "i-9") }, []string{fleetCheck}, "idle with 1 instances"},
		{"an idle fleet that will run", func(n *Network) { n.Compute.Groups[1].DesiredCapacity = 1 }, []string{fleetCheck}, "1 desired"},
		{"no idle fleet", func(n *Network) { n.Compute.Groups = n.Compute.Groups[:1] }, []string{fleetCheck}, "production-green: found nothing"},
		{"nobody live outside", weigh(public, 0, 0), []string{colorCheck, fleetCheck}, "no live color"},
		{"an instance with a public address", func(n *Network) { n.Compute.Instances[0].PublicIpAddress = "198.51.100.1" },
			[]string{hiddenCheck}, "198.51.100.1"},
		{"an instance in a public subnet", func(n *Network) { n.Compute.Instances[0].SubnetId = "subnet-public-us-east-1a" },
			[]string{hiddenCheck}, "subnet-public-us-east-1a"},
		{"a fleet of two zones", func(n *Network) {
			n.Compute.Groups[1].VPCZoneIdentifier = strings.Join(n.subnetIDs(app)[:2], ",")
		}, []string{hiddenCheck}, "production-green"},
		{"the latest template", func(n *Network) {
			n.Compute.Groups[0].MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.Version = "$Latest"
		}, []string{templateCheck}, "$Latest"},
		{"a template that is gone", func(n *Network) { n.Compute.Templates = nil }, []string{templateCheck}, "lt-1 version 2: found nothing"},
		{"IMDSv1", template(func(v *TemplateVersion) { v.LaunchTemplateData.MetadataOptions.HttpTokens = "optional" }), []string{templateCheck}, "optional"},
		{"a hop for containers", template(func(v *TemplateVersion) { v.LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit = 2 }),
			[]string{templateCheck}, "hop limit 2"},
		{"a key pair", template(func(v *TemplateVersion) { v.LaunchTemplateData.KeyName = "mine" }), []string{templateCheck}, "mine"},
		{"a plain volume", template(func(v *TemplateVersion) { v.LaunchTemplateData.BlockDeviceMappings[0].Ebs.Encrypted = false }),
			[]string{templateCheck}, "encrypted false"},
		{"a volume with AWS's own key", template(func(v *TemplateVersion) { v.LaunchTemplateData.BlockDeviceMappings[0].Ebs.KmsKeyId = "" }),
			[]string{templateCheck}, "key nothing"},
		{"the image's own volume", template(func(v *TemplateVersion) { v.LaunchTemplateData.BlockDeviceMappings = nil }), []string{templateCheck}, "no volume"},
		{"instances in another group", template(func(v *TemplateVersion) {
			v.LaunchTemplateData.SecurityGroupIds = []string{groupID("production-public")}
		}), []string{templateCheck}, "security groups production-public"},
		{"a public address by template", template(func(v *TemplateVersion) {
			v.LaunchTemplateData.NetworkInterfaces = append(v.LaunchTemplateData.NetworkInterfaces, struct {
				AssociatePublicIpAddress bool
				Groups                   []string
			}{true, nil})
		}), []string{templateCheck}, "public address true"},
	}
}

func storageBreakages() []breakage {
	bucket := func(name func(string) string, with func(*Bucket)) func(*Network) {
		return func(n *Network) {
			broken := n.Compute.Buckets[name(n.Environment)]
			with(&broken)
			n.Compute.Buckets[name(n.Environment)] = broken
		}
	}
	return []breakage{
		{"no log bucket", func(n *Network) { delete(n.Compute.Buckets, logBucket("production")) }, []string{bucketCheck}, "found nothing, wanted a bucket"},
		{"versioning suspended", bucket(deploymentBucket, func(b *Bucket) { b.Versioning = "Suspended" }), []string{bucketCheck}, "Suspended"},
		{"no public access block", bucket(logBucket, func(b *Bucket) { b.PublicAccess = PublicAccess{} }), []string{bucketCheck}, "BlockPublicAcls:false"},
		{"a log bucket with KMS", bucket(logBucket, func(b *Bucket) {
			b.Encryption[0].ApplyServerSideEncryptionByDefault.SSEAlgorithm = "aws:kms"
			b.Encryption[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID = "arn:key"
		}), []string{bucketCheck}, "found encryption aws:kms"},
		{"artifacts with AWS's own key", bucket(deploymentBucket, func(b *Bucket) {
			b.Encryption[0].ApplyServerSideEncryptionByDefault.KMSMasterKeyID = ""
		}), []string{bucketCheck}, "without a key"},
		{"no policy", bucket(logBucket, func(b *Bucket) { b.Policy = "" }), []string{bucketCheck}, "plain HTTP denied false"},
		{"plain HTTP denied to one", bucket(deploymentBucket, func(b *Bucket) {
			b.Policy = strings.Replace(b.Policy, `"Principal":"*"`, `"Principal":{"AWS":"111111111111"}`, 1)
		}), []string{bucketCheck}, "plain HTTP denied false"},
		{"plain HTTP denied from elsewhere alone", bucket(deploymentBucket, func(b *Bucket) {
			b.Policy = strings.Replace(b.Policy, `"Condition":{`, `"Condition":{"StringNotEquals":{"aws:SourceVpc":"vpc-1"},`, 1)
		}), []string{bucketCheck}, "plain HTTP denied false"},
		{"no record of the application", func(n *Network) { n.Compute.Zones[0].Records = nil }, []string{nameCheck}, "app.example.com in zone example.com: found nothing"},
		{"an internal name that leads outside", func(n *Network) {
			n.Compute.Zones[1].Records[0].AliasTarget.DNSName = "public.elb.amazonaws.com"
		}, []string{nameCheck}, "an alias of internal.elb.amazonaws.com"},
		{"an internal name in the public zone", func(n *Network) {
			n.Compute.Zones[0].Records = append(n.Compute.Zones[0].Records, n.Compute.Zones[1].Records...)
			n.Compute.Zones[1].Records = nil
		}, []string{nameCheck}, "in zone production.example.com"},
	}
}
