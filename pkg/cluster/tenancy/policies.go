package tenancy

import (
	"net/netip"
	"slices"

	metav1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/meta/v1"
	networkingv1 "github.com/pulumi/pulumi-kubernetes/sdk/v4/go/kubernetes/networking/v1"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

const (
	// hbone is the port of ztunnel's encrypted tunnels, by which pods of the mesh
	// reach each other (istio.io, "Ambient and Kubernetes NetworkPolicy").
	hbone = 15008
	https = 443
	dns   = 53
)

// Addresses that are the node's own.
const (
	// kubelet's probes come from this address in ambient mode (istio.io, the same page).
	probes = "169.254.7.127/32"
	// podIdentity is the EKS Pod Identity Agent (Amazon EKS User Guide, "Learn how EKS
	// Pod Identity works"), on port 80.
	podIdentity     = "169.254.170.23/32"
	podIdentityPort = 80
)

type (
	ingress = networkingv1.NetworkPolicyIngressRuleArray
	egress  = networkingv1.NetworkPolicyEgressRuleArray
)

// policies closes the namespace, and opens what is needed.
func (b *builder) policies() error {
	steps := []func() error{
		func() error { return b.policy("default-deny", nil, nil, "Ingress", "Egress") },
		func() error {
			return b.policy("allow-dns", nil, egress{to(coreDNS(), port("UDP", dns), port("TCP", dns))})
		},
		func() error {
			return b.policy("allow-mesh", ingress{from(meshed(), port("TCP", hbone))}, egress{to(meshed(), port("TCP", hbone))})
		},
		func() error {
			return b.policy("allow-load-balancers", ingress{from(blocks(b.args.LoadBalancerCIDRs), port("TCP", b.args.ApplicationPort))}, nil)
		},
		func() error {
			return b.policy("allow-health", ingress{from(block(probes), port("TCP", b.args.ApplicationPort))}, nil)
		},
		func() error {
			return b.policy("allow-pod-identity", nil, egress{to(block(podIdentity), port("TCP", podIdentityPort))})
		},
	}
	for _, store := range b.args.Stores {
		steps = append(steps, func() error {
			return b.policy("allow-store-"+store.Name, nil, egress{to(blocks(store.CIDRs), port("TCP", store.Port))})
		})
	}
	if len(b.args.HTTPSCIDRs) > 0 {
		steps = append(steps, func() error {
			return b.policy("allow-https", nil, egress{to(blocks(b.args.HTTPSCIDRs), port("TCP", https))})
		})
	}
	if b.args.Internet {
		steps = append(steps, func() error { return b.policy("allow-internet", nil, egress{to(public(), port("TCP", https))}) })
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// policy is of every pod of the namespace. Types follow from the rules.
func (b *builder) policy(name string, in ingress, out egress, types ...string) error {
	if len(in) > 0 {
		types = append(types, "Ingress")
	}
	if len(out) > 0 {
		types = append(types, "Egress")
	}
	spec := networkingv1.NetworkPolicySpecArgs{PodSelector: metav1.LabelSelectorArgs{}, PolicyTypes: pulumi.ToStringArray(types)}
	if len(in) > 0 {
		spec.Ingress = in
	}
	if len(out) > 0 {
		spec.Egress = out
	}
	made, err := networkingv1.NewNetworkPolicy(b.ctx, b.name+"-"+name, &networkingv1.NetworkPolicyArgs{Metadata: b.metadata(name), Spec: spec}, b.inside()...)
	b.tenancy.Closed = append(b.tenancy.Closed, made)
	return err
}

func from(peers networkingv1.NetworkPolicyPeerArray, ports ...networkingv1.NetworkPolicyPortInput) networkingv1.NetworkPolicyIngressRuleArgs {
	return networkingv1.NetworkPolicyIngressRuleArgs{From: peers, Ports: networkingv1.NetworkPolicyPortArray(ports)}
}

func to(peers networkingv1.NetworkPolicyPeerArray, ports ...networkingv1.NetworkPolicyPortInput) networkingv1.NetworkPolicyEgressRuleArgs {
	return networkingv1.NetworkPolicyEgressRuleArgs{To: peers, Ports: networkingv1.NetworkPolicyPortArray(ports)}
}

func port(protocol string, number int) networkingv1.NetworkPolicyPortInput {
	return networkingv1.NetworkPolicyPortArgs{Protocol: pulumi.String(protocol), Port: pulumi.Int(number)}
}

// blocks are ranges of addresses, each once.
func blocks(prefixes []netip.Prefix) networkingv1.NetworkPolicyPeerArray {
	var peers networkingv1.NetworkPolicyPeerArray
	texts := make([]string, len(prefixes))
	for i, prefix := range prefixes {
		texts[i] = prefix.String()
	}
	slices.Sort(texts)
	for _, text := range slices.Compact(texts) {
		peers = append(peers, block(text)...)
	}
	return peers
}

func block(cidr string) networkingv1.NetworkPolicyPeerArray {
	return networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{IpBlock: networkingv1.IPBlockArgs{Cidr: pulumi.String(cidr)}}}
}

// private is every range in which VPCs are: the own one, the peers', and those to come
// (RFC 1918, RFC 6598), and the addresses of a node itself.
var private = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"}

// public are all other addresses.
func public() networkingv1.NetworkPolicyPeerArray {
	return networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{
		IpBlock: networkingv1.IPBlockArgs{Cidr: pulumi.String("0.0.0.0/0"), Except: pulumi.ToStringArray(private)},
	}}
}

func coreDNS() networkingv1.NetworkPolicyPeerArray {
	return networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{
		NamespaceSelector: metav1.LabelSelectorArgs{MatchLabels: pulumi.StringMap{"kubernetes.io/metadata.name": pulumi.String("kube-system")}},
		PodSelector:       metav1.LabelSelectorArgs{MatchLabels: pulumi.StringMap{"k8s-app": pulumi.String("kube-dns")}},
	}}
}

// meshed are the pods of every namespace in the mesh.
func meshed() networkingv1.NetworkPolicyPeerArray {
	return networkingv1.NetworkPolicyPeerArray{networkingv1.NetworkPolicyPeerArgs{
		NamespaceSelector: metav1.LabelSelectorArgs{MatchLabels: pulumi.StringMap{"istio.io/dataplane-mode": pulumi.String("ambient")}},
	}}
}
