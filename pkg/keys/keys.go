// Package keys makes the customer-managed KMS keys of an environment, one a
// service, so that reading one service's data never takes another's key.
//
// Who may do what with them is in package keypolicy below. Refused before anything is
// registered: a missing field.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-<service>   Key     protected, rotated yearly, deletion window 30 days
//	<name>-<service>   Alias   alias/<environment>/<service>
package keys

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:keys:Keys" //nolint:gosec // a type, not a credential

// deletionWindowDays is the longest that KMS offers: a deleted key is deleted data.
const deletionWindowDays = 30

// Args say which keys to make.
type Args struct {
	// Environment names the aliases, alias/<environment>/<service>, and the path of
	// the parameters that the parameters key encrypts; required.
	Environment string
	// AccountID, Region and Partition are where the keys live; required.
	AccountID, Region, Partition string
	// BackupMultiRegion makes the backup key a multi-region key, of which another region
	// may have a replica; false by default. A key is multi-region from its creation or
	// never, so changing it replaces the key, which Pulumi refuses as long as that is protected.
	BackupMultiRegion bool
}

// Keys are the keys of an environment. Each is used through its service alone.
type Keys struct {
	pulumi.ResourceState

	// RDS encrypts the databases, their snapshots, Performance Insights and the
	// administrator's secret.
	RDS *kms.Key
	// ElastiCache encrypts the caches.
	ElastiCache *kms.Key
	// MSK encrypts the brokers' volumes.
	MSK *kms.Key
	// OpenSearch encrypts the search domains.
	OpenSearch *kms.Key
	// EBS encrypts the volumes of instances.
	EBS *kms.Key
	// S3 encrypts the buckets, but for those whose writers know no keys.
	S3 *kms.Key
	// Logs encrypts the CloudWatch log groups, and the streams that archive them.
	Logs *kms.Key
	// Parameters encrypts the sensitive parameters of Parameter Store.
	Parameters *kms.Key
	// EKS encrypts the secrets of Kubernetes clusters.
	EKS *kms.Key
	// SNS encrypts the topics.
	SNS *kms.Key
	// Backup encrypts the backup vault; multi-region with Args.BackupMultiRegion.
	Backup *kms.Key
}

// New makes the keys. It registers nothing and returns an error if a field of
// args is empty: a key policy with a hole in it would let others in.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Keys, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	keys := &Keys{}
	if err := ctx.RegisterComponentResource(TypeToken, name, keys, opts...); err != nil {
		return nil, err
	}
	outputs := pulumi.Map{}
	for _, s := range keys.services() {
		key, err := keys.key(ctx, name, s.name, args)
		if err != nil {
			return nil, err
		}
		*s.key, outputs[s.output] = key, key.Arn
	}
	return keys, ctx.RegisterResourceOutputs(keys, outputs)
}

// service is a service's key: its name, the field that holds it and its output.
type service struct {
	name   string
	key    **kms.Key
	output string
}

func (k *Keys) services() []service {
	return []service{
		{keypolicy.RDS, &k.RDS, "rdsKeyArn"},
		{keypolicy.ElastiCache, &k.ElastiCache, "elastiCacheKeyArn"},
		{keypolicy.MSK, &k.MSK, "mskKeyArn"},
		{keypolicy.OpenSearch, &k.OpenSearch, "openSearchKeyArn"},
		{keypolicy.EBS, &k.EBS, "ebsKeyArn"},
		{keypolicy.S3, &k.S3, "s3KeyArn"},
		{keypolicy.Logs, &k.Logs, "logsKeyArn"},
		{keypolicy.Parameters, &k.Parameters, "parametersKeyArn"},
		{keypolicy.EKS, &k.EKS, "eksKeyArn"},
		{keypolicy.SNS, &k.SNS, "snsKeyArn"},
		{keypolicy.Backup, &k.Backup, "backupKeyArn"},
	}
}

// validate names every field that is empty.
func validate(args Args) error {
	return errors.Join(required.Missing("keys.Args",
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition)...)...)
}

// key makes the key of a service and its alias.
func (k *Keys) key(ctx *pulumi.Context, name, service string, args Args) (*kms.Key, error) {
	at := keypolicy.Place{Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition}
	made := &kms.KeyArgs{
		Description:          pulumi.String(fmt.Sprintf("%s: %s", args.Environment, service)),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		EnableKeyRotation:    pulumi.Bool(true),
		Policy:               pulumi.String(keypolicy.Document(at, service)),
		Tags:                 pulumi.StringMap{"Name": pulumi.String(args.Environment + "-" + service)},
	}
	if service == keypolicy.Backup && args.BackupMultiRegion {
		made.MultiRegion = pulumi.Bool(true)
		made.Policy = pulumi.String(keypolicy.MultiRegion(at, service))
	}
	key, err := kms.NewKey(ctx, name+"-"+service, made, pulumi.Parent(k), pulumi.Protect(true))
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(ctx, name+"-"+service, &kms.AliasArgs{
		Name:        pulumi.String("alias/" + args.Environment + "/" + service),
		TargetKeyId: key.KeyId,
	}, pulumi.Parent(k))
	return key, err
}
