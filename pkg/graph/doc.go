// Package graph is the resource graph of a stack: every resource that a
// program registers, with its identity, its options and its properties, as
// plain Go values.
//
// Everything that somebody wants to know about the estate is computed from this
// one model. Two loaders fill it: package record runs a program under Pulumi
// mocks (no cloud, no credentials, no pulumi command), and FromExport reads what
// `pulumi stack export` prints. The package imports neither Pulumi nor AWS.
//
// Secret values never enter a graph: they are replaced by the text of Secret.
package graph
