package system

import (
	corev1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/core/v1"
	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	networkingv1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/networking/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// opening lets the ports of a namespace's pods be reached from nodes and from the API
// server, which no selector names: from all addresses but the peers'. Security groups
// narrow it further.
type opening struct {
	name  string
	ports []int
	// out lets the namespace's own pods go there too.
	out bool
}

// outside are all addresses but those of the peers. The Kubernetes API is called by the
// address of its service, which EKS chooses, and has no selector to name it by.
func (b *builder) outside() networkingv1.NetworkPolicyPeerArray {
	block := networkingv1.IPBlockArgs{Cidr: pulumi.String("0.0.0.0/0")}
	if len(b.args.PeerCIDRs) > 0 {
		except := pulumi.StringArray{}
		for _, prefix := range b.args.PeerCIDRs {
			except = append(except, pulumi.String(prefix.String()))
		}
		block.Except = except
	}
	return networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{IpBlock: block}}
}

// isolate closes a namespace, but for openings, name resolution and HTTPS out: the
// controllers call the Kubernetes API.
func (b *builder) isolate(name string, namespace *corev1.Namespace, openings ...opening) error {
	policies := map[string]networkingv1.NetworkPolicySpecArgs{
		"default-deny": {PolicyTypes: pulumi.ToStringArray([]string{"Ingress", "Egress"})},
		"allow-kubernetes": {
			PolicyTypes: pulumi.ToStringArray([]string{"Egress"}),
			Egress: networkingv1.NetworkPolicyEgressRuleArray{networkingv1.NetworkPolicyEgressRuleArgs{
				To: b.outside(), Ports: networkingv1.NetworkPolicyPortArray{port("TCP", 443), port("TCP", 53), port("UDP", 53)},
			}},
		},
	}
	for _, o := range openings {
		ports := networkingv1.NetworkPolicyPortArray{}
		for _, number := range o.ports {
			ports = append(ports, port("TCP", number))
		}
		spec := networkingv1.NetworkPolicySpecArgs{
			PolicyTypes: pulumi.ToStringArray([]string{"Ingress"}),
			Ingress:     networkingv1.NetworkPolicyIngressRuleArray{networkingv1.NetworkPolicyIngressRuleArgs{From: b.outside(), Ports: ports}},
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

// closeDefault closes the namespace that everybody lands in who names none: nothing
// runs there, and were it let in, nobody would answer it.
func (b *builder) closeDefault() error {
	if _, err := corev1.NewResourceQuota(b.ctx, b.name+"-default-empty", &corev1.ResourceQuotaArgs{
		Metadata: metadata("empty", "default"),
		Spec:     corev1.ResourceQuotaSpecArgs{Hard: pulumi.StringMap{"pods": pulumi.String("0")}},
	}, b.parent()...); err != nil {
		return err
	}
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
