// Package dataflow reads out of resource graphs who sends what to whom, how it is encrypted on
// the way, and where it is kept: what PCI DSS v4.0.1 asks for in requirement 1.2.4. It is
// pure: graphs in, flows out.
//
// Connections are what the security groups of both ends let through; copies are what AWS
// services carry by themselves: logs, backups, records, findings.
package dataflow
