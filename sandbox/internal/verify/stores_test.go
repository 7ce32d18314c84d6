package verify

import "strings"

// addStores puts in place what the plan says of an environment's data.
func (n *Network) addStores() {
	keep := plans[n.Environment].keeping
	n.Stores = Stores{ParameterKeys: map[string]string{}, Keys: map[string]Key{}, Vaults: map[string]Vault{}}
	for _, service := range services {
		n.Stores.Keys[service] = Key{service + "-id", true, soundPolicy(n.Environment, service)}
	}
	var subnets []SubnetOfGroup
	for _, id := range n.subnetIDs(data) {
		subnets = append(subnets, SubnetOfGroup{id})
	}
	database := Database{
		DBInstanceIdentifier: n.Environment + "-postgresql", KmsKeyId: keyARN("rds"), StorageEncrypted: true,
		MultiAZ: keep.multiAZ, DeletionProtection: keep.multiAZ, IAMDatabaseAuthenticationEnabled: true,
		BackupRetentionPeriod: keep.backupDays, EnabledCloudwatchLogsExports: []string{"upgrade", "postgresql"},
	}
	database.Endpoint.Address = "database.rds.amazonaws.com"
	database.DBSubnetGroup.Subnets = subnets
	database.VpcSecurityGroups = []struct{ VpcSecurityGroupId string }{{groupID(n.Environment + "-data-postgresql")}}
	database.MasterUserSecret.KmsKeyId = keyARN("rds")
	n.Stores.Databases = []Database{database}
	n.Stores.CacheSubnetGroups = []CacheSubnetGroup{{n.Environment + "-valkey", subnets}}
	n.addSearch()
	n.addParameters()
	n.addBackup(keep)
}

func keyARN(service string) string {
	return "arn:aws:kms:us-east-1:111111111111:key/" + service + "-id"
}

// soundPolicy is recorded from keys of the sandbox, shortened: one of a store, and that
// of a service that calls KMS in its own name.
func soundPolicy(environment, service string) string {
	use := `{"Sid":"IAMUses","Effect":"Allow","Principal":{"AWS":"*"},"Action":["kms:Decrypt","kms:CreateGrant"],"Resource":["*"],
		"Condition":{"StringEquals":{"kms:CallerAccount":"ACCOUNT","kms:ViaService":"rds.us-east-1.amazonaws.com"}}}`
	switch service {
	case "logs":
		use = `{"Sid":"LogsEncrypt","Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},"Action":["kms:Encrypt*"],"Resource":["*"],
			"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:us-east-1:ACCOUNT:log-group:*"}}}`
	case "sns":
		use = `{"Sid":"ServicesPublish","Effect":"Allow","Principal":{"Service":["backup.amazonaws.com"]},"Action":["kms:Decrypt"],"Resource":["*"],
			"Condition":{"StringEquals":{"aws:SourceAccount":"ACCOUNT"}}}`
	}
	return strings.ReplaceAll(`{"Version":"2012-10-17","Statement":[{"Sid":"AccountAdministers","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::ACCOUNT:root"},
		"Action":["kms:DescribeKey","kms:PutKeyPolicy"],"Resource":["*"]},`+use+`]}`, "ACCOUNT", AccountID(environment))
}

func (n *Network) addSearch() {
	domain := &SearchDomain{DomainName: n.Environment + "-opensearch"}
	domain.VPCOptions.SubnetIds = n.subnetIDs(data)
	domain.VPCOptions.SecurityGroupIds = []string{groupID(n.Environment + "-data-opensearch")}
	domain.EncryptionAtRestOptions.Enabled, domain.EncryptionAtRestOptions.KmsKeyId = true, keyARN("opensearch")
	domain.NodeToNodeEncryptionOptions.Enabled = true
	domain.DomainEndpointOptions.EnforceHTTPS = true
	domain.DomainEndpointOptions.TLSSecurityPolicy = "Policy-Min-TLS-1-2-PFS-2023-10"
	domain.AdvancedSecurityOptions.Enabled = true
	n.Stores.Search = domain
}

func (n *Network) addParameters() {
	for _, name := range published {
		p := Parameter{"/" + n.Environment + "/" + name, "String", "a value"}
		switch name {
		case sensitive:
			p.Type, p.Value = "SecureString", "arn:aws:secretsmanager:us-east-1:111111111111:secret:rds!db"
			n.Stores.ParameterKeys[p.Name] = keyARN("parameters")
		case "postgresql/endpoint":
			p.Value = "database.rds.amazonaws.com"
		}
		n.Stores.Parameters = append(n.Stores.Parameters, p)
	}
}

func (n *Network) addBackup(keep keeping) {
	vault := Vault{BackupVaultName: n.Environment, EncryptionKeyArn: keyARN("backup")}
	if keep.copied {
		vault.Locked, vault.MinRetentionDays, vault.MaxRetentionDays = true, 7, 366
		n.Stores.Vaults[copyRegion] = vault
	}
	n.Stores.Vaults[homeRegion] = vault
	for _, name := range []string{"daily", "monthly", "continuous"} {
		rule := BackupRule{RuleName: name, TargetBackupVaultName: n.Environment, EnableContinuousBackup: name == "continuous"}
		rule.Lifecycle.DeleteAfterDays = map[string]int{"daily": 35, "monthly": 365, "continuous": keep.backupDays}[name]
		if name == "monthly" {
			rule.Lifecycle.MoveToColdStorageAfterDays = 30
		}
		if name != "continuous" && keep.copied {
			rule.CopyActions = []struct{ DestinationBackupVaultArn string }{{"arn"}}
		}
		n.Stores.BackupRules = append(n.Stores.BackupRules, rule)
	}
}
