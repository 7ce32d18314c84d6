// Package system installs what the platform itself runs in a cluster: Istio in ambient
// mode, which encrypts all traffic between pods with mutual TLS, Argo Rollouts, which
// rolls applications out blue/green, and the AWS Load Balancer Controller, which
// registers pods with the program's own target groups and makes nothing at AWS.
//
// The mesh is strict: a PeerAuthentication of the whole mesh refuses what comes in the
// clear. Namespaces of the platform are closed by network policies like those of
// applications, with the openings that they need.
//
// Pod Security Standards: argo-rollouts runs under restricted. istio-system needs
// privileged, for istio-cni and ztunnel set up the network namespaces of other pods on
// their node (istio.io, "Install Istio with the Istio CNI plugin"). kube-system is EKS's
// own, and default has no room for a pod. docs/cluster.md has the table of exceptions.
//
// Where a namespace asks for it, images are named by their digest, or the API server
// refuses them.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-<namespace>             Namespace istio-system, argo-rollouts, with NetworkPolicies of the same beginning
//	<name>-default-default-deny    NetworkPolicy of the namespace default
//	<name>-default-empty           ResourceQuota of the namespace default, without room for a pod
//	<name>-images-by-digest-<kind> ValidatingAdmissionPolicy and its binding, of pods and rollouts
//	<name>-<release>               Release istio-base, istiod, istio-cni, ztunnel, argo-rollouts, aws-load-balancer-controller
//	<name>-strict                  PeerAuthentication default in istio-system
//	<name>-gp3                     StorageClass gp3, the default one, encrypted with the environment's key
package system
