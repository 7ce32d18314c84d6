// Package tfprotocol runs an unmodified Terraform provider and speaks plugin
// protocol 5 with it, in the shape that Pulumi's Terraform bridge asks for.
//
// The bridge has a client of its own, but in packages that Go treats as internal.
// Both sides' messages have the same fields but for their spelling, so one
// reflective translation (translate.go) serves every call, in both directions.
//
// It offers what resources need. Ephemeral resources and resource identities are
// refused: the bridge's copy of the protocol does not carry them.
package tfprotocol
