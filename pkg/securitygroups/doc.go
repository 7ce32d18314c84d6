// Package securitygroups reads the security groups and their rules out of resource
// graphs, and answers who may reach whom by them. It is pure: graphs in, rules out.
//
// What it cannot read is an error and never absent: inline rules, the older
// SecurityGroupRule resource, a rule of a group that no graph has, a rule whose
// peer is not known.
package securitygroups
