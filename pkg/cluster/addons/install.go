package addons

import (
	"encoding/json"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/eks"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/podidentity"
	"aws-platform/pkg/engines"
)

// overwrite settles a difference for the program: see the package.
const overwrite = "OVERWRITE"

// install makes an add-on, with its identity where it has one, after what it needs.
func (b *builder) install(a addOn, after ...[]pulumi.Resource) (*eks.Addon, error) {
	args := &eks.AddonArgs{
		ClusterName:              b.args.ClusterName,
		AddonName:                pulumi.String(a.name),
		AddonVersion:             pulumi.String(version(b.args, a.name)),
		ConfigurationValues:      a.values.input(),
		ResolveConflictsOnCreate: pulumi.String(overwrite),
		ResolveConflictsOnUpdate: pulumi.String(overwrite),
		Tags:                     pulumi.StringMap{"Name": pulumi.String(b.args.Environment + "-" + a.name)},
	}
	needs := slices.Concat(after...)
	if a.identity != nil {
		pods, err := b.identify(a)
		if err != nil {
			return nil, err
		}
		args.PodIdentityAssociations = eks.AddonPodIdentityAssociationArray{eks.AddonPodIdentityAssociationArgs{
			RoleArn: pods.Role.Arn, ServiceAccount: pulumi.String(a.identity.serviceAccount),
		}}
		needs = append(needs, pods.Policies...)
	}
	installed, err := eks.NewAddon(b.ctx, b.child(a.name), args, b.parent(pulumi.DependsOn(needs))...)
	b.addOns.Installed[a.name] = installed
	return installed, err
}

// identify makes the role of an add-on's pods; the add-on associates it.
func (b *builder) identify(a addOn) (*podidentity.PodIdentity, error) {
	args := b.identityArgs(a.identity.role, a.identity.namespace, a.identity.serviceAccount)
	if a.identity.managed != "" {
		args.ManagedPolicyARNs = []pulumi.StringInput{b.managed(a.identity.managed)}
	}
	args.ByAddOn = true
	if a.identity.policy != nil {
		args.Policy = a.identity.policy(b.args)
	}
	return podidentity.New(b.ctx, b.child(a.name), args, b.parent()...)
}

func (b *builder) identityArgs(role, namespace, serviceAccount string) podidentity.Args {
	return podidentity.Args{
		RoleName:  b.args.Environment + "-eks-" + role,
		AccountID: b.args.AccountID, Region: b.args.Region, Partition: b.args.Partition,
		ClusterName: b.args.ClusterName, Namespace: namespace, ServiceAccount: serviceAccount,
	}
}

// version is the one that the environment asks for, or else the table's.
func version(args Args, name string) string {
	if override, given := args.Overrides[name]; given {
		return override
	}
	pinned, _ := engines.AddOnVersion(args.Version, name) // validate has asked
	return pinned
}

// input is the JSON text of the values: the same text for the same values.
func (v values) input() pulumi.StringPtrInput {
	if v == nil {
		return nil
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err) // only texts, numbers, lists and maps of them go in
	}
	return pulumi.String(string(text))
}
