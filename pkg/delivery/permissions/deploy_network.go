package permissions

// networkNeeds are those of the VPC and of what leads into it.
var networkNeeds = []need{
	{sid: "Vpc", service: "ec2",
		types: []string{
			"ec2/vpc", "ec2/subnet", "ec2/internetGateway", "ec2/eip", "ec2/natGateway", "ec2/vpcDhcpOptions", "ec2/vpcDhcpOptionsAssociation",
			"ec2/vpcEndpoint", "ec2/vpcEndpointRouteTableAssociation", "ec2/flowLog",
		},
		verbs: []string{
			"AllocateAddress", "AssociateDhcpOptions", "AttachInternetGateway", "CreateDhcpOptions", "CreateFlowLogs", "CreateInternetGateway",
			"CreateNatGateway", "CreateSubnet", "CreateTags", "CreateVpc", "CreateVpcEndpoint", "DeleteDhcpOptions", "DeleteFlowLogs",
			"DeleteInternetGateway", "DeleteNatGateway", "DeleteNetworkInterface", "DeleteSubnet", "DeleteTags", "DeleteVpc", "DeleteVpcEndpoints",
			"DetachInternetGateway", "DetachNetworkInterface", "DisassociateAddress", "ModifySubnetAttribute", "ModifyVpcAttribute",
			"ModifyVpcEndpoint", "ReleaseAddress",
		}},
	{sid: "Routes", service: "ec2",
		types: []string{"ec2/routeTable", "ec2/route", "ec2/routeTableAssociation", "ec2/defaultRouteTable"},
		verbs: []string{
			"AssociateRouteTable", "CreateRoute", "CreateRouteTable", "DeleteRoute", "DeleteRouteTable", "DisassociateRouteTable",
			"ReplaceRoute", "ReplaceRouteTableAssociation",
		}},
	{sid: "Walls", service: "ec2",
		types: []string{
			"ec2/networkAcl", "ec2/networkAclRule", "ec2/networkAclAssociation", "ec2/defaultNetworkAcl", "ec2/securityGroup",
			"ec2/defaultSecurityGroup", "vpc/securityGroupIngressRule", "vpc/securityGroupEgressRule",
		},
		verbs: []string{
			"AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "CreateNetworkAcl", "CreateNetworkAclEntry", "CreateSecurityGroup",
			"DeleteNetworkAcl", "DeleteNetworkAclEntry", "DeleteSecurityGroup", "ModifySecurityGroupRules", "ReplaceNetworkAclAssociation",
			"ReplaceNetworkAclEntry", "RevokeSecurityGroupEgress", "RevokeSecurityGroupIngress",
			"UpdateSecurityGroupRuleDescriptionsEgress", "UpdateSecurityGroupRuleDescriptionsIngress",
		}},
	{sid: "Names", service: "route53", types: []string{"route53/zone", "route53/record"},
		verbs: []string{
			"ChangeResourceRecordSets", "ChangeTagsForResource", "CreateHostedZone", "DeleteHostedZone", "UpdateHostedZoneComment",
		}},
	{sid: "Certificates", service: "acm", types: []string{"acm/certificate", "acm/certificateValidation"},
		verbs: []string{
			"AddTagsToCertificate", "DeleteCertificate", "RemoveTagsFromCertificate", "RequestCertificate", "UpdateCertificateOptions",
		}},
	{sid: "WebAcls", service: "wafv2", types: []string{"wafv2/webAcl", "wafv2/webAclAssociation", "wafv2/webAclLoggingConfiguration"},
		verbs: []string{
			"AssociateWebACL", "CreateWebACL", "DeleteLoggingConfiguration", "DeleteWebACL", "DisassociateWebACL", "PutLoggingConfiguration",
			"TagResource", "UntagResource", "UpdateWebACL",
		}},
}

// computeNeeds are those of the load balancers, the fleets and how a version goes live.
var computeNeeds = []need{
	{sid: "Balancers", service: "elasticloadbalancing", types: []string{"lb/loadBalancer", "lb/listener", "lb/listenerRule", "lb/targetGroup"},
		verbs: []string{
			"AddListenerCertificates", "AddTags", "CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup", "DeleteListener",
			"DeleteLoadBalancer", "DeleteRule", "DeleteTargetGroup", "ModifyListener", "ModifyListenerAttributes", "ModifyLoadBalancerAttributes",
			"ModifyRule", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "RemoveListenerCertificates", "RemoveTags", "SetIpAddressType",
			"SetRulePriorities", "SetSecurityGroups", "SetSubnets", "SetWebACL",
		}},
	// Who makes a group with a launch template is asked whether he might run its instances.
	{sid: "Templates", service: "ec2", types: []string{"ec2/launchTemplate"},
		verbs: []string{
			"CreateLaunchTemplate", "CreateLaunchTemplateVersion", "DeleteLaunchTemplate", "DeleteLaunchTemplateVersions",
			"ModifyLaunchTemplate", "RunInstances",
		}},
	{sid: "Fleets", service: "autoscaling", types: []string{"autoscaling/group", "autoscaling/policy"},
		verbs: []string{
			"AttachLoadBalancerTargetGroups", "AttachTrafficSources", "CreateAutoScalingGroup", "CreateOrUpdateTags", "DeleteAutoScalingGroup",
			"DeletePolicy", "DeleteTags", "DetachLoadBalancerTargetGroups", "DetachTrafficSources",
			"DisableMetricsCollection", "EnableMetricsCollection", "PutScalingPolicy", "ResumeProcesses",
			"SetInstanceProtection", "SuspendProcesses", "UpdateAutoScalingGroup",
		},
		on: func(p Place) []string {
			return []string{p.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/"+p.Environment+"-*")}
		}},
	{sid: "Deployments", service: "codedeploy", types: []string{"codedeploy/application", "codedeploy/deploymentGroup"},
		verbs: []string{
			"CreateApplication", "CreateDeploymentGroup", "DeleteApplication", "DeleteDeploymentGroup", "TagResource", "UntagResource",
			"UpdateApplication", "UpdateDeploymentGroup",
		},
		on: named("codedeploy", "application:", "deploymentgroup:")},
	{sid: "Runbooks", service: "ssm", types: []string{"ssm/document"},
		verbs: []string{
			"AddTagsToResource", "CreateDocument", "DeleteDocument", "RemoveTagsFromResource", "UpdateDocument", "UpdateDocumentDefaultVersion",
		},
		on: named("ssm", "document/")},
	{sid: "Buckets", service: "s3",
		types: []string{
			"s3/bucketV2", "s3/bucketLifecycleConfigurationV2", "s3/bucketOwnershipControls", "s3/bucketPolicy", "s3/bucketPublicAccessBlock",
			"s3/bucketServerSideEncryptionConfigurationV2", "s3/bucketVersioningV2",
		},
		verbs: []string{
			"CreateBucket", "DeleteBucket", "DeleteBucketPolicy", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock",
			"PutBucketTagging", "PutBucketVersioning", "PutEncryptionConfiguration", "PutLifecycleConfiguration",
		},
		on: func(p Place) []string { return []string{p.bucket(p.Environment + "-*")} }},
}
