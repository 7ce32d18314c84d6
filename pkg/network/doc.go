// Package network is the network tier of an environment: one VPC with four
// tiers of subnets in each zone, their routes, network ACLs, NAT gateways, VPC
// endpoints, flow logs and private DNS.
//
// Who lives where and who may reach whom is in design section 3 and 4; in short:
// public and app subnets have a default route (internet gateway, the zone's own
// NAT gateway), loadbalancer and data subnets have none, and the VPC's own main
// route table, default security group and default network ACL are adopted and
// emptied, so that nothing works by accident.
//
// Everything that belongs to a zone is named by the zone and takes its addresses
// from configuration, so that adding, removing or reordering a zone touches no other.
//
// Refused before anything is registered: more network ACL rules than AWS takes, an
// application port that the network ACLs' answers would open or close.
// Protected: the flow log group (the KMS key is protected by package keys).
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>                                 Vpc, VpcDhcpOptions(Association), Zone
//	<name>-main, -default, -default        DefaultRouteTable, DefaultSecurityGroup, DefaultNetworkAcl
//	<name>                                 InternetGateway
//	<name>-<tier>-<zone>                   Subnet, RouteTableAssociation, NetworkAclAssociation
//	<name>-nat-<zone>                      Eip, NatGateway
//	<name>-public-<zone>, -app-<zone>      RouteTable
//	<name>-loadbalancer, <name>-data       RouteTable
//	<name>-<table>-default                 Route
//	<name>-<tier>                          NetworkAcl
//	<name>-<tier>-<direction>-<what>       NetworkAclRule
//	<name>-s3, <name>-dynamodb             VpcEndpoint (gateway)
//	<name>-<service>-<table>               VpcEndpointRouteTableAssociation
//	<name>-flow-logs                       LogGroup, Role, RolePolicy, FlowLog
//
// The interface endpoints are a component of their own, Endpoints, because their
// security group belongs to the firewall, which needs the VPC:
//
//	<name>-<service>                       VpcEndpoint (interface)
package network
