// Package compute is the traffic tier of an environment: a public and an internal
// load balancer (package balancer), a web ACL in front of the public one (package
// waf), two fleets of instances behind them (package fleet) and the runbooks that
// bring one of them live, or renew it (package release).
//
// Refused, each before that part is registered: what those packages refuse. Protected:
// buckets, log groups, target groups and the public zone.
//
// Children of the component, by name (names are API: they are part of the URN):
//
//	<name>           Balancer, Fleet
//	<name>-web       WebACL
//	<name>-release   Release; none without a certificate
package compute
