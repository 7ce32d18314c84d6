// Package config is the typed configuration of one environment, and of the
// peering stack. It is pure: no Pulumi and no AWS SDK, so that a mistake is
// found in milliseconds, before anything is registered.
//
// Decoding is strict. Unknown keys at any depth, values of the wrong type,
// missing keys and everything that Validate refuses are reported all at once,
// sorted, a line each:
//
//	network.zones[us-east-1b].data: 10.20.22.5/24: has host bits set: write 10.20.22.0/24
//
// Nothing that opens the network has a default, but for the public load balancer,
// which is there to be reached. Every key is listed in
// [Reference] and, from there, in docs/configuration.md.
//
// A further tier adds its struct in a file of its own, a field in [Environment],
// its rows in the reference and its rules; nothing else changes.
package config
