package podidentity

import (
	"strconv"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:PodIdentity"

// Args describe the identity of one service account; every field is required unless it
// says otherwise.
type Args struct {
	// RoleName is the role's physical name, <environment>-<thing>; 64 characters at most.
	RoleName string
	// AccountID, Region and Partition are where the cluster is.
	AccountID, Region, Partition string
	// ClusterName is the cluster's name.
	ClusterName pulumi.StringInput
	// Namespace and ServiceAccount are of the pods.
	Namespace, ServiceAccount string
	// ManagedPolicyARNs are policies that the role has, AWS's or the account's; none is
	// fine. Their number is known before a deployment, their ARNs need not be.
	ManagedPolicyARNs []pulumi.StringInput
	// Policy is the JSON text of a policy of the role's own; none is fine.
	Policy pulumi.StringInput
	// ByAddOn leaves the association to an EKS add-on that makes it itself: see
	// aws.eks.AddonArgs.PodIdentityAssociations. EKS refuses two of one service account.
	ByAddOn bool
}

// PodIdentity is the identity of one service account.
type PodIdentity struct {
	pulumi.ResourceState

	// Role is the role of the pods.
	Role *iam.Role
	// Association is the role's with the service account; nil where an add-on makes it.
	Association *eks.PodIdentityAssociation
	// Policies are what grants the role its rights. Pods that start before them are
	// refused by AWS.
	Policies []pulumi.Resource
}

// New validates args, registers nothing on an error, and otherwise
//
//	<name>           aws:iam:Role, and its own aws:iam:RolePolicy where there is one
//	<name>-<i>       aws:iam:RolePolicyAttachment, one a managed policy, from 0
//	<name>           aws:eks:PodIdentityAssociation, but for ByAddOn
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*PodIdentity, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	identity := &PodIdentity{}
	if err := ctx.RegisterComponentResource(TypeToken, name, identity, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func(*pulumi.Context, string, Args) error{identity.role, identity.policies, identity.associate} {
		if err := step(ctx, name, args); err != nil {
			return nil, err
		}
	}
	return identity, ctx.RegisterResourceOutputs(identity, pulumi.Map{"roleArn": identity.Role.Arn})
}

func (p *PodIdentity) role(ctx *pulumi.Context, name string, args Args) (err error) {
	p.Role, err = iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(args.RoleName),
		Description:      pulumi.String("Pods of " + args.Namespace + "/" + args.ServiceAccount),
		AssumeRolePolicy: trust(args),
		Tags:             pulumi.StringMap{"Name": pulumi.String(args.RoleName)},
	}, pulumi.Parent(p))
	return err
}

func (p *PodIdentity) policies(ctx *pulumi.Context, name string, args Args) error {
	for i, arn := range args.ManagedPolicyARNs {
		attached, err := iam.NewRolePolicyAttachment(ctx, name+"-"+strconv.Itoa(i), &iam.RolePolicyAttachmentArgs{
			Role: p.Role.Name, PolicyArn: arn,
		}, pulumi.Parent(p))
		if err != nil {
			return err
		}
		p.Policies = append(p.Policies, attached)
	}
	if args.Policy == nil {
		return nil
	}
	own, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{Role: p.Role.ID(), Policy: args.Policy}, pulumi.Parent(p))
	if err != nil {
		return err
	}
	p.Policies = append(p.Policies, own)
	return nil
}

// associate comes last: a pod that finds the association finds the rights too.
func (p *PodIdentity) associate(ctx *pulumi.Context, name string, args Args) (err error) {
	if args.ByAddOn {
		return nil
	}
	p.Association, err = eks.NewPodIdentityAssociation(ctx, name, &eks.PodIdentityAssociationArgs{
		ClusterName:    args.ClusterName,
		Namespace:      pulumi.String(args.Namespace),
		ServiceAccount: pulumi.String(args.ServiceAccount),
		RoleArn:        p.Role.Arn,
	}, pulumi.Parent(p), pulumi.DependsOn(p.Policies))
	return err
}
