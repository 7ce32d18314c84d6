// Package cluster composes the EKS cluster of an environment: the control plane, who
// comes in, the add-ons, the nodes, what the platform runs in it, and the applications.
//
// Order matters, and is said by dependencies: nodes need the network add-ons, pods need
// nodes, custom resources need the charts that bring their kinds, and an application
// starts when its namespace is closed.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>                         ControlPlane, Access, AddOns, Nodes, System, RBAC
//	<name>-<application>           Tenancy, Ingress, PodIdentity, BlueGreenApp
package cluster
