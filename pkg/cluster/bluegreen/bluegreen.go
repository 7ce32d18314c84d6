// Package bluegreen is an application that is rolled out blue/green by Argo Rollouts: a
// new version comes up beside the one that serves, is tried through the preview
// service, and takes over when somebody promotes it. The old one stays for 30 seconds.
//
// Its pods run under the Pod Security Standard restricted: as a user other than root,
// with a root file system that cannot be written, without capabilities and without a
// token of the Kubernetes API. They are spread over the zones. The image is named by its
// digest. It is where the application begins, like all of the container: from then on
// releases change it, and the program leaves it alone.
//
// Refused before anything is registered: a missing field; an image without a digest.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>                         ServiceAccount, PodDisruptionBudget
//	<name>-rollout                 Rollout
//	<name>-active, -preview        Service and TargetGroupBinding
package bluegreen

import (
	"errors"
	"fmt"

	kubernetes "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	policyv1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/policy/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"aws-platform/pkg/config"
	"aws-platform/pkg/required"
)

// TypeToken is the type of the component.
const TypeToken = "platform:cluster:BlueGreenApp"

// Args describe an application; all fields are required unless they say otherwise.
type Args struct {
	// Name is the application's, and Namespace where it runs.
	Name, Namespace string
	// Config is the validated configuration.
	Config config.Application
	// Port is the TCP port on which it serves.
	Port int
	// DeregistrationSeconds is how long a load balancer still sends to a pod that leaves.
	DeregistrationSeconds int
	// ActiveTargetGroupARN and PreviewTargetGroupARN are where its pods are registered.
	ActiveTargetGroupARN, PreviewTargetGroupARN pulumi.StringInput
}

// BlueGreenApp is one application.
type BlueGreenApp struct { //nolint:revive // the component is called that in Pulumi too
	pulumi.ResourceState

	Rollout *apiextensions.CustomResource
}

type builder struct {
	ctx  *pulumi.Context
	name string
	args Args
	app  *BlueGreenApp
	// before are the objects that the first pod finds.
	before []pulumi.Resource
}

// New registers nothing when args are refused, and otherwise the application. opts name
// the Kubernetes provider, and what must stand before: the namespace with its policies,
// Argo Rollouts and the load balancer controller.
func New(ctx *pulumi.Context, name string, args Args, opts ...pulumi.ResourceOption) (*BlueGreenApp, error) {
	if err := validate(args); err != nil {
		return nil, err
	}
	b := &builder{ctx: ctx, name: name, args: args, app: &BlueGreenApp{}}
	if err := ctx.RegisterComponentResource(TypeToken, name, b.app, opts...); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		b.account,
		func() error { return b.service(active, args.ActiveTargetGroupARN) },
		func() error { return b.service(preview, args.PreviewTargetGroupARN) },
		b.rollout, b.budget,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return b.app, ctx.RegisterResourceOutputs(b.app, pulumi.Map{})
}

func validate(args Args) error {
	const configured = "pass the validated configuration"
	problems := required.Missing("bluegreen.Args",
		required.Field{Name: "Name", Value: args.Name, Remedy: "pass the application's name"},
		required.Field{Name: "Namespace", Value: args.Namespace, Remedy: "pass its namespace"},
		required.Field{Name: "Port", Value: args.Port, Remedy: "pass the application port"},
		required.Field{Name: "DeregistrationSeconds", Value: args.DeregistrationSeconds, Remedy: "pass that of the target groups"},
		required.Field{Name: "Config.Replicas", Value: args.Config.Replicas, Remedy: configured},
		required.Field{Name: "Config.CPUMillis", Value: args.Config.CPUMillis, Remedy: configured},
		required.Field{Name: "Config.MemoryMiB", Value: args.Config.MemoryMiB, Remedy: configured},
		required.Field{Name: "Config.Protocol", Value: args.Config.Protocol, Remedy: configured},
		required.Field{Name: "Config.HealthCheckPath", Value: args.Config.HealthCheckPath, Remedy: configured},
		required.Field{Name: "ActiveTargetGroupARN", Value: args.ActiveTargetGroupARN, Remedy: "pass the target group that serves"},
		required.Field{Name: "PreviewTargetGroupARN", Value: args.PreviewTargetGroupARN, Remedy: "pass the target group that is tried"},
	)
	if !config.ImageByDigest(args.Config.Image) {
		problems = append(problems, fmt.Errorf("bluegreen.Args.Config.Image: %q: is not an image by its digest: write registry/repository@sha256:<64 hex digits>", args.Config.Image))
	}
	return errors.Join(problems...)
}

func (b *builder) parent(more ...pulumi.ResourceOption) []pulumi.ResourceOption {
	return append([]pulumi.ResourceOption{pulumi.Parent(b.app)}, more...)
}

// selector is the label by which the application's pods are found.
func (b *builder) selector() map[string]string {
	return map[string]string{"app.kubernetes.io/name": b.args.Name}
}

func (b *builder) metadata(name string) metav1.ObjectMetaArgs {
	labels := pulumi.ToStringMap(b.selector())
	labels["app.kubernetes.io/managed-by"] = pulumi.String("pulumi")
	return metav1.ObjectMetaArgs{Name: pulumi.String(name), Namespace: pulumi.String(b.args.Namespace), Labels: labels}
}

// account is the application's service account. Its AWS role comes by EKS Pod Identity;
// it has no business with the Kubernetes API.
func (b *builder) account() error {
	made, err := corev1.NewServiceAccount(b.ctx, b.name, &corev1.ServiceAccountArgs{
		Metadata: b.metadata(b.args.Name), AutomountServiceAccountToken: pulumi.Bool(false),
	}, b.parent()...)
	b.before = append(b.before, made)
	return err
}

// The services of a blue/green Rollout, which moves their selectors.
const (
	active  = "active"
	preview = "preview"
)

// service makes a service, and binds it to a target group of the program.
func (b *builder) service(which string, targetGroup pulumi.StringInput) error {
	name := b.args.Name + "-" + which
	service, err := corev1.NewService(b.ctx, b.name+"-"+which, &corev1.ServiceArgs{
		Metadata: b.metadata(name),
		Spec: corev1.ServiceSpecArgs{
			Type:     pulumi.String("ClusterIP"),
			Selector: pulumi.ToStringMap(b.selector()),
			Ports: corev1.ServicePortArray{corev1.ServicePortArgs{
				Name: pulumi.String("application"), Port: pulumi.Int(b.args.Port), TargetPort: pulumi.Int(b.args.Port), Protocol: pulumi.String("TCP"),
			}},
		},
		// Argo Rollouts adds the hash of the version that the service leads to.
	}, b.parent(pulumi.IgnoreChanges([]string{"spec.selector"}))...)
	if err != nil {
		return err
	}
	binding, err := apiextensions.NewCustomResource(b.ctx, b.name+"-"+which, &apiextensions.CustomResourceArgs{
		ApiVersion: pulumi.String("elbv2.k8s.aws/v1beta1"), Kind: pulumi.String("TargetGroupBinding"),
		Metadata: b.metadata(name),
		OtherFields: kubernetes.UntypedArgs{"spec": pulumi.Map{
			"serviceRef":     pulumi.Map{"name": service.Metadata.Name().Elem(), "port": pulumi.Int(b.args.Port)},
			"targetGroupARN": targetGroup,
			"targetType":     pulumi.String("ip"),
		}},
	}, b.parent()...)
	b.before = append(b.before, service, binding)
	return err
}

// budget keeps all pods but one through the drains of nodes.
func (b *builder) budget() error {
	_, err := policyv1.NewPodDisruptionBudget(b.ctx, b.name, &policyv1.PodDisruptionBudgetArgs{
		Metadata: b.metadata(b.args.Name),
		Spec: policyv1.PodDisruptionBudgetSpecArgs{
			MaxUnavailable: pulumi.Int(1),
			// Or a version that does not become ready would hold up every drain.
			UnhealthyPodEvictionPolicy: pulumi.String("AlwaysAllow"),
			Selector:                   metav1.LabelSelectorArgs{MatchLabels: pulumi.ToStringMap(b.selector())},
		},
	}, b.parent()...)
	return err
}
