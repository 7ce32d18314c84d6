package verify

import "strings"

// copyRegion is where production's backups are copied.
const copyRegion = "us-west-2"

// askStores asks what keeps data. Each call is a run of the CLI, about a second of CPU.
func (s *survey) askStores() {
	ask(s, func(out struct{ DBInstances []Database }) { s.stores.Databases = out.DBInstances }, "rds", "describe-db-instances")
	ask(s, func(out struct{ CacheSubnetGroups []CacheSubnetGroup }) {
		s.stores.CacheSubnetGroups = out.CacheSubnetGroups
	},
		"elasticache", "describe-cache-subnet-groups")
	ask(s, func(out struct{ DomainStatus SearchDomain }) { s.stores.Search = &out.DomainStatus },
		"opensearch", "describe-domain", "--domain-name", s.environment+"-opensearch")
	s.askParameters()
	s.askKeys()
	s.askBackup()
}

func (s *survey) askParameters() {
	path := "/" + s.environment
	ask(s, func(out struct{ Parameters []Parameter }) { s.stores.Parameters = out.Parameters },
		"ssm", "get-parameters-by-path", "--path", path, "--recursive", "--with-decryption")
	ask(s, func(out struct {
		Parameters []struct{ Name, KeyId string }
	}) {
		for _, parameter := range out.Parameters {
			s.stores.ParameterKeys[parameter.Name] = parameter.KeyId
		}
	}, "ssm", "describe-parameters", "--parameter-filters", "Key=Path,Option=Recursive,Values="+path)
}

// askKeys asks for the environment's aliases, and for the rotation and the policy of what
// is behind each. A key that waits for its deletion does not rotate (AWS KMS Developer
// Guide, "Rotate AWS KMS keys"), so that nobody asks for its state.
func (s *survey) askKeys() {
	ask(s, func(out struct {
		Aliases []struct{ AliasName, TargetKeyId string }
	}) {
		for _, alias := range out.Aliases {
			service, ours := strings.CutPrefix(alias.AliasName, "alias/"+s.environment+"/")
			if !ours {
				continue
			}
			s.stores.Keys[service] = Key{ID: alias.TargetKeyId}
			s.askKey(service, alias.TargetKeyId)
		}
	}, "kms", "list-aliases")
}

func (s *survey) askKey(service, id string) {
	change := func(with func(*Key)) {
		key := s.stores.Keys[service]
		with(&key)
		s.stores.Keys[service] = key
	}
	ask(s, func(out struct{ KeyRotationEnabled bool }) {
		change(func(k *Key) { k.KeyRotationEnabled = out.KeyRotationEnabled })
	}, "kms", "get-key-rotation-status", "--key-id", id)
	ask(s, func(out struct{ Policy string }) {
		change(func(k *Key) { k.Policy = out.Policy })
	}, "kms", "get-key-policy", "--policy-name", "default", "--key-id", id)
}

// askBackup asks for the vault here and, where there is one, in the copy region.
func (s *survey) askBackup() {
	regions := []string{homeRegion}
	if plans[s.environment].copied {
		regions = append(regions, copyRegion)
	}
	for _, region := range regions {
		ask(s, func(out Vault) { s.stores.Vaults[region] = out },
			"backup", "describe-backup-vault", "--region", region, "--backup-vault-name", s.environment)
	}
	ask(s, func(out struct {
		BackupPlansList []struct{ BackupPlanId, BackupPlanName string }
	}) {
		for _, plan := range out.BackupPlansList {
			if plan.BackupPlanName == s.environment {
				ask(s, func(out struct{ BackupPlan struct{ Rules []BackupRule } }) {
					s.stores.BackupRules = out.BackupPlan.Rules
				},
					"backup", "get-backup-plan", "--backup-plan-id", plan.BackupPlanId)
			}
		}
	}, "backup", "list-backup-plans")
}

// homeRegion is the region of every example environment.
const homeRegion = "us-east-1"
