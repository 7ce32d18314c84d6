package verify

// Stores is what keeps data in an environment, as the AWS CLI shows it.
type Stores struct {
	Databases []Database
	// CacheSubnetGroups are ElastiCache's. The replication group itself is simulated.
	CacheSubnetGroups []CacheSubnetGroup
	// Search is the OpenSearch domain of the environment; nil where there is none.
	Search *SearchDomain
	// Parameters are below /<environment>/, their keys by name.
	Parameters    []Parameter
	ParameterKeys map[string]string
	// Keys are the environment's, by the last part of the alias.
	Keys map[string]Key
	// Vaults are the environment's, by region.
	Vaults map[string]Vault
	// BackupRules are of the environment's backup plan.
	BackupRules []BackupRule
}

// The types below hold the parts of the AWS CLI's JSON output that are judged.
type (
	// Database is an entry of rds describe-db-instances.
	Database struct {
		DBInstanceIdentifier, Engine, KmsKeyId                                                              string
		StorageEncrypted, PubliclyAccessible, MultiAZ, IAMDatabaseAuthenticationEnabled, DeletionProtection bool
		BackupRetentionPeriod                                                                               int
		EnabledCloudwatchLogsExports                                                                        []string
		Endpoint                                                                                            struct{ Address string }
		DBSubnetGroup                                                                                       struct {
			Subnets []SubnetOfGroup
		}
		VpcSecurityGroups []struct{ VpcSecurityGroupId string }
		MasterUserSecret  struct{ SecretArn, KmsKeyId string }
	}

	// SubnetOfGroup is a subnet in a group of RDS or ElastiCache.
	SubnetOfGroup struct{ SubnetIdentifier string }

	// CacheSubnetGroup is an entry of elasticache describe-cache-subnet-groups.
	CacheSubnetGroup struct {
		CacheSubnetGroupName string
		Subnets              []SubnetOfGroup
	}

	// SearchDomain is opensearch describe-domain.
	SearchDomain struct {
		DomainName              string
		VPCOptions              struct{ SubnetIds, SecurityGroupIds []string }
		EncryptionAtRestOptions struct {
			Enabled  bool
			KmsKeyId string
		}
		NodeToNodeEncryptionOptions struct{ Enabled bool }
		DomainEndpointOptions       struct {
			EnforceHTTPS      bool
			TLSSecurityPolicy string
		}
		AdvancedSecurityOptions struct{ Enabled, InternalUserDatabaseEnabled bool }
	}

	// Parameter is an entry of ssm get-parameters-by-path.
	Parameter struct{ Name, Type, Value string }

	// Key is a KMS key: its ID, kms get-key-rotation-status and get-key-policy.
	Key struct {
		ID                 string
		KeyRotationEnabled bool
		Policy             string
	}

	// Vault is backup describe-backup-vault.
	Vault struct {
		BackupVaultName, EncryptionKeyArn  string
		Locked                             bool
		MinRetentionDays, MaxRetentionDays int
		LockDate                           any // when nobody can lift the lock any more; nil in governance mode
	}

	// BackupRule is a rule of backup get-backup-plan.
	BackupRule struct {
		RuleName, TargetBackupVaultName string
		EnableContinuousBackup          bool
		Lifecycle                       struct{ DeleteAfterDays, MoveToColdStorageAfterDays int }
		CopyActions                     []struct{ DestinationBackupVaultArn string }
	}
)
