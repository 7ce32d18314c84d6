// Package events says which API calls of an account somebody must hear of: those of the CIS
// AWS Foundations Benchmark, in the very words that AWS Security Hub's controls CloudWatch.1
// to CloudWatch.14 look for ("Additional fields or terms cannot be added to the metric
// filters", AWS Security Hub User Guide), and further ones that PCI DSS v4.0.1 asks for.
//
// Each is an alarm on a metric that a filter of CloudWatch Logs makes of the trail's log
// group. It knows no Pulumi; package audit makes the filters and alarms.
//
// The pipelines change policies, security groups, routes and more with every `pulumi up`,
// and those alarms go off then: the patterns cannot leave the pipelines out. The runbook
// audit-events.md says how a deployment is told from an intruder.
package events
