// Package checklist is the pre-production checklist: for each item what it means, what the
// recorded graphs show of it, and the tests and runbooks that hold it. It is pure: graphs in,
// findings out.
//
// Evidence looks at a graph as AWS would: at what resources are, not at who made them. An item
// holds in a stack if nothing lacks what it asks for; what does is named.
package checklist
