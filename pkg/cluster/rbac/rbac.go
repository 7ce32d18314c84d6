// Package rbac makes the RBAC objects of a cluster from the one table of pkg/access:
// what developers read everywhere, and what pipelines change in the applications'
// namespaces. Administrators need none, EKS's access policy lets them.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-view-only                     ClusterRole view-only, ClusterRoleBinding platform-developers
//	<name>-deployer-<application>        Role and RoleBinding deployer in the application's namespace
package rbac

import (
	"errors"
	"slices"

	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	rbacv1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/rbac/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/access"
	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:RBAC"

const group = "rbac.authorization.k8s.io"

// Args say where applications are.
type Args struct {
	// Environment is the environment's name; required.
	Environment string
	// Applications are the namespaces in which pipelines release; none is fine. They exist.
	Applications []string
}

// RBAC is the RBAC objects of one cluster.
type RBAC struct{ pulumi.ResourceState }

// New registers nothing when args are refused, and otherwise the objects. opts name the
// Kubernetes provider.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*RBAC, error) {
	if err := errors.Join(required.Missing("rbac.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"})...); err != nil {
		return nil, err
	}
	rbac := &RBAC{}
	if err := ctx.RegisterComponentResource(TypeToken, name, rbac, opts...); err != nil {
		return nil, err
	}
	if err := rbac.developers(ctx, name); err != nil {
		return nil, err
	}
	for _, application := range slices.Sorted(slices.Values(args.Applications)) {
		if err := rbac.deployers(ctx, name, application); err != nil {
			return nil, err
		}
	}
	return rbac, ctx.RegisterResourceOutputs(rbac, pulumi.Map{})
}

// developers may read everywhere.
func (r *RBAC) developers(ctx *pulumi.Context, name string) error {
	role, err := rbacv1.NewClusterRole(ctx, name+"-view-only", &rbacv1.ClusterRoleArgs{
		Metadata: metadata(access.ViewOnlyRole, ""), Rules: rules(access.ViewOnly()),
	}, pulumi.Parent(r))
	if err != nil {
		return err
	}
	_, err = rbacv1.NewClusterRoleBinding(ctx, name+"-view-only", &rbacv1.ClusterRoleBindingArgs{
		Metadata: metadata("platform-developers", ""),
		RoleRef:  rbacv1.RoleRefArgs{ApiGroup: pulumi.String(group), Kind: pulumi.String("ClusterRole"), Name: role.Metadata.Name().Elem()},
		Subjects: subjects(config.DevelopersGroup),
	}, pulumi.Parent(r))
	return err
}

// deployers may change the Rollout of an application.
func (r *RBAC) deployers(ctx *pulumi.Context, name, namespace string) error {
	name += "-deployer-" + namespace
	role, err := rbacv1.NewRole(ctx, name, &rbacv1.RoleArgs{
		Metadata: metadata(access.DeployerRole, namespace), Rules: rules(access.Deploying(namespace)),
	}, pulumi.Parent(r))
	if err != nil {
		return err
	}
	_, err = rbacv1.NewRoleBinding(ctx, name, &rbacv1.RoleBindingArgs{
		Metadata: metadata(access.DeployerRole, namespace),
		RoleRef:  rbacv1.RoleRefArgs{ApiGroup: pulumi.String(group), Kind: pulumi.String("Role"), Name: role.Metadata.Name().Elem()},
		Subjects: subjects(config.DeployersGroup),
	}, pulumi.Parent(r))
	return err
}

func metadata(name, namespace string) metav1.ObjectMetaArgs {
	args := metav1.ObjectMetaArgs{
		Name:   pulumi.String(name),
		Labels: pulumi.StringMap{"app.kubernetes.io/managed-by": pulumi.String("pulumi")},
	}
	if namespace != "" {
		args.Namespace = pulumi.String(namespace)
	}
	return args
}

func rules(list []access.Rule) rbacv1.PolicyRuleArray {
	made := rbacv1.PolicyRuleArray{}
	for _, rule := range list {
		policy := rbacv1.PolicyRuleArgs{
			ApiGroups: pulumi.ToStringArray(rule.APIGroups), Resources: pulumi.ToStringArray(rule.Resources), Verbs: pulumi.ToStringArray(rule.Verbs),
		}
		if len(rule.Names) > 0 {
			policy.ResourceNames = pulumi.ToStringArray(rule.Names)
		}
		made = append(made, policy)
	}
	return made
}

func subjects(name string) rbacv1.SubjectArray {
	return rbacv1.SubjectArray{rbacv1.SubjectArgs{ApiGroup: pulumi.String(group), Kind: pulumi.String("Group"), Name: pulumi.String(name)}}
}
