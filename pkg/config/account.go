package config

import "strings"

const (
	// AccountProjectName is the Pulumi project of the accounts' stacks and the namespace of their keys.
	AccountProjectName = "platform-account"
	// AccountStackPrefix begins the name of an account's stack; the environment's name is the rest.
	AccountStackPrefix = "account-"
)

// Account is the configuration of what exists once in an account.
type Account struct {
	// Environment is the environment that lives in the account; it is in the stack's name.
	Environment string
	// AWS says in which account and region it is, and as whom it is deployed.
	AWS AWS
	// Delivery says who may deploy; from platform-account:delivery.
	Delivery Delivery
	// Baseline is what secures the account; from platform-account:baseline.
	Baseline Baseline
	// Tags describe the owner and the data; from platform-account:tags.
	Tags Tags
}

// Delivery says which pipelines are let in, and where images and the state are.
type Delivery struct {
	// Repository is the repository of GitHub whose workflows deploy, <owner>/<name>.
	Repository string `mapstructure:"repository"`
	// OwnerID and RepositoryID are GitHub's numbers of the owner and of the repository, in
	// quotes; needed where the repository's tokens have them.
	OwnerID      string `mapstructure:"ownerId"`
	RepositoryID string `mapstructure:"repositoryId"`
	// PeerAccounts are the accounts whose environments are peered with each other, this
	// one among them; none by default.
	PeerAccounts []string `mapstructure:"peerAccounts"`
	// SharedWith are the further environments that live in the account: dev and staging may
	// share one; none by default. Each has roles of its own, whose names end with its name,
	// and no stack account-<environment>: what exists once, exists once.
	SharedWith []string `mapstructure:"sharedWith"`
	// Registry says where images are pushed and copied to.
	Registry ImageRegistry `mapstructure:"registry"`
	// State says where Pulumi keeps the state.
	State StateBackend `mapstructure:"state"`
}

// ImageRegistry says where images are pushed and copied to; it is the same in every account.
type ImageRegistry struct {
	// HomeAccount is the account that images are pushed to.
	HomeAccount string `mapstructure:"homeAccount"`
	// Replicas are the accounts that they are copied to.
	Replicas []string `mapstructure:"replicas"`
	// Applications are the names of the repositories.
	Applications []string `mapstructure:"applications"`
}

// StateBackend is a bucket of S3 that Pulumi keeps the state in.
type StateBackend struct {
	// Bucket is its name.
	Bucket string `mapstructure:"bucket"`
	// KMSKeyARN is the key of the bucket and of the stacks' secrets.
	KMSKeyARN string `mapstructure:"kmsKeyArn"`
}

// ProviderTags are the tags of every resource of the stack: aws:defaultTags and the platform's own.
func (a Account) ProviderTags() map[string]string { return a.shared().ProviderTags() }

// shared is what an account and an environment have alike, for the rules of both.
func (a Account) shared() Environment {
	return Environment{Name: a.Environment, AWS: a.AWS, Tags: a.Tags}
}

// environmentOf is the environment in the name of an account's stack.
func environmentOf(stack string) string { return strings.TrimPrefix(stack, AccountStackPrefix) }
