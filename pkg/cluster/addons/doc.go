// Package addons installs the managed add-ons of EKS and gives controllers their IAM
// roles by Pod Identity, one role a controller.
//
// New makes what nodes need before they join, and the roles; Rest makes what runs on
// nodes and is degraded without.
//
// The program owns the add-ons: a field that somebody changed by hand in the cluster is
// overwritten, when the add-on is installed and when it is updated. Under PRESERVE a
// network policy agent that was switched off by hand would stay so for ever; what an
// environment wants otherwise belongs into the configuration of the add-on (Amazon EKS
// API Reference, UpdateAddon, resolveConflicts). No controller of ours scales what
// belongs to an add-on, so nobody's work is lost.
//
// Add-ons that take a Pod Identity association make it themselves, so that it is there
// before their first pod; only the AWS Load Balancer Controller, which is no add-on, has
// one of its own.
//
// Pods cannot reach the metadata service (hop limit 1 in package nodes): the CNI, the
// Pod Identity agent, kube-proxy and GuardDuty's agent share the node's network and can,
// the EBS CSI driver reads the node's Kubernetes labels instead.
package addons
