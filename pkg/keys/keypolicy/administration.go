package keypolicy

import "aws-platform/pkg/policy"

// administration lets the account's IAM policies name administrators, who can do
// everything with the key but use it: none of the actions encrypts, decrypts or grants.
// Whoever may put a key policy can let himself in; CloudTrail shows that he did.
//
// KMS refuses a policy by which its author could not put another one (AWS KMS
// Developer Guide, "Default key policy", lockout safety check): PutKeyPolicy is here.
func administration(at Place) []policy.Statement {
	return []policy.Statement{{
		Sid:       "AccountAdministersTheKey",
		Effect:    policy.Allow,
		Principal: account(at),
		Action: []string{
			"kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus",
			"kms:ListGrants", "kms:ListKeyPolicies", "kms:ListKeyRotations", "kms:ListResourceTags",
			"kms:PutKeyPolicy", "kms:UpdateKeyDescription", "kms:TagResource", "kms:UntagResource",
			"kms:CreateAlias", "kms:UpdateAlias", "kms:DeleteAlias",
			"kms:EnableKey", "kms:DisableKey",
			"kms:EnableKeyRotation", "kms:DisableKeyRotation", "kms:RotateKeyOnDemand",
			"kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion",
			"kms:RevokeGrant", "kms:RetireGrant", // they take away only
		},
		Resource: []string{"*"}, // in a key policy: the key
	}}
}

// replication lets administrators make replicas, each with a policy of its own (AWS KMS
// Developer Guide, "Control access to multi-Region keys").
func replication(at Place) policy.Statement {
	return policy.Statement{
		Sid:       "AccountReplicatesTheKey",
		Effect:    policy.Allow,
		Principal: account(at),
		Action:    []string{"kms:ReplicateKey", "kms:UpdatePrimaryRegion"},
		Resource:  []string{"*"}, // in a key policy: the key
	}
}
