package delivery

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/delivery/permissions"
	"aws-platform/pkg/delivery/registry"
	"aws-platform/pkg/delivery/trust"
	"aws-platform/pkg/policy"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:delivery:Delivery"

// What IAM takes (IAM User Guide, "IAM and AWS STS quotas"); white space does not count,
// and the documents have none.
const (
	longestPolicy = 6144
	mostPolicies  = 10
)

// Args say who is let in, and to what.
type Args struct {
	// Place is the account and its environment; required, but for PeerAccounts and Home.
	permissions.Place
	// Repository is GitHub's, whose workflows assume the roles; required.
	Repository trust.Repository
	// HomeAccountID is the account that images are pushed to, ReplicaAccountIDs are those
	// that they are copied to.
	HomeAccountID     string
	ReplicaAccountIDs []string
	// Sharing are the environments that may live in the account of another, in whichever
	// account of the estate: their pipelines are known to the registry. None by default.
	Sharing []string
}

// pipelines are the names that the role Pipeline has in the accounts.
func pipelines(sharing []string) []string {
	names := []string{permissions.Pipeline}
	for _, environment := range sharing {
		names = append(names, permissions.Pipeline+permissions.Suffix(environment))
	}
	return names
}

// Delivery is what the pipelines need in an account.
type Delivery struct {
	pulumi.ResourceState

	// Provider is GitHub.
	Provider *iam.OpenIdConnectProvider
	// Roles are by name.
	Roles map[string]*iam.Role
	// WorkloadBoundary is what the roles of the environment carry.
	WorkloadBoundary *iam.Policy
	// Registry are the image repositories.
	Registry *registry.Registry
}

// New makes them. It registers nothing and returns an error if args are wrong.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Delivery, error) {
	args.Home, args.Place.HomeAccountID = args.AccountID == args.HomeAccountID, args.HomeAccountID
	if err := validate(args); err != nil {
		return nil, err
	}
	delivery := &Delivery{Roles: map[string]*iam.Role{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, delivery, opts...); err != nil {
		return nil, err
	}
	b := builder{ctx, name, args, delivery}
	if err := errors.Join(b.provider(), b.workloadBoundary()); err != nil {
		return nil, err
	}
	arns := pulumi.StringMap{}
	for _, role := range permissions.Roles(args.Place) {
		made, err := b.role(role)
		if err != nil {
			return nil, err
		}
		delivery.Roles[role.Name], arns[role.Name] = made, made.Arn
	}
	var err error
	delivery.Registry, err = registry.New(ctx, name, registry.Args{
		Environment: args.Environment, AccountID: args.AccountID, Region: args.Region, Partition: args.Partition,
		HomeAccountID: args.HomeAccountID, ReplicaAccountIDs: args.ReplicaAccountIDs, Applications: args.Applications,
		KeyAlias: permissions.KeyAlias, PusherARN: permissions.RoleARN(args.Partition, args.HomeAccountID, permissions.Build),
		ReaderRoles: pipelines(args.Sharing), ReaderActions: permissions.SignatureActions(),
	}, pulumi.Parent(delivery))
	if err != nil {
		return nil, err
	}
	return delivery, ctx.RegisterResourceOutputs(delivery, pulumi.Map{"roleArns": arns, "workloadBoundaryArn": delivery.WorkloadBoundary.Arn})
}

func validate(args Args) error {
	problems := required.Missing("delivery.Args", append(required.Place(args.Environment, args.AccountID, args.Region, args.Partition),
		required.Field{Name: "Repository.FullName", Value: args.Repository.FullName, Remedy: "pass the repository as <owner>/<name>"},
		required.Field{Name: "HomeAccountID", Value: args.HomeAccountID, Remedy: "pass the account that images are pushed to"},
		required.Field{Name: "Applications", Value: args.Applications, Remedy: "pass the applications' names"},
		required.Field{Name: "State.Bucket", Value: args.State.Bucket, Remedy: "pass the bucket of Pulumi's state"},
		required.Field{Name: "State.KeyARN", Value: args.State.KeyARN, Remedy: "pass the KMS key of Pulumi's state"},
	)...)
	if len(problems) > 0 {
		return errors.Join(problems...) // a policy with a hole in it has no length
	}
	return errors.Join(limits(args.Place)...)
}

// limits holds the policies against what IAM takes.
func limits(p permissions.Place) []error {
	var problems []error
	check := func(name string, statements []policy.Statement) {
		if length := len(policy.Document(statements...)); length > longestPolicy {
			problems = append(problems, fmt.Errorf("delivery: %s: %d characters: is longer than the %d of a managed policy: make two of it", name, length, longestPolicy))
		}
	}
	check(permissions.WorkloadBoundary, permissions.Workload(p))
	for _, role := range permissions.Roles(p) {
		check(permissions.BoundaryName(role.Name), role.Boundary)
		for _, document := range role.Policies {
			check(document.FullName(role.Name), document.Statements)
		}
		if len(role.Policies) > mostPolicies {
			problems = append(problems, fmt.Errorf("delivery: %s: %d policies: are more than the %d of a role: make fewer", role.Name, len(role.Policies), mostPolicies))
		}
	}
	return problems
}

// builder makes the parts of the component.
type builder struct {
	ctx      *pulumi.Context
	name     string
	args     Args
	delivery *Delivery
}

// provider lets the account trust GitHub's tokens. No thumbprint: IAM knows GitHub's
// certificate authority, and has looked at none since July 2023.
func (b builder) provider() (err error) {
	b.delivery.Provider, err = iam.NewOpenIdConnectProvider(b.ctx, b.name+"-github", &iam.OpenIdConnectProviderArgs{
		Url:           pulumi.String("https://" + trust.Issuer),
		ClientIdLists: pulumi.ToStringArray([]string{trust.Audience}),
		Tags:          pulumi.StringMap{"Name": pulumi.String("github")},
	}, pulumi.Parent(b.delivery), pulumi.Protect(true))
	return err
}

// workloadBoundary is protected: without it no role of the environment may do anything.
func (b builder) workloadBoundary() (err error) {
	b.delivery.WorkloadBoundary, err = b.policy(permissions.WorkloadBoundary, "What a role of the environment may do at most",
		permissions.Workload(b.args.Place), pulumi.Protect(true))
	return err
}

// policy makes a customer-managed policy; its logical name is the physical one with the
// component's in place of the prefix.
func (b builder) policy(name, description string, statements []policy.Statement, opts ...pulumi.ResourceOption) (*iam.Policy, error) {
	return iam.NewPolicy(b.ctx, b.logical(name), &iam.PolicyArgs{
		Name:        pulumi.String(name),
		Description: pulumi.String(description),
		Policy:      pulumi.String(policy.Document(statements...)),
		Tags:        pulumi.StringMap{"Name": pulumi.String(name)},
	}, append([]pulumi.ResourceOption{pulumi.Parent(b.delivery)}, opts...)...)
}

func (b builder) logical(name string) string {
	return b.name + "-" + strings.TrimPrefix(name, "platform-")
}
