package system

import (
	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	networkingv1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/networking/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// opening lets the ports of a namespace's pods be reached from anywhere in the VPC's
// security groups: from nodes and from the API server, which no selector names.
type opening struct {
	name  string
	ports []int
	// out lets the namespace's own pods go there too.
	out bool
}

// isolate closes a namespace, but for openings, name resolution and HTTPS out: the
// controllers call the Kubernetes API.
func (b *builder) isolate(name string, namespace *corev1.Namespace, openings ...opening) error {
	policies := map[string]networkingv1.NetworkPolicySpecArgs{
		"default-deny": {PolicyTypes: pulumi.ToStringArray([]string{"Ingress", "Egress"})},
		"allow-kubernetes": {
			PolicyTypes: pulumi.ToStringArray([]string{"Egress"}),
			Egress: networkingv1.NetworkPolicyEgressRuleArray{
				networkingv1.NetworkPolicyEgressRuleArgs{Ports: networkingv1.NetworkPolicyPortArray{port("TCP", 443), port("TCP", 53), port("UDP", 53)}},
			},
		},
	}
	for _, o := range openings {
		ports := networkingv1.NetworkPolicyPortArray{}
		for _, number := range o.ports {
			ports = append(ports, port("TCP", number))
		}
		spec := networkingv1.NetworkPolicySpecArgs{
			PolicyTypes: pulumi.ToStringArray([]string{"Ingress"}),
			Ingress:     networkingv1.NetworkPolicyIngressRuleArray{networkingv1.NetworkPolicyIngressRuleArgs{Ports: ports}},
		}
		if o.out {
			spec.PolicyTypes = pulumi.ToStringArray([]string{"Ingress", "Egress"})
			spec.Egress = networkingv1.NetworkPolicyEgressRuleArray{networkingv1.NetworkPolicyEgressRuleArgs{
				To: networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{PodSelector: metav1.LabelSelectorArgs{}}}, Ports: ports,
			}}
		}
		policies["allow-"+o.name] = spec
	}
	for policy, spec := range policies {
		spec.PodSelector = metav1.LabelSelectorArgs{} // every pod
		if _, err := networkingv1.NewNetworkPolicy(b.ctx, b.name+"-"+name+"-"+policy, &networkingv1.NetworkPolicyArgs{
			Metadata: metadata(policy, name), Spec: spec,
		}, b.parent(pulumi.DependsOn([]pulumi.Resource{namespace}))...); err != nil {
			return err
		}
	}
	return nil
}

// closeDefault closes the namespace that everybody lands in who names none.
func (b *builder) closeDefault() error {
	_, err := networkingv1.NewNetworkPolicy(b.ctx, b.name+"-default-default-deny", &networkingv1.NetworkPolicyArgs{
		Metadata: metadata("default-deny", "default"),
		Spec: networkingv1.NetworkPolicySpecArgs{
			PodSelector: metav1.LabelSelectorArgs{}, PolicyTypes: pulumi.ToStringArray([]string{"Ingress", "Egress"}),
		},
	}, b.parent()...)
	return err
}

func port(protocol string, number int) networkingv1.NetworkPolicyPortArgs {
	return networkingv1.NetworkPolicyPortArgs{Protocol: pulumi.String(protocol), Port: pulumi.Int(number)}
}
