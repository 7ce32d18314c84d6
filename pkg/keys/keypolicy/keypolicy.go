// Package keypolicy writes the policies of KMS keys, one a service. A policy keeps
// administration apart from use: IAM may let somebody administer a key, and use it
// through the service that the key is for, and nothing else.
//
// It is apart from pkg/keys because the replica of the backup key, in another
// region, is made by another component.
package keypolicy

import (
	"fmt"

	"aws-platform/pkg/policy"
)

// Place is the environment of a key and where it is; nothing of it may be empty, for
// a key policy with a hole in it would let others in.
type Place struct {
	// Environment is the environment's name.
	Environment string
	// AccountID, Region and Partition are where the key is.
	AccountID, Region, Partition string
}

// The services that have a key, by what the key's alias calls them.
const (
	RDS         = "rds"
	ElastiCache = "elasticache"
	MSK         = "msk"
	OpenSearch  = "opensearch"
	EBS         = "ebs"
	S3          = "s3"
	Logs        = "logs"
	Parameters  = "parameters"
	EKS         = "eks"
	SNS         = "sns"
	Backup      = "backup"
)

// uses are the statements that let each service, and nobody else, use its key.
var uses = map[string]func(Place) []policy.Statement{
	RDS:         rds,
	ElastiCache: elastiCache,
	MSK:         msk,
	OpenSearch:  openSearch,
	EBS:         ebs,
	S3:          s3,
	Logs:        logs,
	Parameters:  parameters,
	EKS:         eks,
	SNS:         sns,
	Backup:      backup,
	ECR:         ecr,
	PlatformSNS: platformSNS,
	Trail:       trail,
	Config:      configHistory,
	Sessions:    sessions,
}

// Document is the policy of a service's key. It panics on a service without a key.
func Document(at Place, service string) string {
	return policy.Document(append(administration(at), uses[service](at)...)...)
}

// MultiRegion is Document for a multi-region key, which may be replicated as well.
func MultiRegion(at Place, service string) string {
	statements := append(administration(at), replication(at))
	return policy.Document(append(statements, uses[service](at)...)...)
}

// account is the account as a principal, which leaves it to its IAM policies who may
// (AWS KMS Developer Guide, "Default key policy").
func account(at Place) map[string]any {
	return map[string]any{"AWS": fmt.Sprintf("arn:%s:iam::%s:root", at.Partition, at.AccountID)}
}
