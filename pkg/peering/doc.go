// Package peering wires the VPCs of two environments together so that the app
// tier of each reaches the internal load balancers of the other on 443, and
// nothing else reaches anything.
//
// Side, the description of one VPC, has no field that could carry a data,
// public or main route table: a route there cannot be written by mistake.
//
// Children of the component <requester>-to-<accepter>, by name:
//
//	<name>                                           VpcPeeringConnection, VpcPeeringConnectionAccepter
//	<name>-requester, <name>-accepter                PeeringConnectionOptions
//	<name>-<environment>-app-<zone>-to-<peer zone>   Route  app table -> the peer's loadbalancer CIDR
//	<name>-<environment>-loadbalancer-to-<peer zone> Route  loadbalancer table -> the peer's app CIDR
//	<name>-<environment>-from-<peer zone>            SecurityGroupIngressRule on the internal load balancers
//	<name>-<environment>                             VpcAssociationAuthorization, ZoneAssociation of the
//	                                                 environment's private zone with the peer's VPC
package peering
