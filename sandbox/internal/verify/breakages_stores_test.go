package verify

import "slices"

func storeBreakages() []breakage {
	database := func(with func(*Database)) func(*Network) { return func(n *Network) { with(&n.Stores.Databases[0]) } }
	search := func(with func(*SearchDomain)) func(*Network) { return func(n *Network) { with(n.Stores.Search) } }
	appSubnet := []SubnetOfGroup{{"subnet-data-us-east-1a"}, {"subnet-app-us-east-1b"}}
	return []breakage{
		{"no database", func(n *Network) { n.Stores.Databases = nil }, []string{databaseCheck, parameterCheck}, "database production-postgresql: found nothing"},
		{"a plain database", database(func(d *Database) { d.StorageEncrypted = false }), []string{databaseCheck}, "encrypted false"},
		{"AWS's own key", database(func(d *Database) { d.KmsKeyId = "arn:aws:kms:us-east-1:111111111111:key/aws" }), []string{databaseCheck}, "key arn:aws:kms"},
		{"another service's key", database(func(d *Database) { d.KmsKeyId = keyARN("s3") }), []string{databaseCheck}, "key/s3-id"},
		{"a public database", database(func(d *Database) { d.PubliclyAccessible = true }), []string{databaseCheck}, "public true"},
		{"one zone", database(func(d *Database) { d.MultiAZ = false }), []string{databaseCheck}, "Multi-AZ false"},
		{"passwords alone", database(func(d *Database) { d.IAMDatabaseAuthenticationEnabled = false }), []string{databaseCheck}, "IAM authentication false"},
		{"a password of one's own", database(func(d *Database) { d.MasterUserSecret.KmsKeyId = "" }), []string{databaseCheck}, "the secret's key nothing"},
		{"a database that can be deleted", database(func(d *Database) { d.DeletionProtection = false }), []string{databaseCheck}, "deletion protection false"},
		{"a day of backups", database(func(d *Database) { d.BackupRetentionPeriod = 1 }), []string{databaseCheck}, "days of backups 1"},
		{"logs that stay", database(func(d *Database) { d.EnabledCloudwatchLogsExports = nil }), []string{databaseCheck}, "logs nothing"},
		{"a database in the app's group", database(func(d *Database) { d.VpcSecurityGroups[0].VpcSecurityGroupId = groupID("production-app") }),
			[]string{databaseCheck}, "security groups production-app"},
		{"a database in the app tier", database(func(d *Database) { d.DBSubnetGroup.Subnets = appSubnet }), []string{databaseCheck}, "app, data"},
		{"no cache subnet group", func(n *Network) { n.Stores.CacheSubnetGroups = nil }, []string{cacheCheck}, "found nothing"},
		{"a cache in the app tier", func(n *Network) { n.Stores.CacheSubnetGroups[0].Subnets = appSubnet }, []string{cacheCheck}, "app, data"},
		{"a cache in another VPC", func(n *Network) { n.Stores.CacheSubnetGroups[0].Subnets = []SubnetOfGroup{{"subnet-x"}} }, []string{cacheCheck}, "no subnet of the VPC"},
		{"no domain", func(n *Network) { n.Stores.Search = nil }, []string{searchCheck}, "found nothing"},
		{"a domain outside the VPC", search(func(d *SearchDomain) { d.VPCOptions.SubnetIds = nil }), []string{searchCheck}, "subnets nothing"},
		{"a domain in no group", search(func(d *SearchDomain) { d.VPCOptions.SecurityGroupIds = nil }), []string{searchCheck}, "security groups nothing"},
		{"a plain domain", search(func(d *SearchDomain) { d.EncryptionAtRestOptions.Enabled = false }), []string{searchCheck}, "encrypted false"},
		{"plain between nodes", search(func(d *SearchDomain) { d.NodeToNodeEncryptionOptions.Enabled = false }), []string{searchCheck}, "between nodes false"},
		{"plain HTTP", search(func(d *SearchDomain) { d.DomainEndpointOptions.EnforceHTTPS = false }), []string{searchCheck}, "HTTPS alone false"},
		{"old TLS", search(func(d *SearchDomain) { d.DomainEndpointOptions.TLSSecurityPolicy = "Policy-Min-TLS-1-0-2019-07" }), []string{searchCheck}, "1-0-2019"},
		{"everybody may everything", search(func(d *SearchDomain) { d.AdvancedSecurityOptions.Enabled = false }), []string{searchCheck}, "access control false"},
		{"users with passwords", search(func(d *SearchDomain) { d.AdvancedSecurityOptions.InternalUserDatabaseEnabled = true }), []string{searchCheck}, "users of its own true"},
	}
}

func keepBreakages() []breakage {
	parameter := func(name string, with func(*Parameter)) func(*Network) {
		return func(n *Network) {
			at := slices.IndexFunc(n.Stores.Parameters, func(p Parameter) bool { return p.Name == "/production/"+name })
			with(&n.Stores.Parameters[at])
		}
	}
	vault := func(region string, with func(*Vault)) func(*Network) {
		return func(n *Network) {
			v := n.Stores.Vaults[region]
			with(&v)
			n.Stores.Vaults[region] = v
		}
	}
	rule := func(i int, with func(*BackupRule)) func(*Network) {
		return func(n *Network) { with(&n.Stores.BackupRules[i]) }
	}
	return []breakage{
		{"a parameter less", func(n *Network) { n.Stores.Parameters = n.Stores.Parameters[1:] }, []string{parameterCheck}, "kafka/bootstrapBrokers: found nothing"},
		{"an empty parameter", parameter("valkey/endpoint", func(p *Parameter) { p.Value = "" }), []string{parameterCheck}, "an empty value"},
		{"another database's address", parameter("postgresql/endpoint", func(p *Parameter) { p.Value = "elsewhere" }), []string{parameterCheck}, "found elsewhere"},
		{"a secret in the open", parameter(sensitive, func(p *Parameter) { p.Type = "String" }), []string{parameterCheck}, "type String"},
		{"a password in a parameter", parameter(sensitive, func(p *Parameter) { p.Value = "hunter2" }), []string{parameterCheck}, "no ARN of a secret"},
		{"AWS's own key for parameters", func(n *Network) { n.Stores.ParameterKeys["/production/"+sensitive] = "alias/aws/ssm" }, []string{parameterCheck}, "key alias/aws/ssm"},
		{"no key of a service", func(n *Network) { delete(n.Stores.Keys, "sns") }, []string{keyCheck, guardCheck}, "alias/production/sns: found nothing"},
		{"a key that stays as it is", key("eks", func(k *Key) { k.KeyRotationEnabled = false }), []string{keyCheck}, "no rotation"},
		{"one key for two services", key("eks", func(k *Key) { k.ID = "ebs-id" }), []string{keyCheck, planeCheck}, "the key of ebs"},
		{"no vault", func(n *Network) { delete(n.Stores.Vaults, homeRegion) }, []string{vaultCheck}, "vault production in us-east-1: found nothing"},
		{"no copy", func(n *Network) { delete(n.Stores.Vaults, copyRegion) }, []string{vaultCheck}, "in us-west-2: found nothing"},
		{"a vault that is open", vault(homeRegion, func(v *Vault) { v.Locked = false }), []string{vaultCheck}, "lock unlocked"},
		{"a lock of a day", vault(copyRegion, func(v *Vault) { v.MinRetentionDays = 1 }), []string{vaultCheck}, "1 to 366 days"},
		{"a lock for ever", vault(homeRegion, func(v *Vault) { v.LockDate = 1795512054.5 }), []string{vaultCheck}, "for ever"},
		{"a vault with another key", vault(homeRegion, func(v *Vault) { v.EncryptionKeyArn = keyARN("rds") }), []string{vaultCheck}, "key/rds-id"},
		{"no plan", func(n *Network) { n.Stores.BackupRules = nil }, []string{keepCheck}, "backup rule daily: found nothing"},
		{"a week of daily backups", rule(0, func(r *BackupRule) { r.Lifecycle.DeleteAfterDays = 7 }), []string{keepCheck}, "days 7"},
		{"no cold storage", rule(1, func(r *BackupRule) { r.Lifecycle.MoveToColdStorageAfterDays = 0 }), []string{keepCheck}, "cold storage 0"},
		{"daily backups that stay here", rule(0, func(r *BackupRule) { r.CopyActions = nil }), []string{keepCheck}, "copies 0"},
		{"nothing continuous", rule(2, func(r *BackupRule) { r.EnableContinuousBackup = false }), []string{keepCheck}, "continuous false"},
		{"backups in another vault", rule(0, func(r *BackupRule) { r.TargetBackupVaultName = "Default" }), []string{keepCheck}, "vault Default"},
	}
}
