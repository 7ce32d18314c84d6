package permissions

import "slices"

// granting are the actions by which somebody gets access that he had not: himself, another
// principal, another account, or the world. No policy here allows one of them by a wildcard.
var granting = map[string][]string{
	"acm-pca":           {"CreatePermission", "PutPolicy"},
	"backup":            {"PutBackupVaultAccessPolicy"},
	"dynamodb":          {"PutResourcePolicy"},
	"ec2":               {"AcceptVpcPeeringConnection", "AssociateIamInstanceProfile", "CreateNetworkInterfacePermission", "CreateVpcPeeringConnection", "ModifyImageAttribute", "ModifySnapshotAttribute", "ModifyVpcEndpointServicePermissions", "ReplaceIamInstanceProfileAssociation"},
	"ecr":               {"PutRegistryPolicy", "PutReplicationConfiguration", "SetRepositoryPolicy"},
	"eks":               {"AssociateAccessPolicy", "AssociateIdentityProviderConfig", "CreateAccessEntry", "CreatePodIdentityAssociation", "UpdateAccessEntry", "UpdatePodIdentityAssociation"},
	"elasticfilesystem": {"PutFileSystemPolicy"},
	"es":                {"AuthorizeVpcEndpointAccess", "CreateDomain", "UpdateDomainConfig"},
	"events":            {"PutPermission"},
	"glue":              {"PutResourcePolicy"},
	"iam": {
		"AddClientIDToOpenIDConnectProvider", "AddRoleToInstanceProfile", "AddUserToGroup", "AttachGroupPolicy", "AttachRolePolicy", "AttachUserPolicy",
		"CreateAccessKey", "CreateLoginProfile", "CreateOpenIDConnectProvider", "CreatePolicy", "CreatePolicyVersion", "CreateRole", "CreateSAMLProvider",
		"CreateServiceLinkedRole", "CreateServiceSpecificCredential", "CreateUser", "CreateVirtualMFADevice", "DeactivateMFADevice",
		"DeleteRolePermissionsBoundary", "DeleteUserPermissionsBoundary", "EnableMFADevice", "PassRole", "PutGroupPolicy", "PutRolePermissionsBoundary",
		"PutRolePolicy", "PutUserPermissionsBoundary", "PutUserPolicy", "ResetServiceSpecificCredential", "SetDefaultPolicyVersion", "UpdateAccessKey",
		"UpdateAssumeRolePolicy", "UpdateLoginProfile", "UpdateOpenIDConnectProviderThumbprint", "UpdateSAMLProvider", "UploadSSHPublicKey", "UploadSigningCertificate",
	},
	"kafka":          {"BatchAssociateScramSecret", "PutClusterPolicy"},
	"kms":            {"CreateGrant", "PutKeyPolicy", "ReplicateKey"},
	"lambda":         {"AddLayerVersionPermission", "AddPermission", "CreateFunctionUrlConfig", "UpdateFunctionUrlConfig"},
	"logs":           {"PutDestinationPolicy", "PutResourcePolicy"},
	"organizations":  {"AttachPolicy", "DetachPolicy", "UpdatePolicy"},
	"ram":            {"AssociateResourceShare", "CreateResourceShare"},
	"rds":            {"AddRoleToDBCluster", "AddRoleToDBInstance", "ModifyDBClusterSnapshotAttribute", "ModifyDBSnapshotAttribute"},
	"route53":        {"AssociateVPCWithHostedZone", "CreateVPCAssociationAuthorization"},
	"s3":             {"CreateAccessPoint", "PutAccessPointPolicy", "PutAccountPublicAccessBlock", "PutBucketAcl", "PutBucketOwnershipControls", "PutBucketPolicy", "PutBucketPublicAccessBlock", "PutObjectAcl", "PutObjectVersionAcl"},
	"secretsmanager": {"PutResourcePolicy"},
	"sns":            {"AddPermission", "PutDataProtectionPolicy", "SetTopicAttributes"},
	"sqs":            {"AddPermission", "SetQueueAttributes"},
	"ssm":            {"ModifyDocumentPermission", "PutResourcePolicy"},
	"sts":            {"AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "AssumeRoot", "GetFederationToken"},
	"wafv2":          {"PutPermissionPolicy"},
}

// Granting are the actions that grant, sorted.
func Granting() []string {
	var actions []string
	for service, names := range granting {
		actions = append(actions, each(service+":", names...)...)
	}
	slices.Sort(actions)
	return actions
}
