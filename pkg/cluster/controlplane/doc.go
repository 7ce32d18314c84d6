// Package controlplane is the control plane of an EKS cluster, by Pulumi's component
// eks.Cluster: a remote component, which under mocks is one registration without
// children. It makes the cluster and its OpenID Connect provider, and nothing else: no
// nodes, no security groups, no add-ons and no access entries, which are resources of
// their own, so that the graph and its proofs see them.
//
// Authentication is by access entries alone (mode API). The role that makes the
// cluster is its administrator (bootstrapClusterCreatorAdminPermissions): the same role
// applies the Kubernetes objects of the program. Secrets are encrypted with the
// environment's key for EKS before they reach etcd. All five logs of the control plane
// go to a group that is made beforehand, with key and retention: EKS would make one
// that has neither.
//
// The API has a private endpoint. A public one exists only for the ranges in
// Config.PublicAccessCIDRs.
//
// Two things that eks.Cluster v3.9.1 has no argument for are set on its child by a
// transform: EKS installs no self-managed add-ons, which would stand in the way of the
// managed ones, and the cluster does not enter extended support, which costs six times as
// much, but is upgraded when standard support ends. Neither that version nor the AWS
// provider's 6.83 knows EKS's deletion protection: Config.DeletionProtection protects
// the cluster in Pulumi's state, which refuses to delete it.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-eks-logs                LogGroup /aws/eks/<environment>-eks/cluster
//	<name>-eks-service             Role that EKS assumes, with <name>-eks-service-policy
//	<name>-eks                     the eks provider, and eks:index:Cluster, whose children are
//	<name>-eks-eksCluster          Cluster
//	<name>-eks-oidcProvider        OpenIdConnectProvider
//	<name>-eks-eks-k8s             a Kubernetes provider of the component's own, which nothing uses
//	<name>-kubernetes              the Kubernetes provider of the program
package controlplane
