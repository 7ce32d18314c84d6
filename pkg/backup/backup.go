// Package backup makes the AWS Backup of one environment: a vault from which nobody
// deletes, a plan that fills it from every resource tagged Backup = <environment>, a copy
// of it in another region, and a plan that tries whether backups can be restored.
//
// RDS encrypts its snapshots with the key of the instance, not with the vault's; copies
// in the other region have that region's replica of the backup key (AWS Backup
// Developer Guide, "Encryption for backups in AWS Backup"). RDS has no cold storage, where
// AWS Backup then ignores Config.ColdStorageAfterDays ("Lifecycle" of the API reference).
//
// Refused before anything is registered: a missing field; a schedule from which no
// monthly one follows; a retention that the lock does not allow, or too short for cold
// storage; a compliance lock without days of grace; a copy region without its provider, a
// provider without a region, a copy into the same region. Protected: both vaults and the
// replica key.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-backup           Vault, VaultPolicy, VaultLockConfiguration, VaultNotifications,
//	                        Plan, Selection, Role, RolePolicyAttachment
//	<name>-backup-restore   Role, RolePolicyAttachment, RestoreTestingPlan, RestoreTestingSelection
//	<name>-backup-copy      ReplicaKey, Vault, VaultPolicy, VaultLockConfiguration
package backup

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/backup"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
)

// TypeToken is the type of the component.
const TypeToken = "platform:backup:Backup"

// TagKey is the tag by which the plan finds what to back up; its value is the environment.
const TagKey = "Backup"

// Args describe the backup of one environment.
type Args struct {
	// Environment names the vaults, and is the value of TagKey; required.
	Environment string
	// AccountID, Region and Partition are where it is; required.
	AccountID, Region, Partition string
	// Config says when, for how long, and how it is locked; required.
	Config config.Backup
	// ContinuousDays is how far back a database can be restored to any second, 1 to 35. It
	// must be the database's own retention, for AWS Backup takes that over. 0, the
	// default, makes no continuous backups.
	ContinuousDays int
	// KeyARN is the KMS key of the vault; required. Multi-region where Config.CopyRegion is set.
	KeyARN pulumi.StringInput
	// TopicARN is the topic that hears of jobs, in the same region; required. It must
	// let AWS Backup publish already.
	TopicARN pulumi.StringInput
	// RestoreSubnetGroup is the name of the DB subnet group into which restore testing
	// restores, as the default VPC is gone; required where Config.RestoreTesting is enabled.
	RestoreSubnetGroup string
	// CopyProvider works in Config.CopyRegion, in the same account; required with that
	// and refused without. Nil, the default, makes no copies.
	CopyProvider *aws.Provider
}

// Backup is the AWS Backup of one environment.
type Backup struct {
	pulumi.ResourceState

	// Vault keeps the backups.
	Vault *backup.Vault
	// Plan makes them.
	Plan *backup.Plan
	// RestoreRole is what people and restore testing restore as.
	RestoreRole *iam.Role
	// CopyVault and CopyKey are in the copy region; nil where there is none.
	CopyVault *backup.Vault
	CopyKey   *kms.ReplicaKey
}

// builder carries what the steps of New share.
type builder struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	backup *Backup
}

// New validates args, registers nothing on an error, and otherwise the backup.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Backup, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	made := &Backup{}
	if err := ctx.RegisterComponentResource(TypeToken, name, made, opts...); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name + "-backup", args: args, backup: made}
	for _, step := range []func() error{b.vault, b.copies, b.plan, b.restores} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	outputs := pulumi.Map{"vaultName": made.Vault.Name, "vaultArn": made.Vault.Arn, "restoreRoleArn": made.RestoreRole.Arn}
	if made.CopyVault != nil {
		outputs["copyVaultArn"] = made.CopyVault.Arn
	}
	return made, ctx.RegisterResourceOutputs(made, outputs)
}

// parent is the options of every child; a fresh slice each time, never shared.
func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.backup)}, more...)
}

func tags(name string) pulumi.StringMap { return pulumi.StringMap{"Name": pulumi.String(name)} }
