// Package keys makes the customer-managed KMS keys of an environment, one a
// service, so that reading one service's data never takes another's key.
//
// Children of the component, by name:
//
//	<name>-<service>   Key     protected, rotated yearly, deletion window 30 days
//	<name>-<service>   Alias   alias/<environment>/<service>
package keys

import (
	"errors"
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/policy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:keys:Keys" //nolint:gosec // a type, not a credential

// deletionWindowDays is the longest that KMS offers: a deleted key is deleted data.
const deletionWindowDays = 30

// Args say which keys to make.
type Args struct {
	// Environment names the aliases: alias/<environment>/<service>.
	Environment string
	// AccountID, Region and Partition are where the keys live.
	AccountID, Region, Partition string
}

// Keys are the keys of an environment.
type Keys struct {
	pulumi.ResourceState

	// Logs encrypts the CloudWatch log groups.
	Logs *kms.Key
	// EBS encrypts the volumes of instances.
	EBS *kms.Key
	// S3 encrypts the buckets, but for those whose writers know no keys.
	S3 *kms.Key
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
	for _, s := range []struct {
		service string
		key     **kms.Key
		use     []policy.Statement
	}{
		{"logs", &keys.Logs, []policy.Statement{logsStatement(args)}},
		{"ebs", &keys.EBS, ebsStatements(args)},
		{"s3", &keys.S3, []policy.Statement{s3Statement(args)}},
	} {
		var err error
		if *s.key, err = keys.key(ctx, name, s.service, args, s.use); err != nil {
			return nil, err
		}
	}
	return keys, ctx.RegisterResourceOutputs(keys, pulumi.Map{
		"logsKeyArn": keys.Logs.Arn, "ebsKeyArn": keys.EBS.Arn, "s3KeyArn": keys.S3.Arn,
	})
}

// validate names every field that is empty.
func validate(args Args) error {
	return errors.Join(required.Missing("keys.Args",
		required.Place(args.Environment, args.AccountID, args.Region, args.Partition)...)...)
}

// key makes the key of a service with the statements that let the service use it.
func (k *Keys) key(ctx *pulumi.Context, name, service string, args Args, use []policy.Statement) (*kms.Key, error) {
	document := policy.Document(append([]policy.Statement{administration(args)}, use...)...)
	key, err := kms.NewKey(ctx, name+"-"+service, &kms.KeyArgs{
		Description:          pulumi.String(fmt.Sprintf("%s: %s", args.Environment, service)),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		EnableKeyRotation:    pulumi.Bool(true),
		Policy:               pulumi.String(document),
		Tags:                 pulumi.StringMap{"Name": pulumi.String(args.Environment + "-" + service)},
	}, pulumi.Parent(k), pulumi.Protect(true))
	if err != nil {
		return nil, err
	}
	_, err = kms.NewAlias(ctx, name+"-"+service, &kms.AliasArgs{
		Name:        pulumi.String("alias/" + args.Environment + "/" + service),
		TargetKeyId: key.KeyId,
	}, pulumi.Parent(k))
	return key, err
}

// administration leaves the key to the account's IAM policies, without which a
// key can become unmanageable (AWS KMS Developer Guide, "Default key policy").
func administration(args Args) policy.Statement {
	return policy.Statement{
		Sid:       "AccountAdministersTheKey",
		Effect:    policy.Allow,
		Principal: map[string]any{"AWS": fmt.Sprintf("arn:%s:iam::%s:root", args.Partition, args.AccountID)},
		Action:    []string{"kms:*"},
		Resource:  []string{"*"},
	}
}
