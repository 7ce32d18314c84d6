package permissions

import "aws-platform/pkg/policy"

// clusterNeeds are those of the cluster. No type but this remote component makes an
// identity provider: the one of the cluster's own issuer.
var clusterNeeds = []need{
	{sid: "Cluster", service: "eks",
		types: []string{"eks:index:Cluster", "eks/nodeGroup", "eks/addon", "eks/accessEntry", "eks/podIdentityAssociation"},
		verbs: []string{
			"AssociateEncryptionConfig", "CreateAccessEntry", "CreateAddon", "CreateCluster", "CreateNodegroup", "CreatePodIdentityAssociation",
			"DeleteAccessEntry", "DeleteAddon", "DeleteCluster", "DeleteNodegroup", "DeletePodIdentityAssociation", "DisassociateAccessPolicy",
			"TagResource", "UntagResource", "UpdateAccessEntry", "UpdateAddon", "UpdateClusterConfig", "UpdateClusterVersion",
			"UpdateNodegroupConfig", "UpdateNodegroupVersion", "UpdatePodIdentityAssociation",
		},
		on: named("eks", "cluster/", "nodegroup/", "addon/", "access-entry/", "podidentityassociation/")},
	{sid: "Administrators", service: "eks", types: []string{"eks/accessPolicyAssociation"}, verbs: []string{"AssociateAccessPolicy"},
		on: named("eks", "access-entry/", "cluster/"),
		when: func(p Place) policy.Condition {
			return policy.Condition{"ArnEquals": {"eks:policyArn": p.partitioned("arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy")}}
		}},
	{sid: "Issuer", service: "iam",
		verbs: []string{
			"CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "TagOpenIDConnectProvider", "UntagOpenIDConnectProvider",
			"UpdateOpenIDConnectProviderThumbprint",
		},
		on: func(p Place) []string {
			return []string{p.iam("oidc-provider/oidc.eks." + p.Region + ".amazonaws.com/*")}
		}},
}

// identityNeeds are those of the environment's roles: each carries the workloads'
// boundary, when it is made and whenever its policies change.
var identityNeeds = []need{
	{sid: "BoundedRoles", service: "iam", types: []string{"iam/role", "iam/rolePolicy"},
		verbs: []string{"CreateRole", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"},
		on:    roles, when: bounded},
	{sid: "Attached", service: "iam", types: []string{"iam/rolePolicyAttachment"}, verbs: []string{"AttachRolePolicy", "DetachRolePolicy"},
		on: roles,
		when: func(p Place) policy.Condition {
			condition := bounded(p)
			condition["ArnLike"] = map[string]any{"iam:PolicyARN": append([]string{p.iam("policy/" + p.Environment + "-*")}, managedPolicies(p)...)}
			return condition
		}},
	{sid: "Roles", service: "iam",
		verbs: []string{"DeleteRole", "TagRole", "UntagRole", "UpdateAssumeRolePolicy", "UpdateRole", "UpdateRoleDescription"},
		on:    roles},
	{sid: "Policies", service: "iam", types: []string{"iam/policy"},
		verbs: []string{"CreatePolicy", "CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "TagPolicy", "UntagPolicy"},
		on:    func(p Place) []string { return []string{p.iam("policy/" + p.Environment + "-*")} }},
	{sid: "Profiles", service: "iam", types: []string{"iam/instanceProfile"},
		verbs: []string{
			"AddRoleToInstanceProfile", "CreateInstanceProfile", "DeleteInstanceProfile", "RemoveRoleFromInstanceProfile", "TagInstanceProfile",
			"UntagInstanceProfile",
		},
		on: func(p Place) []string { return []string{p.iam("instance-profile/" + p.Environment + "-*")} }},
	{sid: "PassedRoles", service: "iam", verbs: []string{"PassRole"}, on: roles,
		when: func(p Place) policy.Condition {
			// Whether CloudWatch Logs takes a role under its name in the region, as the role's
			// trust has it, or under the global one, no document of AWS says.
			services := append(each("", PassedTo...), "logs.amazonaws.com", "logs."+p.Region+".amazonaws.com")
			return policy.Condition{"StringEquals": {"iam:PassedToService": services}}
		}},
	{sid: "ServiceRoles", service: "iam", verbs: []string{"CreateServiceLinkedRole"},
		on: func(p Place) []string { return []string{p.iam("role/aws-service-role/*")} },
		when: func(Place) policy.Condition {
			return policy.Condition{"StringEquals": {"iam:AWSServiceName": serviceLinked}}
		}},
}

// PassedTo are the services that the environment's roles are for.
var PassedTo = []string{
	"backup.amazonaws.com", "chatbot.amazonaws.com", "codedeploy.amazonaws.com", "ec2.amazonaws.com", "eks.amazonaws.com", "es.amazonaws.com",
	"firehose.amazonaws.com", "monitoring.rds.amazonaws.com", "pods.eks.amazonaws.com", "scheduler.amazonaws.com",
	"ssm.amazonaws.com", "vpc-flow-logs.amazonaws.com",
}

// serviceLinked are the services that make themselves a role with the first resource.
var serviceLinked = []string{
	"autoscaling.amazonaws.com", "backup.amazonaws.com", "eks-nodegroup.amazonaws.com", "eks.amazonaws.com", "elasticache.amazonaws.com",
	"elasticloadbalancing.amazonaws.com", "kafka.amazonaws.com", "kafka.application-autoscaling.amazonaws.com",
	"management.chatbot.amazonaws.com",
	"opensearchservice.amazonaws.com", "rds.amazonaws.com", "wafv2.amazonaws.com",
}

// roles are the environment's, but for those that AWS makes.
func roles(p Place) []string { return []string{p.iam("role/" + p.Environment + "-*")} }

// bounded is the condition of a role with the workloads' boundary.
func bounded(p Place) policy.Condition {
	return policy.Condition{"StringEquals": {"iam:PermissionsBoundary": WorkloadBoundaryARN(p.Partition, p.AccountID)}}
}

// managedPolicies are the policies of AWS's own that the environment's roles have.
func managedPolicies(p Place) []string {
	var arns []string
	for _, name := range []string{
		"AmazonEBSCSIDriverEKSClusterScopedPolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKSClusterPolicy", "AmazonEKSWorkerNodePolicy",
		"AmazonEKS_CNI_Policy", "service-role/AWSBackupServiceRolePolicyForBackup", "service-role/AWSBackupServiceRolePolicyForRestores",
		"service-role/AmazonRDSEnhancedMonitoringRole",
	} {
		arns = append(arns, p.managed(name))
	}
	return arns
}
