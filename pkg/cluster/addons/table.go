package addons

import (
	"maps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// The add-ons, as EKS names them.
const (
	podIdentityAgent = "eks-pod-identity-agent"
	vpcCNI           = "vpc-cni"
	kubeProxy        = "kube-proxy"
	coreDNS          = "coredns"
	ebsCSI           = "aws-ebs-csi-driver"
	metricsServer    = "metrics-server"
	observability    = "amazon-cloudwatch-observability"
	guardDutyAgent   = "aws-guardduty-agent"
)

// kubeSystem is where most add-ons are.
const kubeSystem = "kube-system"

// values are the configuration of an add-on, JSON by its schema
// (`aws eks describe-addon-configuration`).
type values map[string]any

// addOn is one add-on; the zero configuration is EKS's default.
type addOn struct {
	name     string
	values   values
	identity *identity // nil for what asks nothing of AWS
}

// identity is who an add-on's pods are and what they may do.
type identity struct {
	role                      string // after <environment>-eks-
	namespace, serviceAccount string
	// managed is an AWS managed policy, policy one of its own; either or both.
	managed string
	policy  func(Args) pulumi.StringInput
}

// base are the add-ons that nodes need before they join, in their order: the agent
// hands the CNI its role.
func base() []addOn {
	return []addOn{
		{name: podIdentityAgent},
		{name: vpcCNI, values: cni, identity: &identity{
			role: vpcCNI, namespace: kubeSystem, serviceAccount: "aws-node", managed: "AmazonEKS_CNI_Policy",
		}},
		{name: kubeProxy},
	}
}

// rest are the add-ons that run on nodes.
func rest(args Args) []addOn {
	all := []addOn{
		{name: coreDNS, values: dns},
		{name: ebsCSI, values: ebs(args), identity: &identity{
			role: "ebs-csi", namespace: kubeSystem, serviceAccount: "ebs-csi-controller-sa",
			// The narrowest of three: only what is tagged for this cluster, by the session's tag
			// eks-cluster-name, from driver 1.58 on. It has nothing to say about keys.
			managed: "AmazonEBSCSIDriverEKSClusterScopedPolicy", policy: ebsPolicy,
		}},
		{name: metricsServer},
		{name: observability, values: insights, identity: &identity{
			role: "cloudwatch", namespace: "amazon-cloudwatch", serviceAccount: "cloudwatch-agent", policy: insightsPolicy,
		}},
	}
	if args.GuardDuty {
		all = append(all, addOn{name: guardDutyAgent}) // it reports to the VPC endpoint without a role
	}
	return all
}

// cni makes the CNI enforce network policies, give nodes prefixes of 16 addresses
// instead of single ones, one of them in reserve, and leave pods' addresses alone on
// their way out of the VPC: the NAT gateways translate them.
var cni = values{
	"enableNetworkPolicy": "true",
	"env": map[string]string{
		"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1", "AWS_VPC_K8S_CNI_EXTERNALSNAT": "true",
	},
}

// dns spreads CoreDNS over the zones, where there are nodes in several, and lets a
// drain take one of its pods at a time.
var dns = values{
	"replicaCount":        2,
	"podDisruptionBudget": map[string]any{"enabled": true, "maxUnavailable": 1},
	"topologySpreadConstraints": []any{map[string]any{
		"maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
		"labelSelector": map[string]any{"matchLabels": map[string]any{"k8s-app": "kube-dns"}},
	}},
}

// ebs leaves the add-on's own default storage class off: it has no parameters, so its
// volumes would be unencrypted where the account does not encrypt by default, and not
// by our key anywhere. The platform's storage class says both.
func ebs(args Args) values {
	off := values{"defaultStorageClass": map[string]any{"enabled": false}}
	if len(args.Tags) > 0 {
		off["controller"] = map[string]any{"extraVolumeTags": maps.Clone(args.Tags)}
	}
	return off
}

// insights are Container Insights with enhanced observability and the containers' logs.
// Application Signals is off: on, it puts init containers into pods that it finds, from
// images and with rights that the namespaces' pod security does not know.
var insights = values{
	"agent": map[string]any{"config": map[string]any{"logs": map[string]any{"metrics_collected": map[string]any{
		"kubernetes": map[string]any{"enhanced_container_insights": true},
	}}}},
	"containerLogs": map[string]any{"enabled": true},
	"manager":       map[string]any{"applicationSignals": map[string]any{"autoMonitor": map[string]any{"monitorAllServices": false}}},
}
