// Package charts is the table of the Helm charts that the platform installs, each
// pinned to a version. It is pure.
package charts

// Chart is a Helm chart at one version.
type Chart struct {
	// Name is the chart's, and Release what it is installed as.
	Name, Release string
	// Repository is the address of the chart repository.
	Repository string
	// Version is the chart's; App the version of what it installs.
	Version, App string
	// Namespace is where it is installed.
	Namespace string
	// Digest is the SHA-256 of the chart's archive, in hex, as the repository's index
	// publishes it; empty where the index could not be read when the table was written,
	// and then `platform charts` says what it is today.
	Digest string
}

const (
	// Where Istio's charts live since it left Google Cloud, whose addresses go away in
	// December 2026 (istio.io, "An update on our move to AWS", 21 August 2026).
	istioCharts = "https://blob.istio.io/istio-release/charts"
	// For Kubernetes 1.32 to 1.36; the first line whose images are at docker.io/istio by
	// default, and not in a registry that goes away (the same page).
	istio = "1.31.1"
)

// The namespaces of the platform.
const (
	IstioNamespace    = "istio-system"
	RolloutsNamespace = "argo-rollouts"
	SystemNamespace   = "kube-system"
)

// The charts. Istio's four are of one version, always.
var (
	IstioBase    = Chart{"base", "istio-base", istioCharts, istio, istio, IstioNamespace, ""}
	Istiod       = Chart{"istiod", "istiod", istioCharts, istio, istio, IstioNamespace, ""}
	IstioCNI     = Chart{"cni", "istio-cni", istioCharts, istio, istio, IstioNamespace, ""}
	Ztunnel      = Chart{"ztunnel", "ztunnel", istioCharts, istio, istio, IstioNamespace, ""}
	ArgoRollouts = Chart{"argo-rollouts", "argo-rollouts", "https://argoproj.github.io/argo-helm", "2.39.3", "v1.8.2", RolloutsNamespace,
		"3d5c12dc2e2f006900668c972b1fe1060d3f4b60dd5d6dd7dedbccc26c35c066"}
	LoadBalancerController = Chart{"aws-load-balancer-controller", "aws-load-balancer-controller", "https://aws.github.io/eks-charts", "1.13.4", "v2.13.4", SystemNamespace,
		"5c9ffaafc047f10b54a7e9b451f691513adb01b593d86b241f9fde5bfec6925a"}
)

// All returns every chart, in the order in which they are installed.
func All() []Chart {
	return []Chart{IstioBase, Istiod, IstioCNI, Ztunnel, ArgoRollouts, LoadBalancerController}
}
