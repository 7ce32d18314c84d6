package system

import (
	"errors"
	"net/netip"

	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:System"

// Args describe what a cluster runs; all fields are required unless they say otherwise.
type Args struct {
	// Environment and Region are the environment's.
	Environment, Region string
	// ClusterName and VPCID are told to the load balancer controller, which then asks
	// no instance metadata: pods do not reach it.
	ClusterName, VPCID pulumi.StringInput
	// EBSKeyARN encrypts the volumes of pods.
	EBSKeyARN pulumi.StringInput
	// PeerCIDRs are the ranges of the VPCs that are peered, where the platform's own pods
	// have no business; none is fine.
	PeerCIDRs []netip.Prefix
	// Replicas is how many pods a controller has: 2 where nodes are in several zones, 1 in dev.
	Replicas int
}

// System is what the platform runs in one cluster.
type System struct {
	pulumi.ResourceState

	// Mesh, Rollouts and LoadBalancers are what kinds of custom resources wait for.
	Mesh, Rollouts, LoadBalancers []pulumi.Resource
	// Admission is what the first application must find: who judges its images.
	Admission []pulumi.Resource
}

// builder carries what the steps of New share.
type builder struct {
	ctx    *pulumi.Context
	name   string
	args   Args
	system *System
}

// New registers nothing when args are refused, and otherwise the system. opts name the
// Kubernetes provider, and what must be there before pods can run.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*System, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, system: &System{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, b.system, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.storage, b.closeDefault, b.digests, b.mesh, b.rollouts, b.loadBalancers} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.system, ctx.RegisterResourceOutputs(b.system, pulumi.Map{})
}

func validate(args Args) error {
	return errors.Join(required.Missing("system.Args",
		required.Field{Name: "Environment", Value: args.Environment, Remedy: "pass the environment's name"},
		required.Field{Name: "Region", Value: args.Region, Remedy: "pass the environment's region"},
		required.Field{Name: "ClusterName", Value: args.ClusterName, Remedy: "pass the cluster's name"},
		required.Field{Name: "VPCID", Value: args.VPCID, Remedy: "pass the environment's VPC"},
		required.Field{Name: "EBSKeyARN", Value: args.EBSKeyARN, Remedy: "pass the key for EBS"},
		required.Field{Name: "Replicas", Value: args.Replicas, Remedy: "pass 1 or more"},
	)...)
}

func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.system)}, more...)
}

// metadata names an object; namespace is empty for what is in none.
func metadata(name, namespace string) metav1.ObjectMetaArgs {
	args := metav1.ObjectMetaArgs{
		Name: pulumi.String(name), Labels: pulumi.StringMap{"app.kubernetes.io/managed-by": pulumi.String("pulumi")},
	}
	if namespace != "" {
		args.Namespace = pulumi.String(namespace)
	}
	return args
}

// namespace makes a namespace of the platform under a Pod Security Standard.
func (b *builder) namespace(name, standard string) (*corev1.Namespace, error) {
	meta := metadata(name, "")
	labels := pulumi.StringMap{"app.kubernetes.io/managed-by": pulumi.String("pulumi")}
	for _, mode := range []string{"enforce", "audit", "warn"} {
		labels["pod-security.kubernetes.io/"+mode] = pulumi.String(standard)
		labels["pod-security.kubernetes.io/"+mode+"-version"] = pulumi.String("latest")
	}
	meta.Labels = labels
	return corev1.NewNamespace(b.ctx, b.name+"-"+name, &corev1.NamespaceArgs{Metadata: meta}, b.parent()...)
}
