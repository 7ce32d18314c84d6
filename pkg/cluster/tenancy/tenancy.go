// Package tenancy makes the namespace of an application, closed on all sides but for
// what the application needs.
//
// Pod Security Standards: restricted, enforced by the API server. A quota and limits
// keep one application from taking a node from the others. Network policies refuse
// everything in and out, but for name resolution, the mesh's own port, the load
// balancers on the application's port, the stores that it uses on their ports, and HTTPS
// to where it may go. No rule names the peers' app tiers: what is there is reached
// through their internal load balancers.
//
// The namespace is in the mesh. The load balancers are not, so the application's port
// takes traffic that is not the mesh's, in a PeerAuthentication for that port alone: it
// is TLS of the application's own, and the network policy admits the load balancers' subnets only.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>                                Namespace
//	<name>-quota, -limits                 ResourceQuota, LimitRange
//	<name>-<policy>                       NetworkPolicy default-deny, allow-dns, allow-mesh, allow-load-balancers,
//	                                      allow-health, allow-store-<store>, allow-https, allow-internet, allow-pod-identity
//	<name>-application-port               PeerAuthentication
package tenancy

import (
	"errors"
	"net/netip"
	"slices"
	"strconv"

	kubernetes "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/cluster/digests"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:Tenancy"

// Args describe a namespace; all fields are required unless they say otherwise.
type Args struct {
	// Namespace is its name, which is the application's.
	Namespace string
	// ApplicationPort is the TCP port on which the application serves.
	ApplicationPort int
	// Served is true where listeners lead to the application. Its pods then are not ready
	// before their load balancer finds them healthy; a target group that no listener uses
	// never does.
	Served bool
	// LoadBalancerCIDRs are the subnets of the load balancers that serve it.
	LoadBalancerCIDRs []netip.Prefix
	// HTTPSCIDRs are where it may go by HTTPS: its VPC's endpoints and internal load
	// balancer, and the internal load balancers of the peers.
	HTTPSCIDRs []netip.Prefix
	// Internet lets it go by HTTPS to public addresses too, which it needs where AWS's
	// services have no endpoint in the VPC; false by default. Private addresses stay closed.
	Internet bool
	// Stores are the data stores that it uses; none by default.
	Stores []Store
	// Pods is how many pods there may be, two versions of the application at once.
	Pods int
	// CPUMillis and MemoryMiB are what one pod requests, which the quota follows.
	CPUMillis, MemoryMiB int
}

// Store is a data store that the application uses.
type Store struct {
	// Name is the store's, Port its TCP port, CIDRs the data subnets.
	Name  string
	Port  int
	CIDRs []netip.Prefix
}

// Tenancy is the namespace of one application.
type Tenancy struct {
	pulumi.ResourceState

	Namespace *corev1.Namespace
	// Closed are the objects that must stand before a pod runs.
	Closed []pulumi.Resource
}

type builder struct {
	ctx     *pulumi.Context
	name    string
	args    Args
	tenancy *Tenancy
}

// New registers nothing when args are refused, and otherwise the namespace. opts name
// the Kubernetes provider, and the mesh, whose kinds are used.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*Tenancy, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, tenancy: &Tenancy{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, b.tenancy, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{b.namespace, b.quota, b.limits, b.policies, b.applicationPort} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.tenancy, ctx.RegisterResourceOutputs(b.tenancy, pulumi.Map{})
}

func validate(args Args) error {
	problems := required.Missing("tenancy.Args",
		required.Field{Name: "Namespace", Value: args.Namespace, Remedy: "pass the application's name"},
		required.Field{Name: "ApplicationPort", Value: args.ApplicationPort, Remedy: "pass the application port"},
		required.Field{Name: "LoadBalancerCIDRs", Value: len(args.LoadBalancerCIDRs), Remedy: "pass the load balancers' subnets"},
		required.Field{Name: "Pods", Value: args.Pods, Remedy: "pass how many pods there may be"},
		required.Field{Name: "CPUMillis", Value: args.CPUMillis, Remedy: "pass what a pod requests"},
		required.Field{Name: "MemoryMiB", Value: args.MemoryMiB, Remedy: "pass what a pod requests"},
	)
	ranges := slices.Concat(args.LoadBalancerCIDRs, args.HTTPSCIDRs)
	for _, store := range args.Stores {
		// A rule without ports or without ranges would open all of them.
		problems = append(problems, required.Missing("tenancy.Args.Stores",
			required.Field{Name: "Name", Value: store.Name, Remedy: "pass the store's name"},
			required.Field{Name: "Port", Value: store.Port, Remedy: "pass the port of the store " + store.Name},
			required.Field{Name: "CIDRs", Value: len(store.CIDRs), Remedy: "pass the data subnets of the store " + store.Name},
		)...)
		ranges = append(ranges, store.CIDRs...)
	}
	for _, prefix := range ranges {
		if !prefix.IsValid() || prefix.Bits() == 0 {
			problems = append(problems, errors.New("tenancy.Args: "+prefix.String()+": is no range, or the whole world: name subnets"))
		}
	}
	return errors.Join(problems...)
}

func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.tenancy)}, more...)
}

// inside are the options of what is in the namespace, which Pulumi cannot see by its name.
func (b *builder) inside() []pulumi.ResourceOption {
	return b.parent(pulumi.DependsOn([]pulumi.Resource{b.tenancy.Namespace}))
}

func (b *builder) metadata(name string) metav1.ObjectMetaArgs {
	return metav1.ObjectMetaArgs{
		Name: pulumi.String(name), Namespace: pulumi.String(b.args.Namespace),
		Labels: pulumi.StringMap{"app.kubernetes.io/managed-by": pulumi.String("pulumi")},
	}
}

// namespace is in the mesh, under restricted.
func (b *builder) namespace() (err error) {
	gate := "disabled"
	if b.args.Served {
		gate = "enabled"
	}
	labels := pulumi.StringMap{
		"app.kubernetes.io/managed-by":            pulumi.String("pulumi"),
		"istio.io/dataplane-mode":                 pulumi.String("ambient"),
		digests.Label:                             pulumi.String(digests.Required),
		"elbv2.k8s.aws/pod-readiness-gate-inject": pulumi.String(gate),
	}
	for _, mode := range []string{"enforce", "audit", "warn"} {
		labels["pod-security.kubernetes.io/"+mode] = pulumi.String("restricted")
		// The newest checks, not those of a version that nobody remembers to raise.
		labels["pod-security.kubernetes.io/"+mode+"-version"] = pulumi.String("latest")
	}
	b.tenancy.Namespace, err = corev1.NewNamespace(b.ctx, b.name, &corev1.NamespaceArgs{
		Metadata: metav1.ObjectMetaArgs{Name: pulumi.String(b.args.Namespace), Labels: labels},
	}, b.parent()...)
	return err
}

func millis(n int) string    { return strconv.Itoa(n) + "m" }
func mebibytes(n int) string { return strconv.Itoa(n) + "Mi" }

// quota lets two versions of the application run side by side, and no more. Nothing in
// the namespace may make a load balancer or open a port of a node.
func (b *builder) quota() error {
	made, err := corev1.NewResourceQuota(b.ctx, b.name+"-quota", &corev1.ResourceQuotaArgs{
		Metadata: b.metadata("quota"),
		Spec: corev1.ResourceQuotaSpecArgs{Hard: pulumi.StringMap{
			"pods":                   pulumi.String(strconv.Itoa(b.args.Pods)),
			"requests.cpu":           pulumi.String(millis(b.args.Pods * b.args.CPUMillis)),
			"requests.memory":        pulumi.String(mebibytes(b.args.Pods * b.args.MemoryMiB)),
			"limits.memory":          pulumi.String(mebibytes(b.args.Pods * b.args.MemoryMiB)),
			"services.loadbalancers": pulumi.String("0"),
			"services.nodeports":     pulumi.String("0"),
		}},
	}, b.inside()...)
	b.tenancy.Closed = append(b.tenancy.Closed, made)
	return err
}

// limits are what a container has that says nothing.
func (b *builder) limits() error {
	_, err := corev1.NewLimitRange(b.ctx, b.name+"-limits", &corev1.LimitRangeArgs{
		Metadata: b.metadata("limits"),
		Spec: corev1.LimitRangeSpecArgs{Limits: corev1.LimitRangeItemArray{corev1.LimitRangeItemArgs{
			Type:           pulumi.String("Container"),
			DefaultRequest: pulumi.StringMap{"cpu": pulumi.String(millis(b.args.CPUMillis)), "memory": pulumi.String(mebibytes(b.args.MemoryMiB))},
			Default:        pulumi.StringMap{"memory": pulumi.String(mebibytes(b.args.MemoryMiB))},
		}}},
	}, b.inside()...)
	return err
}

// applicationPort lets the load balancers, which are outside the mesh, reach the
// application's port and nothing else. Pods of the mesh come encrypted there too.
func (b *builder) applicationPort() error {
	made, err := apiextensions.NewCustomResource(b.ctx, b.name+"-application-port", &apiextensions.CustomResourceArgs{
		ApiVersion: pulumi.String("security.istio.io/v1"), Kind: pulumi.String("PeerAuthentication"),
		Metadata: b.metadata("application-port"),
		OtherFields: kubernetes.UntypedArgs{"spec": map[string]any{
			"selector":      map[string]any{"matchLabels": map[string]any{"app.kubernetes.io/name": b.args.Namespace}},
			"mtls":          map[string]any{"mode": "STRICT"},
			"portLevelMtls": map[string]any{strconv.Itoa(b.args.ApplicationPort): map[string]any{"mode": "PERMISSIVE"}},
		}},
	}, b.inside()...)
	b.tenancy.Closed = append(b.tenancy.Closed, made)
	return err
}
