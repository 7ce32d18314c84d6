package keypolicy

import "aws-platform/pkg/policy"

// rds lets IAM use the key through RDS, for storage, snapshots and Performance
// Insights (Amazon RDS User Guide, "AWS KMS key management"), and through Secrets
// Manager, for the administrator's password that RDS manages there, whose rotation
// needs a grant (same guide, "Password management with Amazon RDS and AWS Secrets Manager").
func rds(at Place) []policy.Statement {
	return []policy.Statement{
		through(at, account(at), "IAMEncryptsDatabases", []string{"rds"}, encryption),
		through(at, account(at), "IAMEncryptsTheAdministratorsSecret", []string{"secretsmanager"},
			[]string{"kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"}),
		grants(at, account(at), "IAMGrantsDatabasesTheKey", "rds", "secretsmanager"),
	}
}

// elastiCache is as the key policy of aws/elasticache, for IAM (Amazon ElastiCache
// User Guide, "At-Rest Encryption in ElastiCache").
func elastiCache(at Place) []policy.Statement {
	return store(at, "elasticache", "Caches")
}

// msk is what a cluster's creator needs (Amazon MSK Developer Guide, "Amazon MSK encryption").
func msk(at Place) []policy.Statement {
	return store(at, "kafka", "Brokers")
}

// openSearch is what a domain's creator needs (Amazon OpenSearch Service Developer
// Guide, "Encryption of data at rest").
func openSearch(at Place) []policy.Statement {
	return store(at, "es", "Domains")
}

// store lets IAM use the key through the service of a data store.
func store(at Place, service, of string) []policy.Statement {
	return []policy.Statement{
		through(at, account(at), "IAMEncrypts"+of, []string{service}, encryption),
		grants(at, account(at), "IAMGrants"+of+"TheKey", service),
	}
}

// backup lets IAM use the key for a vault, and through RDS: a copy in another region's
// vault is encrypted by RDS with that vault's key, and restored from there (AWS Backup
// Developer Guide, "Encryption for backups in AWS Backup").
func backup(at Place) []policy.Statement {
	services := []string{"backup", "rds"}
	return []policy.Statement{
		through(at, account(at), "IAMEncryptsBackups", services, encryption),
		grants(at, account(at), "IAMGrantsBackupsTheKey", services...),
	}
}
