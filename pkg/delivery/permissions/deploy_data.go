package permissions

import "aws-platform/pkg/policy"

// dataNeeds are those of the data stores, their parameters and their backups.
var dataNeeds = []need{
	{sid: "PostgreSQL", service: "rds", types: []string{"rds/instance", "rds/parameterGroup", "rds/subnetGroup"},
		verbs: []string{
			"AddTagsToResource", "CreateDBInstance", "CreateDBParameterGroup", "CreateDBSnapshot", "CreateDBSubnetGroup", "DeleteDBInstance",
			"DeleteDBParameterGroup", "DeleteDBSubnetGroup", "ModifyDBInstance", "ModifyDBParameterGroup", "ModifyDBSubnetGroup",
			"RebootDBInstance", "RemoveTagsFromResource", "ResetDBParameterGroup",
		},
		// An instance is in an option group, though no one names it: RDS' own.
		on: func(p Place) []string {
			return append(named("rds", "db:", "pg:", "subgrp:", "snapshot:")(p), p.arn("rds", "og:default:*"))
		}},
	// The administrator's password is a secret that RDS makes, in the caller's name.
	{sid: "Passwords", service: "secretsmanager", verbs: []string{"CreateSecret", "RotateSecret", "TagResource"},
		on: func(p Place) []string { return []string{p.arn("secretsmanager", "secret:rds!db-*")} }},
	{sid: "Valkey", service: "elasticache",
		types: []string{"elasticache/replicationGroup", "elasticache/parameterGroup", "elasticache/subnetGroup", "elasticache/user", "elasticache/userGroup"},
		verbs: []string{
			"AddTagsToResource", "CreateCacheParameterGroup", "CreateCacheSubnetGroup", "CreateReplicationGroup", "CreateSnapshot", "CreateUser",
			"CreateUserGroup", "DecreaseReplicaCount", "DeleteCacheParameterGroup", "DeleteCacheSubnetGroup", "DeleteReplicationGroup",
			"DeleteUser", "DeleteUserGroup", "IncreaseReplicaCount", "ModifyCacheParameterGroup", "ModifyCacheSubnetGroup",
			"ModifyReplicationGroup", "ModifyReplicationGroupShardConfiguration", "ModifyUser", "ModifyUserGroup", "RemoveTagsFromResource",
			"ResetCacheParameterGroup",
		}},
	{sid: "Kafka", service: "kafka", types: []string{"msk/cluster", "msk/configuration"},
		verbs: []string{
			"CreateCluster", "CreateConfiguration", "DeleteCluster", "DeleteConfiguration", "TagResource", "UntagResource", "UpdateBrokerCount",
			"UpdateBrokerStorage", "UpdateBrokerType", "UpdateClusterConfiguration", "UpdateClusterKafkaVersion", "UpdateConfiguration",
			"UpdateConnectivity", "UpdateMonitoring", "UpdateSecurity", "UpdateStorage",
		}},
	{sid: "KafkaPolicy", service: "kafka", types: []string{"msk/clusterPolicy"}, verbs: []string{"DeleteClusterPolicy", "PutClusterPolicy"},
		on: named("kafka", "cluster/")},
	{sid: "OpenSearch", service: "es", types: []string{"opensearch/domain"},
		verbs: []string{"AddTags", "CreateDomain", "DeleteDomain", "RemoveTags", "UpdateDomainConfig", "UpgradeDomain"},
		on:    named("es", "domain/")},
	{sid: "Scaling", service: "application-autoscaling", types: []string{"appautoscaling/target", "appautoscaling/policy"},
		verbs: []string{
			"DeleteScalingPolicy", "DeregisterScalableTarget", "PutScalingPolicy", "RegisterScalableTarget", "TagResource", "UntagResource",
		}},
	{sid: "Parameters", service: "ssm", types: []string{"ssm/parameter"},
		verbs: []string{"AddTagsToResource", "DeleteParameter", "GetParameter", "GetParameters", "PutParameter", "RemoveTagsFromResource"},
		on:    named("ssm", "parameter/")},
	{sid: "Vaults", service: "backup",
		types: []string{"backup/vault", "backup/vaultLockConfiguration", "backup/vaultNotifications", "backup/vaultPolicy"},
		verbs: []string{
			"CreateBackupVault", "DeleteBackupVault", "DeleteBackupVaultAccessPolicy", "DeleteBackupVaultLockConfiguration",
			"DeleteBackupVaultNotifications", "PutBackupVaultAccessPolicy", "PutBackupVaultLockConfiguration", "PutBackupVaultNotifications",
			"TagResource", "UntagResource",
		},
		on: anyRegion("backup", "backup-vault:")},
	{sid: "Plans", service: "backup",
		types: []string{"backup/plan", "backup/selection", "backup/restoreTestingPlan", "backup/restoreTestingSelection"},
		verbs: []string{
			"CreateBackupPlan", "CreateBackupSelection", "CreateRestoreTestingPlan", "CreateRestoreTestingSelection", "DeleteBackupPlan",
			"DeleteBackupSelection", "DeleteRestoreTestingPlan", "DeleteRestoreTestingSelection", "TagResource", "UntagResource",
			"UpdateBackupPlan", "UpdateRestoreTestingPlan", "UpdateRestoreTestingSelection",
		}},
	// A vault with a key of one's own is made through it (AWS Backup Developer Guide, "API permissions").
	{sid: "Capsules", service: "backup-storage", verbs: []string{"MountCapsule"}},
}

// operationNeeds are those of logs, alarms and keys.
var operationNeeds = []need{
	{sid: "Logs", service: "logs", types: []string{"cloudwatch/logGroup", "cloudwatch/logMetricFilter"},
		verbs: []string{
			"AssociateKmsKey", "CreateLogGroup", "DeleteLogGroup", "DeleteMetricFilter", "DeleteRetentionPolicy", "DisassociateKmsKey",
			"PutMetricFilter", "PutRetentionPolicy", "TagResource", "UntagResource",
		},
		on: logGroups},
	// Whoever has a service write logs is asked whether he might (Amazon CloudWatch Logs
	// User Guide, "Logging that requires additional permissions"). A policy of the account's
	// logs has no ARN; it lets AWS services write, and nobody read.
	{sid: "LogDelivery", service: "logs", types: []string{"cloudwatch/logResourcePolicy"},
		verbs: []string{"CreateLogDelivery", "DeleteLogDelivery", "DeleteResourcePolicy", "PutResourcePolicy", "UpdateLogDelivery"}},
	{sid: "Alarms", service: "cloudwatch", types: []string{"cloudwatch/metricAlarm"},
		verbs: []string{"PutMetricAlarm", "TagResource", "UntagResource"}, on: named("cloudwatch", "alarm:")},
	// "You can't create a composite alarms if your cloudwatch:PutCompositeAlarm permission has
	// a narrower scope" than * (CloudWatch API Reference, PutCompositeAlarm), nor delete one.
	{sid: "CompositeAlarms", service: "cloudwatch", types: []string{"cloudwatch/compositeAlarm"}, verbs: []string{"DeleteAlarms", "PutCompositeAlarm"}},
	{sid: "Topics", service: "sns", types: []string{"sns/topic", "sns/topicPolicy"},
		verbs: []string{"CreateTopic", "DeleteTopic", "Publish", "SetTopicAttributes", "TagResource", "UntagResource"},
		on:    named("sns", "")},
	{sid: "NewKeys", service: "kms", types: []string{"kms/key", "kms/replicaKey"}, verbs: []string{"CreateKey", "TagResource"}},
	{sid: "Keys", service: "kms",
		verbs: []string{
			"CancelKeyDeletion", "DisableKey", "DisableKeyRotation", "EnableKey", "EnableKeyRotation", "PutKeyPolicy", "ReplicateKey",
			"ScheduleKeyDeletion", "UntagResource", "UpdateKeyDescription",
		},
		on: keys,
		when: func(p Place) policy.Condition {
			return policy.Condition{"StringEquals": {"aws:ResourceTag/Environment": p.Environment}}
		}},
	{sid: "Aliases", service: "kms", types: []string{"kms/alias"}, verbs: []string{"CreateAlias", "DeleteAlias", "UpdateAlias"},
		on: func(p Place) []string {
			p.Region = "*"
			return append(keys(p), p.arn("kms", "alias/"+p.Environment+"/*"))
		}},
	{sid: "Grants", service: "kms", verbs: []string{"CreateGrant"}, on: keys,
		when: func(Place) policy.Condition {
			return policy.Condition{"Bool": {"kms:GrantIsForAWSResource": "true"}}
		}},
	// EKS does not say that its grant is for a resource of AWS (pkg/keys/keypolicy, eks).
	{sid: "ClusterGrant", service: "kms", verbs: []string{"CreateGrant"}, on: keys,
		when: func(p Place) policy.Condition {
			return policy.Condition{"StringEquals": {"kms:ViaService": "eks." + p.Region + ".amazonaws.com"}}
		}},
	// What it encrypts through a service: parameters, and what a service encrypts for him.
	{sid: "Encryption", service: "kms", verbs: []string{"Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext"}, on: keys,
		when: func(p Place) policy.Condition { return throughKeys(p, "alias/"+p.Environment+"/*", "*") }},
}

// keys are the account's, in every region: their IDs are chance, and the copies of
// backups have a key elsewhere.
func keys(p Place) []string {
	p.Region = "*"
	return []string{p.arn("kms", "key/*")}
}

// throughKeys is the condition of a key with an alias, used by a service alone.
func throughKeys(p Place, alias, service string) policy.Condition {
	return policy.Condition{
		"ForAnyValue:StringLike": {"kms:ResourceAliases": alias},
		"StringLike":             {"kms:ViaService": service + "." + p.Region + ".amazonaws.com"},
	}
}

// logGroups are the environment's, whose names AWS's services choose.
func logGroups(p Place) []string {
	var arns []string
	for _, group := range []string{"/" + p.Environment + "/*", "/aws/*/" + p.Environment + "-*", "aws-waf-logs-" + p.Environment + "*"} {
		arns = append(arns, p.arn("logs", "log-group:"+group))
	}
	return arns
}
