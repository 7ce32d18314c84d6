package permissions

import (
	"fmt"
	"strings"
)

// Place is the account that the roles are in, and what they work on.
type Place struct {
	// Environment is the environment of the account; of an account that several share, the
	// one in the name of the account's stack.
	Environment string
	// Shared are the further environments of the account: each has roles of its own, which
	// carry its name; none by default.
	Shared []string
	// AccountID, Region and Partition are where it is.
	AccountID, Region, Partition string
	// PeerAccounts are the accounts whose environments are peered with each other, this
	// one among them; none without a peering.
	PeerAccounts []string
	// Applications are the names of the image repositories.
	Applications []string
	// Home tells whether the account has the registry that images are pushed to, and
	// HomeAccountID is the account that has it.
	Home          bool
	HomeAccountID string
	// State is where Pulumi keeps the state.
	State State

	// suffix ends the names of the roles of a further environment.
	suffix string
}

// of is the place as a further environment of the account sees it.
func (p Place) of(environment string) Place {
	p.Environment, p.Shared, p.suffix = environment, nil, Suffix(environment)
	return p
}

// environments are all environments of the account.
func (p Place) environments() []string { return append([]string{p.Environment}, p.Shared...) }

// State is Pulumi's backend in S3.
type State struct {
	// Bucket is the bucket's name.
	Bucket string
	// KeyARN is the KMS key of the bucket and of the stacks' secrets.
	KeyARN string
}

// arn is an ARN of the account and region.
func (p Place) arn(service, resource string) string {
	return fmt.Sprintf("arn:%s:%s:%s:%s:%s", p.Partition, service, p.Region, p.AccountID, resource)
}

// iam is an ARN of IAM, which has no region.
func (p Place) iam(resource string) string { return IAM(p.Partition, p.AccountID, resource) }

// bucket is the ARN of a bucket, or of what is in it.
func (p Place) bucket(name string) string { return fmt.Sprintf("arn:%s:s3:::%s", p.Partition, name) }

// managed is the ARN of a policy of AWS's own.
func (p Place) managed(name string) string { return IAM(p.Partition, "aws", "policy/"+name) }

// IAM is an ARN of IAM in an account.
func IAM(partition, account, resource string) string {
	return fmt.Sprintf("arn:%s:iam::%s:%s", partition, account, resource)
}

// each puts a text in front of every name.
func each(prefix string, names ...string) []string {
	list := make([]string, len(names))
	for i, name := range names {
		list[i] = prefix + name
	}
	return list
}

// everything is the resource of an action that knows no resources, or that must be
// allowed on all of a kind for want of a name that is known beforehand.
func everything() []string { return []string{"*"} }

// partitioned puts the partition into an ARN that is written as one of AWS's own.
func (p Place) partitioned(arn string) string {
	return strings.Replace(arn, "arn:aws:", "arn:"+p.Partition+":", 1)
}
