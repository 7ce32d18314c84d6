// Package firewall is the chain of security groups of an environment: internet ->
// public load balancer -> app tier -> data stores, and app tier -> internal load
// balancer -> app tier. Inside the VPC every rule names a security group and no
// address, so that a packet from elsewhere in the VPC matches none.
//
// Kubernetes nodes carry the group of the nodes, which holds what Kubernetes itself
// speaks, and that of the app tier: pods are the app tier for the load balancers and
// the stores.
//
// Every rule is a resource of its own, with one protocol, one port and a
// description. A group that has no egress rule sends nothing: the Terraform AWS
// provider takes away the allow-all rule that EC2 gives every new group. Answers
// need no rule, for security groups are stateful.
//
// What the app tier sends over HTTPS, to the internet, the VPC endpoints and the
// internal load balancers of its own and its peers, is one rule: 443 to 0.0.0.0/0
// contains the others. Who of those answers is decided by their own ingress rules.
// The peering stack adds to the internal load balancer's group 443 from each peer's app subnets.
//
// Refused before anything is registered: a range that is no range, has host bits
// set or stands twice; an administrators' range wider than /16 (IPv4) or /32
// (IPv6), which would be the world or much of it; ranges beside a prefix list;
// ports of the application and the stores that are none or are those of
// administration; more rules than a group takes.
//
// Groups are never replaced by a change of arguments: their names are automatic
// and their descriptions say the environment alone. A replacement would hang for
// as long as an interface has the group.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>-public, -internal       SecurityGroup of the load balancers
//	<name>-app, -endpoints         SecurityGroup of the app tier and of the interface VPC endpoints
//	<name>-cluster, -nodes         SecurityGroup of the Kubernetes control plane and of the nodes
//	<name>-data-<store>            SecurityGroup of a data store
//	<group>-<service>-from-<peer>  SecurityGroupIngressRule
//	<group>-<service>-to-<peer>    SecurityGroupEgressRule
//
// A peer is the end of another group's name (app, data-kafka), internet, vpc, a
// prefix list, or a range with - for / and _ for the colons of IPv6. Nothing is
// named by its place in a list: reordering touches nothing.
package firewall
