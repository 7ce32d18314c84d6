package registry

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ecr"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/keys/keypolicy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:delivery:Registry"

// deletionWindowDays is the longest that KMS offers: without the key no image can be pulled.
const deletionWindowDays = 30

// Args say which repositories there are, and where.
type Args struct {
	// Environment is the one of the account; required.
	Environment string
	// AccountID, Region and Partition are where the registry is; required.
	AccountID, Region, Partition string
	// HomeAccountID is the account that images are pushed to; required.
	HomeAccountID string
	// ReplicaAccountIDs are those that they are copied to; none copies them nowhere.
	ReplicaAccountIDs []string
	// Applications are the repositories' names; required.
	Applications []string
	// KeyAlias is the alias of the key; required.
	KeyAlias string
	// PusherARN is the role that may push, in the home; required.
	PusherARN string
	// ReaderRoles are the names of the roles of the other accounts that read signatures in
	// the home, and ReaderActions what it takes; required. Not every account has all of them.
	ReaderRoles   []string
	ReaderActions []string
}

// home tells whether images are pushed to this account.
func (a Args) home() bool { return a.AccountID == a.HomeAccountID }

// Registry are the repositories of an account.
type Registry struct {
	pulumi.ResourceState

	// Key encrypts the images.
	Key *kms.Key
	// Repositories are by application.
	Repositories map[string]*ecr.Repository
}

// New makes the repositories. It registers nothing and returns an error if args are wrong.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Registry, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	registry := &Registry{Repositories: map[string]*ecr.Repository{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, registry, opts...); err != nil {
		return nil, err
	}
	b := builder{ctx, name, args, registry}
	urls := pulumi.StringMap{}
	if err := b.key(); err != nil {
		return nil, err
	}
	for _, application := range args.Applications {
		repository, err := b.repository(application)
		if err != nil {
			return nil, err
		}
		registry.Repositories[application], urls[application] = repository, repository.RepositoryUrl
	}
	if err := errors.Join(b.scanning(), b.replication()); err != nil {
		return nil, err
	}
	return registry, ctx.RegisterResourceOutputs(registry, pulumi.Map{"repositoryUrls": urls, "keyArn": registry.Key.Arn})
}

func validate(args Args) error {
	problems := required.Missing("registry.Args", append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "HomeAccountID", Value: args.HomeAccountID, Remedy: "pass the account that images are pushed to"},
		required.Field{Name: "Applications", Value: args.Applications, Remedy: "pass the applications' names"},
		required.Field{Name: "KeyAlias", Value: args.KeyAlias, Remedy: "pass the alias of the key"},
		required.Field{Name: "PusherARN", Value: args.PusherARN, Remedy: "pass the role that pushes"},
		required.Field{Name: "ReaderRoles", Value: args.ReaderRoles, Remedy: "pass the names of the roles that read signatures"},
		required.Field{Name: "ReaderActions", Value: args.ReaderActions, Remedy: "pass what it takes to read them"},
	)...)
	if slices.Contains(args.ReplicaAccountIDs, args.HomeAccountID) && args.HomeAccountID != "" {
		problems = append(problems, fmt.Errorf("registry.Args.ReplicaAccountIDs: %s: is the home itself, which has the images: remove it", args.HomeAccountID))
	}
	return errors.Join(problems...)
}

// builder makes the parts of the component.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     Args
	registry *Registry
}

// key makes the key of the images and its alias.
func (b builder) key() error {
	at := keypolicy.Place{Environment: b.args.Environment, AccountID: b.args.AccountID, Region: b.args.Region, Partition: b.args.Partition}
	key, err := kms.NewKey(b.ctx, b.name+"-ecr", &kms.KeyArgs{
		Description:          pulumi.String("platform: images"),
		DeletionWindowInDays: pulumi.Int(deletionWindowDays),
		EnableKeyRotation:    pulumi.Bool(true),
		Policy:               pulumi.String(keypolicy.Document(at, keypolicy.ECR)),
		Tags:                 pulumi.StringMap{"Name": pulumi.String("platform-ecr")},
	}, pulumi.Parent(b.registry), pulumi.Protect(true))
	if err != nil {
		return err
	}
	b.registry.Key = key
	_, err = kms.NewAlias(b.ctx, b.name+"-ecr", &kms.AliasArgs{
		Name: pulumi.String(b.args.KeyAlias), TargetKeyId: key.KeyId,
	}, pulumi.Parent(b.registry))
	return err
}
