// Package account is the program of the accounts' stacks: what exists once in an account,
// which is what secures it, and what the pipelines need there. The environment that is deployed into the account
// comes after it: its roles carry a boundary that is made here, and name a role of the
// pipelines'.
package account

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/baseline"
	"aws-platform/pkg/config"
	"aws-platform/pkg/delivery"
	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/trust"
)

// Program registers what the configuration of an account's stack asks for. It returns, as
// the stack's outputs, "roleArns" by name, "repositoryUrls" by application,
// "workloadBoundaryArn", and "securityTopicArn".
func Program(ctx *pulumi.Context, values map[string]string) (pulumi.Map, error) {
	cfg, err := config.DecodeAccount(ctx.Stack(), values)
	if err != nil {
		return nil, err
	}
	for _, warning := range cfg.Warnings() {
		if err := ctx.Log.Warn(warning.String(), nil); err != nil {
			return nil, err
		}
	}
	provider, err := newProvider(ctx, cfg)
	if err != nil {
		return nil, err
	}
	secured, err := baseline.New(ctx, cfg.Environment, baselineArgs(cfg), pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	made, err := delivery.New(ctx, cfg.Environment, args(cfg), pulumi.Provider(provider))
	if err != nil {
		return nil, err
	}
	roles, repositories := pulumi.StringMap{}, pulumi.StringMap{}
	for name, role := range made.Roles {
		roles[name] = role.Arn
	}
	for name, repository := range made.Registry.Repositories {
		repositories[name] = repository.RepositoryUrl
	}
	return pulumi.Map{
		"roleArns": roles, "repositoryUrls": repositories, "workloadBoundaryArn": made.WorkloadBoundary.Arn, "securityTopicArn": secured.TopicARN,
	}, nil
}

// baselineArgs is what secures the account. Whoever deploys this stack administers the account.
func baselineArgs(cfg *config.Account) baseline.Args {
	args := baseline.Args{
		Environment: cfg.Environment, AccountID: cfg.AWS.AccountID(), Region: cfg.AWS.Region, Partition: cfg.AWS.Partition(),
		Config: cfg.Baseline, PCI: cfg.PCI(),
	}
	if cfg.AWS.AssumeRole != nil {
		args.AdministratorARNs = []string{cfg.AWS.AssumeRole.RoleARN}
	}
	return args
}

// args is what the delivery is made of.
func args(cfg *config.Account) delivery.Args {
	of := cfg.Delivery
	return delivery.Args{
		Place: permissions.Place{
			Environment: cfg.Environment, Shared: of.SharedWith, AccountID: cfg.AWS.AccountID(), Region: cfg.AWS.Region, Partition: cfg.AWS.Partition(),
			PeerAccounts: of.PeerAccounts, Applications: of.Registry.Applications,
			State: permissions.State{Bucket: of.State.Bucket, KeyARN: of.State.KMSKeyARN},
		},
		Repository:    trust.Repository{FullName: of.Repository, OwnerID: of.OwnerID, ID: of.RepositoryID},
		HomeAccountID: of.Registry.HomeAccount, ReplicaAccountIDs: of.Registry.Replicas, Sharing: config.SharingEnvironments(),
	}
}

// newProvider makes the one provider: the account's region, the account and no other, the
// administrator's role, and the tags of every resource.
func newProvider(ctx *pulumi.Context, cfg *config.Account) (*aws.Provider, error) {
	args := &aws.ProviderArgs{
		Region:            pulumi.String(cfg.AWS.Region),
		AllowedAccountIds: pulumi.ToStringArray(cfg.AWS.AllowedAccountIDs),
		DefaultTags:       aws.ProviderDefaultTagsArgs{Tags: pulumi.ToStringMap(cfg.ProviderTags())},
	}
	if role := cfg.AWS.AssumeRole; role != nil {
		assume := aws.ProviderAssumeRoleArgs{RoleArn: pulumi.String(role.RoleARN), SessionName: pulumi.String(role.SessionName)}
		if role.ExternalID != "" {
			assume.ExternalId = pulumi.String(role.ExternalID)
		}
		args.AssumeRole = assume
	}
	return aws.NewProvider(ctx, cfg.Environment, args)
}
