package system

import (
	"github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/apiextensions"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	kubernetes "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes"

	"aws-platform/pkg/cluster/charts"
)

// mesh installs Istio in ambient mode: base, istiod and the CNI plugin before ztunnel,
// which needs both (istio.io, "Install ambient mode with Helm").
func (b *builder) mesh() error {
	namespace, err := b.namespace(charts.IstioNamespace, "privileged")
	if err != nil {
		return err
	}
	base, err := b.install(charts.IstioBase, pulumi.Map{"defaultRevision": pulumi.String("default")}, namespace)
	if err != nil {
		return err
	}
	ambient := pulumi.String("ambient")
	istiod, err := b.install(charts.Istiod, pulumi.Map{
		"profile": ambient,
		// One pod under a budget would never let its node drain.
		"global": pulumi.Map{"defaultPodDisruptionBudget": pulumi.Map{"enabled": pulumi.Bool(b.args.Replicas > 1)}},
		// Who talked to whom, for the auditors; ztunnel logs connections without this.
		"meshConfig":   pulumi.Map{"accessLogFile": pulumi.String("/dev/stdout")},
		"replicaCount": pulumi.Int(b.args.Replicas), "autoscaleEnabled": pulumi.Bool(false),
		"resources": resources("200m", "512Mi"),
	}, base)
	if err != nil {
		return err
	}
	cni, err := b.install(charts.IstioCNI, pulumi.Map{"profile": ambient, "resources": resources("50m", "128Mi")}, istiod)
	if err != nil {
		return err
	}
	ztunnel, err := b.install(charts.Ztunnel, pulumi.Map{"resources": resources("100m", "256Mi")}, cni)
	if err != nil {
		return err
	}
	strict, err := apiextensions.NewCustomResource(b.ctx, b.name+"-strict", &apiextensions.CustomResourceArgs{
		ApiVersion: pulumi.String("security.istio.io/v1"), Kind: pulumi.String("PeerAuthentication"),
		Metadata:    metadata("default", charts.IstioNamespace),
		OtherFields: kubernetes.UntypedArgs{"spec": map[string]any{"mtls": map[string]any{"mode": "STRICT"}}},
	}, b.parent(pulumi.DependsOn([]pulumi.Resource{base, istiod}))...)
	if err != nil {
		return err
	}
	b.system.Mesh = []pulumi.Resource{ztunnel, strict}
	return b.isolate(charts.IstioNamespace, namespace,
		// istiod is asked by ztunnel, by waypoints and, for its webhook, by the API server.
		opening{name: "istiod", ports: []int{15012, 15017}, out: true}, opening{name: "health", ports: []int{15021}})
}
