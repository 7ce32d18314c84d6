// Package record runs a Pulumi program under mocks and records what it
// registers as a resource graph. It serves the offline commands
// (`platform graph`) and every unit test: one recorder, one idea of what a graph is.
//
// It fills in what AWS would fill in (IDs, ARNs, the tables that come with a VPC)
// from one table of rules, with values that are stable from run to run, and
// refuses a resource type that has no rule. Of a type that has one, an output
// that the rule does not name is the zero value, as the SDK makes it: name it
// there before a program or a test reads it.
//
// It answers no function but the look-up of an AMI in a Systems Manager parameter:
// the AMI of an offline graph is made up (functions.go).
package record
